// Rules for comments: examples are fenced, errors stand in braces, lines are short enough to read, words are plain.
import type { Rule } from './rules.ts'
import { piecesOf, type Source } from './source.ts'

/** The longest line of a comment. Comments wrap at 100 columns; a few more avoid an ugly break. */
export const LONGEST_COMMENT = 110

const docsOf = ({ text }: Source): string[] =>
  piecesOf(text).flatMap((piece) => (piece.kind === 'comment' && piece.text.startsWith('/**') ? [piece.text] : []))

/** An editor shows an example as code only between fences. */
export const fencedExamples: Rule = (source) =>
  docsOf(source).flatMap((doc) =>
    [...doc.matchAll(/@example[^\n]*\n?([^\n]*)/g)]
      .filter(([, next = '']) => !/^\s*\*\s*```\w/.test(next))
      .map(([found]) => `${source.path} has an example without a fence: ${found.replaceAll(/\s+/g, ' ').slice(0, 60)}`),
  )

/** Tools read the type of an error only between braces. */
export const bracedThrows: Rule = (source) =>
  docsOf(source).flatMap((doc) =>
    [...doc.matchAll(/@throws\s+([^\s{][^\n]*)/g)]
      // An error that a user's code threw has no type.
      .filter(([, rest = '']) => /^[A-Z]\w*(?:Error)?\b/.test(rest))
      .map(([found]) => `${source.path} has an error without braces: ${found.trim().slice(0, 60)}`),
  )

/** A line with one long word, such as an address, cannot be broken. A directive has to stay on one line. */
const isUnbreakable = (line: string) =>
  /^\s*(?:\/\/|\/?\*+)?\s*(?:@see\s+)?\S*$/.test(line) || /biome-ignore/.test(line)

export const shortComments: Rule = ({ path, text }) => {
  const lines = text.split('\n')
  let at = 1
  return piecesOf(text).flatMap((piece) => {
    const first = at
    at += piece.text.split('\n').length - 1
    if (piece.kind !== 'comment') return []
    return lines
      .slice(first - 1, at)
      .map((line, i) => ({ line, number: first + i }))
      .filter(({ line }) => line.length > LONGEST_COMMENT && !isUnbreakable(line))
      .map(({ line, number }) => `${path}:${number} has a comment of ${line.length} columns`)
  })
}

/** The words that CONTRIBUTING.md avoids. "There is none" and "is none of these" say what they mean. */
export const AVOIDED = /\b(?:whoever|whatever(?!\.)|that which|(?<!there )is none(?! of))\b/gi

/** Comments and texts avoid the words of {@link AVOIDED}. */
export const plainWords: Rule = (source) =>
  piecesOf(source.text)
    .filter(({ kind }) => kind === 'comment' || kind === 'text')
    .flatMap(({ text }) => text.match(AVOIDED) ?? [])
    .map((found) => `${source.path} says "${found}"`)

/** Everything that the rules for comments find. */
export const commentBreaches: Rule = (source) =>
  [fencedExamples, bracedThrows, shortComments, plainWords].flatMap((rule) => rule(source))
