import {
  checkBoolean,
  checkExposedHeaders,
  checkMaxAge,
  checkMethods,
  checkPreflightStatus,
  checkRefused,
  checkRequestHeaders,
} from './check/options.ts'
import type { PolicyContext } from './check/origin-entry.ts'
import { checkOrigins } from './check/origins.ts'
import {
  flagBeyond,
  headers,
  isForbidLifted,
  listedNames,
  maxAgeChange,
  namesBeyond,
  type OptionDiff,
  originsBeyond,
  statusChange,
} from './data/changes.ts'
import { EXPOSED_HEADERS, METHODS, ORIGINS_SCHEMA, REQUEST_HEADERS_SCHEMA, type Schema } from './data/schema.ts'
import { issue, type Violation } from './issue.ts'
import type { CompletePolicy, CorsPolicy, PolicyIssue } from './types.ts'

/** Finds the defects of one option's value. `context` tells about the rest of the policy. */
export type Check = (value: unknown, context: PolicyContext, option: string) => PolicyIssue[]

/** Only `origins`, which are required, and `maxAge`, which sends no header, have no default. */
type OptionRow<K extends keyof CorsPolicy> = K extends 'origins' | 'maxAge'
  ? { readonly check: Check; readonly default?: never }
  : { readonly check: Check; readonly default: NonNullable<CorsPolicy[K]> }

/** Turns a check that finds at most one violation into a {@link Check}. */
function single(check: (value: unknown) => Violation | null): Check {
  return (value, _, option) => {
    const found = check(value)
    return found === null ? [] : [issue([option], value, ...found)]
  }
}

/** The row of an option that is off by default. */
const FLAG = { check: single(checkBoolean), default: false }

/**
 * The options as `createCors` needs them: how a value is checked, and what an absent option means.
 *
 * The rows stand in the documented order. An environment variable is read as the type of the
 * default: `CORS_CREDENTIALS` as a boolean, `CORS_METHODS` as a list.
 */
export const OPTIONS: { readonly [K in keyof CorsPolicy]-?: OptionRow<K> } = {
  origins: { check: checkOrigins },
  credentials: FLAG,
  methods: { check: checkMethods, default: [] },
  requestHeaders: { check: checkRequestHeaders, default: [] },
  exposedHeaders: { check: checkExposedHeaders, default: [] },
  maxAge: { check: single(checkMaxAge) },
  preflightStatus: { check: single(checkPreflightStatus), default: 204 },
  refused: { check: single(checkRefused), default: 'pass' },
  timingAllowOrigin: FLAG,
  dangerouslyAllowInsecureOrigins: FLAG,
  dangerouslyAllowPublicSuffixes: FLAG,
}

/** Tells whether a property of a policy is an option. */
export function isOption(key: string | symbol): key is keyof CorsPolicy {
  return Object.hasOwn(OPTIONS, key)
}

/** The names of the options, in the documented order. */
export const POLICY_KEYS = Object.keys(OPTIONS) as readonly (keyof CorsPolicy)[]

/**
 * Returns a policy with the default of each absent option. A polluted `Object.prototype` adds
 * nothing.
 */
export function withDefaults(policy: CorsPolicy): CompletePolicy {
  const complete = Object.create(null)
  for (const option of POLICY_KEYS)
    complete[option] = Object.hasOwn(policy, option) ? policy[option] : OPTIONS[option].default
  return complete
}

/** For an option that only relaxes the check. It changes no answer. */
const NO_DIFFERENCE: OptionDiff = {}

/**
 * How `diffPolicies` compares each option. `beyond` names what one policy permits and the other
 * does not. `other` names a difference in answers that permits nothing.
 *
 * A property test compares pairs of policies on the wire. It fails for an option whose row misses a
 * difference.
 */
