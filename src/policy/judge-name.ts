import { isForbiddenMethod, isSafelistedMethod, normalizeMethod } from '../spec/methods.ts'
import {
  isForbiddenRequestHeader,
  isForbiddenResponseHeaderName,
  isSafelistedResponseHeaderName,
} from '../spec/names.ts'
import { isToken } from '../spec/tokens.ts'
import type { Judgement } from './check-names.ts'

/** Methods in use that browsers send as a page writes them, which is nearly always in upper case. */
const USUALLY_UPPER: ReadonlySet<string> = new Set(
  'PATCH QUERY SEARCH PROPFIND PROPPATCH REPORT MKCOL COPY MOVE LOCK UNLOCK PURGE'.split(' '),
)

const RESPONSE_ONLY: ReadonlySet<string> = new Set([
  'access-control-allow-credentials',
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-allow-origin',
  'access-control-allow-private-network',
  'access-control-expose-headers',
  'access-control-max-age',
])

const REQUEST_ONLY: ReadonlySet<string> = new Set([
  'origin',
  'access-control-request-method',
  'access-control-request-headers',
])

/** Judges one of `methods`; null where it is as it should be. */
export function judgeMethod(method: string, all: ReadonlySet<string>): Judgement | null {
  if (!isToken(method)) return judgeForm('method-not-a-token', method, normalizeMethod)
  if (isForbiddenMethod(method)) return ['method-forbidden', null]
  const normalized = normalizeMethod(method)
  if (normalized !== method) return ['method-case', normalized]
  const upper = method.toUpperCase()
  if (upper !== method && USUALLY_UPPER.has(upper) && !all.has(upper))
    return ['method-lower-case', upper, { review: true }]
  // HEAD is not superfluous: Firefox remembers a preflight for HEAD only when it is listed.
  return isSafelistedMethod(method) && method !== 'HEAD' ? ['method-safelisted', null] : null
}

/** Judges one of `requestHeaders`. */
export function judgeRequestHeader(name: string): Judgement | null {
  const form = judgeHeader(name)
  if (form !== null) return form
  const literal = literalOf(name)
  if (isForbiddenRequestHeader(literal)) return ['request-header-forbidden', null]
  return RESPONSE_ONLY.has(literal) || literal.startsWith('access-control-allow-')
    ? ['request-header-of-responses', null]
    : null
}

/** Judges one of `exposedHeaders`. */
export function judgeExposedHeader(name: string): Judgement | null {
  const form = judgeHeader(name)
  if (form !== null) return form
  const literal = literalOf(name)
  if (isForbiddenResponseHeaderName(literal)) return ['exposed-header-forbidden', null]
  if (REQUEST_ONLY.has(literal)) return ['exposed-header-of-requests', null]
  return isSafelistedResponseHeaderName(name) ? ['exposed-header-safelisted', null] : null
}

function literalOf(name: string): string {
  return (name.endsWith('*') ? name.slice(0, -1) : name).toLowerCase()
}

/** A name is a token; a `*` may only end it, behind something literal. */
function judgeHeader(name: string): Judgement | null {
  if (!isToken(name)) return judgeForm('header-not-a-token', name, (text) => text)
  const star = name.indexOf('*')
  return star < 0 || (star > 0 && star === name.length - 1) ? null : ['header-pattern']
}

/** Several names in one entry are shown one by one; white space around one name, and a colon behind it, go. */
function judgeForm(
  code: 'method-not-a-token' | 'header-not-a-token',
  text: string,
  spell: (name: string) => string,
): Judgement {
  const names = text.split(/[\s,;]+/).filter((name) => name !== '')
  if (names.length === 0) return [code, null]
  const [name, ...others] = names
  const bare = name?.endsWith(':') ? name.slice(0, -1) : name
  if (bare !== undefined && others.length === 0) return isPlain(bare) ? [code, spell(bare)] : [code]
  if (!names.every(isPlain) || names.length > 20) return [code]
  return ['name-joined', undefined, { hint: `write ${names.map((each) => JSON.stringify(spell(each))).join(', ')}` }]
}

function isPlain(name: string): boolean {
  return isToken(name) && !name.includes('*')
}
