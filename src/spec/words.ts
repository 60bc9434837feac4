/**
 * Lists of words are written as one text with spaces between, which is short, costs nothing when a module is loaded, and is a
 * union to the compiler all the same.
 */

/** The words of a text. */
export type Words<Text extends string, Found extends string = never> = Text extends `${infer First} ${infer Rest}`
  ? Words<Rest, Found | First>
  : Found | Text

/** Tells whether a text is one of the words of a list. */
export function isWordOf(list: string, text: string): boolean {
  return list.split(' ').includes(text)
}
