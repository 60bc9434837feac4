import type { MistypedFor } from '../check/host.ts'
import type {
  AdmitsStrangers,
  Authority,
  DefaultPort,
  Foreign,
  HostOf,
  IsAddress,
  IsClean,
  IsInsecure,
  IsPort,
  IsScheme,
  Loopback,
  PortOf,
  TypeContext,
} from './host.ts'

/**
 * The corrected entry with all its defects repaired, or never where only the run time can correct
 * it. `'HTTPS://A.com:443/x'` gives `'https://a.com'`.
 *
 * It follows `correctOrigin` in three steps: find the scheme, or guess it (`Corrected`); split the
 * authority (`Spelled`); write host and port (`HostWritten`, `PortWritten`). Each step is never if
 * the compiler is not sure, because a wrong correction is worse than none: for Punycode, for
 * instance, it would need tables.
 */
export type Corrected<S extends string, X extends TypeContext> = S extends `${infer Scheme}://${infer Rest}`
  ? IsScheme<Lowercase<Scheme>> extends false
    ? never
    : Spelled<
        Lowercase<Scheme> extends MistypedFor<'http'>
          ? 'http'
          : Lowercase<Scheme> extends MistypedFor<'https'>
            ? 'https'
            : Lowercase<Scheme>,
        Lowercase<Authority<Rest>>,
        X
      >
  : S extends NoAddress
    ? never
    : S extends `//${infer Rest}`
      ? Guessed<Rest, X>
      : S extends `http${'s' | ''}:${string}`
        ? S extends `${infer Scheme}:${infer Rest}`
          ? Spelled<Scheme, Lowercase<Authority<WithoutSlashes<Rest>>>, X>
          : never
        : S extends `http${'s' | ''}//${infer Rest}`
          ? Guessed<Rest, X>
          : Guessed<S, X>

/** URLs without a host, and variables written in place of their values. */
type NoAddress =
  | `${'data' | 'blob' | 'about' | 'javascript' | 'mailto'}:${string}`
  | `${'process' | 'import.meta' | 'Deno' | 'Bun'}.env${string}`

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

/** The host of the corrected entry, or never where the compiler cannot tell it. */
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
        | `xn--${string}`
        | `${string}.xn--${string}`
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
      ? Host extends `${string}*${string}`
        ? never
        : Host extends Loopback
          ? ':*'
          : ''
      : IsPort<Port> extends true
        ? Port extends DefaultPort<Scheme>
          ? ''
          : `:${Port}`
        : never

/** The texts of a list, each corrected where it can be. */
export type CorrectedEach<P extends readonly string[], X extends TypeContext> = {
  [I in keyof P]: [Corrected<P[I], X>] extends [never] ? P[I] : Corrected<P[I], X>
}
