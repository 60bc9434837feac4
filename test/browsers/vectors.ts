/**
 * The recorded scenarios of `test/vectors/browser.json`, in the form that browsers and simulator run.
 */
import { readFileSync } from 'node:fs'
import type { Hop, Recipe, Scenario, Site, Step } from './scenario.ts'

/** What one browser did, as recorded. */
export interface Recorded {
  readonly result: string
  readonly console: readonly (string | readonly [category: string, flags: number, text: string])[]
  readonly failed?: readonly { readonly cors?: { readonly corsError: string; readonly failedParameter: string } }[]
  readonly requests: readonly string[]
}

/** One recorded scenario. */
export interface Vector {
  readonly id: string
  readonly scenario: {
    readonly u?: string
    readonly init?: Step
    readonly xhr?: number
    readonly server?: { readonly pre?: Recipe; readonly act?: Recipe }
    readonly js?: string
  }
  readonly chromium: Recorded
  readonly firefox: Recorded
}

/** Reads the recorded scenarios. */
export function readVectors(): readonly Vector[] {
  const path = new URL('../vectors/browser.json', import.meta.url)
  return JSON.parse(readFileSync(path, 'utf8')).vectors
}

/** The ports in the recording, by site. */
const RECORDED: Readonly<Record<string, Site>> = { '8101': 'A', '8102': 'B', '8103': 'C' }

const twice = (step: Step): Step[] => [step, step]
const withFoo: Step = { headers: [['X-Foo', '1']] }

/** What the expressions do, in steps; the recipes stand in their URLs. */
const EXPRESSIONS: Readonly<Record<string, Partial<Scenario> & { readonly steps: readonly Step[] }>> = {
  '9x Accept 120 bytes (1080 total)': { steps: [{ headers: Array(9).fill(['Accept', 'a'.repeat(120)]) }] },
  'CORP same-origin on cors response': { steps: [{}] },
  'DNS fail': { steps: [{}], hops: [{ site: 'B', url: 'http://nope.invalid/' }] },
  'EventSource no ACAO': { steps: [{ initiator: 'eventsource' }] },
  'OPTIONS method by fetch (ACAM absent)': { steps: [{ method: 'OPTIONS' }] },
  'X-HTTP-Method-Override: TRACE dropped?': { steps: [{ headers: [['X-HTTP-Method-Override', 'TRACE']] }] },
  'bad port 6000': { steps: [{}], hops: [{ site: 'B', url: 'http://127.0.0.1:6000/' }] },
  'cache HEAD + x-foo (no ACAM)': { steps: twice({ method: 'HEAD', ...withFoo }) },
  'cache is per full URL (query differs)': { steps: [withFoo, { ...withFoo, query: '?q=1' }] },
  'cache with ACAM *': { steps: twice({ method: 'PUT' }) },
  'conn refused': { steps: [{}], hops: [{ site: 'B', url: 'http://127.0.0.1:8199/' }] },
  'css link crossorigin no ACAO': { steps: [{ initiator: 'style' }] },
  'custom scheme': { steps: [{}], hops: [{ site: 'B', url: 'foo://bar/' }] },
  'file: url': { steps: [{}], hops: [{ site: 'B', url: 'file:///example.txt' }] },
  'font no ACAO': { steps: [{ initiator: 'font' }] },
  'img crossorigin no ACAO': { steps: [{ initiator: 'image' }] },
  'localhost vs 127.0.0.1': { steps: [{}] },
  'maxage -1': { steps: twice(withFoo) },
  'maxage 0': { steps: twice(withFoo) },
  'maxage 5.5': { steps: twice(withFoo) },
  'maxage absent': { steps: twice(withFoo) },
  'maxage empty': { steps: twice(withFoo) },
  'maxage foo': { steps: twice(withFoo) },
  'maxage two lines 600/600': { steps: twice(withFoo) },
  'module script no ACAO': { steps: [{ initiator: 'script' }] },
  'preflight 205 status': { steps: [{ method: 'PUT' }] },
  'sandboxed iframe, ACAO null': { steps: [{}], sandboxed: true },
  'script crossorigin no ACAO': { steps: [{ initiator: 'script' }] },
  'sendBeacon json blob ACAO *': {
    steps: [{ initiator: 'beacon', method: 'POST', headers: [['Content-Type', 'application/json']], body: '{}' }],
  },
  'xhr upload listener GET/POST': {
    steps: [{ initiator: 'xhr', method: 'POST', body: 'a', uploadListener: true }],
  },
}

/** Turns a recorded scenario into one that runs on any ports. */
export function toScenario(vector: Vector): Scenario {
  const { u, init, xhr, server, js } = vector.scenario
  const id = `vector ${vector.id}`
  const hops: Hop[] = []
  if (js === undefined) {
    addHop(hops, siteOf(u ?? ''), server ?? {})
    return {
      id,
      hops,
      steps: [{ ...init, headers: pairs(init?.headers), ...(xhr ? { initiator: 'xhr' as const } : {}) }],
    }
  }
  const known = EXPRESSIONS[vector.id]
  if (known === undefined) throw new Error(`the expression of ${vector.id} has no translation`)
  if (known.hops === undefined) {
    const url = /https?:\/\/[^"']+/.exec(js)?.[0] ?? ''
    addHop(hops, siteOf(url), decode(url))
    if (url.includes('//localhost:')) hops[0] = { ...(hops[0] as Hop), host: 'localhost' }
  }
  return { id, hops, ...known }
}

function pairs(headers: unknown): [string, string][] {
  return Array.isArray(headers) ? headers : Object.entries((headers ?? {}) as Record<string, string>)
}

function siteOf(url: string): Site {
  return RECORDED[/:(\d+)\//.exec(url)?.[1] ?? ''] ?? 'B'
}

function decode(url: string): { pre?: Recipe; act?: Recipe } {
  const encoded = /[?&]s=([\w-]+)/.exec(url)?.[1] ?? ''
  return JSON.parse(Buffer.from(encoded, 'base64url').toString())
}

/** Adds a hop, and behind it what its `Location` leads to. */
function addHop(hops: Hop[], site: Site, recipe: { pre?: Recipe; act?: Recipe }): void {
  const index = hops.length
  hops.push({ site })
  const read = (part: Recipe | undefined): Recipe => ({
    ...part,
    destroy: Boolean(part?.destroy),
    headers: (part?.headers ?? []).map(header),
  })
  const header = ([name, value]: readonly [string, string]): readonly [string, string] => {
    if (name !== 'Location' || !value.includes('s=')) return [name, withSites(value)]
    const next = hops.length
    addHop(hops, siteOf(value), decode(value))
    const site = siteOf(value).toLowerCase()
    return [name, `http://${/\/\/([^/]*@)/.exec(value)?.[1] ?? ''}{${site}}{path${next}}`]
  }
  hops[index] = { site, pre: read(recipe.pre), act: read(recipe.act) }
}

function withSites(value: string): string {
  return value
    .replace(/http:\/\/127\.0\.0\.1:(810[123])/g, (_, port: string) => `{${RECORDED[port]}}`)
    .replace(/127\.0\.0\.1:(810[123])/g, (_, port: string) => `{${RECORDED[port]?.toLowerCase()}}`)
    .replace(/localhost:8101/g, 'localhost:{portA}')
}
