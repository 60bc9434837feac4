import { CorsPolicyError } from './error.ts'
import { findDefects } from './find-defects.ts'
import { sourceIssue } from './issue.ts'
import { optionNamed } from './keys.ts'
import { orElse } from './or-else.ts'
import { readPolicy } from './snapshot.ts'
import type { CorsPolicy, PolicyIssue } from './types.ts'

/** What {@link policyFromEnv} reads, and what stands behind it. */
export interface PolicyFromEnvOptions {
  /** What the names of the variables begin with. Default: `CORS_`. */
  readonly prefix?: string
  /** What holds where a variable is not set. The origins always come from a variable. */
  readonly defaults?: Omit<CorsPolicy, 'origins'>
}

const VARIABLES = {
  origins: 'ORIGINS',
  credentials: 'CREDENTIALS',
  methods: 'METHODS',
  requestHeaders: 'REQUEST_HEADERS',
  exposedHeaders: 'EXPOSED_HEADERS',
  maxAge: 'MAX_AGE',
} as const

type Option = keyof typeof VARIABLES

const OPTIONS = Object.keys(VARIABLES) as Option[]

/**
 * Reads a policy from environment variables: Workers bindings, `process.env`, `Deno.env.toObject()`.
 *
 * | variable | value |
 * |---|---|
 * | `CORS_ORIGINS` | required: a list, or `*` |
 * | `CORS_CREDENTIALS` | `true` or `false` (`1` or `0`) |
 * | `CORS_METHODS`, `CORS_REQUEST_HEADERS`, `CORS_EXPOSED_HEADERS` | a list, or `*` |
 * | `CORS_MAX_AGE` | whole seconds |
 *
 * A list is separated by commas or white space, or is a JSON array. Values that a platform has parsed already (arrays, booleans
 * and numbers of `wrangler.toml`) are taken as they are. What is unset or empty is absent, but never the origins.
 *
 * @throws {CorsPolicyError} where the policy has a defect; its issues name the variables.
 *
 * @example
 * ```ts
 * import { createCors, policyFromEnv } from 'corsmith'
 *
 * const cors = createCors(policyFromEnv({ CORS_ORIGINS: 'https://app.example.com, https://admin.example.com' }))
 * ```
 */
export function policyFromEnv(env: object, options: PolicyFromEnvOptions = {}): CorsPolicy {
  const prefix = options.prefix ?? 'CORS_'
  const issues: PolicyIssue[] = []
  const read: { [option in Option]?: unknown } = {}
  const failed = new Set<string>()
  for (const option of OPTIONS) {
    const variable = prefix + VARIABLES[option]
    const raw = ownValue(env, variable)
    const value = isEmpty(raw) ? undefined : parse(option, raw)
    if (value !== undefined && value !== UNREADABLE) {
      read[option] = value
    } else if (value === UNREADABLE || option === 'origins') {
      failed.add(option)
      issues.push(sourceIssue([variable], raw, value === UNREADABLE ? 'variable-unreadable' : 'variable-missing'))
    }
  }
  issues.push(...checkNames(env, prefix, read))
  const policy = { ...options.defaults, ...read }
  for (const found of findDefects(readPolicy(failed.has('origins') ? { ...policy, origins: STAND_IN } : policy))) {
    const [option, ...rest] = found.path
    if (failed.has(String(option))) continue
    const name = Object.hasOwn(read, String(option)) ? prefix + VARIABLES[option as Option] : option
    issues.push({ ...found, path: name === undefined ? [] : [name, ...rest] })
  }
  const [first, ...others] = issues
  if (first !== undefined) throw new CorsPolicyError([first, ...others])
  return policy as CorsPolicy
}

/** Keeps the rest of a policy checkable while its origins are missing. */
const STAND_IN = ['https://stand-in.invalid']

/** What a value is that cannot be read. */
const UNREADABLE: unique symbol = Symbol('unreadable')

/** Reads a variable that the object has itself: a polluted prototype sets none. */
function ownValue(env: object, variable: string): unknown {
  return orElse(() => (Object.hasOwn(env, variable) ? Reflect.get(env, variable) : undefined), undefined)
}

function isEmpty(raw: unknown): boolean {
  return raw === undefined || raw === null || (typeof raw === 'string' && raw.trim() === '')
}

function parse(option: Option, raw: unknown): unknown {
  if (typeof raw !== 'string') return raw
  const text = raw.trim()
  if (option === 'credentials') return /^(true|1)$/i.test(text) || (/^(false|0)$/i.test(text) ? false : raw)
  if (option === 'maxAge') return /^\d{1,9}$/.test(text) ? Number(text) : raw
  return parseList(text)
}

/** A list by comma, white space or JSON. No origin, method or header name begins with `[` or `"`. */
function parseList(text: string): unknown {
  if (!text.startsWith('[') && !text.startsWith('"')) return listOf(text.split(/[\s,]+/).filter((part) => part !== ''))
  const value: unknown = orElse(() => JSON.parse(text), UNREADABLE)
  return typeof value === 'string' ? parseList(value.trim()) : listOf(value)
}

function listOf(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 && value[0] === '*' ? '*' : value
}

/** A variable under another library's name is answered where ours is not set: it would be ignored without a word. */
function checkNames(env: object, prefix: string, read: { readonly [option in Option]?: unknown }): PolicyIssue[] {
  const issues: PolicyIssue[] = []
  for (const key of orElse(() => Object.keys(env), [])) {
    if (!key.startsWith(prefix) || isEmpty(ownValue(env, key))) continue
    const option = optionNamed(key.slice(prefix.length))
    const variable = option === undefined ? undefined : VARIABLES[option as Option]
    if (variable === undefined || key === prefix + variable || Object.hasOwn(read, option as string)) continue
    issues.push(sourceIssue([key], ownValue(env, key), 'variable-unknown', prefix + variable))
  }
  return issues
}
