/** Longer lists become one text that is split once: a list of 100,000 texts would be parsed one by one. */
const LONGEST_LIST = 50

/** Writes a text as a literal of JavaScript. */
export function textLiteral(text: string): string {
  const json = JSON.stringify(text)
  // The separators are line breaks in old parsers, and `<` could end a script element.
  const safe = json.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029').replaceAll('<', '\\u003c')
  return safe.includes("'") ? safe : `'${safe.slice(1, -1).replaceAll('\\"', '"')}'`
}

/** Writes a list of texts as an expression. A long list is one text, a line per element. */
export function listLiteral(list: readonly string[]): string {
  if (list.length <= LONGEST_LIST) {
    const flat = `[${list.map(textLiteral).join(', ')}]`
    return flat.length < 80 ? flat : `[\n${list.map((text) => `  ${textLiteral(text)},\n`).join('')}]`
  }
  const joined = list.join('\n')
  const isPlain = !/[`\\$<]/.test(joined) && list.every((text) => !text.includes('\n'))
  if (isPlain) return `\`\n${joined}\n\`\n  .trim()\n  .split('\\n')`
  return `[\n${list.map((text) => `  ${textLiteral(text)},\n`).join('')}]`
}

/** Writes header lines as a list of pairs. */
export function linesLiteral(lines: readonly (readonly [string, string])[]): string {
  if (lines.length === 0) return '[]'
  return `[\n${lines.map(([name, value]) => `    [${textLiteral(name)}, ${textLiteral(value)}],\n`).join('')}  ]`
}
