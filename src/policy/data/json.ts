import { validatePolicy } from '../check.ts'
import { blamingCaller, CorsPolicyError } from '../error.ts'
import { freezePolicy } from '../freeze.ts'
import { issue, sourceIssue } from '../issue.ts'
import { OPTIONS, POLICY_KEYS } from '../options.ts'
import type { CorsPolicy, PolicyIssue } from '../types.ts'
import { tryOr } from '../values.ts'

/** A policy that JSON can hold: its origins are not a predicate. */
export type CorsPolicyJson = CorsPolicy & { readonly origins: '*' | readonly string[] }

/**
 * Reads the JSON form of a policy. A property `$schema`, which editors use, is ignored.
 *
 * @param json A text, or the value that was parsed from one.
 * @returns A frozen policy. Hand it to `createCors`.
 * @throws {CorsPolicyError} if the text is not JSON, a key occurs twice in it, or the policy has a
 * defect.
 *
 * @example
 * ```ts
 * import { createCors } from 'corsmith'
 * import { policyFromJson } from 'corsmith/policy'
 *
 * const json = '{ "origins": ["https://app.example.com"], "maxAge": 600 }'
 * const cors = createCors(policyFromJson(json))
 * ```
 */
export function policyFromJson(json: unknown): CorsPolicyJson {
  return blamingCaller(policyFromJson, () => readJson(json))
}

function readJson(json: unknown): CorsPolicyJson {
  const policy = validatePolicy(typeof json === 'string' ? parse(json) : json)
  if (typeof policy.origins !== 'function') return freezePolicy(policy as CorsPolicyJson)
  throw new CorsPolicyError([issue(['origins'], policy.origins, 'origins-not-a-list')])
}

function parse(text: string): unknown {
  const json: unknown = tryOr(() => JSON.parse(text), undefined)
  if (json === undefined) throw new CorsPolicyError([sourceIssue([], text, 'policy-not-json')])
  const [first, ...others] = duplicateKeys(text)
  if (first !== undefined) throw new CorsPolicyError([first, ...others])
  return json
}

/**
 * Writes a policy in canonical form: policies that say the same have the same text. Options stand
 * in their documented order, lists are sorted and without duplicates, header names are in lower
 * case, and options with their default are left out.
 *
 * The text is the JSON form of a policy with the same meaning. A predicate has no text, and is
 * written as `"predicate"`, which no policy can have.
 *
 * @param policy A policy without defects.
 * @returns A JSON text without white space.
 * @throws {CorsPolicyError} if the policy has a defect.
 *
 * @example
 * ```ts
 * import { serialize } from 'corsmith/policy'
 *
 * serialize({ methods: ['PUT'], origins: ['https://b.com', 'https://a.com'] })
 * // {"origins":["https://a.com","https://b.com"],"methods":["PUT"]}
 * ```
 */
export function serialize(policy: CorsPolicy): string {
  const checked = blamingCaller(serialize, () => validatePolicy(policy))
  const entries = POLICY_KEYS.flatMap((key) => {
    const value = canonicalValue(key, checked[key])
    // A value that is undefined gets no place in JSON.
    return value === OPTIONS[key].default ? [] : [[key, value]]
  })
  return JSON.stringify(Object.fromEntries(entries))
}

function canonicalValue(key: keyof CorsPolicy, value: unknown): unknown {
  if (typeof value === 'function') return 'predicate'
  if (!Array.isArray(value)) return value
  const isHeaders = key === 'requestHeaders' || key === 'exposedHeaders'
  const list = [...new Set(isHeaders ? value.map((name: string) => name.toLowerCase()) : value)].toSorted()
  return list.length === 0 ? undefined : list.length === 1 && list[0] === '*' ? '*' : list
}

/**
 * Returns a short name for a policy: equal for policies with the same {@link serialize}d text.
 * Write it to a log to see which policy answered, or compare two deployments by it. It is not a
 * cryptographic digest, and all predicates count as the same.
 *
 * @param policy A policy without defects.
 * @returns 16 hexadecimal digits.
 * @throws {CorsPolicyError} if the policy has a defect.
 *
 * @example
 * ```ts
 * import { hash } from 'corsmith/policy'
 *
 * console.log(`cors policy ${hash({ origins: ['https://app.example.com'] })}`)
 * ```
 */
export function hash(policy: CorsPolicy): string {
  const text = serialize(policy)
  return fnv1a(text, 0x811c9dc5) + fnv1a(text, 0x01000193)
}

/**
 * FNV-1a over UTF-16 code units, in 32 bits.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9923
 */
function fnv1a(text: string, seed: number): string {
  let value = seed
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return (value >>> 0).toString(16).padStart(8, '0')
}

/** Matches the tokens of JSON that matter for keys: strings, brackets, commas and colons. */
const PIECES = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs

/** An object or a list that is not closed yet. */
interface Open {
  /** The keys seen so far; null in a list. */
  readonly keys: Set<string> | null
  /** The key or the index of the next value. */
  at: string | number
}

/**
 * Finds keys that occur twice in an object of a JSON text. `JSON.parse` uses the last of them, and
 * a reader sees the first: a policy that lists its origins at the top could allow every origin at
 * the end.
 */
export function duplicateKeys(text: string): PolicyIssue[] {
  const issues: PolicyIssue[] = []
  const open: Open[] = []
  let deeper = 0
  let last = ''
  for (const [piece] of text.matchAll(PIECES)) {
    if (piece === '{' || piece === '[') {
      if (open.length === MAX_DEPTH) deeper += 1
      else open.push(piece === '{' ? { keys: new Set(), at: '' } : { keys: null, at: 0 })
    } else if (piece === '}' || piece === ']') {
      if (deeper > 0) deeper -= 1
      else open.pop()
    }
    const here = open.at(-1)
    if (deeper === 0 && piece === ',' && typeof here?.at === 'number') here.at += 1
    if (deeper === 0 && piece === ':' && here?.keys) {
      // A key can be spelled with escapes, so it is compared as parsed.
      here.at = String(JSON.parse(last))
      if (here.keys.has(here.at)) {
        const path = open.map(({ at }) => at)
        issues.push(sourceIssue(path, here.at, 'key-twice'))
      }
      here.keys.add(here.at)
    }
    last = piece
  }
  return issues
}

/**
 * How deep keys are compared. No policy is as deep, so what lies deeper is a defect by itself. Each
 * issue has a path, and without a limit 260 KB of braces would take minutes.
 */
const MAX_DEPTH = 32
