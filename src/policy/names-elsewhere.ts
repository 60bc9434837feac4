import type { Words } from '../spec/words.ts'

/**
 * What other libraries, frameworks and settings files call our options. Compared in lower case, without `-` and `_`, and without what
 * such names begin with: `CORS_`, `Access-Control-`, `allow`, `allowed`, `supports`, `with`. The compiler reads this table as well.
 */
export const ELSEWHERE = {
  origins:
    'origin originregex originregexes originpatterns originallowlist originwhitelist originallowall allorigins anyorigin resources',
  requestHeaders: 'header headers',
  exposedHeaders: 'expose exposed responseheaders',
  maxAge: 'age maxageinseconds maxageseconds preflightmaxage',
  preflightStatus: 'optionssuccessstatus optionsuccessstatus successstatus preflightsuccessstatus optionsstatus',
  timingAllowOrigin: 'timing timingorigin',
} as const

/** Options of other libraries that need no counterpart here: what they switch is always right, or gone from the standard. */
export const NEEDLESS =
  'privatenetwork privatenetworkaccess localnetwork localnetworkaccess aot debug hideoptionsroute keepheadersonerror optionspassthrough optionssuccess preflight preflightcontinue securecontext strictpreflight vary varyheader'

/** Misspelt names that the compiler knows. It counts no edits, as `optionNamed` does, which finds these and more. */
export interface Misspelt {
  orgin: 'origins'
  orgins: 'origins'
  origns: 'origins'
  credential: 'credentials'
  credentialed: 'credentials'
  method: 'methods'
  requestheader: 'requestHeaders'
  exposeheader: 'exposedHeaders'
  exposeheaders: 'exposedHeaders'
  exposedheader: 'exposedHeaders'
}

/** A key in lower case, without `-`, `_` and what names elsewhere begin with. */
export type Plain<Key extends string> = WithoutStart<Lowercase<Without<Without<Key, '_'>, '-'>>>

/** The option that another library's name stands for, 'needless' where none is needed, or never. */
export type OptionElsewhere<Name> = Name extends keyof Misspelt
  ? Misspelt[Name]
  : Name extends Words<typeof NEEDLESS>
    ? 'needless'
    : { [K in keyof typeof ELSEWHERE]: Name extends Words<(typeof ELSEWHERE)[K]> ? K : never }[keyof typeof ELSEWHERE]

type Without<S extends string, C extends string> = S extends `${infer Head}${C}${infer Rest}`
  ? `${Head}${Without<Rest, C>}`
  : S

type WithoutStart<Name extends string> = Name extends `${'cors' | 'accesscontrol'}${infer Rest}`
  ? WithoutVerb<Rest>
  : WithoutVerb<Name>

type WithoutVerb<Name extends string> = Name extends `${'allowed' | 'supports'}${infer Rest}`
  ? Rest
  : Name extends `${'allow' | 'support' | 'with'}${infer Rest}`
    ? Rest
    : Name
