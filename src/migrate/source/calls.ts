import type { PeerOptions } from '../meaning.ts'
import type { PeerName } from '../peer.ts'
import { NotLiteralError, readWritten, type SourceLanguage, skip } from './literal.ts'
import { mask } from './mask.ts'
import { declarationOf, resolverOf } from './resolve.ts'

/** A place where options stand in a source file. */
export interface OptionsPlace {
  /** The line, from 1. */
  readonly line: number
  /** The options; null where they are not written out. */
  readonly options: PeerOptions | null
  /** Why they cannot be read; null where they can. */
  readonly why: string | null
  /** Where the text of the options begins and ends; null where they are not written out. */
  readonly span: readonly [start: number, end: number] | null
  /** Where the options are passed: behind what stands before them, up to the closing bracket. */
  readonly call: readonly [start: number, end: number] | null
  /** The name of the constant that holds the options; null where they stand in the call. */
  readonly named: string | null
}

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
    flask: { imports: null, call: () => '(?<![\\w.])(?:CORS|cross_origin)\\(' },
    django: { imports: null, call: () => '' },
  }

function importOf(module: string): RegExp {
  const escaped = module.replaceAll(/[/@]/g, '\\$&')
  return new RegExp(
    `(?:import\\s+(?:(?<bare>\\w+)|\\*\\s+as\\s+(?<star>\\w+)|\\{\\s*(?:cors|fastifyCors)(?:\\s+as\\s+(?<named>\\w+))?\\s*\\})\\s+from\\s*['"]${escaped}['"]` +
      `|(?:const|var|let)\\s+(?:(?<required>\\w+)|\\{\\s*cors\\s*\\})\\s*=\\s*require\\(\\s*['"]${escaped}['"]\\s*\\))`,
  )
}

/** The languages of file names. */
export function languageOf(path: string): SourceLanguage | null {
  return /\.py$/i.test(path) ? 'python' : /\.[cm]?[jt]sx?$/i.test(path) ? 'javascript' : null
}

/** Finds the options of a library in a source file. Options that are not written out are listed too. */
export function findOptions(text: string, language: SourceLanguage, peer: PeerName): readonly OptionsPlace[] {
  if (peer === 'django') return settingsOf(text)
  const masked = mask(text, language)
  const { imports, call } = CALLS[peer]
  const groups = imports?.exec(text)?.groups
  const isRequired = peer === 'fastify' && /register\(\s*require\(\s*['"]@fastify\/cors['"]\s*\)/.test(text)
  if (imports !== null && groups === undefined && !isRequired) return []
  const name = groups?.bare ?? groups?.star ?? groups?.named ?? groups?.required ?? 'cors'
  return [...masked.matchAll(new RegExp(call(name), 'g'))].map((found) => {
    const open = found.index + found[0].length
    return placeOf(text, masked, open, found.index, language, peer)
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
    const begin = named === undefined ? at : declarationOf(masked, named, at)
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

/** A place that has no text to replace. */
const NOWHERE = { why: null, span: null, call: null, named: null }

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
      const { value, end } = readWritten(text, at + keyword[0].length, 'python')
      options.push([keyword[1] ?? '', value])
      at = skip(text, end, 'python')
    }
    if (text.charAt(at) === ',') at = skip(text, at + 1, 'python')
    else if (text.charAt(at) !== ')') throw new NotLiteralError(at, 'this argument is not written out')
  }
  return Object.fromEntries(options)
}

/** Reads the settings of Django that begin with `CORS_`, as one set of options. */
function settingsOf(text: string): readonly OptionsPlace[] {
  const options: [string, unknown][] = []
  const places: OptionsPlace[] = []
  let line = 0
  for (const found of mask(text, 'python').matchAll(/^(CORS_[A-Z_]+)\s*(?::[^=\n]+)?=(?!=)/gm)) {
    const here = text.slice(0, found.index).split('\n').length
    try {
      const { value } = readWritten(text, found.index + found[0].length, 'python')
      options.push([found[1] ?? '', value])
      line ||= here
    } catch (error) {
      if (!(error instanceof NotLiteralError)) throw error
      places.push({ ...NOWHERE, line: here, options: null, why: `${found[1]}: ${error.message}` })
    }
  }
  const whole = { ...NOWHERE, line, options: Object.fromEntries(options) }
  return options.length === 0 ? places : [whole, ...places]
}
