import { isThenable } from '../policy/thenable.ts'
import * as READ from '../spec/read.ts'
import { malformation } from './decide.ts'
import { closedCors, createVarying } from './derived.ts'
import { isCors, isSync } from './ready.ts'
import { KEPT, type PlainHead, type PolicyResolver, RESOLVE } from './resolve.ts'
import type { AsyncCors, Cors, HandlerResult, RequestHead, WrapOptions } from './types.ts'

/** Options of {@link perRequest}. */
export interface PerRequestOptions<Q, A extends unknown[]> {
  /**
   * Called with what `resolve` threw. The request is refused in any case.
   *
   * @default console.error
   */
  readonly onError?: (error: unknown, request: Q, ...args: A) => void
  /**
   * What happens to an actual request without a policy: its origin is `null` or malformed, or
   * `resolve` gave none. `'pass'` runs the handler, `'forbid'` answers 403. Each policy has a
   * `refused` of its own: write `'forbid'` here too if all of them say it.
   *
   * @default 'pass'
   */
  readonly refused?: 'pass' | 'forbid'
}

/**
 * Chooses a policy for each request: by tenant, host or path, or from a database.
 *
 * `resolve` is called at most once per request object, and only where `Origin` is one well-formed
 * value. If it returns null, throws or rejects, the origin is refused. Every response says
 * `Vary: Origin`. Preflights carry no cookies and no `Authorization`, so choose by the URL, not by
 * the user.
 *
 * @param resolve gives the policy for a request, made by {@link createCors}; null for none
 * @returns a policy that every adapter takes
 * @throws {TypeError} for an unknown option, or a wrong value of one
 *
 * @example
 * ```ts
 * import { createCors, perRequest } from 'corsmith'
 *
 * const tenants = new Map([['acme.example', createCors({ origins: ['https://app.acme.com'] })]])
 * const cors = perRequest((request: Request) => tenants.get(new URL(request.url).hostname) ?? null)
 *
 * export default { fetch: cors.wrap(() => new Response('hello')) }
 * ```
 */
export function perRequest<Q extends RequestHead = Request, A extends unknown[] = []>(
  resolve: (request: Q, ...args: A) => Cors | null | Promise<Cors | null>,
  options: PerRequestOptions<Q, A> = {},
): AsyncCors<Q, A> {
  return createPerRequest(resolve, options, () => undefined)
}

/**
 * {@link perRequest} with a second way to the policy.
 *
 * @param peek gives what `resolve` would give, as a policy that varies by `Origin`; undefined where
 *   that needs the request itself, or has to wait
 */
export function createPerRequest<Q extends RequestHead, A extends unknown[]>(
  resolve: (request: Q, ...args: A) => Cors | null | Promise<Cors | null>,
  options: PerRequestOptions<Q, A>,
  peek: (head: PlainHead) => Cors | null | undefined,
): AsyncCors<Q, A> {
  const { refused, onError } = readOptions(options)
  const closed = closedCors(refused)
  const choose = createChooser(resolve, onError)

  function engineFor(request: Q, args: A): Cors | Promise<Cors> {
    const choice = choose(request, args)
    return choice instanceof Promise ? choice.then((cors) => cors ?? closed) : (choice ?? closed)
  }

  const cors: AsyncCors<Q, A> & {
    [RESOLVE](request: Q, args: A): Cors | Promise<Cors>
  } & Pick<PolicyResolver, typeof KEPT> = {
    [RESOLVE]: engineFor,
    [KEPT](head) {
      if (!hasOrigin(head)) return closed
      try {
        const found = peek(head)
        return found === undefined ? null : (found ?? closed)
      } catch {
        // `resolve` meets the same error, and reports it.
        return null
      }
    },
    async decide(request, ...args) {
      const cors = await choose(request, args)
      const decision = (cors ?? closed).decide(request)
      const isUnavailable = cors === null && decision.refusal === 'origin-not-allowed'
      return isUnavailable ? { ...decision, refusal: 'policy-unavailable' } : decision
    },
    async entries(request, names, ...args) {
      return (await engineFor(request, args)).entries(request, names)
    },
    async headers(request, init, ...args) {
      return (await engineFor(request, args)).headers(request, init)
    },
    async preflight(request, ...args) {
      return (await engineFor(request, args)).preflight(request)
    },
    async guard(request, ...args) {
      return (await engineFor(request, args)).guard(request)
    },
    async apply(request, response, ...args) {
      return (await engineFor(request, args)).apply(request, response)
    },
    wrap<R extends HandlerResult>(handler: (request: Q, ...args: A) => R, wrapOptions?: WrapOptions<Q, A>) {
      return async (request: Q, ...args: A): Promise<Awaited<R>> => {
        const engine = engineFor(request, args)
        const wrapped = (engine instanceof Promise ? await engine : engine).wrap(handler, wrapOptions)
        return (await wrapped(request, ...args)) as Awaited<R>
      }
    },
  }
  return cors
}

/**
 * Checks the options of {@link perRequest}.
 *
 * @throws {TypeError} for an unknown option, or a wrong value of one
 */
function readOptions<Q, A extends unknown[]>({ refused = 'pass', onError, ...others }: PerRequestOptions<Q, A>) {
  const [name] = Object.keys(others)
  if (name !== undefined)
    throw new TypeError(`perRequest: there is no option ${JSON.stringify(name)}: write "onError" or "refused"`)
  if (onError !== undefined && typeof onError !== 'function') throw new TypeError('perRequest: onError is a function')
  if (refused !== 'pass' && refused !== 'forbid') throw new TypeError('perRequest: refused is "pass" or "forbid"')
  return { refused, onError }
}

/** What was chosen for a request: null where `resolve` was not called, or gave no policy. */
type Choice = Cors | null | Promise<Cors | null>

/** Makes the function that calls `resolve`, at most once per request object. It never throws. */
function createChooser<Q extends RequestHead, A extends unknown[]>(
  resolve: (request: Q, ...args: A) => Cors | null | Promise<Cors | null>,
  onError: PerRequestOptions<Q, A>['onError'],
): (request: Q, args: A) => Choice {
  const chosen = new WeakMap<Q, Choice>()
  const varyByOrigin = createVarying()

  /** Waits for nothing where `resolve` does not: a Promise costs more than the policy. */
  function ask(request: Q, args: A): Choice {
    const refuse = (error: unknown) => {
      report(error, request, args)
      return null
    }
    try {
      const given = resolve(request, ...args)
      return isThenable(given) ? Promise.resolve(given).then(usable).catch(refuse) : usable(given)
    } catch (error) {
      return refuse(error)
    }
  }

  function usable(cors: Cors | null): Cors | null {
    if (cors === null || cors === undefined) return null
    if (!isCors(cors) || !isSync(cors)) throw new TypeError('perRequest: resolve gives what createCors made, or null')
    return varyByOrigin(cors)
  }

  function report(error: unknown, request: Q, args: A): void {
    try {
      if (onError) onError(error, request, ...args)
      // biome-ignore lint/suspicious/noConsole: an operator has to learn that no policy could be had.
      else console.error(error)
    } catch {
      // The refusal stands, even where the hook throws.
    }
  }

  return (request, args) => {
    if (!hasOrigin(request)) return null
    const known = chosen.get(request)
    if (known !== undefined) return known
    const asked = ask(request, args)
    chosen.set(request, asked)
    return asked
  }
}

/** Tells whether a request has one well-formed origin, so that a policy can allow it. */
function hasOrigin({ headers }: RequestHead): boolean {
  const origin = headers.get(READ.origin) ?? null
  return origin !== null && malformation(origin) === null
}
