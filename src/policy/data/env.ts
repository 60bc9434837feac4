import { isUnneeded, optionNamed } from '../check/keys.ts'
import { readPolicy } from '../check/snapshot.ts'
import { findDefects } from '../check.ts'
import { blamingCaller, CorsPolicyError } from '../error.ts'
import { sourceIssue } from '../issue.ts'
import { OPTIONS, POLICY_KEYS } from '../options.ts'
import type { CorsPolicy, PolicyIssue } from '../types.ts'
import { tryOr, UNREADABLE } from '../values.ts'

/** Settings of {@link policyFromEnv}. */
export interface PolicyFromEnvOptions {
  /**
   * The beginning of the variables' names.
   *
   * @default 'CORS_'
   */
  readonly prefix?: string
  /** The values of options whose variable is not set. Origins always come from a variable. */
  readonly defaults?: Omit<CorsPolicy, 'origins'>
  /**
   * The names of variables that begin with the prefix and belong to something else, such as
   * `CORS_PROXY_URL`. With a prefix that ends in `CORS_`, every other unknown name is a defect,
   * because a misspelt name would silently have no effect.
   *
   * @default []
   */
  readonly ignore?: readonly string[]
}

/** A policy whose origins are a list or `'*'`. A variable cannot hold a predicate. */
export type PolicyFromEnv = CorsPolicy & { readonly origins: '*' | readonly string[] }

/**
 * Reads a policy from environment variables: Workers bindings, `process.env`,
 * `Deno.env.toObject()`.
 *
 * The name of a variable is the prefix and the option in upper case with `_`: `CORS_MAX_AGE` for
 * `maxAge`. Its value is read as the type of the option:
 *
 * | option | variable | value |
 * |---|---|---|
 * | origins | `CORS_ORIGINS`, which is required | a list, or `*` |
 * | names | `CORS_METHODS`, `CORS_REQUEST_HEADERS`, … | a list, or `*` |
 * | flag | `CORS_CREDENTIALS`, `CORS_TIMING_ALLOW_ORIGIN`, … | `true` or `false` (`1` or `0`) |
 * | number | `CORS_MAX_AGE` in seconds, `CORS_PREFLIGHT_STATUS` | digits |
 * | word | `CORS_REFUSED` | `pass` or `forbid` |
 *
 * A list is separated by commas or white space, or is a JSON array. Arrays, booleans and numbers
 * that a platform has parsed, such as those of `wrangler.toml`, are used as they are. An empty
 * variable counts as not set. A name that begins with `CORS_` and is not the variable of an option is a
 * defect; list it in `ignore` if it belongs to something else.
 *
 * @param env The variables, by name. Only own properties are read.
 * @param options The prefix, the values of options that are not set, and the names to ignore.
 * @returns The policy. Hand it to `createCors`.
 * @throws {CorsPolicyError} if the policy has a defect. The paths of its issues name the variables.
 *
 * @example
 * ```ts
 * import { createCors, policyFromEnv } from 'corsmith'
 *
 * const { CORS_ORIGINS } = process.env // https://app.example.com, https://admin.example.com
 * const cors = createCors(policyFromEnv({ CORS_ORIGINS }))
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
  return blamingCaller(policyFromEnv, () => readEnv(env, options))
}

function readEnv(env: object, options: PolicyFromEnvOptions): PolicyFromEnv {
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
  issues.push(...unknownVariables(env, prefix, read, options.ignore ?? []))
  const policy = { ...options.defaults, ...read }
  for (const found of findDefects(readPolicy(policy))) {
    // A defect of an option stands at the option, never at the policy as a whole.
    const option = String(found.path[0])
    if (failed.has(option)) continue
    issues.push({
      ...found,
      path: found.path.with(0, Object.hasOwn(read, option) ? prefix + variableOf(option) : option),
    })
  }
  const [first, ...others] = issues
  if (first !== undefined) throw new CorsPolicyError([first, ...others])
  return policy as PolicyFromEnv
}

/** Reads an own property, so that a polluted prototype sets no variable. */
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

/** Reads a text as the type of the option's default. Origins are a list, `maxAge` a number. */
function parse(option: keyof CorsPolicy, raw: unknown): unknown {
  if (typeof raw !== 'string') return raw
  const text = raw.trim()
  const { default: absent } = OPTIONS[option]
  if (option === 'origins' || Array.isArray(absent)) return parseList(text)
  if (typeof absent === 'string') return text
  if (typeof absent !== 'boolean') return /^\d{1,9}$/.test(text) ? Number(text) : raw
  return /^(true|1)$/i.test(text) || (/^(false|0)$/i.test(text) ? false : raw)
}

/**
 * Reads a list by comma, white space or JSON. No origin, method or header name begins with `[` or
 * `"`.
 */
function parseList(text: string): unknown {
  if (!text.startsWith('[') && !text.startsWith('"')) return listOf(text.split(/[\s,]/).filter((part) => part !== ''))
  const value: unknown = tryOr(() => JSON.parse(text), UNREADABLE)
  return typeof value === 'string' ? parseList(value.trim()) : listOf(value)
}

function listOf(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 && value[0] === '*' ? '*' : value
}

/**
 * Finds variables that would silently have no effect: those with another library's name for an
 * option, and misspelt ones. Next to a prefix that ends in `CORS_`, every unknown name counts. Next
 * to a prefix such as `API_`, only a name that resembles an option counts, and only if that option
 * is not set.
 */
function unknownVariables(
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
    const isBinding = typeof value === 'object' && !Array.isArray(value)
    if (!key.startsWith(prefix) || known.has(key) || isEmpty(value) || isBinding) continue
    const name = key.slice(prefix.length)
    const option = optionNamed(name)
    const isFree = option !== undefined && !used.has(option)
    if (!isFree && !prefix.endsWith('CORS_')) continue
    const isSuperfluous = option === undefined ? isUnneeded(name) : !isFree
    const variable = isFree ? prefix + variableOf(option) : undefined
    used.add(option)
    issues.push(sourceIssue([key], value, 'variable-unknown', isSuperfluous ? null : variable))
  }
  return issues
}
