/** Quotes a text for Java, C#, Go, YAML and JSON. */
export function double(text: string): string {
  return JSON.stringify(text)
}

/** Quotes a text for Python, Ruby, PHP and TypeScript. */
export function single(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

/** Quotes a regular expression for Python, as a raw string if possible. */
export function pythonRaw(text: string): string {
  return text.includes("'") ? single(text) : `r'${text}'`
}

/**
 * Quotes a regular expression for PHP. In single quotes, a backslash before most characters stands
 * for itself.
 */
export function phpRaw(text: string): string {
  return /['\\]$|'|\\\\/.test(text) ? single(text) : `'${text}'`
}

/** Joins quoted names with commas. */
export function list(names: readonly string[], quote: (text: string) => string): string {
  return names.map(quote).join(', ')
}

/** Indents each line of a text. */
export function indent(text: string, by: string): string {
  return text.replaceAll('\n', `\n${by}`)
}
