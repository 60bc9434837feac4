/** The words of failed assertions. */
import {
  ALLOW_CREDENTIALS,
  ALLOW_HEADERS,
  ALLOW_METHODS,
  ALLOW_ORIGIN,
  CORS_RESPONSE_FIELDS,
  EXPOSE_HEADERS,
  VARY,
} from '../spec/fields.ts'
import type { CorsFailure } from './failure.ts'
import type { Exchange } from './wire.ts'

/** Says what failed: in every browser's words, as a diff of the header, and with what was sent. */
export function explainOutcome(failure: CorsFailure, exchanges: readonly Exchange[]): string {
  const lines = [
    `${failure.code} (${failure.step}), ${failure.during === 'preflight' ? 'in the preflight' : 'in the response'}`,
    `Chromium: ${failure.consoleMessage.chromium}`,
    `Firefox:  ${failure.consoleMessage.firefox}`,
    `WebKit:   ${failure.consoleMessage.webkit}`,
    ...difference(failure, exchanges.at(-1)),
  ]
  return `${indented(lines)}\n${log(exchanges)}`
}

/** The header that is needed and the one that came, as a diff. */
function difference(failure: CorsFailure, last: Exchange | undefined): string[] {
  const needed = neededLine(failure)
  if (needed === null || last?.response == null) return []
  const [name, value] = needed
  const came = last.response.headers.filter(([key]) => key.toLowerCase() === name.toLowerCase())
  const minus = came.length === 0 ? [`- (no ${name})`] : came.map(([key, text]) => `- ${key}: ${text}`)
  return [...minus, `+ ${name}: ${value}`]
}

function neededLine({ code, origin, value }: CorsFailure): readonly [name: string, value: string] | null {
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

/** Says why the page cannot read a header. */
export function unread(name: string, exchanges: readonly Exchange[]): string {
  const sent = exchanges.at(-1)?.response?.headers ?? []
  const isSent = sent.some(([key]) => key.toLowerCase() === name.toLowerCase())
  if (!isSent) return `${name}: the server did not send it`
  const exposed = sent.filter(([key]) => key.toLowerCase() === EXPOSE_HEADERS.toLowerCase()).map(([, value]) => value)
  return `${name}: sent, but not in ${EXPOSE_HEADERS} (${exposed.length === 0 ? 'absent' : exposed.join(', ')})`
}

/** Lists what was sent and answered, with the headers that bear on CORS. */
export function log(exchanges: readonly Exchange[]): string {
  if (exchanges.length === 0) return '  nothing was sent'
  return exchanges
    .map(({ request, response }) => {
      const asked = request.headers.filter(([name]) => /^(origin|access-control-)/i.test(name))
      const answered = response?.headers.filter(([name]) => isShown(name)) ?? []
      const status = response === null ? 'no answer' : String(response.status)
      return indented([
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

/** Indents lines of a message. */
export function indented(lines: readonly string[]): string {
  return lines.map((text) => `  ${text}`).join('\n')
}
