/** The first policy that was asked about a request. A copy of this package for `require` has its own. */
const outermost = new WeakMap<object, object>()

/**
 * Many servers in production run without `NODE_ENV`. They pay for the look at so many requests: two
 * policies on one path meet at its first request.
 */
const WATCHED = 1_000

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
    const outer = outermost.get(carrier)
    if (outer === undefined) outermost.set(carrier, cors)
    else if (outer !== cors) {
      left = 0
      // biome-ignore lint/suspicious/noConsole: the developer has to learn it, and the answer does not show it.
      console.warn(
        `corsmith: two policies cover ${request.slice(0, 200)}. The outer one decides, and the inner one has no effect: ` +
          'write one "corsRoutes([…])" of corsmith/routes, outside',
      )
    }
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
  try {
    const { env } = (globalThis as Platform).process ?? {}
    return env !== undefined && !('Deno' in globalThis) && env.NODE_ENV !== 'production' && env.NODE_ENV !== 'test'
  } catch {
    return false
  }
}
