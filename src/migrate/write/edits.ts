import type { CorsPolicy } from '../../policy/types.ts'
import { lineAt } from '../source/brackets.ts'
import { importsIn } from '../source/imports.ts'
import { commentsIn, mask } from '../source/mask.ts'
import type { OptionsPlace, Span } from '../source/place.ts'
import { type FileStyle, policyText } from '../source/style.ts'

/** A place whose options become a policy. */
export interface Rewrite {
  readonly place: OptionsPlace
  readonly policy: CorsPolicy
}

/** A source file that is rewritten. */
export interface SourceText {
  readonly text: string
  readonly masked: string
  readonly style: FileStyle
  /** Whether it is TypeScript. */
  readonly isTyped: boolean
}

/** A change of a text. */
export type TextEdit = readonly [start: number, end: number, text: string]

/** A file that cannot be rewritten, and the place that is in the way. */
export class NoRewriteError extends Error {
  override readonly name = 'NoRewriteError'
  readonly line: number

  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

/** Finds where a name stands in code. */
export function usesOf(masked: string, name: string): readonly number[] {
  const pattern = new RegExp(`(?<![\\w.$])${name.replaceAll('$', '\\$')}(?![\\w$])(?!\\s*:(?!:))`, 'g')
  return Array.from(masked.matchAll(pattern), ({ index }) => index)
}

/**
 * Checks that a name of the library stands in calls that are replaced, and nowhere else.
 *
 * @throws {NoRewriteError} for another use
 */
export function checkUses({ text, masked }: SourceText, name: string, inside: readonly Span[]): void {
  const imports = importsIn(text, masked)
  const other = usesOf(masked, name).find(
    (at) => ![...inside, ...imports.map(({ start, end }) => [start, end] as const)].some(([a, b]) => at >= a && at < b),
  )
  if (other !== undefined)
    throw new NoRewriteError(
      lineAt(text, other),
      `${name} is used here in another way than with options that are written out`,
    )
}

/** Applies changes. Of two at the same place, the last counts. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const ordered = [...new Map(edits.map((edit) => [edit[0], edit])).values()].sort(([a], [b]) => b - a)
  return ordered.reduce((result, [start, end, written]) => result.slice(0, start) + written + result.slice(end), text)
}

/** Writes a policy in the place of options, as these are formatted. Comments among them stay. */
export function policyInPlace(
  { text, style }: SourceText,
  policy: CorsPolicy,
  span: Span,
  at: number = span[0],
): string {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? ''
  const old = text.slice(...span)
  const comments = commentsIn(text, ...span)
  const hasLastComma = /,\s*\}/.test(old) || (!old.includes('\n') && style.hasLastComma)
  const column = old.includes('\n') ? undefined : at - lineStart + 2
  return policyText(policy, indent, { ...style, hasLastComma }, comments, column)
}

/** Finds a name that the file does not have yet. */
export function freeName(masked: string, wanted: string): string {
  for (let i = 1; ; i++) {
    const name = i === 1 ? wanted : `${wanted}${i}`
    if (!new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(masked)) return name
  }
}

/** Puts statements behind the last import. */
export function behindImports(text: string, statements: readonly string[], { style }: SourceText): string {
  const lines = importsIn(text, mask(text, 'javascript'))
  const at = Math.max(0, ...lines.map(({ end }) => end))
  const written = statements.join(style.eol)
  return `${text.slice(0, at)}${style.eol}${style.eol}${written}${text.slice(at)}`
}

/** Finds the type of a constant, which is that of the options: `: CorsOptions`. */
export function annotationOf({ text }: SourceText, { named, span }: OptionsPlace): readonly Span[] | null {
  if (named === null || span === null) return null
  const before = text.slice(Math.max(0, span[0] - 300), span[0])
  const found = /(\s*:\s*[\w$.<>[\], |'"&]+?)\s*=\s*$/.exec(before)
  if (found === null || !new RegExp(`${named.replaceAll('$', '\\$')}$`).test(before.slice(0, found.index))) return null
  const start = span[0] - before.length + found.index
  return [[start, start + (found[1] ?? '').length]]
}

/** Writes something else into a constant of options, and takes their type off. */
export function constantEdits(source: SourceText, place: OptionsPlace, written: string): readonly TextEdit[] {
  if (place.span === null) return []
  const types = annotationOf(source, place) ?? []
  return [...types.map(([start, end]): TextEdit => [start, end, '']), [place.span[0], place.span[1], written]]
}

/**
 * Keeps the types of words in a constant. TypeScript would take `'*'` for any text, and 200 for any
 * number.
 */
export function literalTyped({ isTyped }: SourceText, policy: CorsPolicy, written: string): string {
  const isNarrow = Object.values(policy).some((value) => typeof value === 'string' || value === 200)
  return isTyped && isNarrow ? `${written} as const` : written
}
