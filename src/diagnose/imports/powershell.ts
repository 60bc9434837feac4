import type { HeaderLine } from '../../browser/wire.ts'
import { asPageRequest, type PartialPageRequest, placeholder } from './from-browser.ts'
import { statementsOf, type Token } from './powershell-tokens.ts'

/** The commands of PowerShell that send a request, and their short names. */
const COMMAND = /(?:^|[\s;=(|])(Invoke-WebRequest|Invoke-RestMethod|iwr|irm)(?=[\s"'(])/i

/** A value that is known without running anything. */
type Value = string | Table
type Table = Map<string, string>

/** Parameters without a value, in lower case. Every other one takes the next value. */
const SWITCHES: readonly string[] =
  `usebasicparsing skipcertificatecheck skiphttperrorcheck skipheadervalidation disablekeepalive passthru
  usedefaultcredentials allowunencryptedauthentication noproxy preserveauthorizationonredirect verbose debug
  allowinsecureredirect preservehttpmethodonredirect resume`.split(/\s+/)

/** Parameters that are read. */
const PARAMETERS: readonly string[] =
  'uri method custommethod headers contenttype body form useragent websession'.split(' ')

/**
 * In Windows PowerShell two more names stand for the same command. Its parameters show that it is
 * not curl.
 */
const ALIAS =
  /^[ \t]*(?:PS [^>\n]{0,200}>[ \t]*)?(?:curl|wget)(?=[ \t])[^\n]{0,2000}?[ \t]-(?:(?:Uri|Method|WebSession)\b|Headers[ \t]{0,9}[@$])/im

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
  const [target = '', ...members] = first.text.toLowerCase().split('.')
  const pair = pairIn(rest, variables)
  if (members.includes('cookies')) {
    if (pair !== null) cookies.push(pair.join('='))
    return
  }
  const table = variables.get(target)
  if (members.at(-1) === 'add' && pair !== null) {
    const held = table instanceof Map ? table : new Map<string, string>()
    variables.set(target, held.set(...pair))
  } else if (rest[0]?.text === '[' && table instanceof Map && pair !== null) {
    table.set(...pair)
  } else if (rest[0]?.text === '=' && members.length === 0) {
    variables.set(target, valueAt(rest, 1, variables).value)
  }
}

/**
 * Reads the name and the value in `("name", value)` and `["name"] = value`. The value may be
 * computed, because CORS depends on the name.
 */
function pairIn(tokens: readonly Token[], variables: Map<string, Value>): [name: string, value: string] | null {
  const at = tokens.findIndex(({ kind }) => kind === 'text' || kind === 'variable')
  const name = tokens[at]
  const then = tokens.findIndex(({ kind, text }, i) => i > at && kind === 'mark' && (text === ',' || text === '='))
  if (name?.kind !== 'text' || then < 0) return null
  return [name.text, heldBy(name.text, tokens[then + 1], valueAt(tokens, then + 1, variables).value)]
}

/** Returns the value of a name. One that is computed becomes a value that needs permission. */
function heldBy(name: string, token: Token | undefined, value: Value): string {
  const text = typeof value === 'string' ? value : ''
  return text === '' && token?.kind !== 'text' ? placeholder(name.toLowerCase()) : text
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
      // A value may follow a colon, without white space.
      const [, word = '', joined] = /^([^:]*):?(.*)$/s.exec(token.text) ?? []
      if (isSwitch(word) || (joined === '' && tokens[i + 1] === undefined)) {
        i++
        continue
      }
      const { value, end } = joined ? { value: joined, end: i + 1 } : valueAt(tokens, i + 1, variables)
      given.set(parameterOf(word), value)
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
  if (url.startsWith('$')) throw new TypeError(`the URL contains a variable (${url.slice(0, 40)}): write its value`)
  const table = given.get('headers')
  const headers: HeaderLine[] = table instanceof Map ? [...table].map(([name, value]): HeaderLine => [name, value]) : []
  const isUnread = table !== undefined && !(table instanceof Map)
  const text = (name: string) => {
    const value = given.get(name)
    return typeof value === 'string' ? value : null
  }
  const body = given.has('body') ? (text('body') ?? '') : given.has('form') ? '' : null
  const type = text('contenttype')
  const agent = text('useragent')
  if (type !== null) headers.push(['Content-Type', type])
  else if (given.has('form')) headers.push(['Content-Type', 'multipart/form-data; boundary=corsmith'])
  else if (body !== null && !headers.some(([name]) => /^content-type$/i.test(name)))
    headers.push(['Content-Type', 'application/x-www-form-urlencoded'])
  if (agent !== null) headers.push(['User-Agent', agent])
  if (cookies.length > 0) headers.push(['Cookie', cookies.join('; ')])
  const method = methodOf(text('method') ?? text('custommethod') ?? 'GET')
  const request = asPageRequest({
    url: /^[a-z][a-z\d+.-]*:\/\//i.test(url) ? url : `http://${url}`,
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
  return PARAMETERS.find((name) => name.startsWith(lower)) ?? lower
}

function isSwitch(word: string): boolean {
  const lower = word.slice(1).toLowerCase()
  return !PARAMETERS.includes(parameterOf(word)) && SWITCHES.some((name) => name.startsWith(lower))
}

/**
 * Reads a value: a text, a variable, a table, or an expression in parentheses as far as it is
 * written out.
 */
function valueAt(tokens: readonly Token[], at: number, variables: Map<string, Value>): { value: Value; end: number } {
  const token = tokens[at]
  if (token === undefined) return { value: '', end: at + 1 }
  if (token.kind === 'variable')
    return { value: variables.get(token.text.toLowerCase()) ?? `$${token.text}`, end: at + 1 }
  if (token.text === '@' && tokens[at + 1]?.kind === 'word') {
    return { value: variables.get(tokens[at + 1]?.text.toLowerCase() ?? '') ?? '', end: at + 2 }
  }
  if (token.text === '@{') return tableAt(tokens, at + 1, variables)
  if (token.text === '[' || token.text === '(') {
    const end = closing(tokens, at)
    // A cast stands before its value.
    if (token.text === '[' && tokens[end + 1] !== undefined && tokens[end + 1]?.text !== '::')
      return valueAt(tokens, end + 1, variables)
    const inner = tokens.slice(at + 1, end)
    const start = inner.findIndex(({ kind, text }) => kind === 'text' || kind === 'variable' || text === '@{')
    const { value, end: last } = start < 0 ? { value: '', end: 0 } : valueAt(inner, start, variables)
    // A table that goes into a pipe becomes text: JSON in most scripts.
    const isPiped = value instanceof Map && last < inner.length
    return { value: isPiped ? JSON.stringify(Object.fromEntries(value)) : value, end: end + 1 }
  }
  return { value: token.text, end: at + 1 }
}

function tableAt(
  tokens: readonly Token[],
  start: number,
  variables: Map<string, Value>,
): { value: Value; end: number } {
  const table: Table = new Map()
  let i = start
  while (i < tokens.length && tokens[i]?.text !== '}') {
    if (tokens[i + 1]?.text !== '=') {
      i++
      continue
    }
    const key = tokens[i]?.text ?? ''
    const { value, end } = valueAt(tokens, i + 2, variables)
    table.set(key, heldBy(key, tokens[i + 2], value))
    i = end
  }
  return { value: table, end: i + 1 }
}

function closing(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let i = open; i < tokens.length; i++) {
    const text = tokens[i]?.kind === 'mark' ? tokens[i]?.text : ''
    if (text === '(' || text === '[' || text === '{' || text === '@{') depth++
    if ((text === ')' || text === ']' || text === '}') && --depth === 0) return i
  }
  return tokens.length
}
