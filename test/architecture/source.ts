// Takes a source apart into code, comments and texts: as much of a scanner as the rules of this folder need.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A file of the package: its path from the root, with `/`, and what stands in it. */
export interface Source {
  readonly path: string
  readonly text: string
}

export interface Piece {
  readonly kind: 'code' | 'comment' | 'text' | 'regexp'
  readonly text: string
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Every TypeScript source below the folders that are given. */
export function sourcesOf(...folders: readonly string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
      .map((name) => join(ROOT, folder, name))
      .map((file) => ({ path: relative(ROOT, file).split(sep).join('/'), text: readFileSync(file, 'utf8') }))
      .sort((a, b) => a.path.localeCompare(b.path)),
  )
}

const FORMS: readonly (readonly [Piece['kind'], RegExp])[] = [
  ['comment', /\/\/[^\n]*/y],
  ['comment', /\/\*[\s\S]*?\*\//y],
  ['text', /'(?:[^'\\\n]|\\.)*'/y],
  ['text', /"(?:[^"\\\n]|\\.)*"/y],
]
const REGEXP = /\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y
/** What may stand before a regular expression, and never before a division. */
const BEFORE_REGEXP = /(?:^|[=(,:;!&|?{}[+\-*%~^<>]|\b(?:return|typeof|case|in|of))\s*$/

/** Takes a source apart. The expressions inside a template are code again. */
export function piecesOf(source: string): Piece[] {
  const pieces: Piece[] = []
  let code = ''
  let at = 0
  const flush = () => {
    if (code !== '') pieces.push({ kind: 'code', text: code })
    code = ''
  }
  const take = (kind: Piece['kind'], text: string) => {
    flush()
    pieces.push({ kind, text })
    at += text.length
  }
  /** How many braces are open since each `${`. */
  const open: number[] = []
  while (at < source.length) {
    const form = FORMS.map(([kind, pattern]) => [kind, matchAt(pattern, source, at)] as const).find(
      ([, text]) => text !== null,
    )
    const char = source.charAt(at)
    if (form !== undefined && form[1] !== null) {
      take(form[0], form[1])
    } else if (char === '/' && BEFORE_REGEXP.test(code) && matchAt(REGEXP, source, at) !== null) {
      take('regexp', matchAt(REGEXP, source, at) ?? '')
    } else if (char === '`' || (char === '}' && open.at(-1) === 0)) {
      if (char === '}') open.pop()
      const text = matchAt(/[`}](?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/y, source, at) ?? char
      take('text', text)
      if (text.endsWith('${')) open.push(0)
    } else {
      const last = open.length - 1
      if (last >= 0 && char === '{') open[last] = (open[last] ?? 0) + 1
      if (last >= 0 && char === '}') open[last] = (open[last] ?? 0) - 1
      code += char
      at++
    }
  }
  flush()
  return pieces
}

function matchAt(pattern: RegExp, source: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0] ?? null
}

/** The code of a source alone: comments are gone, texts and regular expressions are empty. */
export function codeOf(source: string): string {
  return piecesOf(source)
    .map(({ kind, text }) => (kind === 'code' ? text : kind === 'comment' ? ' ' : "''"))
    .join('')
}
