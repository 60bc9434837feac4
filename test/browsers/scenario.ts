/**
 * What the browsers and the simulator are both asked: who fetches what, and how each URL answers.
 */
import type { Initiator } from '../../src/browser.ts'

/** The origins of every scenario: A holds the page, T speaks TLS. */
export type Site = 'A' | 'B' | 'C' | 'T'

/** How a URL answers. Values may hold `{A}`, `{B}`, `{C}`, `{T}` (origins), `{a}` … (host and port) and `{0}`, `{1}` … (URLs of hops). */
export interface Recipe {
  readonly status?: number
  readonly headers?: readonly (readonly [string, string])[]
  /** Close the connection without an answer. */
  readonly destroy?: boolean
}

/** One URL of a scenario. `pre` answers preflights, `act` everything else. */
export interface Hop {
  readonly site: Site
  readonly pre?: Recipe
  readonly act?: Recipe
  /** A whole URL instead of one of the server's: nothing answers there. */
  readonly url?: string
  /** Another name of the computer than 127.0.0.1. */
  readonly host?: string
}

/** `init` of `fetch()`, as far as it survives JSON. */
export interface StepInit {
  readonly method?: string
  readonly headers?: readonly (readonly [string, string])[]
  readonly body?: string
  readonly streamBody?: boolean
  readonly credentials?: RequestCredentials
  readonly mode?: RequestMode
  readonly cache?: RequestCache
  readonly redirect?: RequestRedirect
  readonly referrerPolicy?: ReferrerPolicy
  readonly initiator?: Initiator
  readonly uploadListener?: boolean
}

/** One request of the page, to a hop's URL, optionally with a query of its own. */
export interface Step extends StepInit {
  readonly hop?: number
  /** How long the page waits before this step, in milliseconds. */
  readonly delay?: number
  readonly query?: string
}

/** One page and what it does, step after step. */
export interface Scenario {
  readonly id: string
  /** Whether the page has an opaque origin. */
  readonly sandboxed?: boolean
  /** Another host for the page than 127.0.0.1. */
  readonly page?: string
  readonly hops: readonly Hop[]
  readonly steps: readonly Step[]
}

/** Where the origins are. */
export type Ports = Readonly<Record<Exclude<Site, 'T'>, number>> & { readonly T?: number }

/** What one step came to. `names` are the readable response headers, sorted. */
export interface StepResult {
  readonly ok: boolean
  readonly status: number
  readonly type: string
  readonly names: readonly string[]
  /** What a `data:` URL holds: its type, and its bytes. */
  readonly content?: string
}

/** What an engine made of a scenario. */
export interface Observation {
  readonly steps: readonly StepResult[]
  /** Requests as the servers saw them, by step. */
  readonly requests: readonly string[]
  /** The `Sec-Fetch-Site` of each request. */
  readonly sites?: readonly string[]
  /** Browsers only: what the console said. */
  readonly lines?: readonly string[]
  /** Simulator only: what each failure would print, by engine. */
  readonly messages?: readonly { readonly chromium: string; readonly firefox: string; readonly webkit: string }[]
  /** Whether an element of the page asked, and not a script. */
  readonly byElement?: boolean
  /** Chromium: `corsError` per failed load. Firefox: CORS categories in order. WebKit: nothing. */
  readonly reasons: readonly string[]
}

/** The origin of a site, by default at the address that all of them listen on. */
export function origin(site: Site, ports: Ports, host = '127.0.0.1'): string {
  return `${site === 'T' ? 'https' : 'http'}://${host}:${ports[site]}`
}

/** The origin of a scenario's page. */
export function pageOrigin(scenario: Scenario, ports: Ports): string {
  return origin('A', ports, scenario.page)
}

/** The URL of a hop. */
export function hopUrl(scenario: Scenario, index: number, ports: Ports): string {
  const hop = scenario.hops[index]
  if (hop === undefined) throw new Error(`scenario ${scenario.id} has no hop ${index}`)
  return hop.url ?? `${origin(hop.site, ports, hop.host)}/s/${encodeURIComponent(scenario.id)}/${index}`
}

/** Fills in the places of a header value. */
export function fill(value: string, scenario: Scenario, ports: Ports): string {
  return value
    .replaceAll('{A}', pageOrigin(scenario, ports))
    .replace(/\{([BCT])\}/g, (_, site: Site) => origin(site, ports))
    .replace(/\{([abc])\}/g, (_, site: string) => `127.0.0.1:${ports[site.toUpperCase() as Site]}`)
    .replace('{portA}', String(ports.A))
    .replace(/\{path(\d+)\}/g, (_, index: string) => `/s/${encodeURIComponent(scenario.id)}/${index}`)
    .replace(/\{(\d+)\}/g, (_, index: string) => hopUrl(scenario, Number(index), ports))
}

/** Writes a request as both sides are compared by: the path only where bytes of it were percent-encoded. */
export function requestLine(
  site: string,
  method: string,
  path: string,
  headers: readonly (readonly [string, string])[],
): string {
  const get = (name: string): string | undefined => {
    const lines = headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value)
    return lines.length === 0 ? undefined : lines.join(', ')
  }
  const parts = [`${site} ${method}`]
  const bytes = path.slice(path.lastIndexOf('/'))
  if (bytes.includes('%')) parts.push(bytes)
  for (const [label, name] of [
    ['origin', 'origin'],
    ['acrm', 'access-control-request-method'],
    ['acrh', 'access-control-request-headers'],
    ['authorization', 'authorization'],
    ['cookie', 'cookie'],
  ] as const) {
    const value = get(name)
    if (value !== undefined) parts.push(`${label}=${value}`)
  }
  return parts.join(' ')
}

/** The `Sec-Fetch-Site` of a request, and nothing where it has none. */
export function fetchSite(headers: readonly (readonly [string, string])[]): string {
  return headers.find(([name]) => name.toLowerCase() === 'sec-fetch-site')?.[1] ?? ''
}
