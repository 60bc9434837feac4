import type { PeerOptions } from '../meaning.ts'
import type { PeerName } from '../peer.ts'
import { argumentAt, lineAt } from './brackets.ts'
import { headerLinesIn } from './header-lines.ts'
import { NotLiteralError, readWritten, type SourceLanguage, skip } from './literal.ts'
import { mask } from './mask.ts'
import { NOWHERE, type OptionsPlace } from './place.ts'
import { declarationOf, isLineEnd, pythonResolverOf, resolverOf } from './resolve.ts'
import { springOptionsIn } from './spring.ts'

/** How the calls of a library look. The group `name` is how the file names the middleware. */
const CALLS: Readonly<Record<PeerName, { readonly imports: RegExp | null; readonly call: (name: string) => string }>> =
  {
    express: { imports: importOf('cors'), call: (name) => `(?<![\\w.$])${name}\\(` },
    nest: { imports: null, call: () => '\\.enableCors\\(' },
    hono: { imports: importOf('hono/cors'), call: (name) => `(?<![\\w.$])${name}\\(` },
    fastify: {
      imports: importOf('@fastify/cors'),
      call: (name) => `\\.register\\(\\s*(?:${name}|require\\(\\s{15}\\))\\s*(?:,|(?=\\)))`,
    },
    koa: { imports: importOf('@koa/cors'), call: (name) => `(?<![\\w.$])${name}\\(` },
    // Its first argument is the event.
    h3: { imports: null, call: () => '(?<![\\w.$])handleCors\\(\\s*\\w+(?:\\s*,|(?=\\s*\\)))' },
    elysia: { imports: importOf('@elysiajs/cors'), call: (name) => `(?<![\\w.$])${name}\\(` },
    next: { imports: null, call: () => '' },
    itty: { imports: importOf('itty-router'), call: (name) => `(?<![\\w.$])${name}\\(` },
    // `cors(request, response, options)` and `createCorsMiddleware(options)`.
    remix: {
      imports: /(?<found>)from\s*['"]remix-utils\/(?:cors|middleware\/cors)['"]/,
      call: () => '(?<![\\w.$])(?:createCorsMiddleware|cors)\\(',
    },
    // GraphQL Yoga has the same options under the name `cors`.
    whatwg: {
      imports: /(?<found>)(?:from\s*|require\(\s*)['"](?:@whatwg-node\/server|graphql-yoga)['"]/,
      call: () => '(?<![\\w.$])(?:useCORS\\(|cors:(?=\\s*\\{))',
    },
    spring: { imports: null, call: () => '' },
    flask: { imports: null, call: () => '(?<![\\w.])(?:CORS|cross_origin)\\(' },
    django: { imports: null, call: () => '' },
  }

function importOf(module: string): RegExp {
  const escaped = module.replaceAll(/[/@]/g, '\\$&')
  return new RegExp(
    `(?:import\\s+(?:(?<bare>\\w+)|\\*\\s+as\\s+(?<star>\\w+)|\\{[^}]*\\b(?:cors|fastifyCors)(?:\\s+as\\s+(?<named>\\w+))?\\b[^}]*\\})\\s+from\\s*['"]${escaped}['"]` +
      `|(?:const|var|let)\\s+(?:(?<required>\\w+)|\\{[^}]*\\bcors\\b[^}]*\\})\\s*=\\s*require\\(\\s*['"]${escaped}['"]\\s*\\))`,
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
  if (peer === 'next') return headerLinesIn(text)
  if (peer === 'spring') return springOptionsIn(text)
  const masked = mask(text, language)
  const { imports, call } = CALLS[peer]
  const groups = imports?.exec(text)?.groups
  const isRequired = peer === 'fastify' && /register\(\s*require\(\s*['"]@fastify\/cors['"]\s*\)/.test(text)
  if (imports !== null && groups === undefined && !isRequired) return []
  const name = groups?.bare ?? groups?.star ?? groups?.named ?? groups?.required ?? 'cors'
  return [...masked.matchAll(new RegExp(call(name), 'g'))].map((found) => {
    const open = found.index + found[0].length
    // remix-utils takes the options behind the request and the response.
    const at = peer === 'remix' && /^cors\($/.test(found[0]) ? argumentAt(masked, open, 2) : open
    if (at === null) return { ...NOWHERE, line: lineAt(text, found.index), options: {} }
    return placeOf(text, masked, at, found.index, language, peer)
  })
}

function placeOf(
  text: string,
  masked: string,
  open: number,
  start: number,
  language: SourceLanguage,
  peer: PeerName,
): OptionsPlace {
  const line = text.slice(0, start).split('\n').length
  try {
    if (peer === 'flask') return { ...NOWHERE, line, options: keywordsOf(text, open) }
    const at = skip(text, open, language)
    if (text.charAt(at) === ')') return { ...NOWHERE, line, options: {}, call: [open, at] }
    const named = /^[A-Za-z_$][\w$]*(?=\s*[,)])/.exec(text.slice(at))?.[0]
    const begin = named === undefined ? at : skip(text, declarationOf(masked, named, at), language)
    const { value, end } = readWritten(text, begin, language, resolverOf(text))
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new NotLiteralError(at, 'these are no options')
    const close = skip(text, named === undefined ? end : at + named.length, language)
    // A further argument, or a comma at the end.
    const call = text.charAt(close) === ')' ? ([open, close] as const) : null
    return { line, options: value as PeerOptions, why: null, span: [begin, end], call, named: named ?? null }
  } catch (error) {
    if (!(error instanceof NotLiteralError)) throw error
    return {
      line: text.slice(0, error.at).split('\n').length,
      options: null,
      why: error.message,
      span: null,
      call: null,
      named: null,
    }
  }
}

/** Reads the keyword arguments of a call of Python. Arguments before them are the application. */
function keywordsOf(text: string, open: number): PeerOptions {
  const options: [string, unknown][] = []
  let at = skip(text, open, 'python')
  while (text.charAt(at) !== ')') {
    const keyword = /^(\w+)\s*=(?!=)/.exec(text.slice(at, at + 200))
    if (keyword === null) {
      const application = /^[\w.]+/.exec(text.slice(at, at + 200))
      if (application === null || options.length > 0) throw new NotLiteralError(at, 'this argument is not written out')
      at = skip(text, at + application[0].length, 'python')
    } else {
      const { value, end } = readWritten(text, at + keyword[0].length, 'python', pythonResolverOf(text))
      options.push([keyword[1] ?? '', value])
      at = skip(text, end, 'python')
    }
    if (text.charAt(at) === ',') at = skip(text, at + 1, 'python')
    else if (text.charAt(at) !== ')') throw new NotLiteralError(at, 'this argument is not written out')
  }
  return Object.fromEntries(options)
}

/**
 * Reads the settings of Django that begin with `CORS_`, as one set of options. A setting in a block,
 * and a change of one, depend on what runs: they are listed.
 */
function settingsOf(text: string): readonly OptionsPlace[] {
  const options: [string, unknown][] = []
  const places: OptionsPlace[] = []
  const resolve = pythonResolverOf(text)
  let line = 0
  const statements = /^([ \t]*)(CORS_[A-Z_]+)[ \t]*(?:(?::[^=\n]+)?=(?!=)|([+*|]=|\.\w+\())/gm
  for (const found of mask(text, 'python').matchAll(statements)) {
    const [whole, indent, name = '', changed] = found
    const here = lineAt(text, found.index)
    try {
      if (indent !== '') throw new NotLiteralError(found.index, 'it is set in a block, so it depends on what runs')
      if (changed !== undefined)
        throw new NotLiteralError(found.index, 'it is changed here, so it depends on what runs')
      const { value, end } = readWritten(text, found.index + whole.length, 'python', resolve)
      if (!isLineEnd(text, end)) throw new NotLiteralError(end, 'a calculation is not read')
      options.push([name, value])
      line ||= here
    } catch (error) {
      if (!(error instanceof NotLiteralError)) throw error
      places.push({ ...NOWHERE, line: here, options: null, why: `${name}: ${error.message}` })
    }
  }
  const set = { ...NOWHERE, line, options: Object.fromEntries(options) }
  return options.length === 0 ? places : [set, ...places]
}
