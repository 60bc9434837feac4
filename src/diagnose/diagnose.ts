import type { HeaderLine, WireRequest, WireResponse } from '../browser/wire.ts'
import type { Conclusion, Diagnosis } from './diagnosis.ts'
import { type Evidence, statusOf } from './evidence.ts'
import { findAll } from './find.ts'
import type { Finding } from './finding.ts'
import { ROWS } from './findings/rows.ts'
import { recognizeServer } from './fixes/detect.ts'
import { planFix } from './fixes/plan-fix.ts'
import { withRequestProof } from './fixes/request-proof.ts'
import type { Target } from './fixes/targets.ts'
import { gather, recall } from './gather.ts'
import { listObstacles } from './obstacles.ts'
import { type Call, type PageRequest, readCall } from './page-request.ts'
import type { Plan } from './plan.ts'
import { NO_PROBES, probe } from './probes.ts'
import { isSilent } from './proven.ts'
import { createRecorder, type Observation, type Recorder } from './recorder.ts'
import type { Row } from './row.ts'
import { securityFindings } from './security/findings.ts'
import { scanOrigins } from './security/scan.ts'
import { type Transport, viaFetch } from './transport.ts'
import { askBrowsers, firstFailure } from './verdicts.ts'

/** The options of {@link diagnose}: the page's request without its URL, and how to examine it. */
export interface DiagnoseOptions extends Omit<PageRequest, 'url'> {
  /**
   * Sends the requests.
   *
   * @default the global `fetch`, which sees less than a socket does
   */
  readonly transport?: Transport
  /**
   * The target of the fixes.
   *
   * @default the target that the answers give away
   */
  readonly target?: Target
  /**
   * Whether to send requests other than GET, HEAD and OPTIONS.
   *
   * @default false
   */
  readonly send?: boolean
  /**
   * Whether to send more than the page's own requests.
   *
   * @default true
   */
  readonly probes?: boolean
  /**
   * Whether to try origins of strangers.
   *
   * @default false
   */
  readonly security?: boolean
  /**
   * The largest number of requests.
   *
   * @default 40; with `security` 160
   */
  readonly maxRequests?: number
  /** Header lines to add to every request, such as `User-Agent`. */
  readonly extraHeaders?: readonly HeaderLine[]
  /** Called after each request. */
  readonly onObservation?: (observation: Observation) => void
  /**
   * The clock, in milliseconds.
   *
   * @default Date.now
   */
  readonly now?: () => number
}

/**
 * Examines a live server from outside. It sends what browsers would send, concludes what they would
 * conclude, and names the cause and the change.
 *
 * It is safe by default: it sends only GET, HEAD and OPTIONS. It never rejects because of a
 * server's answer.
 *
 * @param url The absolute URL that the page requests.
 * @param options The page's request, and how to examine it.
 * @returns The conclusion of each browser, and the findings, the first to repair at the top.
 * @throws {TypeError} for a request that no page can make, such as a forbidden method
 *
 * @example
 * ```ts
 * import { diagnose } from 'corsmith/diagnose'
 *
 * const diagnosis = await diagnose('https://api.example.com/users', {
 *   origin: 'https://app.example.com',
 *   credentials: 'include',
 * })
 * diagnosis.findings[0]?.code // 'never-shared'
 * ```
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
  return examine(call, recorder, { ...options, rows: ROWS, otherwise: 'server' })
}

/** What {@link examine} needs besides the request. */
interface ExamineOptions {
  readonly rows: readonly Row[]
  readonly target?: Target
  /** The target of the fixes if no target was chosen or recognized. */
  readonly otherwise: Target
  readonly probes?: boolean
  readonly security?: boolean
  readonly now?: () => number
  /**
   * Answers for requests that were never sent. Only a policy without a server can know these
   * answers.
   */
  readonly answer?: (request: WireRequest) => WireResponse | null
  /**
   * Makes the policy of the fixes. The default joins what the server grants and what the page
   * needs.
   */
  readonly plan?: (evidence: Evidence) => Promise<Plan | null>
}

