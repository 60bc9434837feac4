import type { CorrectedEach } from './checked-correction.ts'
import type { TypeContext } from './checked-meaning.ts'
import type { CheckedNames, NameOption } from './checked-names.ts'
import type { CheckedOrigin } from './checked-origin.ts'
import type { CheckedBoolean, CheckedMaxAge, CheckedRefused, CheckedStatus } from './checked-values.ts'
import type { OptionElsewhere, Plain } from './names-elsewhere.ts'
import type { IsAny, IsLiteral, LeaveOut, Parts, Quoted, Say, Trim, Write } from './say.ts'
import type { CorsPolicy } from './types.ts'

/**
 * Checks a policy while it is written: each option, and each element of a list, is itself or the sentence that says what is
 * wrong with it, so that the compiler's error stands under the very value.
 *
 * Only what is spelled out in the source can be checked here; what is known at run time passes, and `createCors` checks it.
 */
export type Checked<P> = {
  [K in keyof P]: K extends keyof CorsPolicy
    ? IsAny<P[K]> extends true
      ? P[K]
      : CheckedOption<K, P[K], P>
    : CheckedKey<K, P>
}

/** Keeps what a policy's options are documented to be, where an editor shows it. */
export type Documented = { readonly [K in keyof CorsPolicy]: unknown }

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
          : CheckedBoolean<V>

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

/** `'*'` is judged where it is all that there can be: what may be a list as well is for the run time to see. */
type CheckedOrigins<V, P, X extends TypeContext> = [V] extends ['*' | readonly ['*']]
  ? X['credentials'] extends true
    ? Say<'origins-wildcard-credentials'>
    : P extends { readonly refused: 'forbid' }
      ? Say<'origins-wildcard-forbid'>
      : V
  : CheckedOriginList<V, X>

type CheckedOriginList<V, X extends TypeContext> = V extends '*' | readonly ['*']
  ? V
  : V extends readonly []
    ? Say<'origins-empty'>
    : V extends readonly unknown[]
      ? { [I in keyof V]: CheckedOrigin<V[I], X> }
      : V extends (origin: string) => unknown
        ? CheckedPredicate<V>
        : V extends string
          ? NotAList<V, X>
          : V extends undefined | null
            ? Say<'origins-missing'>
            : V extends true
              ? Say<'origins-reflected'>
              : Say<'origins-not-a-list'>

type CheckedPredicate<V extends (origin: string) => unknown> =
  IsAny<ReturnType<V>> extends true
    ? V
    : [ReturnType<V>] extends [never]
      ? V
      : ReturnType<V> extends PromiseLike<unknown>
        ? Say<'predicate-async'>
        : V extends (origin: string) => boolean
          ? V
          : (origin: string) => boolean

type NotAList<V extends string, X extends TypeContext> =
  IsLiteral<V> extends true
    ? Trim<V> extends ''
      ? Say<'origins-missing'>
      : Trim<V> extends 'null' | 'undefined' | '*'
        ? Say<'origins-not-a-list'>
        : Say<'origins-not-a-list', `: write [${Quoted<CorrectedEach<Parts<V>, X>, ','>}]`>
    : Say<'origins-not-a-list'>

type CheckedKey<K, P> = K extends '$schema'
  ? P[K & keyof P]
  : K extends string
    ? Plain<K> extends infer Name
      ? OptionElsewhere<Name> | OptionOfPlain<Name> extends infer Option extends string
        ? [Option] extends [never]
          ? Say<'unknown-key'>
          : Option extends keyof P | 'needless'
            ? LeaveOut<'unknown-key'>
            : Write<'unknown-key', Option>
        : never
      : never
    : Say<'unknown-key'>

/** The option that is written so but for case, `-` and `_`. */
type OptionOfPlain<Name> = { [K in keyof CorsPolicy]-?: Lowercase<K> extends Name ? K : never }[keyof CorsPolicy]

/**
 * What is inferred from a policy as it is written, wrong values included: the sentence for a wrong value can only be found when
 * the value reaches {@link Checked}. It is no weak type, so that a policy with nothing but another library's keys gets there too.
 */
export type PolicyInput = object & { readonly [K in keyof CorsPolicy]?: CorsPolicy[K] | Anything }

type Anything = (string & {}) | (number & {}) | bigint | symbol | boolean | null | undefined | object
