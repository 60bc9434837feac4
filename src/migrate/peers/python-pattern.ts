/** A text of a Python library that is an expression where it looks like one. */
export interface PythonPattern {
  readonly text: string
  /** Matches at the beginning, as `re.match` does; null for a plain text. */
  readonly expression: RegExp | null
}

/** Reads a text as Flask-CORS does: with one of these characters it is an expression. */
export function pythonPattern(text: string): PythonPattern {
  return { text, expression: /[*\\\]?$^[()]/.test(text) ? pythonExpression(text, 'i') : null }
}

/**
 * Compiles an expression of Python that is used with `re.match`. Named groups and flags in the text
 * have another notation there.
 *
 * @throws {TypeError} for a text that is no expression
 */
export function pythonExpression(text: string, flags = ''): RegExp {
  const converted = text.replaceAll('(?P<', '(?<').replaceAll('\\Z', '$').replaceAll('\\A', '^')
  try {
    return new RegExp(hasChoice(converted) ? `^(?:${converted})` : `^${converted.replace(/^\^+/, '')}`, flags)
  } catch {
    throw new TypeError(`${JSON.stringify(text)} is no regular expression`)
  }
}

/** Compares without case, as Flask-CORS compares origins and header names. */
export function matchesText({ text, expression }: PythonPattern, value: string): boolean {
  return expression === null ? text.toLowerCase() === value.toLowerCase() : expression.test(value)
}

/** Gives the expression of a pattern; null for a plain text. */
export function regExpOf({ expression }: PythonPattern): RegExp | null {
  return expression
}

/** Tells whether an expression is a choice as a whole: `^` in front would belong to its first part. */
function hasChoice(source: string): boolean {
  let depth = 0
  for (const letter of source.replaceAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]])*\]/g, '')) {
    depth += letter === '(' ? 1 : letter === ')' ? -1 : 0
    if (letter === '|' && depth === 0) return true
  }
  return false
}
