import type { Corrected, CorrectedEach } from './checked-correction.ts'
import type {
  Authority,
  DefaultPort,
  Foreign,
  HostOf,
  IsAddress,
  IsAddressPattern,
  IsClean,
  IsPort,
  IsScheme,
  Loopback,
  PortOf,
  Unclean,
} from './checked-host.ts'
import type { AdmitsAnyHost, AdmitsStrangers, IsInsecure, TypeContext } from './checked-meaning.ts'
import type { IsLiteral, LeaveOut, Parts, Quoted, Say, Separator, Space, Trim, WriteIfKnown } from './say.ts'
import type { Slip } from './schemes.ts'

/** An entry of `origins`: itself, or the sentence that says what is wrong with it. */
export type CheckedOrigin<S, X extends TypeContext> = S extends string
  ? IsLiteral<S> extends true
    ? S extends `https://${infer Host}`
      ? Host extends NotPlain
        ? Whole<S, X>
        : S extends Lowercase<S>
          ? S
          : Whole<S, X>
      : Whole<S, X>
    : S
  : S extends undefined | null
    ? LeaveOut<'origin-empty'>
    : S extends RegExp
      ? Say<'origin-regexp'>
      : Say<'origin-not-a-string'>

/** What the commonest of entries, a plain https: origin, does not hold: a long list is checked quickly for it. */
type NotPlain =
  | Unclean
  | `${string}${Separator | '/' | '?' | '\\' | '*' | Foreign}${string}`
  | `${string}.${number}`
  | `${number}`
  | 'undefined'

/** Defects that leave nothing to take apart. */
type Whole<S extends string, X extends TypeContext> =
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
              ? Say<'origin-joined'>
              : S extends `${string}${Separator}${string}`
                ? Joined<Parts<S>, X>
                : S extends `${infer Scheme}://${infer Rest}`
                  ? Taken<S, Scheme, Rest, Authority<Rest>, X>
                  : WithoutScheme<S, X>

type Joined<P extends readonly string[], X extends TypeContext> = P extends readonly [infer One extends string]
  ? WriteIfKnown<'origin-joined', Corrected<One, X>>
  : Say<'origin-joined', `: write ${Quoted<CorrectedEach<P, X>, ', '>}`>

type WithoutScheme<S extends string, X extends TypeContext> = WriteIfKnown<'origin-without-scheme', Corrected<S, X>>

/** The first defect in the order in which they are read; the correction repairs them all. */
type Taken<S extends string, Scheme extends string, Rest extends string, A extends string, X extends TypeContext> =
  Scheme extends Lowercase<Scheme>
    ? Scheme extends 'file'
      ? LeaveOut<'origin-file'>
      : IsScheme<Scheme> extends false
        ? Say<'origin-scheme'>
        : Scheme extends Slip
          ? WriteIfKnown<'origin-scheme-never-sent', Corrected<S, X>>
          : A extends `${string}@${string}`
            ? WriteIfKnown<'origin-user', Corrected<S, X>>
            : Ported<S, Scheme, HostOf<A>, PortOf<A>, X> extends infer Defect
              ? [Defect] extends [never]
                ? Hosted<S, HostOf<A>> extends infer HostDefect
                  ? [HostDefect] extends [never]
                    ? Rest extends A
                      ? Meant<S, Scheme, HostOf<A>, X>
                      : Tailed<S, Rest, A, X>
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

type Ported<
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
type Hosted<S extends string, Host extends string> =
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
            : PlainHost<Host>
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

type PlainHost<Host extends string> =
  IsClean<Host> extends true
    ? never
    : Host extends `${infer Name}.`
      ? IsClean<Name> extends true
        ? 'origin-host-trailing-dot'
        : 'origin-host'
      : 'origin-host'

type Tailed<
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
type Meant<S extends string, Scheme extends string, Host extends string, X extends TypeContext> =
  AdmitsStrangers<Host, X> extends true
    ? WriteIfKnown<'origin-public-suffix', Corrected<S, X>>
    : AdmitsAnyHost<Scheme, Host, X> extends true
      ? Say<'origin-any-host'>
      : IsInsecure<Scheme, Host, X> extends true
        ? WriteIfKnown<'origin-insecure', Corrected<S, X>>
        : S
