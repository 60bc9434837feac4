import type { Before, IsLiteral, LeaveOut, Parts, Quoted, Say, Separator, Space, Trim, WriteIfKnown } from './say.ts'
import type { SLIPS } from './schemes.ts'
import type { HOSTING_SUFFIXES, SECOND_LEVELS } from './suffixes.ts'

/** What the rest of a policy says, as far as the compiler knows. */
export interface TypeContext {
  readonly credentials: boolean
  readonly insecure: boolean
  readonly suffixes: boolean
}

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
            : S extends `${string}${Separator}${string}`
              ? Joined<Parts<S>, X>
              : S extends `${infer Scheme}://${infer Rest}`
                ? Taken<S, Scheme, Rest, Authority<Rest>, X>
                : WithoutScheme<S, X>

type Joined<P extends readonly string[], X extends TypeContext> = P extends readonly [infer One extends string]
  ? WriteIfKnown<'origin-joined', Corrected<One, X>>
  : Say<'origin-joined', `: write ${Quoted<CorrectedEach<P, X>, ', '>}`>

/** A list in which every text is corrected that can be. */
export type CorrectedEach<P extends readonly string[], X extends TypeContext> = {
  [I in keyof P]: [Corrected<P[I], X>] extends [never] ? P[I] : Corrected<P[I], X>
}

type WithoutScheme<S extends string, X extends TypeContext> = WriteIfKnown<'origin-without-scheme', Corrected<S, X>>

type Authority<Rest extends string> = Before<Before<Before<Before<Rest, '/'>, '?'>, '#'>, '\\'>

/** The first defect in the order in which they are read; the correction repairs them all. */
type Taken<S extends string, Scheme extends string, Rest extends string, A extends string, X extends TypeContext> =
  Scheme extends Lowercase<Scheme>
    ? Scheme extends 'file'
      ? LeaveOut<'origin-file'>
      : Scheme extends keyof typeof SLIPS
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

type HostOf<A extends string> = A extends `[${infer Inner}]${string}` ? `[${Inner}]` : Before<A, ':'>

type PortOf<A extends string> = A extends `[${string}]${infer After}`
  ? After extends `:${infer Port}`
    ? Port
    : never
  : A extends `${string}:${infer Port}`
    ? Port
    : never

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

type DefaultPort<Scheme extends string> = Scheme extends 'https' ? '443' : Scheme extends 'http' ? '80' : never

type IsPort<P extends string> = P extends `0${string}` | `-${string}`
  ? false
  : P extends `${infer N extends number}`
    ? `${N}` extends P
      ? P extends `${infer A}${infer B}${infer C}${infer D}${infer E}`
        ? IsFiveDigitPort<A, B, C, D, E>
        : P extends `${string}.${string}`
          ? false
          : true
      : false
    : false

/** Compares digit by digit with 65535: the compiler does not count. */
type IsFiveDigitPort<A, B, C, D, E> = E extends ''
  ? true
  : E extends Digit
    ? A extends '1' | '2' | '3' | '4' | '5'
      ? true
      : [A, B] extends ['6', '0' | '1' | '2' | '3' | '4']
        ? true
        : [A, B, C] extends ['6', '5', '0' | '1' | '2' | '3' | '4']
          ? true
          : [A, B, C, D] extends ['6', '5', '5', '0' | '1' | '2']
            ? true
            : [A, B, C, D, E] extends ['6', '5', '5', '3', '0' | '1' | '2' | '3' | '4' | '5']
              ? true
              : false
    : false

type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'

type Loopback = 'localhost' | `${string}.localhost` | '[::1]' | `127.${number}.${number}.${number}`

/** A code for what is wrong with a host, or never. */
type Hosted<S extends string, Host extends string> =
  Host extends Lowercase<Host> ? HostShape<S, Host> : 'origin-upper-case'

