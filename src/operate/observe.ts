import type { Checked, Documented, PolicyInput, WithOrigins } from '../policy/compile-time/checked.ts'
import { hash } from '../policy/data/json.ts'
import { blamingCaller } from '../policy/error.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { tryOr } from '../policy/values.ts'
import { createCorsOf } from '../server/create.ts'
import { VIA, type WrappedCors } from '../server/derived.ts'
import { type AnyAsyncCors, type AnyCors, isCors, isSync, memoizeByObject } from '../server/ready.ts'
import { type PolicyResolver, RESOLVE } from '../server/resolve.ts'
import type { AsyncCors, Cors, Decision, HandlerResult, RequestHead, WrapOptions } from '../server/types.ts'
import { ENGINE_FOR, type Exchanged } from './exchanged.ts'
import { type CorsRecord, type RefusalRecord, toRecord } from './record.ts'

/** What to do with the records of {@link observe}. */
export interface Observer {
  /** Called with every CORS request, preflights included. */
  readonly onDecision?: (record: CorsRecord, request: RequestHead) => unknown
  /** Called with the CORS requests that a browser blocks, and with no other. */
  readonly onRefusal?: (record: RefusalRecord, request: RequestHead) => unknown
}

/** Options of {@link observe}. */
export interface ObserveOptions extends Observer {
  /**
   * The share of the requests that are recorded, from 0 to 1.
   *
   * @default 1
   */
  readonly sample?: number
  /**
   * Names the tenant of a request, for the record.
   *
   * @default no tenant
   */
  readonly tenant?: (request: RequestHead) => string | null
}

/**
 * Lets you see what a policy decides: which requests a browser blocks, and why.
 *
 * The result answers exactly as the policy does, and every adapter takes it. Each request is
 * recorded once. A hook cannot change an answer: what it throws or rejects with is dropped. A
 * policy that is not observed costs nothing more.
 *
 * @param source a policy, a `Cors`, or an `AsyncCors` such as that of `perRequest`
 * @param options the hooks
 * @returns a policy that every adapter takes
 * @throws {CorsPolicyError} when a policy has a defect
 * @throws {TypeError} for an unknown option, or a wrong value of one
 *
 * @example
 * ```ts
 * import { cors } from 'corsmith/hono'
 * import { developmentLog, observe } from 'corsmith/log'
 * import { Hono } from 'hono'
 *
 * const app = new Hono()
 * app.use(cors(observe({ origins: ['https://app.example.com'] }, developmentLog())))
 * ```
 */
export function observe<C extends AnyCors>(source: C, options: ObserveOptions): C
export function observe<const P extends PolicyInput>(
  source: WithOrigins<P> & Checked<P> & Documented,
  options: ObserveOptions,
): Cors
export function observe(source: AnyCors | CorsPolicy | Documented, options: ObserveOptions): AnyCors {
  const record = createRecorder(options)
  const cors = isCors(source) ? source : blamingCaller(observe, () => createCorsOf(source))
  return isSync(cors) ? observeCors(cors, record) : observeAsync(cors, record)
}

/** Records one request, once. `decision` is given where it is not the engine's own. */
type Recorder = (cors: (Cors & Exchanged) | null, request: RequestHead, decision: Decision) => void

const OPTIONS = ['onDecision', 'onRefusal', 'sample', 'tenant']

function createRecorder(options: ObserveOptions): Recorder {
  const { onDecision, onRefusal, sample = 1, tenant } = options
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name))
  if (unknown !== undefined)
    throw new TypeError(`observe: there is no option ${JSON.stringify(unknown)}: write ${OPTIONS.join(', ')}`)
  for (const [name, hook] of Object.entries({ onDecision, onRefusal, tenant }))
    if (hook !== undefined && typeof hook !== 'function') throw new TypeError(`observe: ${name} is a function`)
  if (!(sample >= 0 && sample <= 1)) throw new TypeError('observe: sample is a number from 0 to 1')
  const seen = new WeakSet<RequestHead>()
  const hashes = new WeakMap<CorsPolicy, string | null>()

  function hashOf({ policy }: Cors): string | null {
    const known = hashes.get(policy)
    if (known !== undefined) return known
    // The closed policy, which stands for one that could not be had, has no origins and no hash.
    const made = tryOr(() => hash(policy), null)
    hashes.set(policy, made)
    return made
  }

  return (cors, request, decision) => {
    if (decision.kind === 'non-cors' || seen.has(request)) return
    seen.add(request)
    if (sample < 1 && Math.random() >= sample) return
    quietly(() => {
      const made = toRecord({
        request,
        decision,
        entries: () => cors?.entries(request) ?? [],
        tenant: tenant?.(request) ?? null,
        policy: cors === null ? null : hashOf(cors[ENGINE_FOR]?.(request) ?? cors),
      })
      if (made === null) return
      quietly(() => onDecision?.(made, request))
      if (isRefusal(made)) quietly(() => onRefusal?.(made, request))
    })
  }
}

