import { freezePolicy } from '../check/snapshot.ts'
import { validatePolicy } from '../check.ts'
import { CorsPolicyError } from '../error.ts'
import { issue, sourceIssue } from '../issue.ts'
import { OPTIONS, POLICY_KEYS } from '../options.ts'
import type { CorsPolicy, PolicyIssue } from '../types.ts'
import { tryOr } from '../values.ts'

/** A policy without a function in it, as JSON holds it. */
export type CorsPolicyJson = CorsPolicy & { readonly origins: '*' | readonly string[] }

/**
 * Reads the JSON form of a policy, a text or what was parsed of one. `$schema`, which editors look for, is passed over.
 *
 * @throws {CorsPolicyError} where the text is no JSON, a key stands twice in it, or the policy has a defect.
 *
 * @example
 * ```ts
 * import { createCors } from 'corsmith'
 * import { policyFromJson } from 'corsmith/policy'
 *
 * const cors = createCors(policyFromJson('{ "origins": ["https://app.example.com"], "maxAge": 600 }'))
 * ```
 */
export function policyFromJson(json: unknown): CorsPolicyJson {
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
 * Writes a policy as text that depends on nothing but what the policy says: options in their documented order, lists sorted and
 * without duplicates, header names in lower case, nothing that is the default. The text is the JSON form of a policy with the same
 * meaning; a predicate, which has no text, is written as `"predicate"`, which no policy is.
 *
 * @throws {CorsPolicyError} where the policy has a defect.
 *
 * @example
 * ```ts
 * import { serialize } from 'corsmith/policy'
 *
 * serialize({ methods: ['PUT'], origins: ['https://b.com', 'https://a.com'] }) // {"origins":["https://a.com","https://b.com"],"methods":["PUT"]}
 * ```
 */
export function serialize(policy: CorsPolicy): string {
  const checked = validatePolicy(policy)
  const entries = POLICY_KEYS.flatMap((key) => {
    const value = canonicalValue(key, checked[key])
    // What is undefined has no place in JSON.
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
 * Gives 16 hexadecimal digits that are the same for policies that say the same: to see in a log which policy answered, and whether
 * two deployments have the same one. It is no cryptographic digest, and two predicates cannot be told apart.
 *
 * @throws {CorsPolicyError} where the policy has a defect.
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

/** FNV-1a over UTF-16 code units, in 32 bits. @see https://www.rfc-editor.org/rfc/rfc9923 */
function fnv1a(text: string, seed: number): string {
  let value = seed
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return (value >>> 0).toString(16).padStart(8, '0')
}

/** What a JSON text is made of, as far as keys are concerned: a text, or a character that begins, ends or separates. */
const PIECES = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs

/** An object or a list that is open while a text is read. */
interface Open {
  /** The keys seen so far; null in a list. */
  readonly keys: Set<string> | null
  /** Where it is: the key, or the index, of what comes next. */
  at: string | number
}

/**
 * Finds the keys that stand twice in an object, in a text that is JSON. `JSON.parse` takes the last of them, and a reader sees the first:
 * a policy that lists its origins at the top could be open to everybody at the end.
 */
export function duplicateKeys(text: string): PolicyIssue[] {
  const issues: PolicyIssue[] = []
  const open: Open[] = []
  let last = ''
  for (const [piece] of text.matchAll(PIECES)) {
    const here = open.at(-1)
    if (piece === '{') open.push({ keys: new Set(), at: '' })
    else if (piece === '[') open.push({ keys: null, at: 0 })
    else if (piece === '}' || piece === ']') open.pop()
    else if (piece === ',' && typeof here?.at === 'number') here.at += 1
    else if (piece === ':' && here?.keys) {
      // The same key may be spelled with escapes.
      here.at = String(JSON.parse(last))
      if (here.keys.has(here.at))
        issues.push(
          sourceIssue(
            open.map(({ at }) => at),
            here.at,
            'key-twice',
          ),
        )
      here.keys.add(here.at)
    }
    last = piece
  }
  return issues
}
