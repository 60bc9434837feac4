import { MAX_AGE } from '../spec/fields.ts'
import { line } from '../spec/line.ts'
import { checkExposedHeaders, checkMethods, checkRequestHeaders } from './check/names.ts'
import { checkOrigins } from './check/origins.ts'
import { checkBoolean, checkMaxAge, checkPreflightStatus, checkRefused } from './check/values.ts'
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
import type { Check } from './issue.ts'
import {
  linesOfCredentials,
  linesOfExposedHeaders,
  linesOfMethods,
  linesOfRequestHeaders,
  type OptionLines,
} from './lines.ts'
import type { CompletePolicy, CorsPolicy } from './types.ts'

// Three tables with a row per option, because three kinds of code need them: `createCors` needs
// `OPTIONS`, `diffPolicies` needs `DIFFS`, and scripts need `DESCRIPTIONS`. A bundler drops a table that
// nothing reads, but not a property of a row. They stand in one file, so that an option is added in one.

/** How `createCors` treats an option. */
interface OptionRow<K extends keyof CorsPolicy> {
  /** Finds the defects of a value. */
  readonly check: Check
  /** What an absent option means. */
  readonly default: NonNullable<CorsPolicy[K]>
  /** Gives what the option puts into answers. `compilePolicy` joins what all options give. */
  readonly lines?: (value: CompletePolicy[K], policy: CompletePolicy) => OptionLines
}

/** `origins` are required, and an absent `maxAge` sends no header. So they have no default. */
type Undefaulted = 'origins' | 'maxAge'

/** The row of an option that is off by default. */
const FLAG = { check: checkBoolean, default: false } as const

/**
 * The options as `createCors` needs them: how a value is checked, what an absent option means, and
 * what the option puts into answers.
 *
 * The rows stand in the documented order. An environment variable is read as the type of the
 * default: `CORS_CREDENTIALS` as a boolean, `CORS_METHODS` as a list.
 */
export const OPTIONS: {
  readonly [K in keyof CorsPolicy]-?: K extends Undefaulted
    ? Omit<OptionRow<K>, 'default'> & { readonly default?: never }
    : OptionRow<K>
} = {
  origins: { check: checkOrigins },
  credentials: { ...FLAG, lines: linesOfCredentials },
  methods: { check: checkMethods, default: [], lines: linesOfMethods },
  requestHeaders: { check: checkRequestHeaders, default: [], lines: linesOfRequestHeaders },
  exposedHeaders: { check: checkExposedHeaders, default: [], lines: linesOfExposedHeaders },
  maxAge: {
    check: checkMaxAge,
    lines: (seconds) => ({ preflight: line(MAX_AGE, `${seconds ?? ''}`) }),
  },
  preflightStatus: { check: checkPreflightStatus, default: 204 },
  refused: { check: checkRefused, default: 'pass' },
  timingAllowOrigin: { ...FLAG, lines: (isOn) => (isOn ? { parts: [['allowTiming']] } : {}) },
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
