import { validatePolicy } from '../check.ts'
import type { CorsPolicy } from '../types.ts'
import { type NameOption, namesBeyond, namesListed, originsBeyond } from './changes.ts'

/** One thing that is otherwise in the second policy. */
export interface PolicyChange {
  readonly option: keyof CorsPolicy
  /** The origin, pattern, method, header name or value that makes the difference. */
  readonly value: string | number | boolean | null
  /** Says it to a person. */
  readonly sentence: string
  /** False where only a predicate knows, so that it may make no difference. */
  readonly isCertain: boolean
}

/** What becomes otherwise when one policy takes the place of another. */
export interface PolicyDiff {
  /** What becomes allowed. Empty only where the second policy allows nothing that the first does not. */
  readonly allowed: readonly PolicyChange[]
  /** What stops being allowed. Empty only where the first policy allows nothing that the second does not. */
  readonly stopped: readonly PolicyChange[]
  /** What changes without allowing or stopping anything. */
  readonly other: readonly PolicyChange[]
}

/**
 * Compares two policies: what becomes allowed, and what stops being allowed, when the second takes the place of the first.
 *
 * A widening is never missed: a request that the second policy permits and the first does not has its cause among `allowed`.
 * Entries are compared by what they allow, not as text: an origin that a pattern covered already is no change. Whatever differs on the wire
 * is named, what allows and stops nothing under `other`; only the order of a list, the case of header names and duplicates are no change.
 *
 * @throws {CorsPolicyError} where a policy has a defect.
 *
 * @example
 * ```ts
 * import { diffPolicies } from 'corsmith/policy'
 *
 * const { allowed } = diffPolicies({ origins: ['https://a.com'] }, { origins: ['https://a.com', 'https://*.b.com'] })
 * allowed.map(({ sentence }) => sentence) // ['origins that match "https://*.b.com" may read answers']
 * ```
 */
export function diffPolicies(before: CorsPolicy, after: CorsPolicy): PolicyDiff {
  const a = validatePolicy(before)
  const b = validatePolicy(after)
  const allowed = beyond(b, a, 'may')
  const stopped = beyond(a, b, 'may no longer')
  const isNamed = (option: NameOption) => [...allowed, ...stopped].some((change) => change.option === option)
  return {
    allowed,
    stopped,
    other: [...settings(a, b), ...LISTS.flatMap((list) => (isNamed(list) ? [] : lists(list, a, b)))],
  }
}

const LISTS: readonly NameOption[] = ['methods', 'requestHeaders', 'exposedHeaders']

/** Names that come and go in answers while everything that they allow is allowed before and after. */
function lists(option: NameOption, a: CorsPolicy, b: CorsPolicy): PolicyChange[] {
  const change =
    (verb: string) =>
    (value: string): PolicyChange => ({
      option,
      value,
      sentence: `answers ${verb} ${JSON.stringify(value)}, which ${option === 'exposedHeaders' ? 'pages may read' : 'pages may send'} all the same`,
      isCertain: true,
    })
  return [...namesListed(option, b, a).map(change('name')), ...namesListed(option, a, b).map(change('no longer name'))]
}

type Verb = 'may' | 'may no longer'

/** What one policy allows beyond another. Every list holds something, so what is new in one option is new for some request. */
function beyond(inner: CorsPolicy, outer: CorsPolicy, verb: Verb): PolicyChange[] {
  const changes: PolicyChange[] = originsBeyond(inner, outer).map(({ entry, isCertain }) => ({
    option: 'origins',
    value: entry,
    sentence: `${whoReads(entry)} ${verb} read answers${isCertain ? '' : ', as far as the predicate does not refuse'}`,
    isCertain,
  }))
  const add = (option: keyof CorsPolicy, value: string | boolean, sentence: string) =>
    changes.push({ option, value, sentence, isCertain: true })
  if (isOn(inner, outer, 'credentials'))
    add('credentials', true, `pages ${verb} send cookies and read the answers to them`)
  for (const name of namesBeyond('methods', inner, outer))
    add('methods', name, `pages ${verb} send ${name === '*' ? 'any method' : name}`)
  for (const name of namesBeyond('requestHeaders', inner, outer)) {
    add('requestHeaders', name, `pages ${verb} send ${header(name, 'any request header but Authorization')}`)
  }
  for (const name of namesBeyond('exposedHeaders', inner, outer)) {
    add('exposedHeaders', name, `pages ${verb} read ${header(name, 'any response header')}`)
  }
  if (outer.refused === 'forbid' && inner.refused !== 'forbid') {
    add('refused', 'pass', `requests from refused origins ${verb} reach the handler`)
  }
  if (isOn(inner, outer, 'timingAllowOrigin'))
    add('timingAllowOrigin', true, `pages ${verb} read resource timing in detail`)
  return changes
}

function whoReads(entry: string): string {
  if (entry === '*') return 'every origin'
  if (entry === 'predicate') return 'origins that the predicate allows'
  return entry.includes('*') ? `origins that match "${entry}"` : `"${entry}"`
}

function header(name: string, any: string): string {
  if (name === '*') return any
  return name.endsWith('*')
    ? `headers whose names begin with ${JSON.stringify(name.slice(0, -1))}`
    : `the header ${JSON.stringify(name)}`
}

function isOn(inner: CorsPolicy, outer: CorsPolicy, option: 'credentials' | 'timingAllowOrigin'): boolean {
  return inner[option] === true && outer[option] !== true
}

/** Options that allow nothing by themselves. */
function settings(a: CorsPolicy, b: CorsPolicy): PolicyChange[] {
  const changes: PolicyChange[] = []
  if (a.maxAge !== b.maxAge) {
    changes.push({
      option: 'maxAge',
      value: b.maxAge ?? null,
      sentence: `browsers keep a preflight answer for ${time(b)} instead of ${time(a)}`,
      isCertain: true,
    })
  }
  const status = b.preflightStatus ?? 204
  if (status !== (a.preflightStatus ?? 204)) {
    changes.push({
      option: 'preflightStatus',
      value: status,
      sentence: `preflights are answered with ${status}`,
      isCertain: true,
    })
  }
  return changes
}

/** A browser that is told nothing keeps an answer for 5 seconds. @see https://fetch.spec.whatwg.org/#cors-preflight-cache */
function time({ maxAge }: CorsPolicy): string {
  return `${maxAge ?? 5} seconds`
}
