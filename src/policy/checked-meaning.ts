import type { HostingSuffix, HostingZone, SecondLevel } from '../spec/suffixes.ts'
import type { Loopback } from './checked-host.ts'

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
