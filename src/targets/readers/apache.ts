import { CORS_RESPONSE_FIELDS } from '../../spec/fields.ts'
import { NAME_CHARACTER } from '../header-values.ts'
import { askedNames } from './names.ts'
import { type ConfigReading, type Read, type Spot, startReading } from './reading.ts'

/** A line of a configuration of Apache: its words without quotes. */
interface Line extends Spot {
  readonly words: readonly string[]
}

/** What an environment variable holds. */
interface Variable {
  readonly spot: Spot
  readonly source: string
  /** Whether the variable holds the whole origin. */
  readonly isWhole: boolean
}

interface Context {
  readonly reading: ConfigReading
  readonly lines: readonly Line[]
  readonly variables: ReadonlyMap<string, readonly Variable[]>
}

/** Reads the CORS policy of a configuration of Apache. */
export function readApache(text: string): Read {
  const reading = startReading()
  const lines = linesOf(text)
  const variables = new Map<string, Variable[]>()
  for (const line of lines) {
    const [directive = '', header = '', source = '', ...sets] = line.words
    if (!/^setenvif(nocase)?$/i.test(directive) || !/^\^?origin\$?$/i.test(header)) continue
    for (const set of sets) {
      const [name = '', value = '1'] = set.split('=')
      const isWhole = value === '$0' || value === '%{HTTP:Origin}' || (value === '$1' && /^\^?\(.*\)\$?$/.test(source))
      variables.set(name, [...(variables.get(name) ?? []), { spot: line, source, isWhole }])
    }
  }
  const context: Context = { reading, lines, variables }
  const headers = lines.filter(({ words }) => /^header$/i.test(words[0] ?? '')).map(headerOf)
  for (const header of headers) if (header !== null) readHeader(header, context)
  complainAbout(
    headers.filter((header) => header !== null),
    context,
  )
  return reading.done()
}

