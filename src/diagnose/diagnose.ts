import type { CorsFailure } from '../browser/failure.ts'
import type { HeaderLine, WireRequest, WireResponse } from '../browser/wire.ts'
import { type Evidence, statusOf } from './evidence.ts'
import { findAll } from './find.ts'
import type { Finding, Row } from './finding.ts'
import { ROWS } from './findings/rows.ts'
import { planFix } from './fixes/plan-fix.ts'
import type { Target } from './fixes/targets.ts'
import { failuresInLine } from './in-line.ts'
import { type Call, type PageRequest, readCall } from './page-request.ts'
import type { Plan } from './plan.ts'
import { NO_PROBES, probe } from './probes.ts'
import { createRecorder, isPreflight, isSafeMethod, type Observation, type Recorder, requestKey } from './recorder.ts'
import { securityFindings } from './security/findings.ts'
import type { SecurityReport } from './security/report.ts'
import { scanOrigins } from './security/scan.ts'
import { type Transport, viaFetch } from './transport.ts'
import { askBrowsers, type BrowserName, firstFailure, type Verdicts } from './verdicts.ts'

/** What {@link diagnose} is told besides the URL. */
export interface DiagnoseOptions extends Omit<PageRequest, 'url'> {
  /** How requests are sent; default the global `fetch`, which sees less than a socket does. */
  readonly transport?: Transport
  /** What to write fixes for; default: what the server gives away about itself. */
  readonly target?: Target
  /** Whether requests other than GET, HEAD and OPTIONS are sent. Default: false. */
  readonly send?: boolean
  /** Whether anything beyond the page's own requests is asked. Default: true. */
  readonly probes?: boolean
  /** Whether origins of strangers are tried, to see who is let in. Default: false. */
  readonly security?: boolean
  /** The largest number of requests. Default: 40, and 160 with `security`. */
  readonly maxRequests?: number
  /** Header lines that every request gets, such as `User-Agent`. */
  readonly extraHeaders?: readonly HeaderLine[]
  /** Called with each request as it is answered. */
  readonly onObservation?: (observation: Observation) => void
  /** The clock, in milliseconds. Default: `Date.now`. */
  readonly now?: () => number
}

/** The conclusion of a {@link Diagnosis}. */
export type Conclusion = 'blocked' | 'allowed' | 'allowed-unverified' | 'error'

/** What is wrong between a page and a server, and what to do about it. */
export interface Diagnosis {
  /** The request that was examined. */
  readonly call: Call
  /**
   * `'blocked'`: at least one browser keeps the response from the page. `'allowed-unverified'`: nothing so far blocks it, and the
   * request itself was not sent. `'error'`: nothing could be tested.
   */
  readonly conclusion: Conclusion
  /** What each browser concludes. */
  readonly verdicts: Verdicts
  /** The failure that browsers report; null where there is none. */
  readonly failure: CorsFailure | null
  /** The browser whose failure that is. */
  readonly browser: BrowserName | null
  /** Whether the request itself was not sent because it has side effects. */
  readonly isWithheld: boolean
  /** The failures that would follow once the first is put right. */
  readonly next: readonly CorsFailure[]
  /** What is wrong, the cause to put right first at the top. */
  readonly findings: readonly Finding[]
  /** Everything that was sent, in order. */
  readonly observations: readonly Observation[]
  /** Who is let in; null unless it was asked for. */
  readonly security: SecurityReport | null
}

/**
 * Examines a live server from outside: does what browsers would do, judges as they would, and names the cause and the change.
 *
 * Safe by default: GET, HEAD and OPTIONS alone are sent. Never rejects for what a server does.
 *
 * @throws TypeError for a request that no page can make: a URL that is none, an origin that is none, a method that is forbidden
 *
 * @example
 * const diagnosis = await diagnose('https://api.example.com/users', { origin: 'https://app.example.com', credentials: 'include' })
 * diagnosis.conclusion // 'blocked'
 * diagnosis.findings[0]?.message
 */
export async function diagnose(url: string | URL, options: DiagnoseOptions): Promise<Diagnosis> {
  const call = readCall({ ...options, url: String(url) })
  const recorder = createRecorder({
    transport: options.transport ?? viaFetch((request) => fetch(request)),
    call,
    sendUnsafe: options.send ?? false,
    maxRequests: options.maxRequests ?? (options.security ? 160 : 40),
    extra: options.extraHeaders ?? [],
    onObservation: options.onObservation ?? (() => {}),
  })
  return examine(call, recorder, { ...options, rows: ROWS })
}

