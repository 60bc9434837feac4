import { isHttp } from '../diagnose/messages/command.ts'
import { parseCommands, recognizeMessage } from '../diagnose.ts'
import { UsageError } from './io.ts'

/** A command copied from the network panel or a terminal. */
const CURL = /^\s*(?:curl|wget|http|https|Invoke-WebRequest)\s/i

/** The prompt of a shell before a command. */
const PROMPT = /^[^\n'"]{0,80}?[$%#>❯]\s+(?=(?:curl|wget|https?|Invoke-WebRequest)\s)/

/** The first line of a request in HTTP/1.1. */
const START_LINE = /^([A-Z]{3,10}) (\/\S{0,2000}) HTTP\/\d/

/** A call of a client in source code. */
const CALL = /\bfetch\s*\(|\b(?:axios|ky|ofetch|\$fetch|\$|jQuery)\b.{0,40}\(|\bXMLHttpRequest\b/

/** The first line of an answer: as `curl -i` prints it, and with the marks of `curl -v`. */
const ANSWER = /^(?:< )?HTTP\/\d(?:\.\d)? \d{3}\b/m

/**
 * Says what a pasted text is, as arguments of `corsmith check`: a line of a console or a log, a URL, a
 * copied command or a call from source code.
 *
 * @param text The pasted text.
 * @returns The arguments; the address of the page may still be missing.
 * @throws {UsageError} for the answer of a server without its request
 */
export function pastedArguments(text: string): readonly [string, ...string[]] {
  const pasted = text.trim()
  if (/^\{\s*"log"\s*:/.test(pasted))
    throw new UsageError('this is an archive: save it in a file, and write corsmith check --har file.har')
  const command = beforeAnswer(pasted)
  if (CURL.test(command) && reads(parseCommands, command)) return ['--curl', command]
  if (isHttp(pasted) && !/\s/.test(pasted)) return [pasted]
  const request = readHeaders(pasted)
  if (request !== null) return ['--curl', request]
  if (recognizeMessage(pasted) !== null) return ['--message', pasted]
  if (CALL.test(pasted)) return ['--fetch', pasted]
  if (CURL.test(command)) return ['--curl', command]
  if (ANSWER.test(pasted)) {
    throw new UsageError(
      'this is the answer of a server, without the request: corsmith asks the server itself: npx corsmith check <url> --origin <page>, with -X and -H as the page sends it',
    )
  }
  return ['--message', pasted]
}

/** Returns whether a pasted request names its page. Browsers copy it as a header or as the referrer. */
export function namesPage(pasted: string): boolean {
  return /\borigin['"^]*\s*[:=]|\breferr?er['"^]*\s*[:=]/i.test(pasted)
}

/** Removes the answer that a terminal prints below a command, and the prompt before it. */
function beforeAnswer(pasted: string): string {
  const place = ANSWER.exec(pasted)?.index ?? pasted.length
  return pasted.slice(0, place).replace(PROMPT, '').trim()
}

/** The headers of a preflight, which name its page and what the page sends. */
const TELLING = ['Origin', 'Access-Control-Request-Method', 'Access-Control-Request-Headers'] as const

/**
 * Reads the headers of a request, as the network panel and `curl -v` show them, as a command of curl.
 * Other headers of a panel may be secrets, so they are left out. Returns null for another text.
 */
function readHeaders(pasted: string): string | null {
  const lines = pasted.split('\n').map((line) => line.replace(/^[>*<] /, '').trim())
  const headerOf = (name: string): string | undefined => {
    const isNamed = (line: string) => line === name || line.startsWith(`${name}:`)
    const at = lines.findIndex((line) => isNamed(line.toLowerCase()))
    const beside = lines[at]?.slice(name.length + 1).trim()
    return beside === '' ? lines[at + 1] : beside
  }
  const [, method, target] = lines.map((line) => START_LINE.exec(line)).find((found) => found !== null) ?? []
  const url = headerOf('request url') ?? joined(headerOf(':scheme'), headerOf(':authority') ?? headerOf('host'), target)
  const verb = headerOf('request method') ?? method ?? 'GET'
  if (url === undefined || !isHttp(url) || /[\s'\\]/.test(url) || !/^[A-Za-z]{1,20}$/.test(verb)) return null
  const headers = TELLING.flatMap((name) => {
    const value = headerOf(name.toLowerCase())
    return value === undefined || /['\\]/.test(value) ? [] : [`-H '${name}: ${value}'`]
  })
  return [`curl -X ${verb} '${url}'`, ...headers].join(' ')
}

function joined(scheme: string | undefined, host: string | undefined, path: string | undefined): string | undefined {
  if (host === undefined || path === undefined) return undefined
  return `${scheme ?? (/^(?:localhost|127\.|\[::1\])/.test(host) ? 'http' : 'https')}://${host}${path}`
}

function reads(parse: (text: string) => unknown, text: string): boolean {
  try {
    parse(text)
    return true
  } catch {
    return false
  }
}
