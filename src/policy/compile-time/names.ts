import type { FORBIDDEN_REQUEST_NAMES } from '../../spec/names.ts'
import type { Words } from '../../spec/words.ts'
import type { IsLiteral, LeaveOut, Parts, Quoted, Sentence, Separator, Trim, Write } from './sentence.ts'

/** The options that are lists of names. */
export type NameOption = 'methods' | 'requestHeaders' | 'exposedHeaders'

/**
 * `methods`, `requestHeaders` or `exposedHeaders`: the value itself, or a sentence in place of each
 * wrong element.
 */
export type CheckedNames<K extends NameOption, V, Credentials extends boolean> = [K, Credentials, V] extends [
  'exposedHeaders',
  true,
  '*' | readonly ['*'],
]
  ? Sentence<'exposed-wildcard-credentials'>
  : CheckedList<K, V>

type CheckedList<K extends NameOption, V> = V extends undefined | '*' | readonly ['*']
  ? V
  : V extends readonly unknown[]
    ? { [I in keyof V]: CheckedName<K, V[I], V[number]> }
    : V extends null
      ? LeaveOut<'not-a-list'>
      : V extends string
        ? NotAList<V>
        : Sentence<'not-a-list'>

type NotAList<V extends string> =
  IsLiteral<V> extends true
    ? Parts<V> extends readonly []
      ? Sentence<'not-a-list'>
      : Sentence<'not-a-list', `: write [${Quoted<Parts<V>, ','>}]`>
    : Sentence<'not-a-list'>

type CheckedName<K extends NameOption, N, All> = N extends string
  ? IsLiteral<N> extends true
    ? N extends '*'
      ? [Extract<All, string>] extends [MayStandBeside<K>]
        ? N
        : LeaveOut<'wildcard-not-alone'>
      : K extends 'methods'
        ? Method<N>
        : HeaderForm<K, N>
    : N
  : N extends undefined | null
    ? LeaveOut<'name-not-a-string'>
    : N extends RegExp
      ? Sentence<'name-regexp'>
      : Sentence<'name-not-a-string'>

type MayStandBeside<K extends NameOption> = K extends 'requestHeaders' ? '*' | AnyCase<'Authorization'> : '*'

/** A word in the three cases in which it is written. */
type AnyCase<S extends string> = S | Lowercase<S> | Uppercase<S>

type Normalized = 'DELETE' | 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT'

type Method<N extends string> = N extends `${string}${Stray}${string}` | ''
  ? NoToken<'method-not-a-token', N, true>
  : Uppercase<N> extends 'CONNECT' | 'TRACE' | 'TRACK'
    ? LeaveOut<'method-forbidden'>
    : Uppercase<N> extends Normalized
      ? N extends Normalized
        ? N
        : Write<'method-case', Uppercase<N>>
      : N

type HeaderForm<K extends NameOption, N extends string> = N extends `${string}${Stray}${string}` | ''
  ? NoToken<'header-not-a-token', N, false>
  : N extends `${infer Head}*${infer Tail}`
    ? Tail extends ''
      ? Head extends ''
        ? Sentence<'header-pattern'>
        : Header<K, N, Lowercase<Head>>
      : Sentence<'header-pattern'>
    : Header<K, N, Lowercase<N>>

type Header<K extends NameOption, N extends string, L extends string> = K extends 'requestHeaders'
  ? L extends Words<typeof FORBIDDEN_REQUEST_NAMES> | `proxy-${string}` | `sec-${string}`
    ? LeaveOut<'request-header-forbidden'>
    : L extends `access-control-allow-${string}` | 'access-control-expose-headers' | 'access-control-max-age'
      ? LeaveOut<'request-header-of-responses'>
      : N
  : L extends 'set-cookie' | 'set-cookie2'
    ? LeaveOut<'exposed-header-forbidden'>
    : L extends 'origin' | 'access-control-request-method' | 'access-control-request-headers'
      ? LeaveOut<'exposed-header-of-requests'>
      : N

/** Characters that no token has. */
type Stray = Separator | '"' | '(' | ')' | '/' | ':' | '<' | '=' | '>' | '?' | '@' | '[' | '\\' | ']' | '{' | '}'

/**
 * The sentence for an entry that is not a token. Names that are joined are shown one by one. White
 * space around a name, and a colon after it, are dropped.
 */
type NoToken<C extends 'method-not-a-token' | 'header-not-a-token', N extends string, IsMethod extends boolean> =
  Parts<N> extends readonly []
    ? LeaveOut<C>
    : Parts<N> extends readonly [infer One extends string]
      ? One extends `${infer Bare}:`
        ? Bare extends `${string}${Stray | '*'}${string}` | ''
          ? Sentence<C>
          : Write<C, Spelled<Bare, IsMethod>>
        : One extends `${string}${Stray | '*'}${string}`
          ? Sentence<C>
          : Write<C, Spelled<Trim<One>, IsMethod>>
      : Parts<N>[number] extends infer Each
        ? (Each extends `${string}${Stray | '*'}${string}` ? true : never) extends never
          ? Sentence<'name-joined', `: write ${Quoted<SpelledEach<Parts<N>, IsMethod>, ', '>}`>
          : Sentence<C>
        : never

type Spelled<N extends string, IsMethod extends boolean> = IsMethod extends true
  ? Uppercase<N> extends Normalized
    ? Uppercase<N>
    : N
  : N

type SpelledEach<P extends readonly string[], IsMethod extends boolean> = { [I in keyof P]: Spelled<P[I], IsMethod> }
