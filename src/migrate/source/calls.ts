import type { PeerOptions } from '../meaning.ts'
import type { PeerName } from '../peer.ts'
import { OF_YOGA } from '../peers/whatwg.ts'
import { argumentAt, closeOf, lineAt } from './brackets.ts'
import { headerLinesIn } from './header-lines.ts'
import { importsIn } from './imports.ts'
import { NotLiteralError, type Resolve, readWritten, type SourceLanguage, skip, tailAt } from './literal.ts'
import { mask } from './mask.ts'
import { NOWHERE, type OptionsPlace, type Slots, type Span, tooMany } from './place.ts'
import { declarationOf, isLineEnd, pythonResolverOf, resolverOf } from './resolve.ts'
import { springOptionsIn } from './spring.ts'

/** How the calls of a library look, and where its name comes from. */
interface Calls {
  /** The modules, and what they call the middleware; null where any name is taken at its word. */
  readonly from: readonly string[] | null
  readonly names: readonly string[]
  readonly call: (name: string) => string
}

// TypeScript may name types in between: `cors<Request>(…)`.
const plain = (name: string) => `(?<![\\w.$])${name}(?:<[\\w.$, ]{1,99}>)?\\(`
const CALLS: Readonly<Record<PeerName, Calls>> = {
  express: { from: ['cors'], names: ['default', '*', 'cors'], call: plain },
  nest: { from: null, names: [], call: () => '\\.enableCors\\(' },
  hono: { from: ['hono/cors'], names: ['cors', 'default', '*'], call: plain },
  fastify: {
    from: ['@fastify/cors', 'fastify-cors'],
    names: ['default', '*', 'cors', 'fastifyCors'],
    call: (name) => `\\.register\\(\\s*(?:${name}|require\\(\\s*\\))\\s*(?:,|(?=\\)))`,
  },
  koa: { from: ['@koa/cors'], names: ['default', '*', 'cors'], call: plain },
  // Its first argument is the event. Nitro imports it by itself.
  h3: { from: null, names: [], call: () => '(?<![\\w.$])handleCors\\(\\s*\\w+(?:\\s*,|(?=\\s*\\)))' },
  elysia: { from: ['@elysiajs/cors', '@elysia/cors'], names: ['cors', 'default', '*'], call: plain },
  next: { from: null, names: [], call: () => '' },
  itty: { from: ['itty-router', 'itty-router/cors'], names: ['cors'], call: plain },
  // `cors(request, response, options)` and `createCorsMiddleware(options)`.
  remix: {
    from: ['remix-utils/cors', 'remix-utils/middleware/cors', 'remix-utils'],
    names: ['cors', 'createCorsMiddleware', 'unstable_createCorsMiddleware'],
    call: plain,
  },
  // GraphQL Yoga has the same options under the name `cors`.
  whatwg: {
    from: ['@whatwg-node/server', 'graphql-yoga'],
    names: ['useCORS'],
    call: (name) => `(?<![\\w.$])(?:${name}\\(|cors:(?=\\s*[{\\w])(?!\\s*(?:false|true|undefined)\\b))`,
  },
  spring: { from: null, names: [], call: () => '' },
  flask: { from: null, names: [], call: () => '(?<![\\w.])(?:CORS|cross_origin)\\(' },
  django: { from: null, names: [], call: () => '' },
}

/** Finds what a file calls the middleware of a library; null where it does not import the library. */
export function namesOf(text: string, masked: string, peer: PeerName): readonly string[] | null {
  const { from, names } = CALLS[peer]
  if (from === null) return names
  const lines = importsIn(text, masked).filter(({ module }) => from.includes(module))
  const inline = new RegExp(`require\\(\\s*['"](?:${from.join('|')})['"]\\s*\\)`).test(text)
  if (lines.length === 0 && !inline) return null
  return lines.flatMap(({ bindings }) =>
    bindings.flatMap(({ imported, local, isType }) => (names.includes(imported) && !isType ? [local] : [])),
  )
}

/** The languages of file names. */
export function languageOf(path: string): SourceLanguage | null {
  if (/\.py$/i.test(path)) return 'python'
  // Texts and comments of Java and Kotlin are as those of JavaScript.
  return /\.(?:[cm]?[jt]sx?|java|kts?)$/i.test(path) ? 'javascript' : null
}

