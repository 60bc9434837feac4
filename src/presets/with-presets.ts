import type { Checked, Documented, PolicyInput } from '../policy/compile-time/checked.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { isNonWildcardRequestHeaderName } from '../spec/names.ts'
import type { Preset } from './preset.ts'

/** The options of a policy that a preset adds to. */
type ListOption = 'methods' | 'requestHeaders' | 'exposedHeaders'

/**
 * Adds to a policy what protocols and client libraries need: methods, request headers and exposed
 * headers. Origins, credentials and all other options stay as the policy has them.
 *
 * What the policy lists stays allowed, and nothing is allowed that neither the policy nor a preset
 * lists. Each name stands once. A name that a pattern covers is left out, and `'*'` stays `'*'`.
 *
 * @param policy the policy. It stays as it is, and a defect of it is left for `createCors` to name
 * @param presets what to add, in any order; an object of your own will do
 * @returns a new policy, for `createCors` and every adapter
 * @example
 * ```ts
 * import { createCors } from 'corsmith'
 * import { jsonApi, sentry, withPresets } from 'corsmith/presets'
 *
 * const cors = createCors(withPresets({ origins: ['https://app.example.com'] }, jsonApi, sentry))
 * ```
 * @see https://fetch.spec.whatwg.org/#http-responses
 */
export function withPresets<const P extends PolicyInput>(
  policy: Checked<P> & Documented,
  ...presets: readonly Preset[]
): CorsPolicy {
  return united(policy, presets) as CorsPolicy
}

/** `createCors` names what is wrong with a policy, so a value that is not a policy is handed on. */
function united(policy: unknown, presets: readonly Preset[]): unknown {
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) return policy
  // A copy of all properties, so that nothing which restricts the policy is lost on the way, and so
  // that `createCors` still warns of what only a prototype has.
  const result: object = Object.create(Reflect.getPrototypeOf(policy), Object.getOwnPropertyDescriptors(policy))
  for (const option of ['methods', 'requestHeaders', 'exposedHeaders'] as const) {
    const given: unknown = Object.hasOwn(policy, option) ? Reflect.get(policy, option) : undefined
    const added = presets.flatMap((preset) => preset[option] ?? [])
    const value = added.length === 0 ? given : unitedList(option, given, added)
    if (value === undefined && given === undefined) continue
    Object.defineProperty(result, option, { value, enumerable: true, configurable: true, writable: true })
  }
  return result
}

function unitedList(option: ListOption, given: unknown, added: readonly string[]): unknown {
  if (given !== undefined && given !== '*' && !Array.isArray(given)) return given
  const own: readonly unknown[] = given === '*' ? ['*'] : (given ?? [])
  // Methods are case-sensitive, and have no patterns.
  const isMethods = option === 'methods'
  const meaning = (entry: unknown) => (isMethods || typeof entry !== 'string' ? entry : entry.toLowerCase())
  const isCoveredBy = (list: readonly unknown[]) => {
    const patterns = isMethods ? [] : list.map(meaning).filter(isPattern)
    return (entry: unknown) => patterns.some((pattern) => covers(pattern, meaning(entry)))
  }
  if (own.includes('*')) {
    // `*` covers every name but one, which stands next to it.
    const beside = option === 'requestHeaders' ? added.find(isNonWildcardRequestHeaderName) : undefined
    if (beside === undefined || own.some((entry) => meaning(entry) === meaning(beside))) return given
    return [...own, beside]
  }
  const isCoveredByPreset = isCoveredBy(added)
  const kept = own.filter((entry) => !isCoveredByPreset(entry))
  const seen = new Set(kept.map(meaning))
  const isCovered = isCoveredBy([...own, ...added])
  const isNew = (name: string) => !isCovered(name) && !seen.has(meaning(name)) && seen.add(meaning(name)) !== null
  return [...kept, ...added.filter(isNew)]
}

function isPattern(name: unknown): name is string {
  return typeof name === 'string' && name.length > 1 && name.indexOf('*') === name.length - 1
}

/** Tells whether a pattern covers another entry: its `*` stands for one character or more. */
function covers(pattern: string, entry: unknown): boolean {
  if (typeof entry !== 'string' || entry === pattern) return false
  const text = isPattern(entry) ? entry.slice(0, -1) : entry
  return text.length >= pattern.length && text.startsWith(pattern.slice(0, -1))
}
