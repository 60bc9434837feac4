import { checkPredicate } from './canaries.ts'
import type { DefectCode } from './catalogue.ts'
import { isWildcard } from './is-wildcard.ts'
import { issue } from './issue.ts'
import { type EntryReading, readEntry } from './origin-entry.ts'
import { admitsAnyHost, admitsStrangers, isInsecureEntry, type OriginContext } from './origin-meaning.ts'
import { isPlainOrigin } from './plain-origin.ts'
import { regExpSource } from './regexp-pattern.ts'
import { type Repair, repairEntry, repairList, textOf } from './repair-origin.ts'
import { UNREADABLE } from './snapshot.ts'
import type { PolicyIssue } from './types.ts'

/** Checks the `origins` of a policy. */
export function checkOrigins(value: unknown, context: OriginContext): PolicyIssue[] {
  const path = ['origins']
  if (typeof value === 'function') return checkPredicate(value, context)
  if (isWildcard(value)) {
    return [
      ...(context.has('credentials') ? [issue(path, value, 'origins-wildcard-credentials')] : []),
      ...(context.has('refused', 'forbid') ? [issue(path, value, 'origins-wildcard-forbid')] : []),
    ]
  }
  if (Array.isArray(value))
    return value.length === 0 ? [issue(path, value, 'origins-empty')] : checkList(value, context)
  if (value === true) return [issue(path, value, 'origins-reflected')]
  const isMissing = value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
  return isMissing
    ? [issue(path, value, 'origins-missing')]
    : [issue(path, value, 'origins-not-a-list', undefined, { hint: repairList(value, context) })]
}

function checkList(list: readonly unknown[], context: OriginContext): PolicyIssue[] {
  const issues: PolicyIssue[] = []
  for (let index = 0; index < list.length; index++) {
    const value = list[index]
    if (typeof value === 'string' && isPlainOrigin(value)) continue
    const path = ['origins', index]
    const text = textOf(value)
    const reading = text === null ? null : readEntry(text)
    const codes = codesOf(value, reading, context)
    if (codes.length === 0) continue
    const repair: Repair = text === null || reading === null ? [] : repairEntry(value, text, reading, context)
    for (const code of codes) issues.push(issue(path, value === UNREADABLE ? undefined : value, code, ...repair))
  }
  return issues
}

function codesOf(value: unknown, reading: EntryReading | null, context: OriginContext): readonly DefectCode[] {
  if (value === UNREADABLE) return ['value-unreadable']
  if (reading === null || typeof (value ?? '') !== 'string')
    return [regExpSource(value) === null ? 'origin-not-a-string' : 'origin-regexp']
  const { entry, defects } = reading
  if (entry === undefined) return defects
  return [
    ...(admitsStrangers(entry, context) ? ['origin-public-suffix' as const] : []),
    ...(admitsAnyHost(entry, context) ? ['origin-any-host' as const] : []),
    ...(isInsecureEntry(entry, context) ? ['origin-insecure' as const] : []),
  ]
}