/** Finds the options of a library in a source file. Options that are not written out are listed too. */
export function findOptions(text: string, language: SourceLanguage, peer: PeerName): readonly OptionsPlace[] {
  if (peer === 'django') return settingsOf(text)
  if (peer === 'next') return headerLinesIn(text, language)
  if (peer === 'spring') return springOptionsIn(text)
  const masked = mask(text, language)
  const names = language === 'python' ? [] : namesOf(text, masked, peer)
  if (names === null) return []
  const resolve = language === 'python' ? pythonResolverOf(text, masked) : resolverOf(text, masked)
  const found = [
    ...masked.matchAll(new RegExp(CALLS[peer].call(patternOf(names)), 'g')),
    ...inlineCalls(text, masked, peer),
  ]
  const crowd = tooMany(found.length)
  if (crowd !== null) return [crowd]
  return found.flatMap((each) => {
    const open = each.index + each[0].length
    if (isDeclared(masked, each.index) || (/require/.test(each[0]) && !isRequireOf(text, each, peer))) return []
    const end = closeOf(masked, open)
    const whole = end === null ? null : ([each.index, end + 1] as const)
    // remix-utils takes the options behind the request and the response.
    const isLast = peer === 'remix' && !/createCorsMiddleware\($/.test(each[0])
    const at = isLast ? argumentAt(masked, open, 2) : open
    if (at === null) return [{ ...NOWHERE, line: lineAt(text, each.index), options: {}, whole }]
    const place = { ...placeOf({ text, masked, language, peer, resolve }, at, each.index), whole }
    const isYoga = peer === 'whatwg' && place.options !== null && each[0].startsWith('cors')
    return [isYoga ? { ...place, options: { ...place.options, [OF_YOGA]: true } } : place]
  })
}

function patternOf(names: readonly string[]): string {
  const escaped = names.map((name) => name.replaceAll('$', '\\$'))
  // A name that no file has.
  return escaped.length === 0 ? '(?!)' : `(?:${escaped.join('|')})`
}

/** `function cors(` and `cors(…) {` declare a function of the same name. */
function isDeclared(masked: string, at: number): boolean {
  return /\bfunction\s*\*?\s*$/.test(masked.slice(Math.max(0, at - 30), at))
}

/** Finds `require('cors')(…)`. */
function inlineCalls(text: string, masked: string, peer: PeerName): readonly RegExpExecArray[] {
  if (peer !== 'express' && peer !== 'koa') return []
  return [...masked.matchAll(/(?<![\w.$])require\(\s*\)\(/g)].filter((found) => isRequireOf(text, found, peer))
}

function isRequireOf(text: string, found: RegExpExecArray, peer: PeerName): boolean {
  const module = /require\(\s*['"]([^'"]*)['"]/.exec(text.slice(found.index, found.index + found[0].length))?.[1]
  return CALLS[peer].from?.includes(module ?? '') ?? false
}

interface Source {
  readonly text: string
  readonly masked: string
  readonly language: SourceLanguage
  readonly peer: PeerName
  readonly resolve: Resolve
}

function placeOf({ text, masked, language, peer, resolve }: Source, open: number, start: number): OptionsPlace {
  const line = lineAt(text, start)
  try {
    if (peer === 'flask') return { ...NOWHERE, line, ...keywordsOf(text, open, resolve) }
    const at = skip(text, open, language)
    if (text.charAt(at) === ')') return { ...NOWHERE, line, options: {}, call: [open, at] }
    const named = /^[A-Za-z_$][\w$]*(?=\s*[,)}]|\s+(?:as|satisfies)\s)/.exec(text.slice(at, at + 200))?.[0]
    const begin = named === undefined ? at : skip(text, declarationOf(masked, named, at), language)
    const { value, end } = readWritten(text, begin, language, resolve)
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new NotLiteralError(at, 'these are no options')
    const behind = end + tailAt(text, end, language)
    if (named !== undefined && /^[.+\-*/?&|([]/.test(text.slice(skip(text, behind, language))))
      throw new NotLiteralError(at, `${named} is not written out in this file`)
    const last = named === undefined ? behind : at + named.length
    const close = skip(text, last + tailAt(text, last, language), language)
    // A further argument, or a comma at the end.
    const after = text.charAt(close) === ',' ? skip(text, close + 1, language) : close
    const call = text.charAt(after) === ')' ? ([open, after] as const) : null
    return { ...NOWHERE, line, options: value as PeerOptions, span: [begin, behind], call, named: named ?? null }
  } catch (error) {
    if (!(error instanceof NotLiteralError)) throw error
    return { ...NOWHERE, line: lineAt(text, error.at), options: null, why: error.message }
  }
}

/** Reads the keyword arguments of a call of Python. Arguments before them are the application. */
function keywordsOf(text: string, open: number, resolve: Resolve): { options: PeerOptions; slots: Slots } {
  const options: [string, unknown][] = []
  const values: [string, Span][] = []
  let at = skip(text, open, 'python')
  let end = open
  while (text.charAt(at) !== ')') {
    const keyword = /^(\w+)\s*=(?!=)/.exec(text.slice(at, at + 200))
    if (keyword === null) {
      const application = /^[\w.]+/.exec(text.slice(at, at + 200))
      if (application === null || options.length > 0) throw new NotLiteralError(at, 'this argument is not written out')
      end = at + application[0].length
    } else {
      const begin = skip(text, at + keyword[0].length, 'python')
      const read = readWritten(text, begin, 'python', resolve)
      options.push([keyword[1] ?? '', read.value])
      values.push([keyword[1] ?? '', [begin, read.end]])
      end = read.end
    }
    at = skip(text, end, 'python')
    if (text.charAt(at) === ',') at = skip(text, at + 1, 'python')
    else if (text.charAt(at) !== ')') throw new NotLiteralError(at, 'this argument is not written out')
  }
  const slots: Slots = { values: Object.fromEntries(values), scattered: [], end, form: 'keyword' }
  return { options: Object.fromEntries(options), slots }
}

/**
 * Reads the settings of Django that begin with `CORS_`, as one set of options. A setting in a block,
 * and a change of one, depend on what runs: they are listed.
 */
function settingsOf(text: string): readonly OptionsPlace[] {
  const options: [string, unknown][] = []
  const values: [string, Span][] = []
  const places: OptionsPlace[] = []
  const masked = mask(text, 'python')
  const resolve = pythonResolverOf(text, masked)
  let line = 0
  let last = 0
  const statements = /^([ \t]*)(CORS_[A-Z_]+)[ \t]*(?:(?::[^=\n]+)?=(?!=)|([+*|]=|\.\w+\())/gm
  const settings = [...masked.matchAll(statements)]
  const crowd = tooMany(settings.length)
  if (crowd !== null) return [crowd]
  for (const found of settings) {
    const [whole, indent, name = '', changed] = found
    const here = lineAt(text, found.index)
    try {
      if (indent !== '') throw new NotLiteralError(found.index, 'it is set in a block, so it depends on what runs')
      if (changed !== undefined)
        throw new NotLiteralError(found.index, 'it is changed here, so it depends on what runs')
      const begin = skip(text, found.index + whole.length, 'python')
      const { value, end } = readWritten(text, begin, 'python', resolve)
      if (!isLineEnd(text, end)) throw new NotLiteralError(end, 'a calculation is not read')
      options.push([name, value])
      values.push([name, [begin, end]])
      last = end
      line ||= here
    } catch (error) {
      if (!(error instanceof NotLiteralError)) throw error
      places.push({ ...NOWHERE, line: here, options: null, why: `${name}: ${error.message}` })
    }
  }
  if (options.length === 0) return places
  const rest = /^[^\n]*/.exec(text.slice(last))?.[0].trimEnd().length ?? 0
  const twice = options.flatMap(([name], i) => (options.findIndex(([other]) => other === name) < i ? [name] : []))
  const slots: Slots = { values: Object.fromEntries(values), scattered: twice, end: last + rest, form: 'setting' }
  return [{ ...NOWHERE, line, options: Object.fromEntries(options), slots }, ...places]
}
