import { lineAt } from './brackets.ts'
import { NotLiteralError, readWritten, skip } from './literal.ts'
import { mask } from './mask.ts'
import { NOWHERE, type OptionsPlace } from './place.ts'
import { resolverOf } from './resolve.ts'

const EXPORTS =
  /\bexport\s+(?:const|let|var)\s+(?:options|corsOptions)\s*(?::[^=;]+)?=(?!=)|\b(?:module\.)?exports\.(?:options|corsOptions)\s*=(?!=)|\bexport\s+default\b|\bmodule\.exports\s*=(?!=)/g

/**
 * Finds options that a module exports as `options`, as `corsOptions` or by default. The module does
 * not run.
 *
 * @param known the options that the library has
 * @returns null where nothing of that kind is exported
 */
export function exportedOptions(text: string, known: readonly string[]): OptionsPlace | null {
  const masked = mask(text, 'javascript')
  const resolve = resolverOf(text, masked)
  for (const found of masked.matchAll(EXPORTS)) {
    const isNamed = /ptions/.test(found[0])
    const line = lineAt(text, found.index)
    try {
      const at = skip(text, found.index + found[0].length, 'javascript')
      const { value } = readWritten(text, at, 'javascript', resolve)
      if (typeof value !== 'object' || value === null || Array.isArray(value)) continue
      const isOurs = isNamed || Object.keys(value).some((key) => known.includes(key))
      if (isOurs) return { ...NOWHERE, line, options: value as Readonly<Record<string, unknown>> }
    } catch (error) {
      if (!(error instanceof NotLiteralError)) throw error
      if (isNamed) return { ...NOWHERE, line: lineAt(text, error.at), options: null, why: error.message }
    }
  }
  return null
}
