import type { IssueCode, Sentences } from '../catalogue.ts'

/**
 * What the compiler says: a string-literal type that no value has, so that its text is printed where the value stands.
 * The words are the catalogue's own, by their type; a sentence that changes there changes here.
 */
export type Sentence<C extends IssueCode, Remedy extends string = ''> = `✖ ${Sentences[C]}${Remedy}`

/** Says a sentence and the corrected text. */
export type Write<C extends IssueCode, Text extends string> = Sentence<C, `: write "${Text}"`>

/** Says a sentence and the corrected number or truth value. */
export type WriteBare<C extends IssueCode, Value extends number | boolean> = Sentence<C, `: write ${Value}`>

/** Says that a value has no place where it stands. */
export type LeaveOut<C extends IssueCode> = Sentence<C, ': leave it out'>

/** Says a sentence and, where a correction is known, the correction. */
export type WriteIfKnown<C extends IssueCode, Text> = [Text] extends [never]
  ? Sentence<C>
  : Text extends string
    ? Write<C, Text>
    : Sentence<C>

/** Tells a text that stands in the source from one that is known at run time only: `string`, `` `https://${string}` ``. */
export type IsLiteral<S extends string> = string extends S ? false : Empty extends Record<S, 1> ? false : true

/** Fits a record of a pattern such as `https://${string}`, which demands no key, and of no single text. */
type Empty = Record<never, never>

/** Tells whether a type is `any`, which nothing can be said about. */
export type IsAny<V> = 0 extends 1 & V ? true : false

/** What stands before the first of a character. */
export type Before<S extends string, C extends string> = S extends `${infer Head}${C}${string}` ? Head : S

/** A text without the white space around it. */
export type Trim<S extends string> = S extends `${Space}${infer Rest}`
  ? Trim<Rest>
  : S extends `${infer Rest}${Space}`
    ? Trim<Rest>
    : S

/** White space. */
export type Space = ' ' | '\t' | '\n'

/** What joins several values in one text. */
export type Separator = Space | ',' | ';'

/** The parts of a text with several values in it. */
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

/** Writes texts between quotes with commas between them. */
export type Quoted<Texts extends readonly string[], Glue extends string> = Texts extends readonly [
  infer Head extends string,
  ...infer Rest extends readonly string[],
]
  ? Rest extends readonly []
    ? `"${Head}"`
    : `"${Head}"${Glue}${Quoted<Rest, Glue>}`
  : ''
