import type { IssueCode } from './catalogue.ts'
import { type IssueExtra, issue, type Suggestion } from './issue.ts'
import { judgeExposedHeader, judgeMethod, judgeRequestHeader } from './judge-name.ts'
import { isAllowedBesideWildcard, nameCover } from './name-cover.ts'
import { nameOfRegExp, regExpSource } from './regexp-pattern.ts'
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

function checkNames(key: string, value: unknown, judgeText: Judge): PolicyIssue[] {
  if (value === undefined || value === '*') return []
  if (value === null) return [issue('not-a-list', [key], value, null)]
  if (!Array.isArray(value)) return [issue('not-a-list', [key], value, undefined, { hint: listHint(value) })]
  const issues: PolicyIssue[] = []
  const all = new Set(value.filter((name) => typeof name === 'string'))
  const identity = key === 'methods' ? (name: string) => name : (name: string) => name.toLowerCase()
  const seen = new Set<string>()
  const cover = key === 'methods' ? () => false : nameCover(all)
  const mayStandBeside = isAllowedBesideWildcard(key, all)
  const judge = (name: string): Judgement | null => {
    if (name === '*') return mayStandBeside && !seen.has(name) ? null : ['wildcard-not-alone', null]
    return judgeText(name, all)
  }
  for (const [index, name] of value.entries()) {
    const found = typeof name === 'string' ? judge(name) : judgeOther(name)
    const judgements = found === null ? [] : [found]
    if (typeof name === 'string') {
      if (seen.has(identity(name))) judgements.push(['name-duplicate', null])
      if (cover(name)) judgements.push(['name-covered', null])
      seen.add(identity(name))
    }
    for (const [code, suggestion, extra] of judgements) issues.push(issue(code, [key, index], name, suggestion, extra))
  }
  return issues
}

function judgeOther(value: unknown): Judgement {
  const source = regExpSource(value)
  if (source === null) return ['name-not-a-string', value === undefined || value === null ? null : undefined]
  const name = nameOfRegExp(source)
  return name === null ? ['name-regexp'] : ['name-regexp', name, { review: true }]
}

/** One string is the commonest slip: `'Content-Type, Authorization'`. */
function listHint(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const names = value.split(/[\s,;]+/).filter((name) => name !== '')
  return names.length === 0 || names.length > 20 ? undefined : `write ${JSON.stringify(names)}`
}
