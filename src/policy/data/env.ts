import { isUnneeded, optionNamed } from '../check/keys.ts'
import { readPolicy } from '../check/snapshot.ts'
import { findDefects } from '../check.ts'
import { CorsPolicyError } from '../error.ts'
import { sourceIssue } from '../issue.ts'
import { OPTIONS, POLICY_KEYS } from '../options.ts'
import type { CorsPolicy, PolicyIssue } from '../types.ts'
import { tryOr, UNREADABLE } from '../values.ts'

/** What {@link policyFromEnv} reads, and what stands behind it. */
export interface PolicyFromEnvOptions {
  /** What the names of the variables begin with. Default: `CORS_`. */
  readonly prefix?: string
  /** What holds where a variable is not set. The origins always come from a variable. */
  readonly defaults?: Omit<CorsPolicy, 'origins'>
  /**
   * Names of variables that begin with the prefix and belong to something else, such as `CORS_PROXY_URL`. Default: none. Next to a
   * prefix that ends in `CORS_` any other name is a defect, because a slip would be ignored without a word.
   */
  readonly ignore?: readonly string[]
}

/** A policy whose origins are a list or `'*'`: no variable holds a predicate. */
export type PolicyFromEnv = CorsPolicy & { readonly origins: '*' | readonly string[] }

/**
 * Reads a policy from environment variables: Workers bindings, `process.env`, `Deno.env.toObject()`.
 *
 * | variable | value |
 * |---|---|
 * | `CORS_ORIGINS` | required: a list, or `*` |
 * | `CORS_CREDENTIALS` | `true` or `false` (`1` or `0`) |
 * | `CORS_METHODS`, `CORS_REQUEST_HEADERS`, `CORS_EXPOSED_HEADERS` | a list, or `*` |
 * | `CORS_MAX_AGE` | whole seconds |
 * | `CORS_PREFLIGHT_STATUS` | `200` or `204` |
 * | `CORS_REFUSED` | `pass` or `forbid` |
 * | `CORS_TIMING_ALLOW_ORIGIN` | `true` or `false` |
 * | `CORS_DANGEROUSLY_ALLOW_INSECURE_ORIGINS`, `CORS_DANGEROUSLY_ALLOW_PUBLIC_SUFFIXES` | `true` or `false` |
 *
 * A list is separated by commas or white space, or is a JSON array. Values that a platform has parsed already (arrays, booleans
 * and numbers of `wrangler.toml`) are taken as they are. What is unset or empty is absent, but never the origins. A name that begins
 * with `CORS_` and is none of these is a defect; `ignore` names those that belong to something else.
 *
 * @throws {CorsPolicyError} where the policy has a defect; its issues name the variables.
 *
 * @example
 * ```ts
 * import { createCors, policyFromEnv } from 'corsmith'
 *
 * const cors = createCors(policyFromEnv({ CORS_ORIGINS: 'https://app.example.com, https://admin.example.com' }))
 * ```
 *
 * @example
 * ```ts
 * import { createCors, policyFromEnv } from 'corsmith'
 *
 * // Origins that are fixed, and more of them in a variable that need not be set.
 * const { EXTRA_ORIGINS } = process.env
 * const extra = EXTRA_ORIGINS ? policyFromEnv({ EXTRA_ORIGINS }, { prefix: 'EXTRA_' }).origins : []
 * const cors = createCors({ origins: ['https://app.example.com', ...extra] })
 * ```
 */
