import { CORS_RESPONSE_FIELDS } from '../../spec/fields.ts'
import { readStatements, type Statement } from './caddy-tree.ts'
import { askedNames } from './names.ts'
import { type ConfigReading, type Read, type Spot, startReading } from './reading.ts'

interface Context {
  readonly reading: ConfigReading
  readonly matchers: ReadonlyMap<string, Statement>
}

/** A header that a statement sets, and the matcher under which it does. */
interface HeaderSet extends Spot {
  readonly matcher: string | null
  readonly name: string
  readonly value: string
}

/** Reads the CORS policy of a Caddyfile. */
export function readCaddy(text: string): Read {
  const reading = startReading()
  const all = flatten(readStatements(text))
  const matchers = new Map(
    all
      .filter(({ words }) => /^@/.test(words[0] ?? ''))
      .map((each): [string, Statement] => [each.words[0] ?? '', each]),
  )
  const context: Context = { reading, matchers }
  const sets = all.filter(({ words }) => words[0] === 'header' || words[0] === 'header_down').flatMap(setsOf)
  const seen = new Set<string>()
  for (const set of sets) {
    const key = `${set.matcher} ${set.name} ${set.value}`
    if (!seen.has(key)) readSet(set, context, sets)
    seen.add(key)
  }
  complainAbout(sets, all, reading)
  return reading.done()
}

function flatten(statements: readonly Statement[]): readonly Statement[] {
  return statements.flatMap((each) => [each, ...flatten(each.children ?? [])])
}

function spotOf({ line, words }: Statement): Spot {
  return { line, text: words.join(' ') }
}