type HostShape<S extends string, Host extends string> = Host extends 'undefined'
  ? 'origin-unset'
  : Host extends `${string}${Foreign}${string}`
    ? 'origin-host-unicode'
    : Host extends `${string}*${infer After}`
      ? After extends `${string}*${string}`
        ? 'origin-pattern'
        : Host extends `${string}.${string}*${string}`
          ? 'origin-pattern'
          : After extends `${string}.${string}`
            ? IsClean<Host> extends true
              ? S extends `http${'s' | ''}://${string}`
                ? never
                : 'origin-pattern-scheme'
              : 'origin-host'
            : 'origin-pattern'
      : Host extends `[${string}]`
        ? never
        : S extends `http${'s' | ''}://${string}`
          ? IsAddress<Host> extends false
            ? 'origin-address'
            : PlainHost<Host>
          : PlainHost<Host>

type PlainHost<Host extends string> =
  IsClean<Host> extends true
    ? never
    : Host extends `${infer Name}.`
      ? IsClean<Name> extends true
        ? 'origin-host-trailing-dot'
        : 'origin-host'
      : 'origin-host'

/** True and false for what the URL parser reads as an IPv4 address, null for a name. */
type IsAddress<Host extends string> = Host extends `${number}.${number}.${number}.${number}`
  ? Host extends `${string}.0${Digit}${string}` | `0${Digit}${string}`
    ? false
    : true
  : Host extends `${string}.${infer Last}`
    ? LastLabel<Last> extends `${number}`
      ? false
      : null
    : Host extends `${number}`
      ? false
      : null

type LastLabel<S extends string> = S extends `${string}.${infer Rest}` ? LastLabel<Rest> : S

/** Tells whether a host is made of label characters, its labels neither empty nor ending in a hyphen. */
type IsClean<Host extends string> = Host extends Unclean ? false : true

type Unclean =
  | ''
  | `${string}${Stray}${string}`
  | `.${string}`
  | `${string}.`
  | `${string}..${string}`
  | `-${string}`
  | `${string}-`
  | `${string}.-${string}`
  | `${string}-.${string}`

type Stray =
  | '!'
  | '"'
  | '#'
  | '$'
  | '%'
  | '&'
  | "'"
  | '('
  | ')'
  | '+'
  | ':'
  | '<'
  | '='
  | '>'
  | '@'
  | '['
  | ']'
  | '^'
  | '`'
  | '{'
  | '|'
  | '}'
  | '~'

/** The letters beyond ASCII that host names are most often written with. */
type Foreign =
  | 'ä'
  | 'ö'
  | 'ü'
  | 'ß'
  | 'é'
  | 'è'
  | 'ê'
  | 'à'
  | 'á'
  | 'â'
  | 'ç'
  | 'ñ'
  | 'ó'
  | 'ô'
  | 'í'
  | 'ú'
  | 'å'
  | 'ø'
  | 'æ'
  | 'ş'
  | 'ğ'
  | 'ı'
  | 'ł'
  | 'ę'
  | 'ż'
  | 'š'
  | 'č'
  | 'ž'
  | 'ř'
  | 'õ'
  | 'ã'

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
    : IsInsecure<Scheme, Host, X> extends true
      ? WriteIfKnown<'origin-insecure', Corrected<S, X>>
      : S

type AdmitsStrangers<Host extends string, X extends TypeContext> = X['suffixes'] extends true
  ? false
  : Host extends `${string}*${string}`
    ? Host extends `${string}.${infer Base}`
      ? IsPublicSuffix<Base>
      : false
    : false

type IsPublicSuffix<Base extends string> = Base extends `${infer First}.${infer Rest}`
  ? Base extends (typeof HOSTING_SUFFIXES)[number]
    ? true
    : First extends (typeof SECOND_LEVELS)[number]
      ? IsTwoLetters<Rest>
      : false
  : true

type IsTwoLetters<S extends string> = S extends `${infer _}${infer Second}${infer Rest}`
  ? Rest extends ''
    ? Second extends '' | '.'
      ? false
      : true
    : false
  : false

