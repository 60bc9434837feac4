import { corsCheck } from '../browser/algorithms/cors-check.ts'
import { isFailure, preflightCheck } from '../browser/algorithms/preflight-check.ts'
import { exposedHeaderNames } from '../browser/algorithms/response-fields.ts'
import { rulesOf } from '../browser/rules.ts'
import { ALLOW_ORIGIN, MAX_AGE, ORIGIN, VARY } from '../spec/fields.ts'
import { isSafelistedMethod } from '../spec/methods.ts'
import type { Scenarios } from './scenarios.ts'
import type { Answerer, AskedRequest, GivenAnswer } from './wire.ts'

/** How far something is allowed: not at all, without credentials, or with them. */
export type Extent = 'no' | 'yes' | 'with credentials'

const SPEC = rulesOf('spec')
const ASKED = {
  url: 'https://api.example/x',
  redirect: 'follow',
  cache: 'default',
  isConditional: false,
  isTainted: false,
  skipsOrigin: false,
  useCorsPreflight: false,
} as const
type Mode = 'omit' | 'include'

const lines = ({ headers }: GivenAnswer) => headers.map(([name, value]) => [name.toLowerCase(), value] as const)

/** Asks without a preflight. */
export function ask(answer: Answerer, method: string, origin: string | null): GivenAnswer {
  return answer({ method, origin, asked: null, names: null })
}

/** Asks as a browser does before a request. */
export function askFirst(answer: Answerer, origin: string, method: string, names: readonly string[]): GivenAnswer {
  const request: AskedRequest = {
    method: 'OPTIONS',
    origin,
    asked: method,
    names: names.length === 0 ? null : [...names].sort().join(','),
  }
  return answer(request)
}

/** Tells how far an origin may read answers. */
export function readsOf(answer: Answerer, origin: string): Extent {
  const given = ask(answer, 'GET', origin)
  const passes = (credentials: Mode) =>
    corsCheck({ origin, credentials }, { status: given.status, headers: lines(given) }, SPEC) === null
  return passes('include') ? 'with credentials' : passes('omit') ? 'yes' : 'no'
}

/** Tells how far a preflight lets a method and a header through. */
export function permits(answer: Answerer, origin: string, method: string, name: string | null): Extent {
  const names = name === null ? [] : [name]
  const given = askFirst(answer, origin, method, names)
  const passes = (credentials: Mode) =>
    !isFailure(
      preflightCheck(
        { ...ASKED, origin, method, credentials, headerNames: names, unsafeNames: names },
        { status: given.status, headers: lines(given) },
        SPEC,
      ),
    )
  return passes('include') ? 'with credentials' : passes('omit') ? 'yes' : 'no'
}

/** Tells how far a page may read a response header. */
export function exposes(answer: Answerer, origin: string, name: string): Extent {
  const given = ask(answer, 'GET', origin)
  const shows = (credentials: Mode) => {
    const headers = [...lines(given), [name, '1'] as const]
    return exposedHeaderNames(headers, credentials, SPEC).includes(name)
  }
  return shows('include') ? 'with credentials' : shows('omit') ? 'yes' : 'no'
}

/** Tells how long a browser may keep a preflight, in seconds. The standard has 5 without a header. */
export function keepsFor(answer: Answerer, origin: string): string {
  const given = askFirst(answer, origin, 'PUT', [])
  const [, value] = lines(given).find(([name]) => name === MAX_AGE.toLowerCase()) ?? []
  const seconds = value === undefined || !/^\d+$/.test(value.trim()) ? 5 : Number(value)
  return `${Math.min(seconds, 86_400)} s`
}

/** What an answer is on the wire, beyond what a page may do. */
export interface Wire {
  readonly 'preflight status': string
  readonly 'preflight of a refused origin': string
  readonly 'plain OPTIONS': string
  readonly 'answer without Origin': string
  readonly 'answer to a refused origin': string
  readonly 'request of a refused origin': string
  readonly 'Vary of answers': string
}

/**
 * Tells what stands on the wire.
 *
 * @param shared an origin that both sides share with; null for none
 * @param refused an origin that neither side shares with; null for none
 */
export function wireOf(answer: Answerer, shared: string | null, refused: string | null): Wire {
  const said = (given: GivenAnswer) => (given.isReached ? 'the handler' : String(given.status))
  const has = (given: GivenAnswer, name: string) => lines(given).filter(([other]) => other === name.toLowerCase())
  const bare = ask(answer, 'GET', null)
  const varies = (given: GivenAnswer) =>
    has(given, VARY).some(([, value]) => new RegExp(`\\b${ORIGIN}\\b`, 'i').test(value))
  const cors = (given: GivenAnswer) =>
    lines(given)
      .filter(([name]) => name.startsWith('access-control-'))
      .map(([name, value]) => (name === ALLOW_ORIGIN.toLowerCase() ? `${name}: ${value}` : name))
      .sort()
      .join(', ') || 'no CORS headers'
  return {
    'preflight status': shared === null ? '' : said(askFirst(answer, shared, 'GET', [])),
    'preflight of a refused origin': refused === null ? '' : said(askFirst(answer, refused, 'GET', [])),
    'plain OPTIONS': said(ask(answer, 'OPTIONS', null)),
    'answer without Origin':
      has(bare, ALLOW_ORIGIN)
        .map(([, value]) => value)
        .join(', ') || 'not shared',
    'answer to a refused origin': refused === null ? '' : cors(ask(answer, 'GET', refused)),
    'request of a refused origin': refused === null ? '' : said(ask(answer, 'GET', refused)),
    'Vary of answers': [bare, ...(shared === null ? [] : [ask(answer, 'GET', shared)])].every(varies)
      ? 'Origin'
      : 'without Origin',
  }
}

/** Lists the methods that need permission. */
export function unsafeMethods({ methods }: Scenarios): readonly string[] {
  return methods.filter((method) => !isSafelistedMethod(method))
}
