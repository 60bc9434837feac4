import { listingFunction } from '../listing.ts'
import { DJANGO_DEFAULTS } from '../peers/django.ts'
import { type Literal, NotLiteralError, type Resolve, readWritten, skip } from './literal.ts'
import { mask } from './mask.ts'

/**
 * Makes the function that reads what is not written out at its place: a name that is declared once
 * in the file, and the usual function for `origin`, which looks a list up.
 */
export function resolverOf(text: string, masked: string = mask(text, 'javascript')): Resolve {
  const known = new Set<string>()
  const resolve: Resolve = (at) => {
    const name = /^[A-Za-z_$][\w$]*(?=\s*[,)}\]]|\s+(?:as|satisfies)\s)/.exec(text.slice(at, at + 200))?.[0]
    return name === undefined
      ? readFunction(text, masked, at, resolve)
      : named(known, name, at, () => {
          const { value, end } = readWritten(text, declarationOf(masked, name, at), 'javascript', resolve)
          // `as const` ends a value; a call or an operator goes on.
          if (/^[.+\-*/?&|([]/.test(text.slice(skip(text, end, 'javascript'))))
            throw new NotLiteralError(at, `${name} is not written out in this file`)
          return value
        })
  }
  return resolve
}

/** Makes the function that reads a name which a Python file sets once, outside of any block. */
export function pythonResolverOf(text: string, masked: string = mask(text, 'python')): Resolve {
  const known = new Set<string>()
  const resolve: Resolve = (at) => {
    const copied = /^(?:list|tuple)\(/.exec(text.slice(at, at + 6))
    if (copied !== null) return readCopy(text, at + copied[0].length, resolve)
    const name = /^[A-Za-z_]\w*(?![\w.([])/.exec(text.slice(at, at + 200))?.[0]
    if (name === undefined) return null
    const given = DEFAULTS[name]
    if (
      given !== undefined &&
      new RegExp(`\\bfrom\\s+corsheaders\\.defaults\\s+import\\b[^\\n]*\\b${name}\\b`).test(masked)
    )
      return { value: given, end: at + name.length }
    return named(known, name, at, () => {
      const found = [...masked.matchAll(new RegExp(`^([ \\t]*)${name}[ \\t]*(?::[^=\\n]+)?=(?!=)`, 'gm'))]
      const isChanged = new RegExp(
        `(?<![\\w.])${name}[ \\t]*(?:\\.(?:append|extend|insert|remove|pop|clear)\\(|[+*|]=|\\[)`,
      ).test(masked)
      const [only] = found
      if (only === undefined || found.length > 1 || only[1] !== '' || isChanged)
        throw new NotLiteralError(at, `${name} is not written out in this file, or is changed later`)
      const { value, end } = readWritten(text, only.index + only[0].length, 'python', resolve)
      if (!isLineEnd(text, end)) throw new NotLiteralError(at, `${name} is not written out in this file`)
      return value
    })
  }
  return resolve
}

/** What `corsheaders.defaults` exports. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  default_headers: DJANGO_DEFAULTS.CORS_ALLOW_HEADERS,
  default_methods: DJANGO_DEFAULTS.CORS_ALLOW_METHODS,
}

/** Reads `list(NAMES)`. */
function readCopy(text: string, start: number, resolve: Resolve): Literal {
  const { value, end } = readWritten(text, start, 'python', resolve)
  const close = skip(text, end, 'python')
  if (!Array.isArray(value) || text.charAt(close) !== ')')
    throw new NotLiteralError(start, 'the list is not written out')
  return { value, end: close + 1 }
}

/** Tells whether a statement of Python ends at a place. */
export function isLineEnd(text: string, end: number): boolean {
  return /^[ \t]*(?:#[^\n]*)?(?:\r?\n|;|$)/.test(text.slice(end))
}

/** Reads a name. One that stands for itself has no value. */
function named(known: Set<string>, name: string, at: number, run: () => unknown): Literal {
  if (known.has(name)) throw new NotLiteralError(at, `${name} stands for itself`)
  known.add(name)
  try {
    return { value: run(), end: at + name.length }
  } finally {
    known.delete(name)
  }
}

/**
 * Finds the one declaration of a name: `const corsOptions = {`.
 *
 * @throws {NotLiteralError} where there is none, or more than one
 */
export function declarationOf(masked: string, name: string, at: number): number {
  const escaped = name.replaceAll('$', '\\$')
  const found = [
    ...masked.matchAll(new RegExp(`(?:const|let|var)\\s+${escaped}\\s*(?::[^=;(){}]{1,300})?=(?![=>])`, 'g')),
  ]
  const isChanged = new RegExp(
    `(?<![\\w.$])${escaped}\\s*(?:\\.(?:push|unshift|splice|concat|pop|shift|fill)\\(|(?:\\.\\w+|\\[[^\\]]*\\])+\\s*[-+|&?]{0,2}=[^=>]|[-+|&?]{0,2}=[^=>])` +
      `|(?:\\bdelete\\s+|Object\\.(?:assign|defineProperty)\\(\\s*)${escaped}(?![\\w$])`,
  )
  const [only] = found
  const rest = only === undefined ? '' : masked.slice(only.index + only[0].length)
  if (only === undefined || found.length > 1 || isChanged.test(rest))
    throw new NotLiteralError(at, `${name} is not written out in this file, or is changed later`)
  return only.index + only[0].length
}

/** Reads `function (origin, callback) { … }` in its usual forms; null for any other. */
function readFunction(text: string, masked: string, at: number, resolve: Resolve): Literal | null {
  // Types of TypeScript may stand behind the names.
  const head =
    /^(?:function\s*\w*\s*)?\(\s*(?<origin>\w+)(?:\s*:[^,()]+)?\s*,\s*(?<callback>\w+)(?:\s*:[^{}]+?)?,?\s*\)\s*(?::\s*void\s*)?(?:=>\s*)?\{/.exec(
      text.slice(at, at + 400),
    )
  if (head?.groups === undefined) return null
  const open = at + head[0].length
  const close = closingOf(masked, open)
  if (close < 0) return null
  const { origin = '', callback = '' } = head.groups
  const body = withoutComments(text.slice(open, close)).replaceAll(/\s+/g, '').replaceAll(';', '')
  const done = (argument: string) => `(?:return)?${callback}\\(${argument}\\)(?:return)?`
  const early = `(?<early>if\\(!${origin}\\)\\{?${done('null,true')}\\}?)?`
  const test = `(?<none1>!${origin}\\|\\|)?(?<list>[A-Za-z_$][\\w$]*)\\.(?:includes\\(${origin}\\)|indexOf\\(${origin}\\)(?:!==?-1|>=0|>-1))(?<none2>\\|\\|!${origin})?`
  const no = `(?:${done('null,false')}|(?<fails>${done('newError\\((?:"[^"]*"|\'[^\']*\'|`[^`]*`)?\\)(?:,false)?')}))`
  const found = new RegExp(`^${early}if\\(${test}\\)\\{?${done('null,true')}\\}?(?:else)?\\{?${no}\\}?$`).exec(
    body,
  )?.groups
  if (found?.list === undefined) return null
  const { value } = readWritten(text, declarationOf(masked, found.list, at), 'javascript', resolve)
  if (!Array.isArray(value) || value.some((entry) => typeof entry !== 'string')) return null
  const allowsNone = (found.early ?? found.none1 ?? found.none2) !== undefined
  return { value: listingFunction(value, allowsNone, found.fails !== undefined), end: close + 1 }
}

/** Finds the bracket that closes a block; -1 where there is none. */
function closingOf(masked: string, open: number): number {
  let depth = 1
  for (let at = open; at < masked.length; at++) {
    const letter = masked.charAt(at)
    depth += letter === '{' ? 1 : letter === '}' ? -1 : 0
    if (depth === 0) return at
  }
  return -1
}

function withoutComments(code: string): string {
  return code.replaceAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (piece) =>
    piece.startsWith('/') ? '' : piece,
  )
}