export const DIFFS: { readonly [K in keyof CorsPolicy]-?: OptionDiff } = {
  origins: { beyond: originsBeyond },
  credentials: {
    beyond: (inner, outer, may) =>
      flagBeyond(inner.credentials, outer.credentials, `pages ${may} send cookies and read the answers to them`),
  },
  methods: {
    beyond: (inner, outer, may) =>
      namesBeyond('methods', inner, outer, (name) => `pages ${may} send ${name === '*' ? 'any method' : name}`),
    other: (before, after) => listedNames('methods', before, after, 'pages may send'),
  },
  requestHeaders: {
    beyond: (inner, outer, may) =>
      namesBeyond('requestHeaders', inner, outer, (name) => {
        return `pages ${may} send ${headers(name, 'any request header but Authorization')}`
      }),
    other: (before, after) => listedNames('requestHeaders', before, after, 'pages may send'),
  },
  exposedHeaders: {
    beyond: (inner, outer, may) =>
      namesBeyond('exposedHeaders', inner, outer, (name) => {
        return `pages ${may} read ${headers(name, 'any response header')}`
      }),
    other: (before, after) => listedNames('exposedHeaders', before, after, 'pages may read'),
  },
  maxAge: { other: maxAgeChange },
  preflightStatus: { other: statusChange },
  refused: { beyond: isForbidLifted },
  timingAllowOrigin: {
    beyond: (inner, outer, may) =>
      flagBeyond(inner.timingAllowOrigin, outer.timingAllowOrigin, `pages ${may} read resource timing in detail`),
  },
  dangerouslyAllowInsecureOrigins: NO_DIFFERENCE,
  dangerouslyAllowPublicSuffixes: NO_DIFFERENCE,
}

/** What the documentation and the JSON Schema need of an option. */
export interface OptionDescription {
  /**
   * The meaning in Markdown, for the README's table. Without back-ticks, it is the description in
   * the JSON Schema.
   */
  readonly doc: string
  /** The meaning of an absent option in words, where the default alone does not tell it. */
  readonly absent?: string
  /** The keywords of JSON Schema for the value. The script adds the description and the default. */
  readonly schema: Schema
}

/** How each option is described. Only scripts read this table, so no bundle holds it. */
export const DESCRIPTIONS: { readonly [K in keyof CorsPolicy]-?: OptionDescription } = {
  origins: {
    doc: "`'*'`, a list, or a predicate `(origin) => boolean`",
    absent: 'required',
    schema: ORIGINS_SCHEMA,
  },
  credentials: {
    doc: 'allow cookies, HTTP authentication and client certificates',
    schema: { type: 'boolean' },
  },
  methods: {
    doc: 'methods besides GET, HEAD and POST; they are case-sensitive',
    schema: METHODS,
  },
  requestHeaders: {
    doc: "request headers that need permission: `Content-Type` for JSON, `Authorization`, `X-…`; `'X-Stainless-*'` is a pattern",
    schema: REQUEST_HEADERS_SCHEMA,
  },
  exposedHeaders: {
    doc: 'response headers that a page may read besides the safelisted ones; patterns too',
    schema: EXPOSED_HEADERS,
  },
  maxAge: {
    doc: 'seconds for which a browser may remember a preflight, 0 to 86400',
    absent: 'not sent: browsers use 5',
    schema: { type: 'integer', minimum: 0, maximum: 86_400 },
  },
  preflightStatus: { doc: 'status of an accepted preflight: `200` or `204`', schema: { enum: [200, 204] } },
  refused: {
    doc: "a refused origin's request goes to the handler (`'pass'`), or is answered 403 (`'forbid'`)",
    schema: { enum: ['pass', 'forbid'] },
  },
  timingAllowOrigin: {
    doc: 'send `Timing-Allow-Origin` to the same origins',
    schema: { type: 'boolean' },
  },
  dangerouslyAllowInsecureOrigins: {
    doc: 'accept `http:` origins next to `credentials`: anyone on the network can then read the answers',
    schema: { type: 'boolean' },
  },
  dangerouslyAllowPublicSuffixes: {
    doc: 'accept patterns under which strangers can register a name',
    schema: { type: 'boolean' },
  },
}
