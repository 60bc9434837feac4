import type { SourceLanguage } from './literal.ts'

/** Blanks comments and the inside of texts, so that a search finds code alone. Places stay the same. */
export function mask(text: string, language: SourceLanguage): string {
  const pieces: string[] = []
  let behind = 0
  for (const [start, end] of blanksIn(text, language)) {
    pieces.push(text.slice(behind, start), text.slice(start, end).replaceAll(/[^\r\n]/g, ' '))
    behind = end
  }
  return pieces.join('') + text.slice(behind)
}

/** Lists the comments of JavaScript between two places, in order. */
export function commentsIn(text: string, from: number, to: number): readonly string[] {
  const inside = blanksIn(text, 'javascript').filter(([start, end]) => start >= from && end <= to)
  return inside.map(([start, end]) => text.slice(start, end).trimEnd()).filter((piece) => /^\/[/*]/.test(piece))
}

const PYTHON =
  /#[^\r\n]*|"""(?:[^\\]|\\[\s\S])*?"""|'''(?:[^\\]|\\[\s\S])*?'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/g
const STARTS = /\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|[`/{}]/g
const EXPRESSION = /^\/(?:[^/\\\r\n[]|\\.|\[(?:[^\]\\\r\n]|\\.)*\])+\/[a-z]*/
/** What a division cannot follow, so that a slash begins an expression. */
const OPERATOR = /(?:^|[(,=:[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of|do|else|await|yield))$/

/** Lists comments, texts and regular expressions. What a template fills in counts as text. */
export function blanksIn(text: string, language: SourceLanguage): readonly (readonly [start: number, end: number])[] {
  if (language === 'python')
    return Array.from(text.matchAll(PYTHON), ({ index, 0: piece }) => [index, index + piece.length] as const)
  const found: (readonly [number, number])[] = []
  let behind = 0
  // Of each template that is open: where it begins, and how many braces are open in it.
  const templates: { readonly start: number; depth: number }[] = []
  const starts = new RegExp(STARTS)
  for (let piece = starts.exec(text); piece !== null; piece = starts.exec(text)) {
    const [what] = piece
    const at = piece.index
    const inner = templates.at(-1)
    let end = at + what.length
    if (what === '{' || what === '}') {
      if (inner !== undefined) inner.depth += what === '{' ? 1 : -1
      if (what === '{' || inner === undefined || inner.depth > 0) continue
      end = endOfPart(text, end)
    } else if (what === '`') {
      templates.push({ start: at, depth: 0 })
      end = endOfPart(text, end)
    } else if (what === '/') {
      const before = text.slice(Math.max(behind, at - 40), at).trimEnd()
      const isExpression = before === '' || OPERATOR.test(before)
      // An expression is short. Without a limit, a long line of slashes would take minutes.
      end += isExpression ? (EXPRESSION.exec(text.slice(at, at + 600))?.[0].length ?? 1) - 1 : 0
      if (end === at + 1) continue
    }
    starts.lastIndex = end
    if (!/^[/"']/.test(what)) {
      const open = templates.at(-1)
      if (open !== undefined && text.charAt(end - 1) !== '`' && end < text.length) open.depth = 1
      else {
        templates.pop()
        if (templates.length === 0 && open !== undefined) found.push([open.start, end])
        behind = end
      }
    } else {
      if (templates.length === 0) found.push([at, end])
      if (!/^\/[/*]/.test(what)) behind = end - 1
    }
  }
  const [open] = templates
  return open === undefined ? found : [...found, [open.start, text.length]]
}

/** Finds the end of a part of a template: behind its closing mark, or behind `${`. */
function endOfPart(text: string, start: number): number {
  const part = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{|$)/y
  part.lastIndex = start
  return start + (part.exec(text)?.[0].length ?? 0)
}
