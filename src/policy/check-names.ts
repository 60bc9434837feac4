import { isForbiddenMethod, isSafelistedMethod, normalizeMethod } from '../spec/methods.ts'
import {
  isForbiddenRequestHeader,
  isForbiddenResponseHeaderName,
  isNonWildcardRequestHeaderName,
  isSafelistedResponseHeaderName,
} from '../spec/names.ts'
import { isToken } from '../spec/tokens.ts'
import type { IssueCode } from './catalogue.ts'
import { issue } from './issue.ts'
import type { PolicyIssue } from './types.ts'

/** What is wrong with one name: a code, and what to write instead where that is known. */
type Judgement = readonly [code: IssueCode, suggestion?: string | null]

const RESPONSE_ONLY = 'access-control-allow-'
const REQUEST_ONLY: ReadonlySet<string> = new Set([
  'origin',
  'access-control-request-method',
  'access-control-request-headers',
])

/** Checks `methods`. */
export function checkMethods(value: unknown): PolicyIssue[] {
  return checkNames('methods', value, judgeMethod, (name) => name)
}

/** Checks `requestHeaders`. */
export function checkRequestHeaders(value: unknown): PolicyIssue[] {
  return checkNames('requestHeaders', value, judgeRequestHeader, (name) => name.toLowerCase())
}

/** Checks `exposedHeaders`. */
export function checkExposedHeaders(value: unknown, credentials: boolean): PolicyIssue[] {
  const issues = checkNames('exposedHeaders', value, judgeExposedHeader, (name) => name.toLowerCase())
  const isWildcard = value === '*' || (Array.isArray(value) && value.length === 1 && value[0] === '*')
  return isWildcard && credentials
    ? [...issues, issue('exposed-wildcard-credentials', ['exposedHeaders'], value)]
    : issues
}

function checkNames(
  key: string,
  value: unknown,
  judge: (name: string) => readonly Judgement[],
  identity: (name: string) => string,
): PolicyIssue[] {
  if (value === undefined || value === '*') return []
  if (!Array.isArray(value)) return [issue('not-a-list', [key], value)]
  const issues: PolicyIssue[] = []
  const seen = new Set<string>()
  for (const [index, name] of value.entries()) {
    const path = [key, index]
    if (typeof name !== 'string') {
      issues.push(issue('name-not-a-string', path, name))
      continue
    }
    if (name === '*') {
      if (!isAllowedBesideWildcard(key, value)) issues.push(issue('wildcard-not-alone', path, name, null))
    } else {
      for (const [code, suggestion] of judge(name)) issues.push(issue(code, path, name, suggestion))
    }
    if (seen.has(identity(name))) issues.push(issue('name-duplicate', path, name, null))
    seen.add(identity(name))
  }
  return [...issues, ...checkCover(key, value)]
}

/** `['*']`, or the one list in which `*` does not say it all: `['*', 'Authorization']`. */
function isAllowedBesideWildcard(key: string, list: readonly unknown[]): boolean {
  return list.every(
    (name) =>
      name === '*' || (key === 'requestHeaders' && typeof name === 'string' && isNonWildcardRequestHeaderName(name)),
  )
}

function checkCover(key: string, list: readonly unknown[]): PolicyIssue[] {
  if (key === 'methods') return []
  const names = list.map((name) => (typeof name === 'string' ? name.toLowerCase() : ''))
  const heads = names.filter((name) => name.length > 1 && name.endsWith('*')).map((name) => name.slice(0, -1))
  if (heads.length === 0 || heads.length > 1_000) return []
  return names.flatMap((name, index) => {
    const own = name.endsWith('*') ? name.slice(0, -1) : name
    const isCovered =
      name !== '*' && heads.some((head) => own.startsWith(head) && head !== (name.endsWith('*') ? own : null))
    return isCovered ? [issue('name-covered', [key, index], list[index], null)] : []
  })
}

function judgeMethod(method: string): readonly Judgement[] {
  const trimmed = method.trim()
  if (!isToken(method))
    return [isToken(trimmed) ? ['method-not-a-token', normalizeMethod(trimmed)] : ['method-not-a-token']]
  if (isForbiddenMethod(method)) return [['method-forbidden', null]]
  const normalized = normalizeMethod(method)
  if (normalized !== method) return [['method-case', normalized]]
  if (method === 'patch') return [['method-lower-case', 'PATCH']]
  // HEAD is not superfluous: Firefox remembers a preflight for HEAD only when it is listed.
  return isSafelistedMethod(method) && method !== 'HEAD' ? [['method-safelisted', null]] : []
}

function judgeRequestHeader(name: string): readonly Judgement[] {
  const form = judgeForm(name)
  if (form !== null) return [form]
  const lower = name.toLowerCase()
  const literal = lower.endsWith('*') ? lower.slice(0, -1) : lower
  if (isForbiddenRequestHeader(literal)) return [['request-header-forbidden', null]]
  return literal.startsWith(RESPONSE_ONLY) ||
    lower === 'access-control-expose-headers' ||
    lower === 'access-control-max-age'
    ? [['request-header-of-responses', null]]
    : []
}

function judgeExposedHeader(name: string): readonly Judgement[] {
  const form = judgeForm(name)
  if (form !== null) return [form]
  if (isForbiddenResponseHeaderName(name)) return [['exposed-header-forbidden', null]]
  if (REQUEST_ONLY.has(name.toLowerCase())) return [['exposed-header-of-requests', null]]
  return isSafelistedResponseHeaderName(name) ? [['exposed-header-safelisted', null]] : []
}

/** A name is a token; a `*` may only end it, behind something literal. */
function judgeForm(name: string): Judgement | null {
  const trimmed = name.trim()
  if (!isToken(name)) {
    const isName = isToken(trimmed) && !trimmed.includes('*')
    return isName ? ['header-not-a-token', trimmed] : ['header-not-a-token']
  }
  const star = name.indexOf('*')
  return star < 0 || (star > 0 && star === name.length - 1) ? null : ['header-pattern']
}
