import { blamingCaller } from '../policy/error.ts'
import { createCorsOf } from '../server/create.ts'
import { isCors } from '../server/ready.ts'
import { proxyFor } from './forward.ts'
import type { ProxyOptions } from './options.ts'
import { readSettings } from './settings.ts'

/**
 * Makes a Fetch handler that stands in front of an origin API and answers for its CORS.
 *
 * - The proxy answers preflights itself.
 * - Bodies stream in both directions and are never kept in memory.
 * - Redirects are passed on. Addresses of the origin API in them are rewritten to public ones.
 * - If the origin API does not answer in time, the client gets a 504; without a connection, a 502.
 *   Both have the CORS headers, so the page can read the status.
 *
 * @param options the upstream, the policy, and how requests are forwarded
 * @returns the handler. Further arguments, such as the bindings and the context of a Worker, are
 *   passed on to the function that chooses the policy.
 * @throws {TypeError} for an option that is unknown or wrong, such as an upstream that is not a URL
 * @throws {CorsPolicyError} for a policy with a defect
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6
 *
 * @example
 * ```ts
 * import { createProxy } from 'corsmith/proxy'
 *
 * const cors = { origins: ['https://app.example.com'] }
 * const proxy = createProxy({ upstream: 'http://127.0.0.1:5000', cors })
 * // Deno.serve(proxy), Bun.serve({ fetch: proxy })
 * ```
 */
export function createProxy(
  options: ProxyOptions,
): (request: Request, ...args: readonly unknown[]) => Promise<Response> {
  const settings = readSettings(options)
  const { cors } = options
  return proxyFor(settings, isCors(cors) ? cors : blamingCaller(createProxy, () => createCorsOf(cors)))
}
