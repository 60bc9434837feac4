import {
  type AnyCors,
  type Cors,
  type CorsPolicy,
  choose,
  createResolver,
  type Documented,
  type HeaderEntry,
  isSync,
  preflightAnswer,
  type RequestHead,
} from '../src/adapter.ts'
import { createCors } from '../src/index.ts'
import { fetchRequest, type NodeRequest } from './node-request.ts'

/** What a policy says about a request. */
export interface Conclusion {
  readonly cors: Cors
  readonly preflight: { readonly status: number; readonly entries: readonly HeaderEntry[] } | null
  /** The status to answer with; null lets the request through. */
  readonly status: number | null
}

/** A source of policies that never throws: under `node:http` an error would end the process. */
export interface SafeSource<Q extends NodeRequest> {
  /** Refuses every origin: what cannot be had is closed. */
  readonly closed: Cors
  policyFor(req: Q): AnyCors
  /** Waits for a policy that is chosen per request. Never rejects. */
  choose(ready: AnyCors, req: Q): Promise<Cors>
  conclude(cors: Cors, head: RequestHead): Conclusion
  /** Prints an error, once per cause. */
  report(error: unknown): void
}

/**
 * Makes a source safe. What a function cannot give, or gives wrong, is refused and printed.
 *
 * @throws {CorsPolicyError} when a policy that is given as it is has a defect.
 */
export function createSafeSource<Q extends NodeRequest>(
  source: Documented | AnyCors | ((req: Q) => CorsPolicy | AnyCors),
): SafeSource<Q> {
  const resolve = createResolver<Q>(typeof source === 'function' ? (req) => atOnce(source(req)) : source)
  const closed = createCors({ origins: () => false })
  const report = createReport()
  return {
    closed,
    report,
    policyFor(req) {
      try {
        return whole(resolve(req))
      } catch (error) {
        report(error)
        return closed
      }
    },
    async choose(ready, req) {
      try {
        return await choose(ready, fetchRequest(req), req)
      } catch (error) {
        report(error)
        return closed
      }
    },
    conclude(cors, head) {
      try {
        return conclude(cors, head)
      } catch (error) {
        report(error)
        return conclude(closed, head)
      }
    },
  }
}

function conclude(cors: Cors, head: RequestHead): Conclusion {
  const preflight = preflightAnswer(cors, head)
  return { cors, preflight, status: preflight?.status ?? refusal(cors, head) }
}

/** The status for a stranger where the policy forbids them; null lets the request through. */
function refusal(cors: Cors, head: RequestHead): number | null {
  return cors.policy.refused === 'forbid' ? (cors.guard(head)?.status ?? null) : null
}

/** A promise that nobody waits for ends the process too, when it rejects. */
function atOnce<T>(given: T): T {
  const { then } = (given ?? {}) as { then?: unknown }
  if (typeof then !== 'function') return given
  Promise.resolve(given).catch(() => {})
  throw new TypeError(
    'cors: a function gives a policy at once, and this one gave a promise: write "perRequest(async …)"',
  )
}

/** What only looks like a policy would fail later, when headers are sent. */
function whole(cors: AnyCors): AnyCors {
  const parts = cors as Partial<Cors>
  if (!isSync(cors) || (parts.entries && parts.headers && parts.guard && parts.apply)) return cors
  throw new TypeError('cors: a function gives a policy, or what createCors made, and this one gave a part of it')
}

const MOST_CAUSES = 64

/** A request can be repeated at will: one line per cause says as much as one per request, and fills no disk. */
function createReport(): (error: unknown) => void {
  const causes = new Set<string>()
  return (error) => {
    try {
      const cause = String(error)
      if (causes.has(cause) || causes.size === MOST_CAUSES) return
      causes.add(cause)
      // biome-ignore lint/suspicious/noConsole: a policy that cannot be had must not be missed in silence.
      console.error(error)
    } catch {
      // What cannot be printed must not open what is closed.
    }
  }
}
