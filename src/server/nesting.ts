import { tryOr } from '../policy/values.ts'
import { WATCHED } from './limits.ts'

/** The first policy that was asked about a request. A copy of this package for `require` has its own. */
const outermost = new WeakMap<object, object>()

/**
 * Makes a function that notices when two policies cover one request, and prints it once. The outer
 * policy then decides and the inner one has no effect. The response does not show this.
 *
 * @returns the function; null outside of development, so that no request pays for it. Its first
 *   argument is an object that lives as long as the request.
 */
export function createNestingNotice(): ((carrier: object, cors: object, request: string) => void) | null {
  if (!isDevelopment()) return null
  let left = WATCHED
  return (carrier, cors, request) => {
    if (left === 0) return
    left--
    const outer = outermost.get(carrier) ?? cors
    outermost.set(carrier, outer)
    if (outer === cors) return
    left = 0
    // biome-ignore lint/suspicious/noConsole: the developer has to learn it, and the answer does not show it.
    console.warn(
      `corsmith: two policies cover ${request.slice(0, 200)}. The outer one decides: ` +
        'write one "corsRoutes([…])" of corsmith/routes instead',
    )
  }
}

/** Node, Bun and Workers with the compatibility layer have the variables here. */
interface Platform {
  readonly process?: { readonly env?: { readonly NODE_ENV?: string } }
}

/**
 * Tells whether this is a developer's machine, as frameworks do: by `NODE_ENV`. Deno would ask the
 * user for permission to read it.
 */
export function isDevelopment(): boolean {
  return tryOr(() => {
    const { env } = (globalThis as Platform).process ?? {}
    return env !== undefined && !('Deno' in globalThis) && env.NODE_ENV !== 'production' && env.NODE_ENV !== 'test'
  }, false)
}
