import { checkPredicate } from './canaries.ts'
import type { IssueCode } from './catalogue.ts'
import { checkCover, type PlacedEntry } from './check-cover.ts'
import { issue } from './issue.ts'
import { type OriginEntry, readEntry } from './origin-entry.ts'
import { admitsStrangers, isInsecureEntry, isLoopbackEntry, type OriginContext } from './origin-meaning.ts'
import { regExpSource } from './regexp-pattern.ts'
import { repairEntry, repairList } from './repair-origin.ts'
import type { PolicyIssue } from './types.ts'

/** Checks the `origins` of a policy. */
export function checkOrigins(value: unknown, context: OriginContext): PolicyIssue[] {
  const path = ['origins']
  if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) {
    return [issue('origins-missing', path, value)]
  }
  if (value === '*' || isWildcardList(value)) return checkWildcard(value, context)
  if (typeof value === 'function') return checkPredicate(value, context)
  if (value === true) return [issue('origins-reflected', path, value)]
  if (!Array.isArray(value)) {
    return [issue('origins-not-a-list', path, value, undefined, { hint: repairList(value, context) })]
  }
  return value.length === 0 ? [issue('origins-empty', path, value)] : checkList(value, context)
}

/** `'*'`, alone in a list, says the same as `'*'`. */
export function isWildcardList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 1 && value[0] === '*'
}

function checkWildcard(value: unknown, { credentials, forbid }: OriginContext): PolicyIssue[] {
  const issues: PolicyIssue[] = []
  if (credentials) issues.push(issue('origins-wildcard-credentials', ['origins'], value))
  if (forbid) issues.push(issue('origins-wildcard-forbid', ['origins'], value))
  return issues
}

function checkList(list: readonly unknown[], context: OriginContext): PolicyIssue[] {
  const issues: PolicyIssue[] = []
  const entries: PlacedEntry[] = []
  const seen = new Set<string>()
  for (const [index, value] of list.entries()) {
    const path = ['origins', index]
    const entry = typeof value === 'string' ? readEntry(value).entry : undefined
    if (entry === undefined) {
      issues.push(...checkMalformed(value, path, context))
    } else {
      const found = checkMeaning(entry, path, context)
      issues.push(...found)
      if (seen.has(entry.text)) issues.push(issue('origin-duplicate', path, value, null))
      entries.push({ entry, index, isSound: found.every(({ severity }) => severity === 'warning') })
      seen.add(entry.text)
    }
  }
  return [...issues, ...checkCover(entries)]
}

function checkMalformed(value: unknown, path: readonly (string | number)[], context: OriginContext): PolicyIssue[] {
  if (value === undefined || value === null) return [issue('origin-empty', path, value, null)]
  const { suggestion, extra } = repairEntry(value, context)
  if (regExpSource(value) !== null) return [issue('origin-regexp', path, value, suggestion, extra)]
  if (typeof value !== 'string') return [issue('origin-not-a-string', path, value, suggestion, extra)]
  return (readEntry(value).defects ?? []).map((code) => issue(code, path, value, suggestion, extra))
}

function checkMeaning(entry: OriginEntry, path: readonly (string | number)[], context: OriginContext): PolicyIssue[] {
  const codes: IssueCode[] = []
  if (admitsStrangers(entry, context)) codes.push('origin-public-suffix')
  if (isInsecureEntry(entry, context)) codes.push('origin-insecure')
  const { suggestion, extra } = codes.length === 0 ? {} : repairEntry(entry.text, context)
  const issues = codes.map((code) => issue(code, path, entry.text, suggestion, extra))
  return context.credentials && isLoopbackEntry(entry)
    ? [...issues, issue('origin-loopback', path, entry.text)]
    : issues
}