function setsOf({ words, children, line }: Statement): readonly HeaderSet[] {
  const hasMatcher = /^[@/*]/.test(words[1] ?? '')
  const matcher = hasMatcher ? (words[1] ?? null) : null
  const own = words.slice(hasMatcher ? 2 : 1)
  const rows = children === null ? [{ words: own, line }] : children
  return rows
    .filter((row) => row.words.length > 0 && row.words[0] !== 'defer')
    .map((row) => ({
      line: row.line,
      text: row.words.join(' '),
      matcher,
      name: (row.words[0] ?? '').toLowerCase(),
      value: row.words[1] ?? '',
    }))
}

const ORIGIN = /^\{(?:http\.request\.header|header|http\.request\.headers)\.Origin\}$/i
const METHOD = /request\.header\.Access-Control-Request-Method\}$/i
const HEADERS = /header\.Access-Control-Request-Headers\}$/i

function readSet(set: HeaderSet, context: Context, all: readonly HeaderSet[]): void {
  const { reading } = context
  const name = set.name.replace(/^[+?>]/, '')
  if (name.startsWith('-') || name === 'vary') return
  const use = (act: (value: string) => void): void => {
    if (/[{}]/.test(set.value)) reading.leaveOut(set, 'the value depends on something that is not read')
    else act(set.value)
  }
  switch (name) {
    case 'access-control-allow-origin':
      return void readOrigin(set, context)
    case 'access-control-allow-credentials':
      return void use((value) => reading.credentials(set, value === 'true'))
    case 'access-control-allow-methods':
      if (METHOD.test(set.value)) return void reading.methods(set, '*')
      return void use((value) => reading.methods(set, value))
    case 'access-control-allow-headers':
      return void readHeaders(set, context, all, use)
    case 'access-control-expose-headers':
      return void use((value) => reading.exposedHeaders(set, value))
    case 'access-control-max-age':
      return void use((value) => reading.maxAge(set, value))
    case 'timing-allow-origin':
      return void reading.option(set, { timingAllowOrigin: true })
    default:
      if (CORS_RESPONSE_FIELDS.some((field) => field.toLowerCase() === name))
        reading.leaveOut(set, 'a policy has no option for this header')
  }
}

function readHeaders(
  set: HeaderSet,
  { reading, matchers }: Context,
  all: readonly HeaderSet[],
  use: (act: (value: string) => void) => void,
): void {
  const isEcho = ({ value, name }: HeaderSet) => name === set.name && HEADERS.test(value)
  if (!isEcho(set)) {
    // With an echo beside the list, the echo says more.
    if (!all.some(isEcho)) use((value) => reading.requestHeaders(set, value))
    return
  }
  const rules = linesOf(matchers.get(set.matcher ?? ''))
  const asked = rules.find((words) => words[0] === 'header_regexp' && /request-headers/i.test(words.join(' ')))
  if (asked === undefined) return void reading.requestHeaders(set, '*, Authorization')
  const found = askedNames((asked.at(-1) ?? '').replace(/^\(\?i\)/, ''))
  if (found === null) return void reading.leaveOut(set, 'what a preflight may ask for is not read')
  const excludes = rules.some((words) => words[0] === 'not')
  reading.requestHeaders(set, found.any ? (excludes ? '*' : '*, Authorization') : found.names.join(', '))
}

function linesOf(matcher: Statement | undefined): readonly (readonly string[])[] {
  if (matcher === undefined) return []
  return matcher.children === null ? [matcher.words.slice(1)] : matcher.children.map(({ words }) => words)
}

function readOrigin(set: HeaderSet, { reading, matchers }: Context): void {
  const { value, matcher } = set
  if (value === '*') return void reading.anyOrigin(set, false)
  if (!ORIGIN.test(value)) {
    if (/[{}]/.test(value)) return void reading.leaveOut(set, 'the value depends on something that is not read')
    return void reading.origin(set, value)
  }
  const statement = matchers.get(matcher ?? '')
  if (statement === undefined) return void reading.anyOrigin(set, true)
  const about = linesOf(statement).filter((words) => words[0]?.startsWith('header') && /^origin$/i.test(words[1] ?? ''))
  const spot = spotOf(statement)
  const regexps = linesOf(statement).filter(
    (words) => words[0] === 'header_regexp' && words.slice(1, -1).some((word) => /^origin$/i.test(word)),
  )
  for (const words of regexps) reading.expression(spot, words.at(-1) ?? '')
  const plain = about.filter((words) => words[0] === 'header')
  for (const words of plain) for (const origin of words.slice(2)) readPlain(spot, origin, reading)
  if (regexps.length + plain.length === 0) reading.anyOrigin(set, true)
}

/** `header Origin *` matches every origin, and a `*` inside a value matches any text. */
function readPlain(spot: Spot, origin: string, reading: ConfigReading): void {
  if (origin === '*') return void reading.anyOrigin(spot, true)
  reading.origin(spot, origin)
  if (origin.includes('*'))
    reading.complain(spot, 'regex-unanchored', 'this "*" matches any text, and a policy\'s "*" matches labels alone')
}

function complainAbout(sets: readonly HeaderSet[], all: readonly Statement[], reading: ConfigReading): void {
  const isOrigin = ({ name }: HeaderSet) => /^[+?>]?access-control-allow-origin$/.test(name)
  const own = sets.find(isOrigin)
  if (own === undefined) return
  const varies = sets.some(({ name, value }) => /^[+?>]?vary$/.test(name) && /origin|\*/i.test(value))
  if (own.value !== '*' && !varies)
    reading.complain(own, 'vary-missing', 'no header +Vary Origin: a cache may give the answer of one page to another')
  const passes = all.find(({ words }) => words[0] === 'reverse_proxy')
  const isHidden = sets.some(({ name }) => /^-access-control-(\*|allow-origin)$/.test(name))
  const isDeferred = all.some(
    ({ words, children }) => words[0] === 'header' && (children ?? []).some((each) => each.words[0] === 'defer'),
  )
  if (own.name.startsWith('+') || (passes !== undefined && !isHidden && !isDeferred))
    reading.complain(
      passes === undefined ? own : spotOf(passes),
      'header-doubled',
      'what the API says of Access-Control-Allow-Origin is sent too, and two values block every page: add header_down -Access-Control-Allow-Origin',
    )
}