/** The words of each line. A backslash at its end continues a line. */
function linesOf(text: string): readonly Line[] {
  const found: Line[] = []
  let open: { line: number; text: string } | null = null
  for (const [i, raw] of text.split('\n').entries()) {
    const part: string = (open?.text ?? '') + raw
    const line: number = open?.line ?? i + 1
    if (part.endsWith('\\') && !part.endsWith('\\\\')) {
      open = { line, text: part.slice(0, -1) }
      continue
    }
    open = null
    if (!/^\s*(?:#|$)/.test(part)) found.push({ line, text: part, words: wordsOf(part) })
  }
  return found
}

function wordsOf(text: string): readonly string[] {
  return [...text.matchAll(/"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double?.replaceAll('\\"', '"') ?? single ?? bare ?? '',
  )
}

interface Header extends Spot {
  readonly isAlways: boolean
  readonly action: string
  readonly name: string
  readonly value: string
  /** The variable of `env=`, without its name if it stands with `!`. */
  readonly when: string | null
}

function headerOf({ words, line, text }: Line): Header | null {
  const isAlways = /^always$/i.test(words[1] ?? '')
  const rest = words.slice(/^(always|onsuccess)$/i.test(words[1] ?? '') ? 2 : 1)
  const [action = '', name = '', third = '', fourth = ''] = rest
  const condition = [third, fourth].find((word) => /^(env=|expr=)/.test(word)) ?? null
  const value = condition === third ? '' : third
  return { line, text, isAlways, action: action.toLowerCase(), name: name.toLowerCase(), value, when: condition }
}

function readHeader(header: Header, context: Context): void {
  const { reading } = context
  const { name, action, value } = header
  if (action === 'unset' || action === 'edit' || action === 'edit*' || name === 'vary') return
  const use = (act: (value: string) => void) => {
    const said = textIn(value, name, context)
    if (said === null) reading.leaveOut(header, 'the value depends on something that is not read')
    else if (said !== '') act(said)
  }
  switch (name) {
    case 'access-control-allow-origin':
      return void readOrigin(header, context)
    case 'access-control-allow-credentials':
      return void use((said) => reading.credentials(header, said === 'true'))
    case 'access-control-allow-methods':
      return void use((said) => reading.methods(header, said))
    case 'access-control-allow-headers':
      // With an echo beside the list, the echo says more.
      if (value.includes('%{') || !hasEcho(context)) use((said) => reading.requestHeaders(header, said))
      return
    case 'access-control-expose-headers':
      return void use((said) => reading.exposedHeaders(header, said))
    case 'access-control-max-age':
      return void use((said) => reading.maxAge(header, said))
    case 'timing-allow-origin':
      return void reading.option(header, { timingAllowOrigin: true })
    default:
      if (CORS_RESPONSE_FIELDS.some((field) => field.toLowerCase() === name))
        reading.leaveOut(header, 'a policy has no option for this header')
  }
}

const ECHO = 'access-control-request-headers'

/** The condition above the rule that repeats what a preflight asks for. */
function echoOf({ lines }: Context): { readonly allowed: string; readonly refused: boolean } | null {
  const at = lines.findIndex(({ text }) => /RewriteRule .*\[E=\w+:%\{HTTP:Access-Control-Request-Headers\}/i.test(text))
  if (at === -1) return null
  const conditions = lines.slice(Math.max(at - 6, 0), at).filter(({ text }) => text.toLowerCase().includes(ECHO))
  const sources = conditions.map(({ words }) => words[2] ?? '')
  const allowed = sources.find((source) => !source.startsWith('!')) ?? ''
  return { allowed, refused: sources.some((source) => source.startsWith('!')) }
}

function hasEcho(context: Context): boolean {
  return echoOf(context) !== null
}

function textIn(value: string, name: string, context: Context): string | null {
  if (!value.includes('%{')) return value
  if (name === 'access-control-allow-headers') {
    const echo = echoOf(context)
    const found = echo === null ? null : askedNames(echo.allowed)
    if (echo === null || found === null)
      return /%\{.*request-headers\}/i.test(value) && echo === null ? '*, Authorization' : null
    return found.any ? (echo.refused ? '*' : '*, Authorization') : found.names.join(', ')
  }
  const isEcho = context.lines.some(
    ({ text }) => text.includes(`"^(${NAME_CHARACTER}+)$"`) && /request-method/i.test(text),
  )
  return name === 'access-control-allow-methods' && isEcho ? '*' : null
}

function readOrigin(header: Header, { reading, variables }: Context): void {
  const { value, when } = header
  const named = /^%\{(\w+)\}e$/.exec(value)?.[1]
  if (named !== undefined) {
    const found = variables.get(named)
    if (found === undefined) return void reading.leaveOut(header, `no SetEnvIf Origin gives ${named} a value`)
    for (const { spot, source, isWhole } of found) {
      if (isWhole) reading.expression(spot, source)
      else reading.leaveOut(spot, 'the variable does not hold the whole origin')
    }
    return
  }
  const condition = /^env=(\w+)$/.exec(when ?? '')?.[1]
  if (/^%\{HTTP_ORIGIN\}e$|^expr=%\{HTTP:Origin\}$/i.test(value) || /%\{(?:req_|http:|http_)?origin/i.test(value)) {
    const found = condition === undefined ? undefined : variables.get(condition)
    if (found === undefined) return void reading.anyOrigin(header, true)
    for (const { spot, source } of found) reading.expression(spot, source)
    return
  }
  if (value === '*' && when === null) return void reading.anyOrigin(header, false)
  if (value === '*') return void reading.leaveOut(header, 'a policy cannot have "*" under a condition')
  return void reading.origin(header, value)
}

function complainAbout(headers: readonly Header[], { reading, lines }: Context): void {
  const own = headers.find(({ name, action }) => name === 'access-control-allow-origin' && action !== 'unset')
  if (own === undefined) return
  const varies = headers.some(({ name, value }) => name === 'vary' && /origin|\*/i.test(value))
  if (own.value !== '*' && !varies)
    reading.complain(
      own,
      'vary-missing',
      'no Header merge Vary Origin: a cache may give the answer of one page to another',
    )
  if (!own.isAlways)
    reading.complain(
      own,
      'errors-without-headers',
      'without "always" Apache leaves the header out of errors: pages cannot read them',
    )
  const passes = lines.find(({ words }) => /^proxypass(match)?$/i.test(words[0] ?? ''))
  const isUnset = headers.some(({ name, action, isAlways }) => name === own.name && action === 'unset' && !isAlways)
  if ((passes !== undefined && !isUnset) || own.action === 'add')
    reading.complain(
      passes ?? own,
      'header-doubled',
      'what the application says of Access-Control-Allow-Origin is sent too, and two values block every page: add "Header unset"',
    )
}
