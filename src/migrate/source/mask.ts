import type { Language } from './literal.ts'

/** Blanks comments and the inside of texts, so that a search finds code alone. Places stay the same. */
export function mask(text: string, language: Language): string {
  const pieces =
    language === 'javascript'
      ? /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`(?:[^`\\]|\\[\s\S])*`/g
      : /#[^\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/g
  return text.replaceAll(pieces, (piece) => piece.replaceAll(/[^\n]/g, ' '))
}
