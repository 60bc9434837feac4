/// <reference types="node" />
import { styleText } from 'node:util'
import type { Io } from './io.ts'

/** Colors text, or returns it unchanged. */
export type Paint = (style: Style, text: string) => string

/** The styles in use. */
export type Style = 'red' | 'green' | 'yellow' | 'dim' | 'bold' | 'cyan'

/**
 * Chooses whether to color: on a terminal, unless `NO_COLOR` is set; anywhere with `FORCE_COLOR`.
 * @see https://no-color.org
 */
export function createPaint({ env, isTerminal }: Io): Paint {
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '0'
  const wanted = (env.NO_COLOR ?? '') === '' && (forced || (isTerminal && env.TERM !== 'dumb'))
  // `styleText` would look at standard output. The choice above is for the stream in use.
  return (style, text) => (wanted ? styleText(style, text, { validateStream: false }) : text)
}
