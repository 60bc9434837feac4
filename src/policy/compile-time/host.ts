import type { HostingSuffix, HostingZone, SecondLevel } from '../../spec/suffixes.ts'
import type { Words } from '../../spec/words.ts'
import type { Before } from './sentence.ts'

/** What stands before path, query and fragment. */
export type Authority<Rest extends string> = Before<Before<Before<Before<Rest, '/'>, '?'>, '#'>, '\\'>

/** The host of an authority. */
export type HostOf<A extends string> = A extends `[${infer Inner}]${string}` ? `[${Inner}]` : Before<A, ':'>

/** The port of an authority; never where it has none. */
export type PortOf<A extends string> = A extends `[${string}]${infer After}`
  ? After extends `:${infer Port}`
    ? Port
    : never
  : A extends `${string}:${infer Port}`
    ? Port
    : never

/** The port that a scheme's origins leave out. */
export type DefaultPort<Scheme extends string> = Scheme extends 'https' ? '443' : Scheme extends 'http' ? '80' : never

/** Tells whether a text is a port as browsers write it. */
export type IsPort<P extends string> = P extends `0${string}` | `-${string}`
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
export type IsFiveDigitPort<A, B, C, D, E> = E extends ''
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

export type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'

/** Tells whether a lower-case text is a scheme. */
export type IsScheme<S extends string> = S extends
  | ''
  | `${Digit | '+' | '-' | '.'}${string}`
  | `${string}${Exclude<Stray, '+'> | '_' | '*'}${string}`
  ? false
  : true

/** Tells whether a host with a `*` is digits and dots otherwise: `192.168.*`. */
export type IsAddressPattern<Host extends string> = Host extends `${string}${Digit}${string}` ? IsNumbers<Host> : false

type IsNumbers<S extends string> = S extends `${Digit | '.' | '*'}${infer Rest}`
  ? Rest extends ''
    ? true
    : IsNumbers<Rest>
  : false

/** Hosts that always name the user's own computer. */
export type Loopback = 'localhost' | `${string}.localhost` | '[::1]' | `127.${number}.${number}.${number}`

/** True and false for what the URL parser reads as an IPv4 address, 'name' for a name. */
export type IsAddress<Host extends string> = Host extends `${string}.${string}`
  ? LastLabel<Host> extends Numeric
    ? Host extends `${infer A}.${infer B}.${infer C}.${infer D}`
      ? [IsOctet<A>, IsOctet<B>, IsOctet<C>, IsOctet<D>] extends [true, true, true, true]
        ? true
        : false
      : false
    : 'name'
  : Host extends Numeric
    ? false
    : 'name'

type Numeric = `${number}` | `0x${string}`

/** Compares digit by digit with 255: the compiler does not count. */
type IsOctet<S extends string> = S extends `${infer A}${infer B}${infer C}`
  ? [A, B, C] extends ['1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9', Digit, '']
    ? true
    : [A, B, C] extends ['1', Digit, Digit] | ['2', '0' | '1' | '2' | '3' | '4', Digit]
      ? true
      : [A, B, C] extends ['2', '5', '0' | '1' | '2' | '3' | '4' | '5']
        ? true
        : false
  : S extends Digit
    ? true
    : false

/** What stands behind the last dot. */
export type LastLabel<S extends string> = S extends `${string}.${infer Rest}` ? LastLabel<Rest> : S

/** Tells whether a host is made of label characters, none of its labels empty. */
export type IsClean<Host extends string> = Host extends Unclean ? false : true

/** What no host looks like. */
export type Unclean = '' | `${string}${Stray}${string}` | `.${string}` | `${string}.` | `${string}..${string}`

/** Characters that no label of a host holds. */
export type Stray = ' ' | Words<`! " # $ % & ' ( ) + , / : ; < = > ? @ [ \\ ] ^ \` { | } ~`>

/** The letters beyond ASCII that host names are most often written with. */
export type Foreign = Words<'ä ö ü ß é è ê à á â ç ñ ó ô í ú å ø æ ş ğ ı ł ę ż š č ž ř õ ã'>

/** What the rest of a policy says, as far as the compiler knows. */
export interface TypeContext {
  readonly credentials: boolean
  readonly insecure: boolean
  readonly suffixes: boolean
}

/** Tells whether strangers can have an origin that a pattern matches. */
export type AdmitsStrangers<Host extends string, X extends TypeContext> = X['suffixes'] extends true
  ? false
  : Host extends `${string}*${string}`
    ? Host extends OfOneSite | `${string}.localhost`
      ? false
      : Host extends `${string}.${infer Base}`
        ? IsPublicSuffix<Base>
        : false
    : false

/** Tells whether an entry allows any app or extension of a scheme where that is not to be had by accident. */
export type AdmitsAnyHost<Scheme extends string, Host extends string, X extends TypeContext> = Host extends '*'
  ? X['suffixes'] extends true
    ? false
    : Scheme extends 'chrome-extension'
      ? true
      : X['credentials']
  : false

/** Tells whether strangers can register names below a host, as far as the short lists know. */
export type IsPublicSuffix<Base extends string> = Base extends `${infer First}.${infer Rest}`
  ? Base extends HostingSuffix | `blogspot.${string}`
    ? true
    : IsInZone<Rest> extends true
      ? true
      : First extends SecondLevel
        ? IsTwoLetters<Rest>
        : false
  : true

/** What follows the first label is a host under which that label names a region, or the next two or three do. */
type IsInZone<Rest extends string> =
  Rest extends HostingZone<'*'>
    ? true
    : Rest extends `${string}.${infer Second}`
      ? Second extends HostingZone<'**'>
        ? true
        : Second extends `${string}.${infer Third}`
          ? Third extends HostingZone<'***'>
            ? true
            : false
          : false
      : false

/** A pattern that holds the name of one site behind the joint of its platform. */
type OfOneSite = `${string}*${string}--${string}.netlify.app` | `${string}*${string}---${string}.run.app`

export type IsTwoLetters<S extends string> = S extends `${infer _}${infer Second}${infer Rest}`
  ? Rest extends ''
    ? Second extends '' | '.'
      ? false
      : true
    : false
  : false

/** Tells whether an origin lets whoever controls the network read what belongs to a user. */
export type IsInsecure<
  Scheme extends string,
  Host extends string,
  X extends TypeContext,
> = X['credentials'] extends true
  ? X['insecure'] extends true
    ? false
    : Scheme extends 'http'
      ? Host extends Loopback
        ? false
        : true
      : false
  : false
