import { isForbiddenMethod, normalizeMethod } from '../../spec/methods.ts'
import {
  isForbiddenRequestHeader,
  isForbiddenResponseHeaderName,
  isNonWildcardRequestHeaderName,
} from '../../spec/names.ts'
import { isToken } from '../../spec/tokens.ts'
import type { DefectCode } from '../catalogue.ts'
import { type Check, issue, type Violation, write, writeEach } from '../issue.ts'
import { MOST_SHOWN } from '../limits.ts'
import { nameOfRegExp, regExpSource } from '../suggest/regexp.ts'
import { isWildcard, UNREADABLE } from '../values.ts'

/** Checks `methods`. */
export const checkMethods: Check = each(methodViolation)

/** Checks `requestHeaders`. */
export const checkRequestHeaders: Check = each(requestHeaderViolation)

const checkExposedNames = each(exposedHeaderViolation)

/** Checks `exposedHeaders`. */
export const checkExposedHeaders: Check = (value, context, option) =>
  isWildcard(value) && context.has('credentials')
    ? [issue([option], value, 'exposed-wildcard-credentials')]
    : checkExposedNames(value, context, option)

/** Makes the check of a list of names: each name by itself, and the place of `*`. */
function each(violationOf: (name: string) => Violation | null): Check {
  return (value, _, option) => {
    if (value === '*') return []
    if (!Array.isArray(value))
      return [issue([option], value, 'not-a-list', value === null ? null : undefined, { hint: listHint(value) })]
    const star = value.indexOf('*')
    const isStarAlone = value.every(
      (name) =>
        typeof name !== 'string' ||
        name === '*' ||
        // Of request headers, `*` does not cover `Authorization`, so the two stand together.
        (option === 'requestHeaders' && isNonWildcardRequestHeaderName(name)),
    )
    return value.flatMap((name: unknown, index) => {
      const found = elementViolation(name, isStarAlone && index === star, violationOf)
      return found === null ? [] : [issue([option, index], name, ...found)]
    })
  }
}

function elementViolation(
  name: unknown,
  mayBeStar: boolean,
  violationOf: (name: string) => Violation | null,
): Violation | null {
  if (name === UNREADABLE) return ['value-unreadable']
  if (name === '*') return mayBeStar ? null : ['wildcard-not-alone', null]
  if (typeof name === 'string') return violationOf(name)
  const source = regExpSource(name)
  if (source === null) return ['name-not-a-string', name === undefined || name === null ? null : undefined]
  const meant = nameOfRegExp(source)
  return meant === null ? ['name-regexp'] : ['name-regexp', meant, { review: true }]
}

function methodViolation(method: string): Violation | null {
  if (!isToken(method)) return formViolation('method-not-a-token', method, normalizeMethod)
  if (isForbiddenMethod(method)) return ['method-forbidden', null]
  const normalized = normalizeMethod(method)
  return normalized === method ? null : ['method-case', normalized]
}

function requestHeaderViolation(name: string): Violation | null {
  return headerViolation(name, (literal) => {
    if (isForbiddenRequestHeader(literal)) return 'request-header-forbidden'
    return /^Access-Control-(?:Allow-|Expose-Headers$|Max-Age$)/i.test(literal) ? 'request-header-of-responses' : null
  })
}

function exposedHeaderViolation(name: string): Violation | null {
  return headerViolation(name, (literal) => {
    if (isForbiddenResponseHeaderName(literal)) return 'exposed-header-forbidden'
    return /^(?:Origin|Access-Control-Request-(?:Method|Headers))$/i.test(literal) ? 'exposed-header-of-requests' : null
  })
}

/** Looks at a header name: a token, with at most one `*`, at its end. */
function headerViolation(name: string, defectOf: (literal: string) => DefectCode | null): Violation | null {
  if (!isToken(name)) return formViolation('header-not-a-token', name, String)
  if (/^\*|\*./.test(name)) return ['header-pattern']
  const code = defectOf(name.replace('*', ''))
  return code && [code, null]
}

/**
 * Suggests names for an entry that is not a token. Names that are joined are shown one by one.
 * White space around a name, and a colon after it, are dropped.
 */
function formViolation(code: DefectCode, text: string, spell: (name: string) => string): Violation {
  const [name, ...others] = namesIn(text)
  if (name === undefined) return [code, null]
  const names = others.length === 0 ? [name.replace(/:$/, '')] : [name, ...others]
  if (names.length > MOST_SHOWN || !names.every((each) => isToken(each) && !each.includes('*'))) return [code]
  const spelled = names.map(spell)
  if (others.length === 0) return [code, spelled[0]]
  return ['name-joined', undefined, { hint: writeEach(spelled) }]
}

/** Suggests a list for one string, the most frequent mistake: `'Content-Type, Authorization'`. */
function listHint(value: unknown): string | undefined {
  const names = typeof value === 'string' ? namesIn(value) : []
  return names.length === 0 || names.length > MOST_SHOWN ? undefined : write(names)
}

function namesIn(text: string): string[] {
  return text.match(/[^\s,;]+/g) ?? []
}
