import type { Words } from '../../spec/words.ts'
import type { OTHER_NAMES, UNNEEDED } from '../check/keys.ts'
import type { CorsPolicy } from '../types.ts'
import type { CorrectedEach } from './correction.ts'
import type { TypeContext } from './host.ts'
import type { CheckedNames, NameOption } from './names.ts'
import type { CheckedOrigin } from './origin.ts'
import type { IsAny, IsLiteral, LeaveOut, Parts, Quoted, Sentence, Trim, Write } from './sentence.ts'
import type { CheckedBoolean, CheckedMaxAge, CheckedRefused, CheckedStatus } from './values.ts'

/**
 * Checks a policy while you write it. The type maps each option, and each element of a list, to
 * itself if it is valid, and otherwise to a sentence that no value has. So the compiler reports the
 * sentence under the wrong value.
 *
 * With `origins: ['https://a.com/']`, the element has the type `'✖ an origin has no trailing slash:
 * write "https://a.com"'`, and the compiler says that the text is not assignable to it.
 *
 * Only literals can be checked here. Other values pass, and `createCors` checks them at run time.
 */
export type Checked<P> = {
  [K in keyof P]: K extends keyof CorsPolicy
    ? IsAny<P[K]> extends true
      ? P[K]
      : CheckedOption<K, P[K], P>
    : CheckedKey<K, P>
}

/** Makes editors show the documentation of each option in a policy that is being written. */
export type Documented = { readonly [K in keyof CorsPolicy]: unknown }

/**
 * Makes the compiler say the sentence about origins for a policy that has none. It comes first in an
 * intersection, because the compiler reports the first part that a value lacks.
 *
 * The branch that is never taken names `P` alone. So the compiler infers `{}` from a policy without
 * options, instead of falling back to the bound of the type parameter.
 */
export type WithOrigins<P> = 'origins' extends keyof P
  ? [P] extends [never]
    ? P
    : unknown
  : { readonly origins: Sentence<'origins-missing'> }

/**
 * Chooses the check of an option. An option with neither a check of its own here nor a boolean type
 * is checked against its type, in TypeScript's own words.
 */
type CheckedOption<K extends keyof CorsPolicy, V, P> = K extends 'origins'
  ? CheckedOrigins<V, P, ContextOf<P>>
  : K extends NameOption
    ? CheckedNames<K, V, HasTrue<P, 'credentials'>>
    : K extends 'maxAge'
      ? CheckedMaxAge<V>
      : K extends 'preflightStatus'
        ? CheckedStatus<V>
        : K extends 'refused'
          ? CheckedRefused<V>
          : CorsPolicy[K] extends boolean | undefined
            ? CheckedBoolean<V>
            : V extends CorsPolicy[K]
              ? V
              : CorsPolicy[K]

/** Tells whether an option is written as `true`. */
type HasTrue<P, K extends string> = P extends { readonly [key in K]: true } ? true : false

/** Tells whether an option may be true, as far as the compiler knows. */
type MayBeTrue<P, K extends string> = P extends { readonly [key in K]: infer V }
  ? true extends V
    ? true
    : false
  : false

interface ContextOf<P> extends TypeContext {
  readonly credentials: HasTrue<P, 'credentials'>
  readonly insecure: MayBeTrue<P, 'dangerouslyAllowInsecureOrigins'>
  readonly suffixes: MayBeTrue<P, 'dangerouslyAllowPublicSuffixes'>
}

/** Checks `'*'` only where it is the whole type. A union with a list is left to the run time. */
type CheckedOrigins<V, P, X extends TypeContext> = [V] extends ['*' | readonly ['*']]
  ? X['credentials'] extends true
    ? Sentence<'origins-wildcard-credentials'>
    : P extends { readonly refused: 'forbid' }
      ? Sentence<'origins-wildcard-forbid'>
      : V
  : CheckedOriginList<V, X>

type CheckedOriginList<V, X extends TypeContext> = V extends '*' | readonly ['*']
  ? V
  : V extends readonly []
    ? Sentence<'origins-empty'>
    : V extends readonly unknown[]
      ? { [I in keyof V]: CheckedOrigin<V[I], X> }
      : V extends (origin: string) => unknown
        ? CheckedPredicate<V>
        : V extends string
          ? NotAList<V, X>
          : V extends undefined | null
            ? Sentence<'origins-missing'>
            : V extends true
              ? Sentence<'origins-reflected'>
              : Sentence<'origins-not-a-list'>

type CheckedPredicate<V extends (origin: string) => unknown> =
  IsAny<ReturnType<V>> extends true
    ? V
    : [ReturnType<V>] extends [never]
      ? V
      : ReturnType<V> extends PromiseLike<unknown>
        ? Sentence<'predicate-async'>
        : V extends (origin: string) => boolean
          ? V
          : (origin: string) => boolean

type NotAList<V extends string, X extends TypeContext> =
  IsLiteral<V> extends true
    ? Trim<V> extends ''
      ? Sentence<'origins-missing'>
      : Trim<V> extends 'null' | 'undefined' | '*'
        ? Sentence<'origins-not-a-list'>
        : Sentence<'origins-not-a-list', `: write [${Quoted<CorrectedEach<Parts<V>, X>, ','>}]`>
    : Sentence<'origins-not-a-list'>

type CheckedKey<K, P> = K extends '$schema' ? P[K & keyof P] : SentenceOfKey<K, P> & NoOption

/**
 * Keeps the sentence out of completions. An editor offers the literal types that the value of a
 * half-typed key could have, and an intersection is not a literal type.
 */
interface NoOption {
  readonly noOption?: never
}

type SentenceOfKey<K, P> = K extends string
  ? NormalizedKey<K> extends infer Name
    ? OptionOfOtherName<Name> | OptionOfKey<Name> extends infer Option extends string
      ? [Option] extends [never]
        ? Sentence<'unknown-key'>
        : Option extends keyof P | 'needless'
          ? LeaveOut<'unknown-key'>
          : Write<'unknown-key', Option>
      : never
    : never
  : Sentence<'unknown-key'>

/** The option whose name differs only in case, `-` and `_`. */
type OptionOfKey<Name> = { [K in keyof CorsPolicy]-?: Lowercase<K> extends Name ? K : never }[keyof CorsPolicy]

/**
 * Misspelt names that the compiler knows. It does not count edits, as `optionNamed` does, which
 * knows these names and more.
 */
interface Misspelt {
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

/** A key in lower case, without `-`, `_` and a prefix such as `cors` or `allow`. */
type NormalizedKey<Key extends string> = WithoutStart<Lowercase<Without<Without<Key, '_'>, '-'>>>

/**
 * The option that a name stands for, 'needless' for an option that needs no counterpart, or never.
 */
type OptionOfOtherName<Name> = Name extends keyof Misspelt
  ? Misspelt[Name]
  : Name extends Words<typeof UNNEEDED>
    ? 'needless'
    : {
        [K in keyof typeof OTHER_NAMES]: Name extends Words<(typeof OTHER_NAMES)[K]> ? K : never
      }[keyof typeof OTHER_NAMES]

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

/**
 * The type parameter's bound for a policy. It accepts wrong values, because only a value that is
 * accepted reaches {@link Checked}, which has the sentence for it. A stricter bound would answer in
 * TypeScript's own words.
 *
 * `object` is part of it so that TypeScript accepts a policy with only unknown keys, which {@link
 * Checked} then explains.
 */
export type PolicyInput = object & { readonly [K in keyof CorsPolicy]?: CorsPolicy[K] | Anything }

type Anything = (string & {}) | (number & {}) | bigint | symbol | boolean | null | undefined | object
