import {
  ALLOW_CREDENTIALS,
  ALLOW_HEADERS,
  ALLOW_METHODS,
  ALLOW_ORIGIN,
  CORS_RESPONSE_FIELDS,
  EXPOSE_HEADERS,
  VARY,
} from '../spec/fields.ts'
import type { Outcome } from './create-browser.ts'
import type { CorsFailure } from './failure.ts'
import type { FailureCode } from './failures.ts'
import type { Exchange } from './wire.ts'

/** What {@link expectShared} asks for besides a response that the page may read. */
export interface SharedExpectation {
  /** The status that the page sees. */
  readonly status?: number
  /** Header names that the page can read. */
  readonly exposes?: readonly string[]
  /** Header names that the server sends and the page cannot read. */
  readonly hides?: readonly string[]
  /** Whether a preflight was sent. */
  readonly preflighted?: boolean
}

/**
 * Expects that a page gets a response, and gives it.
 *
 * Works in every test runner: a failed expectation throws an Error whose message says what each browser would print and which
 * header was wrong.
 *
 * @throws Error when the browser keeps the response from the page, or it is not as expected
 * @example
 * const page = createBrowser({ fetch: app.fetch }).page('https://app.example.com')
 * const response = await expectShared(page.fetch('https://api.example.com/items', { method: 'PUT' }), { exposes: ['ETag'] })
 */
export async function expectShared(
  outcome: Outcome | Promise<Outcome>,
  expected: SharedExpectation = {},
): Promise<Response> {
  const seen = await outcome
  if (!seen.shared)
    throw new Error(`expected a shared response, but the browser refused it\n${explain(seen.failure, seen.exchanges)}`)
  const { response } = seen
  const wrong: string[] = []
  if (expected.status !== undefined && response.status !== expected.status) {
    wrong.push(`status: expected ${expected.status}, got ${response.status}`)
  }
  for (const name of expected.exposes ?? []) {
    if (!response.headers.has(name)) wrong.push(unread(name, seen.exchanges))
  }
  for (const name of expected.hides ?? []) {
    if (response.headers.has(name)) wrong.push(`${name}: expected to be hidden, but the page can read it`)
  }
  const wasPreflighted = seen.exchanges.some(({ kind }) => kind === 'preflight')
  if (expected.preflighted !== undefined && expected.preflighted !== wasPreflighted) {
    wrong.push(wasPreflighted ? 'expected no preflight, but one was sent' : 'expected a preflight, but none was sent')
  }
  if (wrong.length > 0)
    throw new Error(`the response is shared, but not as expected\n${indent(wrong)}\n${log(seen.exchanges)}`)
  return response
}

/**
 * Expects that the browser keeps a response from a page, and gives the failure.
 *
 * @param code the reason that is expected; any reason when left out
 * @throws Error when the page gets the response, or the reason is another
 * @example
 * const page = createBrowser({ fetch: app.fetch }).page('https://stranger.example')
 * await expectRefused(page.fetch('https://api.example.com/items'), 'allow-origin-missing')
 */
export async function expectRefused(outcome: Outcome | Promise<Outcome>, code?: FailureCode): Promise<CorsFailure> {
  const seen = await outcome
  if (seen.shared) {
    const found = `the page got ${seen.response.status} (${seen.response.type})`
    throw new Error(`expected the browser to refuse the response, but ${found}\n${log(seen.exchanges)}`)
  }
  if (code !== undefined && seen.failure.code !== code) {
    const found = explain(seen.failure, seen.exchanges)
    throw new Error(`expected the reason ${code}, but it was ${seen.failure.code}\n${found}`)
  }
  return seen.failure
}

/**
 * Expects that a page gets its response without a preflight having been sent: a simple request, or one that is remembered.
 *
 * @throws Error when a preflight was sent or the response is refused
 *
 * @example
 * await expectNoPreflight(page.fetch('https://api.example.com/users'))
 */
export async function expectNoPreflight(outcome: Outcome | Promise<Outcome>): Promise<Response> {
  return expectShared(outcome, { preflighted: false })
}

function explain(failure: CorsFailure, exchanges: readonly Exchange[]): string {
  const lines = [
    `${failure.code} (${failure.step}), ${failure.during === 'preflight' ? 'in the preflight' : 'in the response'}`,
    `Chromium: ${failure.consoleMessage.chromium}`,
    `Firefox:  ${failure.consoleMessage.firefox}`,
    `WebKit:   ${failure.consoleMessage.webkit}`,
    ...difference(failure, exchanges.at(-1)),
  ]
  return `${indent(lines)}\n${log(exchanges)}`
}

/** The header that was wanted and the one that came, as a diff. */
function difference(failure: CorsFailure, last: Exchange | undefined): string[] {
  const wanted = wantedLine(failure)
  if (wanted === null || last?.response == null) return []
  const [name, value] = wanted
  const came = last.response.headers.filter(([key]) => key.toLowerCase() === name.toLowerCase())
  const minus = came.length === 0 ? [`- (no ${name})`] : came.map(([key, text]) => `- ${key}: ${text}`)
  return [...minus, `+ ${name}: ${value}`]
}

function wantedLine({ code, origin, value }: CorsFailure): readonly [name: string, value: string] | null {
  switch (code) {
    case 'allow-origin-missing':
    case 'allow-origin-wildcard':
    case 'allow-origin-multiple':
    case 'allow-origin-malformed':
    case 'allow-origin-mismatch':
      return [ALLOW_ORIGIN, origin]
    case 'allow-credentials':
      return [ALLOW_CREDENTIALS, 'true']
    case 'allow-methods-syntax':
      return [ALLOW_METHODS, 'a list of methods']
    case 'method-not-allowed':
      return [ALLOW_METHODS, value]
    case 'allow-headers-syntax':
      return [ALLOW_HEADERS, 'a list of header names']
    case 'header-not-allowed':
      return [ALLOW_HEADERS, value]
    default:
      return null
  }
}

function unread(name: string, exchanges: readonly Exchange[]): string {
  const sent = exchanges.at(-1)?.response?.headers ?? []
  const isSent = sent.some(([key]) => key.toLowerCase() === name.toLowerCase())
  if (!isSent) return `${name}: the server did not send it`
  const exposed = sent.filter(([key]) => key.toLowerCase() === EXPOSE_HEADERS.toLowerCase()).map(([, value]) => value)
  return `${name}: sent, but not in ${EXPOSE_HEADERS} (${exposed.length === 0 ? 'absent' : exposed.join(', ')})`
}

/** What was sent and answered, with the headers that bear on CORS. */
function log(exchanges: readonly Exchange[]): string {
  if (exchanges.length === 0) return '  nothing was sent'
  return exchanges
    .map(({ request, response }) => {
      const asked = request.headers.filter(([name]) => /^(origin|access-control-)/i.test(name))
      const answered = response?.headers.filter(([name]) => isShown(name)) ?? []
      const status = response === null ? 'no answer' : String(response.status)
      return indent([
        `${request.method} ${request.url} → ${status}`,
        ...asked.map(line('>')),
        ...answered.map(line('<')),
      ])
    })
    .join('\n')
}

function line(mark: string): (entry: readonly [string, string]) => string {
  return ([name, value]) => `  ${mark} ${name}: ${value}`
}

function isShown(name: string): boolean {
  const lower = name.toLowerCase()
  return (
    lower === VARY.toLowerCase() ||
    lower === 'location' ||
    CORS_RESPONSE_FIELDS.some((field) => field.toLowerCase() === lower)
  )
}

function indent(lines: readonly string[]): string {
  return lines.map((text) => `  ${text}`).join('\n')
}