export function policyFromEnv(env: object, options: PolicyFromEnvOptions = {}): PolicyFromEnv {
  const prefix = options.prefix ?? 'CORS_'
  const issues: PolicyIssue[] = []
  const read: { -readonly [option in keyof CorsPolicy]?: unknown } = {}
  const failed = new Set<string>()
  for (const option of POLICY_KEYS) {
    const variable = prefix + variableOf(option)
    const raw = ownValue(env, variable)
    const value = isEmpty(raw) ? undefined : parse(option, raw)
    if (value !== undefined && value !== UNREADABLE) {
      read[option] = value
    } else if (value === UNREADABLE || option === 'origins') {
      failed.add(option)
      issues.push(sourceIssue([variable], raw, value === UNREADABLE ? 'variable-unreadable' : 'variable-missing'))
    }
  }
  issues.push(...checkNames(env, prefix, read, options.ignore ?? []))
  const policy = { ...options.defaults, ...read }
  for (const found of findDefects(readPolicy(failed.has('origins') ? { ...policy, origins: STAND_IN } : policy))) {
    const [option, ...rest] = found.path
    if (failed.has(String(option))) continue
    const name = Object.hasOwn(read, String(option)) ? prefix + variableOf(String(option)) : option
    issues.push({ ...found, path: name === undefined ? [] : [name, ...rest] })
  }
  const [first, ...others] = issues
  if (first !== undefined) throw new CorsPolicyError([first, ...others])
  return policy as PolicyFromEnv
}

/** Keeps the rest of a policy checkable while its origins are missing. */
const STAND_IN = ['https://stand-in.invalid']

/** Reads a variable that the object has itself: a polluted prototype sets none. */
function ownValue(env: object, variable: string): unknown {
  return tryOr(() => (Object.hasOwn(env, variable) ? Reflect.get(env, variable) : undefined), undefined)
}

function isEmpty(raw: unknown): boolean {
  return raw === undefined || raw === null || (typeof raw === 'string' && raw.trim() === '')
}

/** Returns the name of an option's variable, without the prefix: `MAX_AGE` for `maxAge`. */
function variableOf(option: string): string {
  return option.replaceAll(/[A-Z]/g, '_$&').toUpperCase()
}

/** Reads a text as the type of the option's default. Origins are a list, and `maxAge` is a number. */
function parse(option: keyof CorsPolicy, raw: unknown): unknown {
  if (typeof raw !== 'string') return raw
  const text = raw.trim()
  const { default: absent } = OPTIONS[option]
  if (option === 'origins' || Array.isArray(absent)) return parseList(text)
  if (typeof absent === 'string') return text
  if (typeof absent !== 'boolean') return /^\d{1,9}$/.test(text) ? Number(text) : raw
  return /^(true|1)$/i.test(text) || (/^(false|0)$/i.test(text) ? false : raw)
}

/** A list by comma, white space or JSON. No origin, method or header name begins with `[` or `"`. */
function parseList(text: string): unknown {
  if (!text.startsWith('[') && !text.startsWith('"')) return listOf(text.split(/[\s,]+/).filter((part) => part !== ''))
  const value: unknown = tryOr(() => JSON.parse(text), UNREADABLE)
  return typeof value === 'string' ? parseList(value.trim()) : listOf(value)
}

function listOf(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 && value[0] === '*' ? '*' : value
}

/**
 * A variable that would be ignored without a word: one under another library's name, or with a slip in its own. What begins with `CORS_`
 * is meant for us; behind another prefix, such as `API_`, only what looks like one of ours, where ours is not set.
 */
function checkNames(
  env: object,
  prefix: string,
  read: { readonly [option in keyof CorsPolicy]?: unknown },
  ignore: readonly string[],
): PolicyIssue[] {
  const issues: PolicyIssue[] = []
  const known = new Set([...POLICY_KEYS.map((option) => prefix + variableOf(option)), ...ignore])
  const used = new Set<unknown>(Object.keys(read))
  for (const key of tryOr(() => Object.keys(env), [])) {
    const value = ownValue(env, key)
    // A binding of a Worker, such as a store, is an object.
    const isOther =
      !key.startsWith(prefix) ||
      known.has(key) ||
      isEmpty(value) ||
      (typeof value === 'object' && !Array.isArray(value))
    if (isOther) continue
    const name = key.slice(prefix.length)
    const option = optionNamed(name)
    const isOurs = prefix.endsWith('CORS_')
    if (!isOurs && (option === undefined || used.has(option))) continue
    const variable = option && prefix + variableOf(option)
    const suggestion =
      variable === undefined ? (isUnneeded(name) ? null : undefined) : used.has(option) ? null : variable
    used.add(option)
    issues.push(sourceIssue([key], value, 'variable-unknown', suggestion))
  }
  return issues
}
