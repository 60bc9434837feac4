import { checkPolicy } from '../../policy/check.ts'
import type { CorsPolicy } from '../../policy/types.ts'
import { isSafelistedMethod } from '../../spec/methods.ts'
import { splitNames } from './names.ts'
import { type Entries, entryOf, originsOfRegExp } from './origins.ts'

/** A part of a configuration that an import left out. */
export interface NotUnderstood {
  /** The number of the line, from 1. */
  readonly line: number
  readonly text: string
  readonly why: string
}

/** What a configuration lets in, or leaves out, that its owner hardly meant. Codes are API. */
export type ConfigIssueCode =
  | 'regex-unanchored'
  | 'regex-loose-dot'
  | 'any-origin-with-credentials'
  | 'any-origin-repeated'
  | 'vary-missing'
  | 'errors-without-headers'
  | 'header-doubled'

/** A finding about a configuration. */
export interface ConfigIssue {
  readonly code: ConfigIssueCode
  readonly severity: 'error' | 'warning'
  readonly line: number
  readonly text: string
  readonly message: string
}

/** A policy that a configuration says. */
export interface Imported {
  /** The policy; null if the configuration says none that can be read. It never allows more. */
  readonly policy: CorsPolicy | null
  /** What was left out. With any row, the configuration may allow more than the policy. */
  readonly notUnderstood: readonly NotUnderstood[]
}

/** What a reader found, with the issues of `corsmith lint`. */
export interface Read extends Imported {
  readonly issues: readonly ConfigIssue[]
}

/** Where something stands. */
export interface Spot {
  readonly line: number
  readonly text: string
}

/** Collects what a configuration says. Each method takes the place that says it. */
export interface ConfigReading {
  leaveOut(spot: Spot, why: string): void
  complain(spot: Spot, code: ConfigIssueCode, message: string): void
  /** An entry of a list of origins, exact or with `*`. */
  origin(spot: Spot, text: string): void
  /** A regular expression over `Origin`. */
  expression(spot: Spot, source: string): void
  anyOrigin(spot: Spot, isRepeated: boolean): void
  credentials(spot: Spot, isAllowed: boolean): void
  methods(spot: Spot, value: string): void
  requestHeaders(spot: Spot, value: string): void
  exposedHeaders(spot: Spot, value: string): void
  maxAge(spot: Spot, value: string): void
  option(spot: Spot, option: Partial<CorsPolicy>): void
  done(): Read
}

const ERRORS: readonly ConfigIssueCode[] = ['regex-unanchored', 'any-origin-with-credentials', 'header-doubled']

const LOOSE = {
  'start-open': ['regex-unanchored', 'the expression has no "^", so it matches longer origins too'],
  'end-open': [
    'regex-unanchored',
    'the expression has no "$", so it matches longer hosts too, such as the same with ".evil.example" behind it',
  ],
  'dot-loose': ['regex-loose-dot', 'a dot that is not escaped matches any character, so it matches other hosts too'],
} as const

