import type { HeaderLine } from '../../browser/wire.ts'
import { readUrlArgument } from './command-line.ts'
import { asPageRequest, type PartialPageRequest } from './from-browser.ts'
import { statementsOf, type Token } from './powershell-tokens.ts'

/** The commands of PowerShell that send a request, and their short names. */
const COMMAND = /(?:^|[\s;=(|])(Invoke-WebRequest|Invoke-RestMethod|iwr|irm)(?=[\s"'(])/i

/** A value that is known without running anything. */
type Value = string | Table
type Table = Map<string, string>

/** Parameters without a value. Every other one takes the next value. */
const SWITCHES =
  /^-(UseBasicParsing|SkipCertificateCheck|SkipHttpErrorCheck|SkipHeaderValidation|DisableKeepAlive|PassThru|UseDefaultCredentials|AllowUnencryptedAuthentication|NoProxy|PreserveAuthorizationOnRedirect|Verbose|Debug|AllowInsecureRedirect|PreserveHttpMethodOnRedirect|Resume)$/i

/**
 * In Windows PowerShell two more names stand for the same command. Its parameters show that it is
 * not curl.
 */
const ALIAS =
  /^[ \t]*(?:PS [^>\n]{0,200}>[ \t]*)?(?:curl|wget)(?=[ \t])[^\n]{0,2000}?[ \t]-(?:Headers[ \t]{0,9}[@$]|(?:Uri|Method|WebSession)\b)/im

/** Returns whether a text is PowerShell. `curl.exe` under PowerShell is curl. */
export function isPowerShell(text: string): boolean {
  return COMMAND.test(text) || ALIAS.test(text)
}

/**
 * Reads "Copy as PowerShell", and scripts of assignments and one call. It runs nothing.
 *
 * @throws {TypeError} for a script without a call and URL
 */
export function parsePowerShell(source: string): readonly PartialPageRequest[] {
  const statements = statementsOf(COMMAND.test(source) ? source : source.replace(/\b(?:curl|wget)(?=[ \t])/i, 'iwr'))
  const variables = new Map<string, Value>()
  const cookies: string[] = []
  const found: PartialPageRequest[] = []
  for (const statement of statements) {
    const call = statement.findIndex(({ kind, text }) => kind === 'word' && COMMAND.test(` ${text} `))
    if (call >= 0) {
      found.push(readCall(statement.slice(call + 1), variables, cookies))
      // Each copied request begins a new session.
      cookies.length = 0
    } else readStatement(statement, variables, cookies)
  }
  if (found.length === 0) throw new TypeError('this PowerShell command names no URL: paste "Copy as PowerShell" whole')
  return found
}

function readStatement(statement: readonly Token[], variables: Map<string, Value>, cookies: string[]): void {
  const [first, ...rest] = statement
  if (first?.kind !== 'variable') return
  const [target = '', ...members] = first.text.split('.')
  const name = target.toLowerCase()
  const table = variables.get(name)
  const [key, value] = rest
    .filter(({ kind }) => kind === 'text' || kind === 'variable')
    .map((token) => textOf(valueAt([token], 0, variables).value))
  const sign = rest[0]?.text
  if (/^cookies$/i.test(members[0] ?? '')) {
    if (key !== undefined && value !== undefined) cookies.push(`${key}=${value}`)
  } else if (/^add$/i.test(members.at(-1) ?? '')) {
    const held = table instanceof Map ? table : new Map<string, string>()
    if (key !== undefined && value !== undefined) variables.set(name, held.set(key, value))
  } else if ((sign === '[' || sign === '.') && table instanceof Map) {
    if (key !== undefined && value !== undefined) table.set(key, value)
  } else if (sign === '=') {
    const given = madeJson(valueAt(rest, 1, variables).value, rest)
    if (members.length === 0) variables.set(name, given)
    else if (table instanceof Map) table.set(members.join('.'), textOf(given))
  }
}

function readCall(
  tokens: readonly Token[],
  variables: Map<string, Value>,
  cookies: readonly string[],
): PartialPageRequest {
  const given = new Map<string, Value>()
  for (let i = 0; i < tokens.length; ) {
    const token = tokens[i] as Token
    if (token.text === '|' || token.text === '>') break
    if (token.kind === 'word' && token.text.startsWith('-') && token.text.length > 1) {
      const joined = /^(-\w+):(.+)$/.exec(token.text)
      const name = parameterOf(joined?.[1] ?? token.text)
      if (SWITCHES.test(token.text) || tokens[i + 1] === undefined) {
        i++
        continue
      }
      const { value, end } =
        joined === null ? valueAt(tokens, i + 1, variables) : { value: joined[2] ?? '', end: i + 1 }
      given.set(name, value)
      i = end
      continue
    }
    const { value, end } = valueAt(tokens, i, variables)
    // The first value without a name is the URL. A splatted table holds parameters.
    if (value instanceof Map) for (const [name, held] of value) given.set(parameterOf(`-${name}`), held)
    else if (!given.has('uri')) given.set('uri', value)
    i = end
  }
  const url = given.get('uri')
  if (typeof url !== 'string' || url === '')
    throw new TypeError('this PowerShell command names no URL that is written out: put it behind -Uri')
  const address = readUrlArgument(url, [])
  const table = given.get('headers')
  const headers: HeaderLine[] = table instanceof Map ? [...table].map(([name, value]): HeaderLine => [name, value]) : []
  const isUnread = table !== undefined && !(table instanceof Map)
  const text = (name: string) => {
    const value = given.get(name)
    return typeof value === 'string' ? value : null
  }
  const body = given.has('body') ? (text('body') ?? '') : given.has('form') ? '' : null
  const type = text('contenttype')
  if (type !== null) headers.push(['Content-Type', type])
  else if (given.has('form')) headers.push(['Content-Type', 'multipart/form-data; boundary=corsmith'])
  else if (body !== null && !headers.some(([name]) => /^content-type$/i.test(name)))
    headers.push(['Content-Type', 'application/x-www-form-urlencoded'])
  if (cookies.length > 0) headers.push(['Cookie', cookies.join('; ')])
  const method = methodOf(text('method') ?? text('custommethod') ?? 'GET')
  const request = asPageRequest({
    // PowerShell makes no header of a user in the URL.
    url: address.user === null ? address.url : url,
    method,
    headers,
    body,
  })
  const note = 'the headers stand in a variable that is not written here: add each with -H'
  return isUnread ? { ...request, notes: [...(request.notes ?? []), note] } : request
}

/**
 * PowerShell writes its own names as `Put`. A copied `patch` was sent as it stands, and is not the
 * method PATCH.
 */
function methodOf(word: string): string {
  return /^(?:[A-Z][a-z]+|delete|get|head|options|post|put)$/.test(word) ? word.toUpperCase() : word
}

/** PowerShell accepts any unambiguous beginning of a parameter's name. */
function parameterOf(word: string): string {
  const lower = word.slice(1).toLowerCase()
  const known = ['uri', 'method', 'custommethod', 'headers', 'contenttype', 'body', 'form']
  return known.find((name) => lower.length > 1 && name.startsWith(lower)) ?? lower
}

/** A limit. Tables are not nested deeper. */
const MAX_DEPTH = 50

/** A value, and the place behind it. */
interface Read {
  readonly value: Value
  readonly end: number
}

/** Reads a value, and what is added to it with `+`. */
function valueAt(tokens: readonly Token[], at: number, variables: Map<string, Value>, depth = 0): Read {
  let { value, end } = operandAt(tokens, at, variables, depth)
  while (typeof value === 'string' && isWord(tokens[end], '+')) {
    const added = operandAt(tokens, end + 1, variables, depth)
    value += textOf(added.value)
    end = added.end
  }
  return { value, end }
}

/**
 * Reads a text, a variable, a table, or an expression in parentheses as far as it is written out.
 */
function operandAt(tokens: readonly Token[], start: number, variables: Map<string, Value>, depth: number): Read {
  const at = withoutCasts(tokens, start)
  const token = tokens[at]
  const end = at + 1
  if (token?.kind === 'variable') return { value: variables.get(token.text.toLowerCase()) ?? `$${token.text}`, end }
  if (token?.kind !== 'mark' || depth > MAX_DEPTH) return { value: token?.text ?? '', end }
  const next = tokens[end]
  if (token.text === '@' && next?.kind === 'word')
    return { value: variables.get(next.text.toLowerCase()) ?? '', end: end + 1 }
  if (token.text === '@{' || token.text === '{') return tableAt(tokens, end, variables, depth)
  if (token.text !== '(') return { value: token.text, end }
  const close = closing(tokens, at)
  const inner = tokens.slice(end, close)
  const first = inner.findIndex(({ kind, text }) => kind === 'text' || kind === 'variable' || text === '@{')
  const value = first < 0 ? '' : valueAt(inner, first, variables, depth + 1).value
  return { value: madeJson(value, inner), end: close + 1 }
}

/** Goes over casts such as `[string]`, which stand before a value. */
function withoutCasts(tokens: readonly Token[], start: number): number {
  let at = start
  while (isMark(tokens[at], '[')) at = closing(tokens, at) + 1
  return at
}

function isMark(token: Token | undefined, mark: string): boolean {
  return token?.kind === 'mark' && token.text === mark
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text === word
}

/** A table becomes a text where the command that makes JSON of it is near. */
function madeJson(value: Value, tokens: readonly Token[]): Value {
  const isJson = tokens.some(({ kind, text }) => kind === 'word' && /^ConvertTo-Json$/i.test(text))
  return isJson && value instanceof Map ? JSON.stringify(Object.fromEntries(value)) : value
}

/** The body of a table is never sent as it stands. */
function textOf(value: Value): string {
  return typeof value === 'string' ? value : ''
}

function tableAt(tokens: readonly Token[], start: number, variables: Map<string, Value>, depth: number): Read {
  const table: Table = new Map()
  let i = start
  for (let key = tokens[i]; key !== undefined && !isMark(key, '}'); key = tokens[i]) {
    if (isMark(tokens[i + 1], '=')) {
      const { value, end } = valueAt(tokens, i + 2, variables, depth + 1)
      table.set(key.text, textOf(value))
      i = end
    } else i++
  }
  return { value: table, end: i + 1 }
}

/** Finds the bracket that closes another, or the end. */
function closing(tokens: readonly Token[], open: number): number {
  let depth = 0
  let at = open
  for (let token = tokens[at]; token !== undefined; token = tokens[++at]) {
    if (token.kind !== 'mark') continue
    if (/[([{]$/.test(token.text)) depth++
    if (/[)\]}]/.test(token.text) && --depth === 0) return at
  }
  return at
}
