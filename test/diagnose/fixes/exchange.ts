import type { Evidence, Probes } from '../../../src/diagnose/evidence.ts'
import { readCall } from '../../../src/diagnose/page-request.ts'
import { NO_PROBES } from '../../../src/diagnose/probes.ts'
import { askBrowsers } from '../../../src/diagnose/verdicts.ts'
import type { Observation, PageRequest } from '../../../src/diagnose.ts'

export const PAGE = 'https://app.example.com'
export const URL_ = 'https://api.example.com/items'

type Line = readonly [string, string]

/** What one request was, and what came back. */
export interface Exchange {
  readonly purpose?: Observation['purpose']
  readonly method?: string
  readonly url?: string
  /** The `Origin` of the request; null for none. */
  readonly origin?: string | null
  /** Header lines of the request beside `Origin`. */
  readonly asks?: readonly Line[]
  readonly status?: number
  readonly headers?: readonly Line[]
  readonly body?: string
  /** Nothing came back. */
  readonly trouble?: NonNullable<Observation['trouble']>['kind']
}

/** Writes down one request with its answer: a GET of the page, answered with an empty 200, by default. */
export function seen(exchange: Exchange = {}): Observation {
  const { purpose = 'request', method = 'GET', url = URL_, origin = PAGE, asks = [], trouble } = exchange
  const headers: readonly Line[] = [...asks, ...(origin === null ? [] : [['Origin', origin] as const])]
  const { status = 200, headers: answered = [], body } = exchange
  const response = { status, headers: answered, ...(body === undefined ? {} : { sample: body }) }
  return {
    purpose,
    request: { method, url, headers, body: null },
    response: trouble === undefined ? response : null,
    trouble: trouble === undefined ? null : { kind: trouble, detail: trouble },
    ms: 1,
  }
}

/** A preflight with its answer. */
export const preflight = (exchange: Exchange = {}): Observation =>
  seen({
    purpose: 'preflight',
    method: 'OPTIONS',
    status: 204,
    ...exchange,
    asks: [['Access-Control-Request-Method', 'PUT'], ...(exchange.asks ?? [])],
  })

const { chromium, firefox, webkit } = await askBrowsers(readCall({ url: URL_, origin: PAGE }), async () => null)

/** Evidence that holds these answers: the last of the page's own is the one that it would get. */
export function evidenceOf(
  observations: readonly Observation[],
  {
    request = {},
    probes = {},
    ...rest
  }: Partial<Omit<Evidence, 'probes'>> & {
    readonly request?: Partial<PageRequest>
    readonly probes?: Partial<Probes>
  } = {},
): Evidence {
  const own = observations.filter(({ purpose, response }) => purpose === 'request' && response !== null)
  return {
    call: readCall({ url: URL_, origin: PAGE, ...request }),
    verdicts: { chromium, firefox, webkit },
    obstacles: [],
    preflight: observations.findLast(({ purpose, response }) => purpose === 'preflight' && response !== null) ?? null,
    hops: own,
    final: own.at(-1) ?? null,
    actual: own.at(-1) ?? null,
    broken: null,
    isWithheld: false,
    isCrossOrigin: true,
    probes: { ...NO_PROBES, ...probes },
    observations,
    plan: null,
    ...rest,
  }
}
