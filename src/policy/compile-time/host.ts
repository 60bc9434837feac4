import type { HostingSuffix, HostingZone, SecondLevel } from '../../spec/suffixes.ts'
import type { Words } from '../../spec/words.ts'
import type { Before } from './sentence.ts'

/** The authority of a URL: the text before path, query and fragment. */
export type Authority<Rest extends string> = Before<Before<Before<Before<Rest, '/'>, '?'>, '#'>, '\\'>

/** The host of an authority. */
export type HostOf<A extends string> = A extends `[${infer Inner}]${string}` ? `[${Inner}]` : Before<A, ':'>

/** The port of an authority, or never without one. */
export type PortOf<A extends string> = A extends `[${string}]${infer After}`
  ? After extends `:${infer Port}`
    ? Port
    : never
  : A extends `${string}:${infer Port}`
    ? Port
    : never

/** The port that origins of a scheme leave out. */
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

/** Compares digit by digit with 65535, because the compiler does not compare numbers. */
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

export type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'

/** Tells whether a lower-case text is a scheme. */
export type IsScheme<S extends string> = S extends
  | ''
  | `${Digit | '+' | '-' | '.'}${string}`
  | `${string}${Exclude<Stray, '+'> | '_' | '*'}${string}`
  ? false
  : true

/** Tells whether a host with a `*` has only digits and dots besides: `192.168.*`. */
export type IsAddressPattern<Host extends string> = Host extends `${string}${Digit}${string}` ? IsNumbers<Host> : false

type IsNumbers<S extends string> = S extends `${Digit | '.' | '*'}${infer Rest}`
  ? Rest extends ''
    ? true
    : IsNumbers<Rest>
  : false

/** Hosts that always name the user's own computer. */
export type Loopback = 'localhost' | `${string}.localhost` | '[::1]' | `127.${number}.${number}.${number}`

/**
 * True for a valid IPv4 address, false for an invalid one, 'name' for a host that the URL parser
 * does not read as an address.
 */
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

/** Compares digit by digit with 255, because the compiler does not compare numbers. */
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

/** The text after the last dot. */
type LastLabel<S extends string> = S extends `${string}.${infer Rest}` ? LastLabel<Rest> : S

/** Tells whether a host has only characters of labels, and no empty label. */
export type IsClean<Host extends string> = Host extends Unclean ? false : true

/** Texts that are not hosts. */
export type Unclean = '' | `${string}${Stray}${string}` | `.${string}` | `${string}.` | `${string}..${string}`

/** Characters that no label has. */
export type Stray = ' ' | Words<`! " # $ % & ' ( ) + , / : ; < = > ? @ [ \\ ] ^ \` { | } ~`>

/** The letters beyond ASCII that are most frequent in host names. */
export type Foreign = Words<'ä ö ü ß é è ê à á â ç ñ ó ô í ú å ø æ ş ğ ı ł ę ż š č ž ř õ ã'>

/** The options on which the check of an origin depends, as far as the compiler knows them. */
export interface TypeContext {
  readonly credentials: boolean
  readonly insecure: boolean
  readonly suffixes: boolean
}

/** Tells whether a stranger can own an origin that a pattern matches. See `admitsStrangers`. */
export type AdmitsStrangers<Host extends string, X extends TypeContext> = X['suffixes'] extends true
  ? false
  : Host extends `${string}*${string}`
    ? Host extends OfOneSite | `${string}.localhost`
      ? false
      : Host extends `${string}.${infer Base}`
        ? IsPublicSuffix<Base>
        : false
    : false

/**
 * Tells whether an entry matches any app or extension where that is dangerous. See `admitsAnyHost`.
 */
export type AdmitsAnyHost<Scheme extends string, Host extends string, X extends TypeContext> = Host extends '*'
  ? X['suffixes'] extends true
    ? false
    : Scheme extends 'chrome-extension'
      ? true
      : X['credentials']
  : false

/**
 * Tells whether anyone can register a name below a host, according to the short lists of the core.
 */
type IsPublicSuffix<Base extends string> = Base extends `${infer First}.${infer Rest}`
  ? Base extends HostingSuffix | `blogspot.${string}`
    ? true
    : IsInZone<Rest> extends true
      ? true
      : First extends SecondLevel
        ? IsTwoLetters<Rest>
        : false
  : true

/** Tells whether the first one, two or three labels of a host are regions of a hosting platform. */
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

/**
 * A pattern with the name of one site before the separator of its platform:
 * `*--my-site.netlify.app`.
 */
type OfOneSite = `${string}*${string}--${string}.netlify.app` | `${string}*${string}---${string}.run.app`

type IsTwoLetters<S extends string> = S extends `${infer _}${infer Second}${infer Rest}`
  ? Rest extends ''
    ? Second extends '' | '.'
      ? false
      : true
    : false
  : false

/**
 * Tells whether an origin lets an attacker on the network read a user's data. See
 * `isInsecureEntry`.
 */
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
