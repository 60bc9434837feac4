/** Finds the bracket that opens the innermost group around a place; -1 where there is none. */
export function openingOf(masked: string, at: number, open: '{' | '[' | '(', close: '}' | ']' | ')'): number {
  let depth = 0
  for (let i = at - 1; i >= 0; i--) {
    const letter = masked.charAt(i)
    if (letter === close) depth++
    else if (letter === open && depth-- === 0) return i
  }
  return -1
}

/** Finds where an argument of a call begins, behind the opening bracket; null where there are fewer. */
export function argumentAt(masked: string, open: number, index: number): number | null {
  let depth = 0
  let count = 0
  for (let at = open; at < masked.length; at++) {
    const letter = masked.charAt(at)
    if (count === index) return masked.slice(at).trimStart().startsWith(')') ? null : at
    if (/[([{]/.test(letter)) depth++
    else if (/[)\]}]/.test(letter) && depth-- === 0) return null
    else if (letter === ',' && depth === 0) count++
  }
  return null
}

/** Gives the line of a place, from 1. */
export function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length
}

/** Finds the next closing bracket that encloses a place; null for a place outside all brackets. */
export function closeOf(masked: string, at: number): number | null {
  let depth = 0
  const bracket = /[()[\]{}]/g
  bracket.lastIndex = at
  for (let found = bracket.exec(masked); found !== null; found = bracket.exec(masked)) {
    if (/[([{]/.test(found[0])) depth++
    else if (depth-- === 0) return found.index
  }
  return null
}
