import type { LeaveOut, Sentence, Write, WriteBare } from './sentence.ts'

/** An option that is true or false. */
export type CheckedBoolean<V> = V extends boolean | undefined
  ? V
  : V extends null
    ? LeaveOut<'not-a-boolean'>
    : V extends 'true' | 'TRUE' | 'True' | 1
      ? WriteBare<'not-a-boolean', true>
      : V extends 'false' | 'FALSE' | 'False' | 0
        ? WriteBare<'not-a-boolean', false>
        : Sentence<'not-a-boolean'>

/** `maxAge`. */
export type CheckedMaxAge<V> = V extends undefined
  ? V
  : V extends null
    ? LeaveOut<'max-age-not-whole-seconds'>
    : V extends number
      ? number extends V
        ? V
        : IsSeconds<`${V}`> extends true
          ? V
          : Corrected<`${V}`>
      : V extends `${infer N extends number}`
        ? `${N}` extends V
          ? IsSeconds<V> extends true
            ? WriteBare<'max-age-not-whole-seconds', N>
            : Corrected<V>
          : Sentence<'max-age-not-whole-seconds'>
        : Sentence<'max-age-not-whole-seconds'>

type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'

/** Compares digit by digit with 86400, because the compiler does not compare numbers. */
type IsSeconds<T extends string> = T extends
  | `-${string}`
  | `${string}.${string}`
  | `${string}e${string}`
  | `${string}n${string}`
  ? false
  : T extends `${infer A}${infer B}${infer C}${infer D}${infer E}`
    ? E extends ''
      ? true
      : E extends Digit
        ? A extends '1' | '2' | '3' | '4' | '5' | '6' | '7'
          ? true
          : [A, B] extends ['8', '0' | '1' | '2' | '3' | '4' | '5']
            ? true
            : [A, B, C] extends ['8', '6', '0' | '1' | '2' | '3']
              ? true
              : [A, B, C, D, E] extends ['8', '6', '4', '0', '0']
                ? true
                : false
        : false
    : true

type Corrected<T extends string> = T extends `-${string}`
  ? WriteBare<'max-age-not-whole-seconds', 0>
  : T extends `${infer Whole}.${string}`
    ? IsSeconds<Whole> extends true
      ? Whole extends `${infer N extends number}`
        ? WriteBare<'max-age-not-whole-seconds', N>
        : never
      : WriteBare<'max-age-not-whole-seconds', 86400>
    : T extends `${string}e-${string}`
      ? WriteBare<'max-age-not-whole-seconds', 0>
      : WriteBare<'max-age-not-whole-seconds', 86400>

/** `preflightStatus`. */
export type CheckedStatus<V> = V extends 200 | 204 | undefined
  ? V
  : number extends V
    ? 200 | 204
    : WriteBare<'preflight-status', V extends '200' ? 200 : 204>

/** `refused`. */
export type CheckedRefused<V> = V extends 'pass' | 'forbid' | undefined
  ? V
  : V extends null
    ? LeaveOut<'refused-value'>
    : string extends V
      ? 'pass' | 'forbid'
      : Write<'refused-value', V extends string ? (Lowercase<V> extends 'pass' ? 'pass' : 'forbid') : 'forbid'>
