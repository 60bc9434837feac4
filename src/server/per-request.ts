import { READ } from '../spec/fields.ts'
import { closedCors, createVarying } from './chosen.ts'
import { malformation } from './decide.ts'
import { isCors, isSync, RESOLVE } from './source.ts'
import type { AsyncCors, Cors, HandlerResult, RequestHead, WrapOptions } from './types.ts'

/** Options of {@link perRequest}. */
export interface PerRequestOptions<Q, A extends unknown[]> {
  /** Told what `resolve` threw. The request is refused either way. Default: `console.error`. */
  readonly onError?: (error: unknown, request: Q, ...args: A) => void
  /**
   * What becomes of an actual request for which no policy was chosen: its origin is `null` or malformed, or no policy can be had.
   * A chosen policy has a `refused` of its own; say `'forbid'` here too where all of them do. Default: `'pass'`.
   */
  readonly refused?: 'pass' | 'forbid'
}

/**
 * Chooses a policy for each request: by tenant, by host, by path, from a database.
 *
 * `resolve` is asked at most once per request object, and only where `Origin` is one well-formed value. Null, a throw and a
 * rejection refuse: what cannot be known is not shared. Every response varies by `Origin`. Preflights carry no cookies and no
 * `Authorization`, so a policy can be chosen by what the URL says, not by who is asking.
 *
 * @throws {TypeError} for an option that is none, or whose value is none.
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
  const { refused = 'pass', onError, ...unknown } = options
  const [name] = Object.keys(unknown)
  if (name !== undefined)
    throw new TypeError(`perRequest: there is no option ${JSON.stringify(name)}: write "onError" or "refused"`)
  if (onError !== undefined && typeof onError !== 'function') throw new TypeError('perRequest: onError is a function')
  if (refused !== 'pass' && refused !== 'forbid') throw new TypeError('perRequest: refused is "pass" or "forbid"')
  const closed = closedCors(refused)
  const chosen = new WeakMap<Q, Promise<Cors | null>>()
  const varyByOrigin = createVarying()

  /** Null where nothing was asked, or nothing was answered. */
  function choose(request: Q, args: A): Promise<Cors | null> {
    const origin = request.headers.get(READ.origin) ?? null
    if (origin === null || malformation(origin) !== null) return Promise.resolve(null)
    const known = chosen.get(request)
    if (known !== undefined) return known
    const asked = ask(request, args)
    chosen.set(request, asked)
    return asked
  }

  async function ask(request: Q, args: A): Promise<Cors | null> {
    try {
      const cors = await resolve(request, ...args)
      if (cors === null || cors === undefined) return null
      if (!isCors(cors) || !isSync(cors)) throw new TypeError('perRequest: resolve gives what createCors made, or null')
      return varyByOrigin(cors)
    } catch (error) {
      report(error, request, args)
      return null
    }
  }

  function report(error: unknown, request: Q, args: A): void {
    try {
      if (onError) onError(error, request, ...args)
      // biome-ignore lint/suspicious/noConsole: a policy that cannot be had must not be missed in silence.
      else console.error(error)
    } catch {
      // What the hook throws must not open what is closed.
    }
  }

  async function engineFor(request: Q, args: A): Promise<Cors> {
    return (await choose(request, args)) ?? closed
  }

  const cors: AsyncCors<Q, A> & { [RESOLVE](request: Q, args: A): Promise<Cors> } = {
    [RESOLVE]: engineFor,
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
        const wrapped = (await engineFor(request, args)).wrap(handler, wrapOptions)
        return (await wrapped(request, ...args)) as Awaited<R>
      }
    },
  }
  return cors
}
