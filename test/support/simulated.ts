/** A page of the simulator and a server that answers by path, for tests of what a browser concludes. */
import {
  type BrowserModel,
  createSimulator,
  type HeaderLine,
  type SimulatedPage,
  type Verdict,
} from '../../src/browser.ts'

/** How a path answers: a status, and header lines. `pre` is what preflights get; the same where it is absent. */
export interface Answer {
  readonly status?: number
  readonly headers?: readonly HeaderLine[]
  readonly pre?: { readonly status?: number; readonly headers?: readonly HeaderLine[] }
}

/** The page's origin, and that of the server where none is named. */
export const PAGE = 'https://app.example.com'
export const API = 'https://api.example.org'

export const acao = (value = PAGE): HeaderLine => ['Access-Control-Allow-Origin', value]
export const credentials: HeaderLine = ['Access-Control-Allow-Credentials', 'true']
export const methods = (value: string): HeaderLine => ['Access-Control-Allow-Methods', value]
export const names = (value: string): HeaderLine => ['Access-Control-Allow-Headers', value]
export const age = (value: string): HeaderLine => ['Access-Control-Max-Age', value]
export const location = (value: string): HeaderLine => ['Location', value]

/** Opens a page whose requests are answered by path, on whatever host; the clock stands still until `wait`. */
export function openPage(
  browser: BrowserModel,
  answers: Readonly<Record<string, Answer>>,
  origin = PAGE,
): SimulatedPage & { wait(seconds: number): void } {
  let clock = 0
  const simulator = createSimulator({
    browser,
    now: () => clock,
    send: ({ method, url, headers }) => {
      const answer = answers[new URL(url).pathname] ?? {}
      const isPreflight = method === 'OPTIONS' && headers.some(([name]) => name === 'Access-Control-Request-Method')
      const { status = 200, headers: lines = [] } = isPreflight ? (answer.pre ?? answer) : answer
      return { status, headers: lines }
    },
  })
  const page = simulator.page(origin)
  return { ...page, wait: (seconds) => (clock += seconds * 1000) }
}

/** Says what was sent: method and path, one after the other. */
export function sent({ exchanges }: Verdict): string {
  return exchanges.map(({ request }) => `${request.method} ${new URL(request.url).pathname}`).join(', ')
}

/** Says what came of it: the type of the response, or the code of the failure. */
export function outcome(verdict: Verdict): string {
  return verdict.shared ? `${verdict.type} ${verdict.response.status}` : verdict.failure.code
}

/** Gets a field of a request that was sent. */
export function sentField(verdict: Verdict, index: number, name: string): string | undefined {
  return verdict.exchanges[index]?.request.headers.find(([key]) => key === name)?.[1]
}
