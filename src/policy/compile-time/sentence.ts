import type { IssueCode, Sentences } from '../catalogue.ts'

/**
 * A message of the compiler: a string-literal type that no value has, so the compiler prints its
 * text under the value. The words are those of the catalogue, taken from its type.
 */
export type Sentence<C extends IssueCode, Remedy extends string = ''> = `✖ ${Sentences[C]}${Remedy}`

/** A sentence with the corrected text. */
export type Write<C extends IssueCode, Text extends string> = Sentence<C, `: write "${Text}"`>

/** A sentence with the corrected number or boolean. */
export type WriteBare<C extends IssueCode, Value extends number | boolean> = Sentence<C, `: write ${Value}`>

/** A sentence about a value that is to be left out. */
export type LeaveOut<C extends IssueCode> = Sentence<C, ': leave it out'>

/** A sentence about a value that came from an unset variable. */
export type SetIt<C extends IssueCode> = Sentence<C, ': set it, or leave this entry out'>

/** A sentence with the corrected text, where there is one. */
export type WriteIfKnown<C extends IssueCode, Text> = [Text] extends [never]
  ? Sentence<C>
  : Text extends string
    ? Write<C, Text>
    : Sentence<C>

/**
 * Tells whether a text is a literal. `string` and `` `https://${string}` `` are not, because their
 * values are known only at run time.
 */
export type IsLiteral<S extends string> = string extends S ? false : Empty extends Record<S, 1> ? false : true

/**
 * The type without properties. A record keyed by a pattern such as `https://${string}` demands no
 * property and accepts it. A record keyed by a literal does not.
 */
type Empty = Record<never, never>

/** Tells whether a type is `any`, which cannot be checked. */
export type IsAny<V> = 0 extends 1 & V ? true : false

/** The text before the first occurrence of a character. */
export type Before<S extends string, C extends string> = S extends `${infer Head}${C}${string}` ? Head : S

/** A text without white space around it. */
export type Trim<S extends string> = S extends `${Space}${infer Rest}`
  ? Trim<Rest>
  : S extends `${infer Rest}${Space}`
    ? Trim<Rest>
    : S

/** White space. */
export type Space = ' ' | '\t' | '\n'

/** Characters that join several values in one text. */
export type Separator = Space | ',' | ';'

/** The values that are joined in one text. */
export type Parts<S extends string> = SplitEach<SplitEach<SplitEach<SplitEach<[S], ','>, ' '>, ';'>, '\n'>

type SplitEach<Texts extends readonly string[], C extends string> = Texts extends readonly [
  infer Head extends string,
  ...infer Rest extends readonly string[],
]
  ? [...Split<Head, C>, ...SplitEach<Rest, C>]
  : []

type Split<S extends string, C extends string> = S extends `${infer Head}${C}${infer Rest}`
  ? Head extends ''
    ? Split<Rest, C>
    : [Head, ...Split<Rest, C>]
  : S extends ''
    ? []
    : [S]

/**
 * Texts in quotes, joined by `Glue`. The list has no bound, because TypeScript 5.0 does not see that
 * a mapped tuple is a list.
 */
export type Quoted<Texts, Glue extends string> = Texts extends readonly [
  infer Head extends string,
  ...infer Rest extends readonly unknown[],
]
  ? Rest extends readonly []
    ? `"${Head}"`
    : `"${Head}"${Glue}${Quoted<Rest, Glue>}`
  : ''
