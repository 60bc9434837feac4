/**
 * A list of words is one text with spaces. That is short, costs nothing when the module loads, and
 * the compiler can turn it into a union.
 */

/** The words of a text, as a union. */
export type Words<
  Text extends string,
  Separator extends string = ' ',
  Found extends string = never,
> = Text extends `${infer First}${Separator}${infer Rest}` ? Words<Rest, Separator, Found | First> : Found | Text

/** Tells whether a text is one of the words of a list. */
export function isWordOf(list: string, text: string): boolean {
  return list.split(' ').includes(text)
}
