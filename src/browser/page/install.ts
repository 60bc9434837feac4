import { OPAQUE } from '../algorithms/origin.ts'
import type { PageInit } from '../request.ts'

/** What a page puts in place of the global objects. */
export interface Installed {
  readonly origin: string
  readonly fetch: (input: string | URL | Request, init?: PageInit) => Promise<Response>
  readonly XMLHttpRequest: unknown
  /** Tells whether a request is one that the simulator handed to the server function. */
  readonly isHandedOver: (input: unknown) => boolean
}

/**
 * Replaces the global objects that a page has of its own.
 *
 * @returns a function that restores what was there before
 */
export function installGlobals({ origin, fetch, XMLHttpRequest, isHandedOver }: Installed): () => void {
  const network = globalThis.fetch
  const globals: Record<string, unknown> = {
    fetch: Object.assign(
      // A server function that forwards its request to a running server means the network.
      (input: string | URL | Request, init?: PageInit): Promise<Response> =>
        isHandedOver(input) ? network(input, init as RequestInit) : fetch(input, init),
      { preconnect() {} },
    ),
    XMLHttpRequest,
    ...('self' in globalThis ? {} : { self: globalThis }),
    ...(origin === OPAQUE ? {} : { Request: requestOf(origin), location: locationOf(origin) }),
  }
  // What cannot be replaced, such as the location of a real page, stays.
  const names = Object.keys(globals).filter(
    (name) => Object.getOwnPropertyDescriptor(globalThis, name)?.configurable ?? true,
  )
  const before = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const)
  for (const name of names) {
    Object.defineProperty(globalThis, name, { value: globals[name], configurable: true, writable: true })
  }
  let isInstalled = true
  return () => {
    if (!isInstalled) return
    isInstalled = false
    for (const [name, descriptor] of before) {
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, name)
      else Object.defineProperty(globalThis, name, descriptor)
    }
  }
}

/**
 * The `Request` of a page: a relative URL is relative to the page. It is made from the global
 * class, so `instanceof` holds.
 */
function requestOf(origin: string): typeof Request {
  const { Request } = globalThis
  return class extends Request {
    constructor(input: string | URL | Request, init?: RequestInit) {
      super(typeof input === 'string' ? (URL.parse(input, `${origin}/`)?.href ?? input) : input, init)
    }

    static override [Symbol.hasInstance](value: unknown): boolean {
      return value instanceof Request
    }
  }
}

/** As much of a `Location` as libraries read. */
function locationOf(origin: string): object {
  const { href, protocol, host, hostname, port, pathname, search, hash } = new URL(`${origin}/`)
  return { href, origin, protocol, host, hostname, port, pathname, search, hash, toString: () => href }
}
