import type { MistypedScheme } from '../check/host.ts'
import type { Corrected, CorrectedEach } from './correction.ts'
import type {
  AdmitsAnyHost,
  AdmitsStrangers,
  Authority,
  DefaultPort,
  Foreign,
  HostOf,
  IsAddress,
  IsAddressPattern,
  IsClean,
  IsInsecure,
  IsPort,
  IsScheme,
  Loopback,
  PortOf,
  TypeContext,
  Unclean,
} from './host.ts'
import type {
  IsLiteral,
  LeaveOut,
  Parts,
  Quoted,
  Sentence,
  Separator,
  SetIt,
  Space,
  Trim,
  WriteIfKnown,
} from './sentence.ts'

/**
 * An entry of `origins`: the text itself, or the sentence for its first defect.
 *
 * The types follow `readEntry`, in its order, so that compiler and run time name the same defect.
 * For `'https://App.example.com:443'`:
 *
 * 1. `CheckedOrigin` sees a literal that is not a simple `https:` origin. 2. `CheckedText` finds no
 * defect of the whole text, and splits it at `://`. 3. `CheckedParts` looks at the scheme, the
 * user, the port (`CheckedPort`), the host (`DefectOfHost`) and the rest (`CheckedTail`), in this
 * order. The port is the scheme's own, so the result is the sentence of `origin-default-port` with
 * `Corrected<S>`: `write "https://app.example.com"`. 4. For an entry without a defect,
 * `CheckedMeaning` would look at the rest of the policy.
 *
 * Conditional types have no `if` and no variables. `X extends infer Name` stands for a variable,
 * and `[X] extends [never]` asks whether the step before found nothing.
 */
export type CheckedOrigin<S, X extends TypeContext> = S extends string
  ? IsLiteral<S> extends true
    ? S extends `https://${infer Host}`
      ? Host extends NotSimple
        ? CheckedText<S, X>
        : S extends Lowercase<S>
          ? S
          : CheckedText<S, X>
      : CheckedText<S, X>
    : S
  : S extends undefined | null
    ? SetIt<S extends null ? 'origin-empty' : 'origin-unset'>
    : S extends RegExp
      ? Sentence<'origin-regexp'>
      : Sentence<'origin-not-a-string'>

/**
 * A text that a simple `https:` origin does not match. Nearly every entry is such an origin, and
 * one test settles it, so a long list compiles fast.
 */
type NotSimple =
  | Unclean
  | `${string}${Separator | '/' | '?' | '\\' | '*' | Foreign}${string}`
  | `${string}.${number}`
  | `${number}`
  | 'undefined'

/** Finds defects of the whole text. A text without one is split into parts. */
type CheckedText<S extends string, X extends TypeContext> =
  Trim<S> extends ''
    ? SetIt<'origin-empty'>
    : S extends 'undefined' | '[object Object]'
      ? SetIt<'origin-unset'>
      : Lowercase<Trim<S>> extends 'null'
        ? LeaveOut<'origin-null'>
        : Trim<S> extends '*'
          ? LeaveOut<'origin-wildcard-in-list'>
          : S extends `${Space}${string}` | `${string}${Space}`
            ? WriteIfKnown<'origin-white-space', Corrected<Trim<S>, X>>
            : S extends `${string}|${string}`
              ? Sentence<'origin-joined'>
              : S extends `${string}${Separator}${string}`
                ? Joined<Parts<S>, X>
                : S extends `${infer Scheme}://${infer Rest}`
                  ? CheckedParts<S, Scheme, Rest, Authority<Rest>, X>
                  : WithoutScheme<S, X>

type Joined<P extends readonly string[], X extends TypeContext> = P extends readonly [infer One extends string]
  ? WriteIfKnown<'origin-joined', Corrected<One, X>>
  : Sentence<'origin-joined', `: write ${Quoted<CorrectedEach<P, X>, ', '>}`>

type WithoutScheme<S extends string, X extends TypeContext> = WriteIfKnown<'origin-without-scheme', Corrected<S, X>>

/** Finds the first defect of the parts. The correction repairs all of them. */
type CheckedParts<
  S extends string,
  Scheme extends string,
  Rest extends string,
  A extends string,
  X extends TypeContext,
