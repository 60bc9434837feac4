/**
 * The same case for the real browser. A script cannot choose where its page comes from, and `api.example.com` does not answer: so the
 * page's real origin takes the place of the one that was put together, and a test endpoint takes the place of the server. What cannot
 * be put in place without making another case of it is not tried.
 */
import { type CorsPolicy, createCors } from 'corsmith'
import { BROWSER_NAMES, type Explanation, explain } from 'corsmith/diagnose'
import type { Examined } from './examine.ts'
import type { Line } from './scenario.ts'
import { isAnswered, isSent } from './trial-bounds.ts'

/** Where the real page and the test endpoint are. */
export interface Stage {
  readonly page: string
  readonly endpoint: string
}

/** What the test endpoint is told. */
export interface Registration {
  readonly policy: CorsPolicy
  readonly method: string
  readonly status: number
  readonly headers: readonly Line[]
}

/** A case that can be tried. */
export interface Plan {
  readonly registration: Registration
  /** What was put in the place of what, in sentences. */
  readonly notes: readonly string[]
  /** The path that goes behind the one which the endpoint gives. */
  readonly path: string
  /** Computes the case anew, with everything in place, for the URL that the endpoint gave. */
  explainAt(url: string): Promise<Explanation>
}

/** Plans a trial; a text says why there is none. */
export async function planTrial({ policy, request, explanation }: Examined, stage: Stage): Promise<Plan | string> {
  const { call } = explanation
  if (call.url.origin === call.origin)
    return 'The page and the server have the same origin, so there is no CORS to try. The test endpoint has another origin than this page.'
  const status = request.response?.status ?? 200
  if (!isAnswered(status))
    return `The test endpoint does not answer ${status}: browsers act on this status themselves, before or beside CORS.`
  if (sizeOf(call.headers) > MOST_HEADERS) return 'The request headers are longer than servers read.'
  const placed = placeOrigin(policy, call.origin, stage.page)
  if (placed === null)
    return `No policy treats ${stage.page} as this one treats ${call.origin}, so a trial would be another case.`
  const answer = (request.response?.headers ?? []).filter(([name]) => isSent(name))
  const left = (request.response?.headers ?? []).filter(([name]) => !isSent(name)).map(([name]) => name)
  const explainAt = (url: string): Promise<Explanation> =>
    explain(createCors(placed.policy), { ...request, url, origin: stage.page, response: { status, headers: answer } })
  const after = await explainAt(`${stage.endpoint}/`)
  const difference = differenceOf(explanation, after)
  if (difference !== null) return difference
  return {
    registration: { policy: placed.policy, method: call.method, status, headers: answer },
    notes: [
      ...placed.notes,
      `The endpoint ${stage.endpoint} stands in for ${call.url.origin}.`,
      ...(left.length === 0 ? [] : [`The endpoint does not send ${left.join(', ')}: that would outlast the trial.`]),
      ...(call.cookie === null ? [] : ['The cookie is left out: no page can set one, and no CORS decision reads it.']),
    ],
    path: pathOf(call.url),
    explainAt,
  }
}

const MOST_HEADERS = 6_000
const LONGEST_PATH = 1_000

function sizeOf(headers: readonly Line[]): number {
  return headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)
}

function pathOf({ pathname, search }: URL): string {
  return pathname.length + search.length > LONGEST_PATH ? '/' : pathname + search
}

/** A policy in which one origin has the place of another. */
export interface Placed {
  readonly policy: CorsPolicy
  readonly notes: readonly string[]
}

/** What fills the place of an entry that would let the real page in by accident. No page comes from there. */
const NOBODY = 'https://nobody.example'

/**
 * Puts one origin in the place of another: allowed where that is allowed, refused where it is refused. Null where no change of the
 * entries does that.
 */
export function placeOrigin(policy: CorsPolicy, composed: string, real: string): Placed | null {
  const before = decisionOf(policy, composed)
  if (!Array.isArray(policy.origins)) {
    const isSame = decisionOf(policy, real).shared === before.shared
    return isSame ? { policy, notes: [`This page's origin ${real} stands in for ${composed}.`] } : null
  }
  const origins: readonly string[] = policy.origins
  const placed = before.shared
    ? { ...policy, origins: origins.map((entry) => (entry === before.rule ? real : entry)) }
    : { ...policy, origins: origins.map((entry) => (allows(policy, entry, real) ? NOBODY : entry)) }
  if (!constructs(placed) || decisionOf(placed, real).shared !== before.shared) return null
  const changed = origins.filter((entry, index) => entry !== placed.origins[index])
  const isPattern = before.rule !== null && before.rule !== composed
  return {
    policy: placed,
    notes: [
      before.shared
        ? `This page's origin ${real} stands in for ${composed}${isPattern ? `, and for the pattern ${before.rule} that allows it` : ''}.`
        : `This page's origin ${real} stands in for ${composed}, which the policy refuses.`,
      ...(before.shared || changed.length === 0
        ? []
        : [`${changed.join(', ')} would allow this page, and is left out so that it stays refused.`]),
    ],
  }
}

function decisionOf(policy: CorsPolicy, origin: string): ReturnType<ReturnType<typeof createCors>['decide']> {
  const get = (name: string): string | null => (name.toLowerCase() === 'origin' ? origin : null)
  return createCors(policy).decide({ method: 'GET', headers: { get } })
}

function allows(policy: CorsPolicy, entry: string, origin: string): boolean {
  return decisionOf({ ...policy, origins: [entry] }, origin).shared
}

function constructs(policy: CorsPolicy): boolean {
  try {
    createCors(policy)
    return true
  } catch {
    return false
  }
}

/** Says how two cases differ; null where they are one. */
function differenceOf(before: Explanation, after: Explanation): string | null {
  const different = BROWSER_NAMES.filter((engine) => outcomeOf(before, engine) !== outcomeOf(after, engine))
  if (different.length === 0 && before.shared === after.shared) return null
  const code = before.failure?.code ?? before.findings.find(({ severity }) => severity === 'error')?.code ?? 'shared'
  return `Between this page and the test endpoint it would be another case: here it is ${JSON.stringify(code)}, there ${JSON.stringify(after.failure?.code ?? 'shared')}.`
}

function outcomeOf({ verdicts }: Explanation, engine: (typeof BROWSER_NAMES)[number]): string {
  const verdict = verdicts[engine]
  return verdict.shared ? `shared ${verdict.type}` : `${verdict.failure.code} ${verdict.failure.during}`
}