type IsInsecure<Scheme extends string, Host extends string, X extends TypeContext> = X['credentials'] extends true
  ? X['insecure'] extends true
    ? false
    : Scheme extends 'http'
      ? Host extends Loopback
        ? false
        : true
      : false
  : false

/** The corrected entry, all its defects repaired; never where the run time has to find it. */
export type Corrected<S extends string, X extends TypeContext> = S extends `${infer Scheme}://${infer Rest}`
  ? Spelled<
      Lowercase<Scheme> extends keyof typeof SLIPS ? (typeof SLIPS)[Lowercase<Scheme>] : Lowercase<Scheme>,
      Lowercase<Authority<Rest>>,
      X
    >
  : S extends `//${infer Rest}`
    ? Guessed<Rest, X>
    : S extends `http${'s' | ''}:${string}`
      ? S extends `${infer Scheme}:${infer Rest}`
        ? Spelled<Scheme, Lowercase<Authority<WithoutSlashes<Rest>>>, X>
        : never
      : S extends `http${'s' | ''}//${infer Rest}`
        ? Guessed<Rest, X>
        : Guessed<S, X>

type Guessed<S extends string, X extends TypeContext> = Spelled<
  HostOf<Lowercase<Authority<S>>> extends Loopback ? 'http' : 'https',
  Lowercase<Authority<S>>,
  X
>

type WithoutSlashes<S extends string> = S extends `/${infer Rest}` ? WithoutSlashes<Rest> : S

type Spelled<Scheme extends string, A extends string, X extends TypeContext> = A extends `${string}@${infer Behind}`
  ? Spelled<Scheme, Behind, X>
  : HostWritten<HostOf<A>, Scheme> extends infer Host extends string
    ? PortWritten<Scheme, Host, PortOf<A>> extends infer Port extends string
      ? AdmitsStrangers<Host, X> extends true
        ? never
        : IsInsecure<Scheme, Host, X> extends true
          ? Port extends ':443'
            ? `https://${Host}`
            : `https://${Host}${Port}`
          : `${Scheme}://${Host}${Port}`
      : never
    : never

/** A host as it is to be written, where the compiler can tell. */
type HostWritten<Host extends string, Scheme extends string> = Host extends `${string}*${string}`
  ? Scheme extends 'https' | 'http'
    ? PatternWritten<Host>
    : never
  : Host extends `.${infer Rest}`
    ? HostWritten<`*.${Rest}`, Scheme>
    : Host extends `${infer Name}.`
      ? Known<Name>
      : Known<Host>

type PatternWritten<Host extends string> = Host extends `*.*.${infer Rest}`
  ? PatternWritten<`*.${Rest}`>
  : Host extends `*${infer Name}.${infer Rest}`
    ? Name extends ''
      ? Known<Host>
      : Rest extends `${string}.${string}`
        ? Known<Host>
        : Known<`*.${Name}.${Rest}`>
    : Known<Host>

type Known<Host extends string> = Host extends `[${string}]`
  ? Host extends '[::1]'
    ? Host
    : never
  : IsClean<Host> extends true
    ? Host extends
        | `${string}${Foreign}${string}`
        | `${string}*${string}*${string}`
        | `${string}.${string}*${string}`
        | 'undefined'
      ? never
      : Host extends `${string}*${infer After}`
        ? After extends `${string}.${string}`
          ? Host
          : never
        : IsAddress<Host> extends false
          ? never
          : Host
    : never

type PortWritten<Scheme extends string, Host extends string, Port extends string> = [Port] extends [never]
  ? ''
  : Port extends ''
    ? ''
    : Port extends '*'
      ? Host extends Loopback
        ? ':*'
        : ''
      : IsPort<Port> extends true
        ? Port extends DefaultPort<Scheme>
          ? ''
          : `:${Port}`
        : never