function isRefusal(record: CorsRecord): record is RefusalRecord {
  return record.code !== null
}

/** Calls a hook. Neither an error nor a rejection of it reaches the request. */
function quietly(act: () => unknown): void {
  try {
    const result = act()
    if (result instanceof Promise) result.catch(() => {})
  } catch {
    // The log of an operator may be full or gone, and the answer stands.
  }
}

function observeCors(
  cors: WrappedCors & Exchanged,
  record: Recorder,
  decide: (request: RequestHead) => Decision = cors.decide,
): Cors {
  const note = (request: RequestHead) => record(cors, request, decide(request))
  const noted = <T>(request: RequestHead, answer: T): T => {
    if (answer !== null) note(request)
    return answer
  }
  const wrap = memoizeByObject((engine: Cors) => observeCors(engine, record))
  const observed: WrappedCors & Exchanged = {
    // It may be exchanged while the server runs.
    get policy() {
      return cors.policy
    },
    decide: (request) => cors.decide(request),
    entries: (request, names) => noted(request, cors.entries(request, names)),
    headers: (request, init) => noted(request, cors.headers(request, init)),
    preflight: (request) => noted(request, cors.preflight(request)),
    guard: (request) => noted(request, cors.guard(request)),
    apply: (request, response) => noted(request, cors.apply(request, response)),
    wrap(handler, options) {
      const wrapped = cors.wrap(handler, options)
      return (request, ...args) => {
        note(request)
        return wrapped(request, ...args)
      }
    },
    [VIA](derive) {
      const derived = derive(cors)
      return derived === cors ? observed : wrap(derived)
    },
    [ENGINE_FOR]: (request) => cors[ENGINE_FOR]?.(request) ?? cors,
  }
  return observed
}

function observeAsync(cors: AnyAsyncCors, record: Recorder): AnyAsyncCors {
  const inner = cors as unknown as AsyncCors<Request, unknown[]> & PolicyResolver

  /** `resolve` is called once per request object, so deciding costs no second look-up. */
  async function note(request: Request, args: unknown[]): Promise<void> {
    const decision = await inner.decide(request, ...args)
    const isUnavailable = decision.refusal === 'policy-unavailable'
    record(isUnavailable ? null : await inner[RESOLVE](request, args), request, decision)
  }

  const observed: AsyncCors<Request, unknown[]> & PolicyResolver = {
    async [RESOLVE](request, args) {
      const chosen = await inner[RESOLVE](request, args)
      const decision = await inner.decide(request, ...args)
      return observeCors(chosen, record, () => decision)
    },
    decide: (request, ...args) => inner.decide(request, ...args),
    async entries(request, names, ...args) {
      await note(request, args)
      return inner.entries(request, names, ...args)
    },
    async headers(request, init, ...args) {
      await note(request, args)
      return inner.headers(request, init, ...args)
    },
    async preflight(request, ...args) {
      const answer = await inner.preflight(request, ...args)
      if (answer !== null) await note(request, args)
      return answer
    },
    async guard(request, ...args) {
      const answer = await inner.guard(request, ...args)
      if (answer !== null) await note(request, args)
      return answer
    },
    async apply(request, response, ...args) {
      await note(request, args)
      return inner.apply(request, response, ...args)
    },
    wrap<R extends HandlerResult>(
      handler: (request: Request, ...args: unknown[]) => R,
      options?: WrapOptions<Request, unknown[]>,
    ) {
      const wrapped = inner.wrap(handler, options)
      return async (request: Request, ...args: unknown[]): Promise<Awaited<R>> => {
        await note(request, args)
        return wrapped(request, ...args)
      }
    },
  }
  return observed as unknown as AnyAsyncCors
}
