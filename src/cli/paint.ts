/// <reference types="node" />
import { styleText } from 'node:util'
import type { Io } from './io.ts'

/** Colours text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string

/** The styles in use. */
export type Style = 'red' | 'green' | 'yellow' | 'dim' | 'bold' | 'cyan'

/** Chooses colours: on a terminal, unless `NO_COLOR` is set; anywhere with `FORCE_COLOR`. @see https://no-color.org */
export function createPaint({ env, isTerminal }: Io): Paint {
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0'
  const wanted = (env.NO_COLOR ?? '') === '' && (forced || (isTerminal && env.TERM !== 'dumb'))
  // The choice is made above, for the stream that is written to; styleText would look at standard output alone.
  return (style, text) => (wanted ? styleText(style, text, { validateStream: false }) : text)
}

/** Shows control characters instead of sending them to a terminal. */
export function printable(text: string): string {
  return Array.from(text, (char) => {
    const code = char.codePointAt(0) ?? 0
    return code < 0x20 || (code >= 0x7f && code < 0xa0) ? `\\x${code.toString(16).padStart(2, '0')}` : char
  }).join('')
}
