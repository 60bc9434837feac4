import { isForbiddenMethod, normalizeMethod } from '../../spec/methods.ts'
import {
  isForbiddenRequestHeader,
  isForbiddenResponseHeaderName,
  isNonWildcardRequestHeaderName,
} from '../../spec/names.ts'
import { isToken } from '../../spec/tokens.ts'
import type { DefectCode } from '../catalogue.ts'
import { issue, type Violation } from '../issue.ts'
import { nameOfRegExp, regExpSource } from '../suggest/regexp.ts'
import type { PolicyIssue } from '../types.ts'
import { isWildcard, UNREADABLE } from '../values.ts'
import type { PolicyContext } from './origin-entry.ts'

/** Checks `methods`. */
export function checkMethods(value: unknown): PolicyIssue[] {
  return checkNames('methods', value, checkMethod)
}

/** Checks `requestHeaders`. */
export function checkRequestHeaders(value: unknown): PolicyIssue[] {
  return checkNames('requestHeaders', value, (name) =>
    checkHeader(name, (literal) => {
      if (isForbiddenRequestHeader(literal)) return 'request-header-forbidden'
      return /^Access-Control-(?:Allow-|Expose-Headers$|Max-Age$)/i.test(literal) ? 'request-header-of-responses' : null
    }),
  )
}

/** Checks `exposedHeaders`. */
export function checkExposedHeaders(value: unknown, { has }: PolicyContext): PolicyIssue[] {
  if (isWildcard(value) && has('credentials')) return [issue(['exposedHeaders'], value, 'exposed-wildcard-credentials')]
  return checkNames('exposedHeaders', value, (name) =>
    checkHeader(name, (literal) => {
      if (isForbiddenResponseHeaderName(literal)) return 'exposed-header-forbidden'
      return /^(?:Origin|Access-Control-Request-(?:Method|Headers))$/i.test(literal)
        ? 'exposed-header-of-requests'
        : null
    }),
  )
}

function checkNames(key: string, value: unknown, check: (name: string) => Violation | null): PolicyIssue[] {
  if (value === '*') return []
  if (!Array.isArray(value))
    return [issue([key], value, 'not-a-list', value === null ? null : undefined, { hint: listHint(value) })]
  const star = value.indexOf('*')
  const isStarAlone = value.every((name) => typeof name !== 'string' || mayStandBesideStar(key, name))
  return value.flatMap((name: unknown, index) => {
    const path = [key, index]
    if (name === UNREADABLE) return [issue(path, undefined, 'value-unreadable')]
    const found =
      name !== '*'
        ? typeof name === 'string'
          ? check(name)
          : checkOther(name)
        : isStarAlone && index === star
          ? null
          : (['wildcard-not-alone', null] as const)
    return found === null ? [] : [issue(path, name, ...found)]
  })
}

/**
 * In `requestHeaders`, `*` does not cover `Authorization`, so the two stand together: `['*',
 * 'Authorization']`. In other lists `*` stands alone.
 */
function mayStandBesideStar(key: string, name: string): boolean {
  return name === '*' || (key === 'requestHeaders' && isNonWildcardRequestHeaderName(name))
}

function checkOther(value: unknown): Violation {
  const source = regExpSource(value)
  if (source === null) return ['name-not-a-string', value === undefined || value === null ? null : undefined]
  const name = nameOfRegExp(source)
  return name === null ? ['name-regexp'] : ['name-regexp', name, { review: true }]
}

function checkMethod(method: string): Violation | null {
  if (!isToken(method)) return checkForm('method-not-a-token', method, normalizeMethod)
  if (isForbiddenMethod(method)) return ['method-forbidden', null]
  const normalized = normalizeMethod(method)
  return normalized === method ? null : ['method-case', normalized]
}

/** Checks a header name: a token, with at most one `*`, at its end. */
function checkHeader(name: string, check: (literal: string) => DefectCode | null): Violation | null {
  if (!isToken(name)) return checkForm('header-not-a-token', name, String)
  if (/^\*|\*./.test(name)) return ['header-pattern']
  const code = check(name.replace('*', ''))
  return code && [code, null]
}

/**
 * Suggests names for an entry that is not a token. Names that are joined are shown one by one.
 * White space around a name, and a colon after it, are dropped.
 */
function checkForm(code: DefectCode, text: string, spell: (name: string) => string): Violation {
  const [name, ...others] = namesIn(text)
  if (name === undefined) return [code, null]
  const names = others.length === 0 ? [name.replace(/:$/, '')] : [name, ...others]
  if (names.length > MOST_SHOWN || !names.every((each) => isToken(each) && !each.includes('*'))) return [code]
  const spelled = names.map(spell)
  if (others.length === 0) return [code, spelled[0]]
  return ['name-joined', undefined, { hint: `write ${spelled.map((each) => JSON.stringify(each)).join(', ')}` }]
}

/** A longer list is not written out in a message. */
const MOST_SHOWN = 20

/** Suggests a list for one string, the most frequent mistake: `'Content-Type, Authorization'`. */
function listHint(value: unknown): string | undefined {
  const names = typeof value === 'string' ? namesIn(value) : []
  return names.length === 0 || names.length > MOST_SHOWN ? undefined : `write ${JSON.stringify(names)}`
}

function namesIn(text: string): string[] {
  return text.split(/[\s,;]/).filter((name) => name !== '')
}

const LONGEST_MAX_AGE = 86_400

/** Checks an option that is true or false. */
export function checkBoolean(value: unknown): Violation | null {
  if (typeof value === 'boolean') return null
  const word = wordOf(value)
  if (word === null) return ['not-a-boolean', null]
  if (word === 'false' || word === 0) return ['not-a-boolean', false]
  return word === 'true' || word === 1 ? ['not-a-boolean', true, { review: true }] : ['not-a-boolean']
}

/** Checks `maxAge`. */
export function checkMaxAge(value: unknown): Violation | null {
  const corrected = correctMaxAge(value)
  return Object.is(corrected, value) && value !== null ? null : ['max-age-not-whole-seconds', corrected]
}

function correctMaxAge(value: unknown): number | null | undefined {
  if (value === null) return null
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || Number.isNaN(number)) return undefined
  // Of -0 and 0, Math.max() returns 0.
  return Math.min(Math.max(Math.trunc(number), 0), LONGEST_MAX_AGE)
}

/** Checks `preflightStatus`. */
export function checkPreflightStatus(value: unknown): Violation | null {
  return value === 200 || value === 204 ? null : ['preflight-status', value === '200' ? 200 : 204]
}

/** Checks `refused`. */
export function checkRefused(value: unknown): Violation | null {
  if (value === 'pass' || value === 'forbid') return null
  const word = wordOf(value)
  if (word === null || word === 'pass' || word === 'forbid') return ['refused-value', word]
  return ['refused-value', 'forbid', { review: true }]
}

/** Returns a string in lower case without white space around it, and any other value as it is. */
function wordOf(value: unknown): unknown {
  return typeof value === 'string' ? value.trim().toLowerCase() : value
}