/**
 * Concludes what browsers conclude, sends the probes that tell causes apart, and finds the causes.
 */
export async function examine(call: Call, recorder: Recorder, options: ExamineOptions): Promise<Diagnosis> {
  const verdicts = await askBrowsers(call, recorder.send)
  // A browser does not connect to such a port. A request from here still tells whether a server
  // listens there.
  if (verdicts.chromium.shared === false && verdicts.chromium.failure.code === 'bad-port') {
    await recorder.observe({ method: 'GET', url: call.url.href, headers: [], body: null }, 'stand-in')
  }
  await askOtherAddress(call, recorder)
  const base = gather(call, verdicts, recorder.observations)
  const isReached = recorder.observations.some(({ response }) => response !== null)
  const wantsProbes = options.probes !== false && base.isCrossOrigin && (isReached || isSilent(base.broken))
  const probes = wantsProbes
    ? await probe(
        { call, verdicts, preflight: base.preflight, final: base.final, now: options.now ?? Date.now },
        recorder,
      )
    : NO_PROBES
  const isOnlyWithheld = base.isWithheld && base.broken === null
  const first = firstFailure(verdicts, isOnlyWithheld)
  const actual = base.final ?? (statusOf(probes.standIn) > 0 ? probes.standIn : null)
  const recalled = (request: WireRequest) =>
    recall(recorder, probes.standIn, request, call) ?? options.answer?.(request) ?? null
  const line = first === null ? [] : await listObstacles(call, first.browser, recalled)
  const obstacles = line.filter(({ failure }, place) => place === 0 || failure.code !== 'network-error')
  const security = options.security === true && isReached ? await scanOrigins(call, recorder) : null
  const known: Evidence = { ...base, actual, probes, obstacles: obstacles }
  const evidence: Evidence = { ...known, plan: await (options.plan ?? planFix)(known) }
  const recognized = recognizeServer(evidence)
  const { otherwise, target: chosen = null } = options
  const causes = findAll(options.rows, evidence, { chosen, recognized: recognized?.target ?? null, otherwise })
  const found = await withRequestProof(causes, evidence, recorder, wantsProbes)
  const findings = security === null ? found : [...found, ...securityFindings(security)]
  return {
    call,
    conclusion: conclude(evidence, findings),
    verdicts,
    failure: first?.failure ?? null,
    browser: first?.browser ?? null,
    isWithheld: isOnlyWithheld,
    next: evidence.obstacles.slice(1).map(({ failure }) => failure),
    findings,
    recognized,
    observations: recorder.observations,
    security,
  }
}

/**
 * Asks the other loopback address. A program may listen on IPv6 only and be missing on 127.0.0.1,
 * or the reverse.
 */
async function askOtherAddress(call: Call, recorder: Recorder): Promise<void> {
  const isRefused = recorder.observations.some(({ trouble: noAnswer }) => noAnswer?.kind === 'refused')
  const other = call.url.hostname === '127.0.0.1' ? '[::1]' : call.url.hostname === '[::1]' ? '127.0.0.1' : null
  if (!isRefused || other === null) return
  const url = call.url.href.replace(call.url.hostname, other)
  await recorder.observe({ method: 'GET', url, headers: [], body: null }, 'other-address')
}

function conclude(evidence: Evidence, findings: readonly Finding[]): Conclusion {
  const first = evidence.obstacles[0]?.failure.code
  const { broken } = evidence
  if (isSilent(broken) && statusOf(evidence.probes.standIn) > 0) return 'blocked'
  // An archive records that the browser kept the answer from the page. That counts even without a
  // recorded reason.
  if (broken !== null && (first === 'network-error' || first === 'bad-port')) {
    return broken.trouble?.kind === 'blocked' ? 'blocked' : 'error'
  }
  if (findings.some(({ severity, explains }) => severity === 'error' && explains === null)) return 'blocked'
  if (evidence.obstacles.length > 0) return 'blocked'
  return evidence.isWithheld ? 'allowed-unverified' : 'allowed'
}
