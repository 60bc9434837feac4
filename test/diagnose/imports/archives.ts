import type { HeaderLine, WireRequest, WireResponse } from '../../../src/browser/wire.ts'
import { isPreflight } from '../../../src/diagnose/recorder.ts'

/** One exchange as a browser or a proxy saw it. */
export interface Exchanged {
  readonly request: WireRequest
  readonly response: WireResponse | null
  /** Whether the browser kept the answer from the page. */
  readonly isKept: boolean
}

/** Who wrote an archive: the tools differ in what they write, and in what they leave out. */
export const TOOLS = [
  'chrome',
  'chrome-sanitized',
  'chrome-without-answers',
  'firefox',
  'safari',
  'charles',
  'fiddler',
  'proxyman',
  'playwright',
] as const

export type Tool = (typeof TOOLS)[number]

const pairs = (lines: readonly HeaderLine[]) => lines.map(([name, value]) => ({ name, value }))
const SECRET = /^(?:authorization|cookie|set-cookie)$/i

/** Writes an archive as a tool does. */
export function archive(tool: Tool, exchanges: readonly Exchanged[], page = 'https://app.example.com/page'): string {
  const entries = exchanges
    .filter(({ request }) => tool !== 'safari' || !isPreflight(request))
    .map((exchange) => entry(tool, exchange))
  return JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: tool, version: '1' },
      pages: tool === 'chrome' || tool === 'safari' ? [{ id: 'page_1', title: page }] : [],
      entries,
    },
  })
}

function entry(tool: Tool, { request, response, isKept }: Exchanged): object {
  const isChrome = tool.startsWith('chrome')
  const keep = (lines: readonly HeaderLine[]) =>
    tool === 'chrome-sanitized' ? lines.filter(([name]) => !SECRET.test(name)) : lines
  const isLost = response === null || (isKept && tool === 'chrome-without-answers' && !isPreflight(request))
  const failed = isKept && !isPreflight(request)
  return {
    pageref: 'page_1',
    startedDateTime: '2026-06-30T04:14:55.736Z',
    time: 21,
    request: {
      method: request.method,
      url: request.url,
      httpVersion: 'h2',
      headers: pairs([
        ...(isChrome
          ? ([
              [':method', request.method],
              [':scheme', 'https'],
            ] as const)
          : []),
        ...keep(request.headers),
      ]),
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status: isLost ? (tool === 'playwright' ? -1 : 0) : (response?.status ?? 0),
      statusText: '',
      headers: isLost ? [] : pairs(keep(response?.headers ?? [])),
      cookies: [],
      content: { size: 0, mimeType: 'x-unknown' },
      redirectURL: '',
      ...(isChrome && (failed || isLost) ? { _error: 'net::ERR_FAILED' } : {}),
      ...(tool === 'playwright' && isLost ? { _failureText: 'net::ERR_FAILED' } : {}),
    },
    ...(isChrome
      ? {
          _initiator: { type: isPreflight(request) ? 'preflight' : 'script' },
          _resourceType: isPreflight(request) ? 'preflight' : 'fetch',
        }
      : {}),
    cache: {},
    timings: {},
  }
}