/** What is left to say to {@link examine}. */
export interface ExamineOptions {
  readonly rows: readonly Row[]
  readonly target?: Target
  readonly probes?: boolean
  readonly security?: boolean
  readonly now?: () => number
  /** What the server would say to a request that was never sent; only a policy without a server knows. */
  readonly answer?: (request: WireRequest) => WireResponse | null
  /** How the policy of the fixes is made; default: of what the server grants and the page needs. */
  readonly plan?: (evidence: Evidence) => Promise<Plan | null>
}

/** Judges an exchange, asks what helps to explain it, and explains it. */
export async function examine(call: Call, recorder: Recorder, options: ExamineOptions): Promise<Diagnosis> {
  const verdicts = await askBrowsers(call, recorder.send)
  // A browser does not even connect to such a port; whether anything is there is worth knowing all the same.
  if (verdicts.chromium.shared === false && verdicts.chromium.failure.code === 'bad-port') {
    await recorder.observe({ method: 'GET', url: call.url.href, headers: [], body: null }, 'stand-in')
  }
  const base = gather(call, verdicts, recorder.observations)
  const isReached = recorder.observations.some(({ response }) => response !== null)
  const wantsProbes = options.probes !== false && isReached && base.isCrossOrigin
  const probes = wantsProbes
    ? await probe(
        { call, verdicts, preflight: base.preflight, final: base.final, now: options.now ?? Date.now },
        recorder,
      )
    : NO_PROBES
  const isOnlyWithheld = base.isWithheld && base.broken === null
  const first = firstFailure(verdicts, isOnlyWithheld)
  const actual = base.final ?? probes.standIn
  const recalled = (request: WireRequest) =>
    recall(recorder, probes.standIn, request, call) ?? options.answer?.(request) ?? null
  const line = first === null ? [] : await failuresInLine(call, first.browser, recalled)
  const standings = line.filter(({ failure }, turn) => turn === 0 || failure.code !== 'network-error')
  const security = options.security === true && isReached ? await scanOrigins(call, recorder) : null
  const known: Evidence = { ...base, actual, probes, standings }
  const evidence: Evidence = { ...known, plan: await (options.plan ?? planFix)(known) }
  const found = findAll(options.rows, evidence, options.target ?? null)
  const findings = security === null ? found : [...found, ...securityFindings(security)]
  return {
    call,
    conclusion: conclude(evidence, findings),
    verdicts,
    failure: first?.failure ?? null,
    browser: first?.browser ?? null,
    isWithheld: isOnlyWithheld,
    next: evidence.standings.slice(1).map(({ failure }) => failure),
    findings,
    observations: recorder.observations,
    security,
  }
}

function gather(call: Call, verdicts: Verdicts, observations: readonly Observation[]): Evidence {
  const answered = observations.filter(({ response }) => response !== null)
  const hops = answered.filter(({ purpose }) => purpose === 'request')
  const exchanges = verdicts.chromium.exchanges.filter(({ kind }) => kind === 'request')
  const own = hops.filter(({ request }) =>
    exchanges.some((exchange) => requestKey(exchange.request) === requestKey(request)),
  )
  const final = (own.length > 0 ? own : hops).at(-1) ?? null
  return {
    call,
    verdicts,
    standings: [],
    preflight: answered.findLast(({ purpose }) => purpose === 'preflight') ?? null,
    hops: own.length > 0 ? own : hops,
    final,
    actual: final,
    broken: observations.find(({ trouble }) => trouble !== null && trouble.kind !== 'withheld') ?? null,
    isWithheld:
      observations.some(({ trouble }) => trouble?.kind === 'withheld') ||
      (!isSafeMethod(call.method) && final === null),
    isCrossOrigin: call.url.origin !== call.origin,
    probes: NO_PROBES,
    observations,
    plan: null,
  }
}

/** What the server said to a request, or to the GET that stands in for one. */
function recall(
  recorder: Recorder,
  standIn: Observation | null,
  request: WireRequest,
  call: Call,
): Observation['response'] {
  const key = requestKey(request)
  const known = recorder.observations.find((observation) => requestKey(observation.request) === key)
  if (known !== undefined) return known.response
  return !isPreflight(request) && isSafeMethod(call.method) && statusOf(standIn) > 0
    ? (standIn?.response ?? null)
    : null
}

function conclude(evidence: Evidence, findings: readonly Finding[]): Conclusion {
  const first = evidence.standings[0]?.failure.code
  const { broken } = evidence
  // A browser that kept the answer from the page has decided, whether or not its reason was recorded.
  if (broken !== null && (first === 'network-error' || first === 'bad-port')) {
    return broken.trouble?.kind === 'blocked' ? 'blocked' : 'error'
  }
  if (findings.some(({ severity, explains }) => severity === 'error' && explains === null)) return 'blocked'
  if (evidence.standings.length > 0) return 'blocked'
  return evidence.isWithheld ? 'allowed-unverified' : 'allowed'
}
