import type { SourceLanguage } from './literal.ts'

/** Blanks comments and the inside of texts, so that a search finds code alone. Places stay the same. */
export function mask(text: string, language: SourceLanguage): string {
  const pieces =
    language === 'javascript'
      ? /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`(?:[^`\\]|\\[\s\S])*`/g
      : /#[^\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/g
  return text.replaceAll(pieces, (piece) => piece.replaceAll(/[^\n]/g, ' '))
}
