/** What exhibits are made of: header lines, steps, and URLs that answer. */
import type { Hop, Recipe, Scenario, Step } from './scenario.ts'

type Header = readonly [string, string]

export const O: Header = ['Access-Control-Allow-Origin', '{A}']
export const ANY: Header = ['Access-Control-Allow-Origin', '*']
export const CREDENTIALS: Header = ['Access-Control-Allow-Credentials', 'true']
export const methods = (value: string): Header => ['Access-Control-Allow-Methods', value]
export const names = (value: string): Header => ['Access-Control-Allow-Headers', value]
export const age = (value: string): Header => ['Access-Control-Max-Age', value]
export const location = (value: string): Header => ['Location', value]
export const PUT: Step = { method: 'PUT' }
export const FOO: Step = { headers: [['X-Foo', '1']] }

export function exhibit(
  rule: string,
  steps: readonly Step[],
  hops: readonly Hop[],
  more: Partial<Scenario> = {},
): Scenario {
  return { id: `rule ${rule}`, hops, steps, ...more }
}

/** One URL on B. */
export function at(pre: readonly Header[], act: readonly Header[] = [O], status = 200): Hop[] {
  return [{ site: 'B', pre: { status: 204, headers: pre }, act: { status, headers: act } }]
}

/** A URL that answers whatever is asked. */
export function open(site: Hop['site'], act: Recipe = {}): Hop {
  const headers = [ANY, methods('*'), names('*')]
  return { site, pre: { status: 204, headers }, act: { ...act, headers: [ANY, ...(act.headers ?? [])] } }
}
