import { CORS_RESPONSE_FIELDS } from '../../spec/fields.ts'
import { NAME_CHARACTER } from '../header-values.ts'
import { askedNames } from './names.ts'
import { type NginxLine, readDirectives } from './nginx-tree.ts'
import { type ConfigReading, type Read, type Spot, startReading } from './reading.ts'

/** What a variable of a map may hold: rows of keys and values. */
interface Variable {
  readonly of: string
  readonly rows: readonly NginxLine[]
}

interface Context {
  readonly reading: ConfigReading
  readonly variables: ReadonlyMap<string, Variable>
  /** Variables that `set` gives a value inside an `if` about `$http_origin`. */
  readonly set: ReadonlyMap<string, NginxLine>
}

/** Reads the CORS policy of a configuration of nginx. */
export function readNginxConfig(text: string): Read {
  const reading = startReading()
  const tree = readDirectives(text)
  const all = flatten(tree)
  const variables = new Map(
    all
      .filter(({ words: [name], children }) => name === 'map' && children !== null)
      .map(({ words, children }) => [words[2] ?? '', { of: words[1] ?? '', rows: children ?? [] }]),
  )
  const set = new Map(
    all.flatMap((directive) =>
      isAboutOrigin(directive)
        ? (directive.children ?? [])
            .filter(({ words }) => words[0] === 'set')
            .map(({ words }): [string, NginxLine] => [words[1] ?? '', directive])
        : [],
    ),
  )
  readBlock(tree, { reading, variables, set })
  return reading.done()
}

function flatten(directives: readonly NginxLine[]): readonly NginxLine[] {
  return directives.flatMap((each) => [each, ...flatten(each.children ?? [])])
}

const spotOf = ({ line, words }: NginxLine): Spot => ({ line, text: words.join(' ') })

function isAboutOrigin({ words }: NginxLine): boolean {
  return words[0] === 'if' && words.join(' ').includes('$http_origin')
}

/** Reads the first block that speaks of CORS, with the blocks inside it. */
function readBlock(tree: readonly NginxLine[], context: Context): void {
  const { reading } = context
  const speaking = blocksOf(tree).filter((lines) =>
    lines.some(({ words }) => isHeader(words, 'Access-Control-Allow-Origin')),
  )
  const [first, ...others] = speaking
  if (first === undefined) return
  for (const lines of others) {
    const [line] = lines
    const isSame = render(lines) === render(first)
    if (line !== undefined && !isSame) reading.leaveOut(spotOf(line), 'another block has a policy of its own')
  }
  const headers = first.filter(({ words }) => words[0] === 'add_header' || words[0] === 'more_set_headers')
  for (const line of headers) readHeader(line, context)
  const own = headers.filter(({ words }) => isHeader(words, 'Access-Control-Allow-Origin'))
  const [origin] = own
  if (origin === undefined) return
  const isConstant = origin.words[2] === '*'
  const varies = headers.some(
    ({ words }) => isHeader(words, 'Vary') && (/origin|\*/i.test(words[2] ?? '') || (words[2] ?? '').startsWith('$')),
  )
  if (!isConstant && !varies)
    reading.complain(
      spotOf(origin),
      'vary-missing',
      'no add_header Vary Origin: a cache may give the answer of one page to another',
    )
  if (origin.words[0] === 'add_header' && !origin.words.includes('always'))
    reading.complain(
      spotOf(origin),
      'errors-without-headers',
      'without "always" nginx leaves the header out of 4xx and 5xx answers: pages cannot read errors',
    )
  const passes = flatten(tree).find(({ words }) => words[0] === 'proxy_pass')
  const hides = flatten(tree).some(
    ({ words }) => words[0] === 'proxy_hide_header' && /^access-control-allow-origin$/i.test(words[1] ?? ''),
  )
  if (passes !== undefined && !hides)
    reading.complain(
      spotOf(passes),
      'header-doubled',
      'what the API says of Access-Control-Allow-Origin is sent too, and two values block every page: add proxy_hide_header',
    )
}

/** The lines of each server, location or file, with those of the `if` blocks in it. */
function blocksOf(directives: readonly NginxLine[]): readonly (readonly NginxLine[])[] {
  const own = directives.flatMap((each) =>
    each.words[0] === 'if' ? (each.children ?? []).map((line) => conditional(line, each)) : [each],
  )
  const inner = directives.filter(({ words, children }) => children !== null && !['map', 'if'].includes(words[0] ?? ''))
  return [own, ...inner.flatMap(({ children }) => blocksOf(children ?? []))]
}

/** A header inside an `if` about the origin says its condition as its value. */
function conditional(line: NginxLine, condition: NginxLine): NginxLine {
  const isEcho = isHeader(line.words, 'Access-Control-Allow-Origin') && line.words[2] === '$http_origin'
  return isEcho && isAboutOrigin(condition)
    ? { ...line, words: [line.words[0] ?? '', line.words[1] ?? '', condition.words.join(' '), ...line.words.slice(3)] }
    : line
}

function render(lines: readonly NginxLine[]): string {
  return lines
    .filter(({ words }) => words[0] === 'add_header')
    .map(({ words }) => words.join(' '))
    .join('\n')
}

function isHeader(words: readonly string[], name: string): boolean {
  return words[0] === 'add_header' && words[1]?.toLowerCase() === name.toLowerCase()
}

