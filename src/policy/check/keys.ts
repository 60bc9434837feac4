import { isWordOf } from '../../spec/words.ts'
import { issue } from '../issue.ts'
import { LONGEST_KEY, MOST_KEYS_NAMED } from '../limits.ts'
import { POLICY_KEYS } from '../options.ts'
import type { CorsPolicy, PolicyIssue } from '../types.ts'

/**
 * Checks the keys of a policy that are not options. `present` are the options that the policy has:
 * a key that stands for one of them is to be left out, because it would overwrite it.
 */
export function checkKeys(unknown: ReadonlyMap<string, unknown>, present: Iterable<string>): PolicyIssue[] {
  const used = new Set(present)
  return Array.from(unknown, ([key, value], index) => {
    const option = index < MOST_KEYS_NAMED ? optionNamed(key) : undefined
    if (option === undefined) {
      if (!isUnneeded(key)) return issue([key], value, 'unknown-key')
      return issue([key], value, 'unknown-key', null, {
        hint: normalizeKey(key).includes('network') ? LEFT_TO_USERS : undefined,
      })
    }
    if (used.has(option)) return issue([key], value, 'unknown-key', null)
    used.add(option)
    return issue([key], value, 'unknown-key', option, { review: true })
  })
}

/** What is said of private and local networks. */
const LEFT_TO_USERS = 'leave it out: browsers ask the user for this, no longer the server'

/** Returns the option that a misspelt name, or another library's name, stands for. */
export function optionNamed(key: string): keyof CorsPolicy | undefined {
  if (key.length > LONGEST_KEY) return undefined
  const name = normalizeKey(key)
  // "cors" and "allow" are all prefix, and name no option.
  if (name === '') return undefined
  return (
    POLICY_KEYS.find((option) => isWordOf(OTHER_NAMES[option as keyof typeof OTHER_NAMES] ?? '', name)) ??
    POLICY_KEYS.find((option) => isNear(name, option.toLowerCase(), 2))
  )
}

/** Tells whether a name is another library's option that needs no counterpart here. */
export function isUnneeded(key: string): boolean {
  return isWordOf(UNNEEDED, normalizeKey(key))
}

function normalizeKey(key: string): string {
  return key
    .slice(0, LONGEST_KEY)
    .toLowerCase()
    .replace(/[-_]/g, '')
    .replace(/^(cors|accesscontrol)?(allow(ed)?|supports?|with)?/, '')
}

/**
 * Tells whether at most `edits` edits turn one word into another. A swap of neighbors is one edit.
 */
function isNear(a: string, b: string, edits: number): boolean {
  if (a === b) return true
  if (a[0] === b[0]) return isNear(a.slice(1), b.slice(1), edits)
  const isSwapped = a[0] === b[1] && a[1] === b[0]
  return (
    edits > 0 &&
    (isNear(a.slice(1), b, edits - 1) ||
      isNear(a, b.slice(1), edits - 1) ||
      isNear(a.slice(1), b.slice(1), edits - 1) ||
      (isSwapped && isNear(a.slice(2), b.slice(2), edits - 1)))
  )
}

/**
 * Names of our options in other libraries, frameworks and settings files. Names are compared in
 * lower case, without `-` and `_`, and without a prefix such as `CORS_`, `Access-Control-`, `allow`
 * or `with`. The compiler reads this table too.
 */
export const OTHER_NAMES = {
  origins:
    'origin originregex originregexes originpatterns originallowlist originwhitelist originallowall allorigins anyorigin resources',
  requestHeaders: 'header headers',
  exposedHeaders: 'expose exposed responseheaders',
  maxAge: 'age maxageinseconds maxageseconds preflightmaxage',
  preflightStatus: 'optionssuccessstatus optionsuccessstatus successstatus preflightsuccessstatus optionsstatus',
  timingAllowOrigin: 'timing timingorigin',
} as const

/**
 * Options of other libraries without a counterpart here: they switch something that is always on,
 * or that the standard has dropped.
 */
export const UNNEEDED =
  'privatenetwork privatenetworkaccess localnetwork localnetworkaccess aot debug hideoptionsroute keepheadersonerror optionspassthrough optionssuccess preflight preflightcontinue securecontext strictpreflight vary varyheader'
