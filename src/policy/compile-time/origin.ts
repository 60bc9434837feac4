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
import type { IsLiteral, LeaveOut, Parts, Quoted, Sentence, Separator, Space, Trim, WriteIfKnown } from './sentence.ts'

/** An entry of `origins`: itself, or the sentence that says what is wrong with it. */
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
    ? LeaveOut<'origin-empty'>
    : S extends RegExp
      ? Sentence<'origin-regexp'>
      : Sentence<'origin-not-a-string'>

/** What the commonest of entries, a plain https: origin, does not hold: a long list is checked quickly for it. */
type NotSimple =
  | Unclean
  | `${string}${Separator | '/' | '?' | '\\' | '*' | Foreign}${string}`
  | `${string}.${number}`
  | `${number}`
  | 'undefined'

/** Defects that leave nothing to take apart. */
type CheckedText<S extends string, X extends TypeContext> =
  Trim<S> extends ''
    ? LeaveOut<'origin-empty'>
    : S extends 'undefined' | '[object Object]'
      ? LeaveOut<'origin-unset'>
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

/** The first defect in the order in which they are read; the correction repairs them all. */
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
                      ? LeaveOut<'origin-unset'>
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

/** A code for what is wrong with a host, or never. */
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

/** What a well-formed entry means next to the rest of the policy. */
type CheckedMeaning<S extends string, Scheme extends string, Host extends string, X extends TypeContext> =
  AdmitsStrangers<Host, X> extends true
    ? WriteIfKnown<'origin-public-suffix', Corrected<S, X>>
    : AdmitsAnyHost<Scheme, Host, X> extends true
      ? Sentence<'origin-any-host'>
      : IsInsecure<Scheme, Host, X> extends true
        ? WriteIfKnown<'origin-insecure', Corrected<S, X>>
        : S