function readHeader(line: NginxLine, context: Context): void {
  const { reading } = context
  const name = (line.words[1] ?? '').toLowerCase()
  const value = line.words[2] ?? ''
  const spot = spotOf(line)
  const said = () => constant(value, context)
  switch (name) {
    case 'access-control-allow-origin':
      return void readOrigin(line, value, context)
    case 'access-control-allow-credentials':
      return void reading.credentials(spot, said() === 'true')
    case 'access-control-allow-methods':
      return void echoOr(line, value, context, (names) => reading.methods(spot, names))
    case 'access-control-allow-headers':
      return void echoOr(line, value, context, (names) => reading.requestHeaders(spot, names))
    case 'access-control-expose-headers':
      return void orLeaveOut(line, said(), context, (names) => reading.exposedHeaders(spot, names))
    case 'access-control-max-age':
      return void orLeaveOut(line, said(), context, (age) => reading.maxAge(spot, age))
    case 'timing-allow-origin':
      return void reading.option(spot, { timingAllowOrigin: true })
    default:
      if (CORS_RESPONSE_FIELDS.some((field) => field.toLowerCase() === name))
        reading.leaveOut(spot, 'a policy has no option for this header')
  }
}

function orLeaveOut(line: NginxLine, value: string | null, { reading }: Context, use: (value: string) => void): void {
  if (value === null) reading.leaveOut(spotOf(line), 'the value depends on something that is not read')
  else if (value !== '') use(value)
}

/** A list that may be what the preflight asked for. */
function echoOr(line: NginxLine, value: string, context: Context, use: (names: string) => void): void {
  const names = namesOf(value, context, 0)
  orLeaveOut(line, names, context, use)
}

function namesOf(value: string, context: Context, depth: number): string | null {
  if (!value.startsWith('$')) return value
  if (value === '$http_access_control_request_headers') return '*, Authorization'
  if (value === '$http_access_control_request_method') return '*'
  const variable = context.variables.get(value)
  if (variable === undefined || depth > 4) return null
  const asked = variable.of === '$http_access_control_request_headers'
  if (asked || variable.of === '$http_access_control_request_method') return askedOf(variable, asked)
  const values = valuesOf(variable)
  return values.length === 1 ? namesOf(values[0] ?? '', context, depth + 1) : values.length === 0 ? '' : null
}

/** A map over what was asked for, as a writer of corsmith writes it. */
function askedOf({ rows }: Variable, isHeaders: boolean): string | null {
  const keyed = rows.map(({ words }) => [words[0] ?? '', words[1] ?? ''] as const)
  const listed = keyed.find(([key]) => key === 'default')?.[1] ?? ''
  const echoes = keyed.filter(([, value]) => value.startsWith('$http_access_control_request_'))
  if (!isHeaders) return echoes.length === 1 && echoes[0]?.[0] === `~^${NAME_CHARACTER}+$` ? '*' : null
  if (echoes.length !== 1) return null
  const found = askedNames((echoes[0]?.[0] ?? '').replace(/^~\*/, ''))
  if (found === null) return null
  const excludes = keyed.some(([key, value]) => key.includes('authorization') && !value.startsWith('$http'))
  if (!found.any) return [...new Set([...listed.split(', '), ...found.names])].filter((name) => name !== '').join(', ')
  return excludes ? '*' : '*, Authorization'
}

/** The values that a map gives beside nothing. */
function valuesOf({ rows }: Variable): readonly string[] {
  const values = rows
    .filter(({ words }) => !(words[0] === 'default' && words[1] === ''))
    .map(({ words }) => words[1] ?? '')
  return [...new Set(values)].filter((value) => value !== '')
}

function constant(value: string, { variables }: Context): string | null {
  if (!value.includes('$')) return value
  const variable = variables.get(value)
  const values = variable === undefined ? [] : valuesOf(variable)
  const [only] = values
  return values.length === 1 && only !== undefined && !only.includes('$') ? only : null
}

function readOrigin(line: NginxLine, value: string, { reading, variables, set }: Context): void {
  const spot = spotOf(line)
  if (value === '*') return void reading.anyOrigin(spot, false)
  if (value === '$http_origin') return void reading.anyOrigin(spot, true)
  if (value.startsWith('if ')) return void readCondition(spot, value, reading)
  const variable = variables.get(value)
  const condition = set.get(value)
  if (condition !== undefined) return void readCondition(spotOf(condition), condition.words.join(' '), reading)
  if (variable === undefined) {
    if (value.includes('$')) return void reading.leaveOut(spot, `nothing that is read gives ${value} a value`)
    return void reading.origin(spot, value)
  }
  if (variable.of !== '$http_origin')
    return void reading.leaveOut(spot, `the map of ${value} is not about $http_origin`)
  for (const row of variable.rows) readRow(row, reading)
}

function readRow(row: NginxLine, reading: ConfigReading): void {
  const [key = '', value = ''] = row.words
  const spot = spotOf(row)
  if (value === '' || key === 'hostnames' || key === 'volatile') return
  if (key === 'default') {
    if (value === '$http_origin') return void reading.anyOrigin(spot, true)
    return void reading.origin(spot, value)
  }
  if (value === '*') return void reading.leaveOut(spot, 'a policy cannot have "*" for some origins')
  if (value !== '$http_origin' && value !== key)
    return void reading.leaveOut(spot, 'another origin than the one that asks is named')
  if (key.startsWith('~')) return void reading.expression(spot, key.replace(/^~\*?/, ''))
  return void reading.origin(spot, key)
}

function readCondition(spot: Spot, text: string, reading: ConfigReading): void {
  const [, operator, operand = ''] = /^if \(\s*\$http_origin\s+(=|~\*?)\s+(.*?)\s*\)$/.exec(text) ?? []
  if (operator === '=') return void reading.origin(spot, operand)
  if (operator !== undefined) return void reading.expression(spot, operand)
  return void reading.leaveOut(spot, 'this condition is not read')
}