/** Starts a reading. */
export function startReading(): ConfigReading {
  const notUnderstood: NotUnderstood[] = []
  const issues: ConfigIssue[] = []
  const origins = new Set<string>()
  let any: (Spot & { readonly isRepeated: boolean }) | null = null
  let hasCredentials = false
  let policy: { -readonly [K in keyof CorsPolicy]?: CorsPolicy[K] } = {}
  const leaveOut: ConfigReading['leaveOut'] = ({ line, text }, why) => {
    notUnderstood.push({ line, text: text.trim(), why })
  }
  const complain: ConfigReading['complain'] = ({ line, text }, code, message) => {
    const severity = ERRORS.includes(code) ? 'error' : 'warning'
    if (!issues.some((each) => each.code === code && each.line === line))
      issues.push({ code, severity, line, text: text.trim(), message })
  }
  const list = (spot: Spot, key: 'methods' | 'requestHeaders' | 'exposedHeaders', value: string): void => {
    const names = splitNames(value)
    const kept = key === 'methods' ? names.filter((name) => !isSafelistedMethod(name)) : names
    if (policy[key] !== undefined && String(policy[key]) !== String(kept))
      return void leaveOut(spot, `another line already says other ${key}`)
    policy[key] = kept
  }
  return {
    leaveOut,
    complain,
    origin: (spot, text) => {
      const entry = entryOf(text)
      if (entry === null) leaveOut(spot, `${JSON.stringify(text)} is not an origin that a policy can hold`)
      else origins.add(entry)
    },
    expression: (spot, source) => {
      if (/^\^?(?:\(?\.[*+]?\)?)?\$?$/.test(source)) {
        any = { ...spot, isRepeated: true }
        return
      }
      const found: Entries | null = originsOfRegExp(source)
      if (found === null) return void leaveOut(spot, 'no list of origins covers this expression: write the origins out')
      for (const entry of found.entries) origins.add(entry)
      for (const loose of found.loose) complain(spot, LOOSE[loose][0], LOOSE[loose][1])
    },
    anyOrigin: (spot, isRepeated) => {
      any = { ...spot, isRepeated }
    },
    credentials: (_, isAllowed) => {
      hasCredentials ||= isAllowed
    },
    methods: (spot, value) => list(spot, 'methods', value),
    requestHeaders: (spot, value) => list(spot, 'requestHeaders', value),
    exposedHeaders: (spot, value) => list(spot, 'exposedHeaders', value),
    maxAge: (spot, value) => {
      const seconds = Number(value)
      if (!/^\d+$/.test(value)) leaveOut(spot, 'this is not a number of seconds')
      else policy.maxAge = Math.min(seconds, 86_400)
    },
    option: (_, option) => {
      policy = { ...policy, ...option }
    },
    done: () => {
      if (any !== null && hasCredentials) {
        complain(
          any,
          'any-origin-with-credentials',
          'every origin may read answers with credentials: list the origins that you trust',
        )
        leaveOut(any, 'a policy cannot allow every origin with credentials: list the origins that you trust')
        return { policy: null, notUnderstood, issues }
      }
      if (any?.isRepeated === true)
        complain(any, 'any-origin-repeated', 'every origin is repeated: write "*", which caches can keep')
      if (any === null && origins.size === 0) return { policy: null, notUnderstood, issues }
      const draft = clean({
        origins: any === null ? [...origins] : '*',
        ...(hasCredentials ? { credentials: true } : {}),
        ...policy,
      } as CorsPolicy)
      const left = withoutDefects(withFlags(draft), (value, why) => leaveOut({ line: 1, text: String(value) }, why))
      return { policy: left, notUnderstood, issues }
    },
  }
}

/** Leaves out empty lists, and writes a lone `*` as a policy does. */
function clean(policy: CorsPolicy): CorsPolicy {
  const entries = Object.entries(policy)
    .filter(([key, value]) => key === 'origins' || !Array.isArray(value) || value.length > 0)
    .map(([key, value]) => [key, Array.isArray(value) && String(value) === '*' ? '*' : value])
  return Object.fromEntries(entries) as CorsPolicy
}

const FLAGS = ['dangerouslyAllowInsecureOrigins', 'dangerouslyAllowPublicSuffixes'] as const

/** Adds the flags that say of a policy what its configuration does anyway. */
function withFlags(policy: CorsPolicy): CorsPolicy {
  const defects = (made: CorsPolicy) => checkPolicy(made).filter(({ severity }) => severity === 'error').length
  let made = policy
  for (const flag of FLAGS) {
    const flagged = { ...made, [flag]: true }
    if (defects(flagged) < defects(made)) made = flagged
  }
  return made
}

/** Leaves out what has a defect, until the policy constructs; null if no origin is left. */
function withoutDefects(policy: CorsPolicy, leaveOut: (value: unknown, why: string) => void): CorsPolicy | null {
  let left = policy
  for (let turn = 0; turn < 200; turn++) {
    const defect = checkPolicy(left).find(({ severity }) => severity === 'error')
    if (defect === undefined) return left
    const [key, index] = defect.path as readonly [keyof CorsPolicy, number | undefined]
    leaveOut(defect.value, defect.message)
    const value = left[key]
    if (Array.isArray(value) && typeof index === 'number') {
      const rest = value.filter((_: unknown, i: number) => i !== index)
      if (key === 'origins' && rest.length === 0) return null
      left = { ...left, [key]: rest }
    } else if (key === 'origins') {
      return null
    } else {
      left = Object.fromEntries(Object.entries(left).filter(([name]) => name !== key)) as unknown as CorsPolicy
    }
  }
  return null
}