> =
  Scheme extends Lowercase<Scheme>
    ? Scheme extends 'file'
      ? LeaveOut<'origin-file'>
      : IsScheme<Scheme> extends false
        ? Sentence<'origin-scheme'>
        : Scheme extends MistypedScheme
          ? WriteIfKnown<'origin-scheme-never-sent', Corrected<S, X>>
          : A extends `${string}@${string}`
            ? WriteIfKnown<'origin-user', Corrected<S, X>>
            : CheckedPort<S, Scheme, HostOf<A>, PortOf<A>, X> extends infer Defect
              ? [Defect] extends [never]
                ? DefectOfHost<S, HostOf<A>> extends infer HostDefect
                  ? [HostDefect] extends [never]
                    ? Rest extends A
                      ? CheckedMeaning<S, Scheme, HostOf<A>, X>
                      : CheckedTail<S, Rest, A, X>
                    : HostDefect extends 'origin-unset'
                      ? SetIt<'origin-unset'>
                      : HostDefect extends 'origin-upper-case'
                        ? WriteIfKnown<'origin-upper-case', Corrected<S, X>>
                        : HostDefect extends DefectCode
                          ? WriteIfKnown<HostDefect, Corrected<S, X>>
                          : never
                  : never
                : Defect
              : never
    : Lowercase<Scheme> extends 'file'
      ? LeaveOut<'origin-upper-case'>
      : WriteIfKnown<'origin-upper-case', Corrected<S, X>>

type DefectCode =
  | 'origin-host'
  | 'origin-pattern'
  | 'origin-host-unicode'
  | 'origin-address'
  | 'origin-host-trailing-dot'
  | 'origin-pattern-scheme'
  | 'origin-pattern-address'

type CheckedPort<
  S extends string,
  Scheme extends string,
  Host extends string,
  Port extends string,
  X extends TypeContext,
> = [Port] extends [never]
  ? never
  : Port extends '*'
    ? Lowercase<Host> extends Loopback
      ? never
      : WriteIfKnown<'origin-pattern-port', Corrected<S, X>>
    : IsPort<Port> extends true
      ? Port extends DefaultPort<Scheme>
        ? WriteIfKnown<'origin-default-port', Corrected<S, X>>
        : never
      : WriteIfKnown<'origin-port', Corrected<S, X>>

/** The code of a host's defect, or never. */
type DefectOfHost<S extends string, Host extends string> =
  Host extends Lowercase<Host> ? HostShape<S, Host> : 'origin-upper-case'

type HostShape<S extends string, Host extends string> = Host extends `${string}${Foreign}${string}`
  ? 'origin-host-unicode'
  : S extends `http${'s' | ''}://${string}`
    ? Host extends 'undefined'
      ? 'origin-unset'
      : Host extends `${string}*${infer After}`
        ? PatternShape<Host, After>
        : Host extends `[${string}]`
          ? never
          : IsAddress<Host> extends false
            ? 'origin-address'
            : NameShape<Host>
    : Host extends '*'
      ? never
      : Host extends `${string}*${string}`
        ? 'origin-pattern-scheme'
        : never

type PatternShape<Host extends string, After extends string> =
  IsAddressPattern<Host> extends true
    ? 'origin-pattern-address'
    : After extends `${string}*${string}`
      ? 'origin-pattern'
      : Host extends `${string}.${string}*${string}`
        ? 'origin-pattern'
        : After extends `${string}.${string}`
          ? IsClean<Host> extends true
            ? never
            : 'origin-host'
          : 'origin-pattern'

type NameShape<Host extends string> =
  IsClean<Host> extends true
    ? never
    : Host extends `${infer Name}.`
      ? IsClean<Name> extends true
        ? 'origin-host-trailing-dot'
        : 'origin-host'
      : 'origin-host'

type CheckedTail<
  S extends string,
  Rest extends string,
  A extends string,
  X extends TypeContext,
> = Rest extends `${A}${infer Tail}`
  ? Tail extends '/' | `/${'?' | '#'}${string}`
    ? WriteIfKnown<'origin-trailing-slash', Corrected<S, X>>
    : Tail extends `?${string}`
      ? WriteIfKnown<'origin-query', Corrected<S, X>>
      : Tail extends `#${string}`
        ? WriteIfKnown<'origin-fragment', Corrected<S, X>>
        : WriteIfKnown<'origin-path', Corrected<S, X>>
  : never

/** Checks a well-formed entry against the rest of the policy. */
type CheckedMeaning<S extends string, Scheme extends string, Host extends string, X extends TypeContext> =
  AdmitsStrangers<Host, X> extends true
    ? WriteIfKnown<'origin-public-suffix', Corrected<S, X>>
    : AdmitsAnyHost<Scheme, Host, X> extends true
      ? Sentence<'origin-any-host'>
      : IsInsecure<Scheme, Host, X> extends true
        ? WriteIfKnown<'origin-insecure', Corrected<S, X>>
        : S
