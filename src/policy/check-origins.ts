import { isLoopbackHost } from '../spec/origins.ts'
import { checkPredicate } from './canaries.ts'
import { correctOrigin } from './correct-origin.ts'
import { issue } from './issue.ts'
import { createMatcher } from './matcher.ts'
import { type OriginEntry, readEntry } from './origin-entry.ts'
import { isKnownPublicSuffix } from './suffixes.ts'
import type { PolicyIssue } from './types.ts'

/** What the rest of the policy says that matters to its origins. */
export interface OriginContext {
  readonly credentials: boolean
  readonly forbid: boolean
  readonly allowInsecure: boolean
  readonly allowPublicSuffixes: boolean
}

/** Checks the `origins` of a policy. */
export function checkOrigins(value: unknown, context: OriginContext): PolicyIssue[] {
  if (value === undefined) return [issue('origins-missing', ['origins'], value)]
  if (value === '*' || isWildcardList(value)) return checkWildcard(value, context)
  if (typeof value === 'function') return checkPredicate(value, context.credentials)
  if (typeof value === 'string')
    return [issue('origins-not-a-list', ['origins'], value, undefined, { hint: listHint(value) })]
  if (!Array.isArray(value)) return [issue('origins-not-a-list', ['origins'], value)]
  if (value.length === 0) return [issue('origins-empty', ['origins'], value)]
  return checkList(value, context)
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

/** One string is the commonest slip: `origins: process.env.ORIGINS`. */
function listHint(text: string): string {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  if (parts.length === 0 || parts.length > 20) return 'write a list'
  return `write ${JSON.stringify(parts.map((part) => correctOrigin(part) ?? part))}`
}

function checkList(list: readonly unknown[], context: OriginContext): PolicyIssue[] {
  const issues: PolicyIssue[] = []
  const entries: { readonly entry: OriginEntry; readonly index: number }[] = []
  const seen = new Set<string>()
  for (const [index, text] of list.entries()) {
    const path = ['origins', index]
    if (typeof text !== 'string') {
      issues.push(issue(text === undefined || text === null ? 'origin-empty' : 'origin-not-a-string', path, text))
      continue
    }
    const { entry, defects } = readEntry(text)
    if (entry === undefined) {
      const suggestion = correctOrigin(text) ?? undefined
      for (const code of defects) issues.push(issue(code, path, text, suggestion))
    } else if (seen.has(text)) {
      issues.push(issue('origin-duplicate', path, text, null))
    } else {
      seen.add(text)
      entries.push({ entry, index })
      issues.push(...checkMeaning(entry, path, context))
    }
  }
  return [...issues, ...checkCover(entries)]
}

function checkMeaning(entry: OriginEntry, path: readonly (string | number)[], context: OriginContext): PolicyIssue[] {
  const issues: PolicyIssue[] = []
  if (entry.kind === 'pattern' && !context.allowPublicSuffixes && isKnownPublicSuffix(entry.base)) {
    issues.push(issue('origin-public-suffix', path, entry.text))
  }
  if (!context.credentials || (entry.scheme !== 'http' && entry.scheme !== 'https')) return issues
  const isLoopback = isLoopbackHost(entry.kind === 'pattern' ? entry.base : entry.host)
  if (isLoopback) issues.push(issue('origin-loopback', path, entry.text))
  else if (entry.scheme === 'http' && !context.allowInsecure) {
    issues.push(issue('origin-insecure', path, entry.text, entry.text.replace('http:', 'https:')))
  }
  return issues
}

/** Entries that another entry covers are superfluous, which is worth knowing and no defect. */
function checkCover(entries: readonly { readonly entry: OriginEntry; readonly index: number }[]): PolicyIssue[] {
  const wide = entries.filter(({ entry }) => entry.kind !== 'exact')
  if (wide.length === 0) return []
  const matcher = createMatcher(wide.map(({ entry }) => entry))
  const issues: PolicyIssue[] = []
  for (const { entry, index } of entries) {
    const covered = entry.kind === 'exact' ? matcher.match(entry.text) !== null : isPatternCovered(entry, wide)
    if (covered) issues.push(issue('origin-covered', ['origins', index], entry.text, null))
  }
  return issues
}

/** A pattern is covered by a `*.` pattern whose base it lies below. */
function isPatternCovered(entry: OriginEntry, wide: readonly { readonly entry: OriginEntry }[]): boolean {
  if (entry.kind !== 'pattern' || wide.length > 1_000) return false
  return wide.some(
    ({ entry: other }) =>
      other !== entry &&
      other.kind === 'pattern' &&
      other.wholeLabels &&
      other.scheme === entry.scheme &&
      entry.text !== other.text &&
      entry.behind.endsWith(other.behind) &&
      (entry.behind.length > other.behind.length || !entry.wholeLabels),
  )
}
