// Rules for comments: examples are fenced, errors stand in braces, lines are short enough to read.
import { type Rule, roomOf } from './rules.ts'
import { piecesOf, type Source } from './source.ts'

/** Rooms that still have comments of the old form. Remove a room when its comments are rewritten. */
export const UNFINISHED: readonly string[] = []

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

/** What the rules find in rooms that are not {@link UNFINISHED}. */
export const commentBreaches: Rule = (source) => (UNFINISHED.includes(roomOf(source.path)) ? [] : allBreaches(source))

export const allBreaches: Rule = (source) =>
  [fencedExamples, bracedThrows, shortComments].flatMap((rule) => rule(source))
