import type { CorsPolicy } from '../../policy/types.ts'
import { eolOf } from './imports.ts'
import { mask } from './mask.ts'

/** How a file is formatted. */
export interface FileStyle {
  readonly quote: "'" | '"'
  /** What ends a statement. */
  readonly semicolon: '' | ';'
  /** One step of indentation. */
  readonly unit: string
  readonly eol: string
  /** Whether a comma follows the last entry of a list over several lines. */
  readonly hasLastComma: boolean
}

/** How this package is formatted itself. */
export const PLAIN: FileStyle = { quote: "'", semicolon: '', unit: '  ', eol: '\n', hasLastComma: true }

/** The longest line that is written. */
const WIDTH = 80

/** Reads how a file is formatted. Where it does not show, it is as this package is. */
export function styleOf(text: string): FileStyle {
  const masked = mask(text, 'javascript')
  const count = (pattern: RegExp, of = text) => of.match(pattern)?.length ?? 0
  const doubles = count(/"(?:[^"\\\n]|\\.)*"/g)
  const singles = count(/'(?:[^'\\\n]|\\.)*'/g)
  const steps = Array.from(text.matchAll(/^([ \t]+)\S/gm), ([, indent = '']) => indent).filter(
    (indent) => indent.includes('\t') || indent.length > 1,
  )
  const spaces = Math.min(...steps.filter((indent) => !indent.includes('\t')).map(({ length }) => length))
  const isTabbed = steps.filter((indent) => indent.startsWith('\t')).length > steps.length / 2
  return {
    quote: doubles > singles ? '"' : "'",
    semicolon: count(/;[ \t]*\r?$/gm, masked) > 0 ? ';' : '',
    unit: isTabbed ? '\t' : ' '.repeat(Math.min(8, Number.isFinite(spaces) ? spaces : 2)),
    eol: eolOf(text),
    hasLastComma: count(/,\s*\n\s*[}\])]/g, masked) > 0 || !/\w+['"]?:[^,;{}\n]+\n\s*\}/.test(text),
  }
}

/**
 * Writes a policy as an object literal of JavaScript.
 *
 * @param indent what stands before the line in which it begins
 * @param comments what stands in it beside the options
 * @param column the place in the line in which it begins; absent where it has to take several lines
 */
export function policyText(
  policy: CorsPolicy,
  indent = '',
  style: FileStyle = PLAIN,
  comments: readonly string[] = [],
  column?: number,
): string {
  const entries = Object.entries(policy).map(([key, value]) => `${key}: ${valueText(value, style, indent)}`)
  const short = `{ ${entries.join(', ')} }`
  if (column !== undefined && comments.length === 0 && column + short.length <= WIDTH && !short.includes('\n'))
    return short
  const inner = indent + style.unit
  const lines = [
    ...comments,
    ...entries.map((entry, i) => `${entry}${i < entries.length - 1 || style.hasLastComma ? ',' : ''}`),
  ]
  return ['{', ...lines.map((line) => inner + line), `${indent}}`].join(style.eol)
}

/** Writes a value that stands in an object literal: a list over several lines, where it is long. */
function valueText(value: unknown, style: FileStyle, indent: string): string {
  if (!Array.isArray(value)) return typeof value === 'string' ? quotedText(value, style.quote) : String(value)
  const entries = value.map((each) => valueText(each, style, indent))
  const short = `[${entries.join(', ')}]`
  const inner = indent + style.unit
  if (inner.length + short.length + 'requestHeaders: ,'.length <= WIDTH + 20) return short
  const lines = entries.map(
    (entry, i) => `${inner}${style.unit}${entry}${i < entries.length - 1 || style.hasLastComma ? ',' : ''}`,
  )
  return ['[', ...lines, `${inner}]`].join(style.eol)
}

/** Writes a text of JavaScript, Python or Java. */
export function quotedText(value: string, quote: string): string {
  return `${quote}${value.replaceAll(/[\\'"]/g, (letter) => (letter === '\\' || letter === quote ? `\\${letter}` : letter)).replaceAll('\n', '\\n')}${quote}`
}
