import type { IssueCode } from './catalogue.ts'
import { type IssueExtra, issue, type Suggestion } from './issue.ts'
import { judgeExposedHeader, judgeMethod, judgeRequestHeader } from './judge-name.ts'
import { isAllowedBesideWildcard, nameCover } from './name-cover.ts'
import { nameOfRegExp } from './regexp-pattern.ts'
import type { PolicyIssue } from './types.ts'

/** What is wrong with one name: a code, and what to write instead where that is known. */
export type Judgement = readonly [code: IssueCode, suggestion?: Suggestion | undefined, extra?: IssueExtra | undefined]

type Judge = (name: string, list: ReadonlySet<string>) => Judgement | null

/** Checks `methods`. */
export function checkMethods(value: unknown): PolicyIssue[] {
  return checkNames('methods', value, judgeMethod)
}

/** Checks `requestHeaders`. */
export function checkRequestHeaders(value: unknown): PolicyIssue[] {
  return checkNames('requestHeaders', value, judgeRequestHeader)
}

/** Checks `exposedHeaders`. */
export function checkExposedHeaders(value: unknown, credentials: boolean): PolicyIssue[] {
  const issues = checkNames('exposedHeaders', value, judgeExposedHeader)
  const isWildcard = value === '*' || (Array.isArray(value) && value.length === 1 && value[0] === '*')
  return isWildcard && credentials
    ? [...issues, issue('exposed-wildcard-credentials', ['exposedHeaders'], value)]
    : issues
}

function checkNames(key: string, value: unknown, judge: Judge): PolicyIssue[] {
  if (value === undefined || value === '*') return []
  if (value === null) return [issue('not-a-list', [key], value, null)]
  if (!Array.isArray(value)) return [issue('not-a-list', [key], value, undefined, { hint: listHint(value) })]
  const issues: PolicyIssue[] = []
  const all = new Set(value.filter((name) => typeof name === 'string'))
  const identity = key === 'methods' ? (name: string) => name : (name: string) => name.toLowerCase()
  const seen = new Set<string>()
  const cover = key === 'methods' ? () => false : nameCover(all)
  const mayStandBeside = isAllowedBesideWildcard(key, all)
  for (const [index, name] of value.entries()) {
    const path = [key, index]
    const judgement = typeof name === 'string' ? null : judgeOther(name)
    if (typeof name !== 'string')
      issues.push(issue(judgement?.[0] ?? 'name-not-a-string', path, name, judgement?.[1], judgement?.[2]))
    else if (seen.has(identity(name))) issues.push(issue('name-duplicate', path, name, null))
    else if (name === '*') issues.push(...(mayStandBeside ? [] : [issue('wildcard-not-alone', path, name, null)]))
    else {
      const found = judge(name, all)
      if (found !== null) issues.push(issue(found[0], path, name, found[1], found[2]))
      if (cover(name)) issues.push(issue('name-covered', path, name, null))
    }
    if (typeof name === 'string') seen.add(identity(name))
  }
  return issues
}

function judgeOther(value: unknown): Judgement {
  if (!(value instanceof RegExp)) return ['name-not-a-string', value === undefined || value === null ? null : undefined]
  const name = nameOfRegExp(value.source)
  return name === null ? ['name-regexp'] : ['name-regexp', name, { review: true }]
}

/** One string is the commonest slip: `'Content-Type, Authorization'`. */
function listHint(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const names = value.split(/[\s,;]+/).filter((name) => name !== '')
  return names.length === 0 || names.length > 20 ? undefined : `write ${JSON.stringify(names)}`
}
