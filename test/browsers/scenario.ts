/**
 * What the browsers and the simulator are both asked: who fetches what, and how each URL answers.
 */
import type { Initiator } from '../../src/browser.ts'

/** The three origins of every scenario: A holds the page. */
export type Site = 'A' | 'B' | 'C'

/** How a URL answers. Values may hold `{A}`, `{B}`, `{C}` (origins), `{a}` … (host and port) and `{0}`, `{1}` … (URLs of hops). */
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
  readonly hops: readonly Hop[]
  readonly steps: readonly Step[]
}

/** Where the origins are. */
export type Ports = Readonly<Record<Site, number>>

/** What one step came to. `names` are the readable response headers, sorted. */
export interface StepResult {
  readonly ok: boolean
  readonly status: number
  readonly type: string
  readonly names: readonly string[]
}

/** What an engine made of a scenario. */
export interface Observation {
  readonly steps: readonly StepResult[]
  /** Requests as the servers saw them, by step. */
  readonly requests: readonly string[]
  /** Browsers only: what the console said. */
  readonly lines?: readonly string[]
  /** Simulator only: what each failure would print, by engine. */
  readonly messages?: readonly { readonly chromium: string; readonly firefox: string; readonly webkit: string }[]
  /** Whether an element of the page asked, and not a script. */
  readonly byElement?: boolean
  /** Chromium: `corsError` per failed load. Firefox: CORS categories in order. WebKit: nothing. */
  readonly reasons: readonly string[]
}

/** The origin of a site. */
export function origin(site: Site, ports: Ports): string {
  return `http://127.0.0.1:${ports[site]}`
}

/** The URL of a hop. */
export function hopUrl(scenario: Scenario, index: number, ports: Ports): string {
  const hop = scenario.hops[index]
  if (hop === undefined) throw new Error(`scenario ${scenario.id} has no hop ${index}`)
  const base = `http://${hop.host ?? '127.0.0.1'}:${ports[hop.site]}`
  return hop.url ?? `${base}/s/${encodeURIComponent(scenario.id)}/${index}`
}

/** Fills in the places of a header value. */
export function fill(value: string, scenario: Scenario, ports: Ports): string {
  return value
    .replace(/\{([ABC])\}/g, (_, site: Site) => origin(site, ports))
    .replace(/\{([abc])\}/g, (_, site: string) => `127.0.0.1:${ports[site.toUpperCase() as Site]}`)
    .replace('{portA}', String(ports.A))
    .replace(/\{path(\d+)\}/g, (_, index: string) => `/s/${encodeURIComponent(scenario.id)}/${index}`)
    .replace(/\{(\d+)\}/g, (_, index: string) => hopUrl(scenario, Number(index), ports))
}

/** Writes a request as both sides are compared by. */
export function requestLine(site: string, method: string, headers: readonly (readonly [string, string])[]): string {
  const get = (name: string): string | undefined => {
    const lines = headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value)
    return lines.length === 0 ? undefined : lines.join(', ')
  }
  const parts = [`${site} ${method}`]
  for (const [label, name] of [
    ['origin', 'origin'],
    ['acrm', 'access-control-request-method'],
    ['acrh', 'access-control-request-headers'],
    ['authorization', 'authorization'],
  ] as const) {
    const value = get(name)
    if (value !== undefined) parts.push(`${label}=${value}`)
  }
  return parts.join(' ')
}
