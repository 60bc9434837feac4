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
