import type { DefectCode } from '../catalogue.ts'
import { issue, type PolicyContext } from '../issue.ts'
import { originTextOf, type Repair, repairEntry, repairList } from '../suggest/origin.ts'
import { regExpSource } from '../suggest/regexp.ts'
import type { PolicyIssue } from '../types.ts'
import { isWildcard, UNREADABLE } from '../values.ts'
import {
  admitsAnyHost,
  admitsStrangers,
  type EntryReading,
  isExactHttpsOrigin,
  isInsecureEntry,
  readEntry,
} from './origin-entry.ts'
import { checkPredicate } from './predicate.ts'

/** Checks the option `origins`. */
export function checkOrigins(value: unknown, context: PolicyContext): PolicyIssue[] {
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

function checkList(list: readonly unknown[], context: PolicyContext): PolicyIssue[] {
  const issues: PolicyIssue[] = []
  for (let index = 0; index < list.length; index++) {
    const value = list[index]
    if (typeof value === 'string' && isExactHttpsOrigin(value)) continue
    const path = ['origins', index]
    const text = originTextOf(value)
    const reading = readEntry(text ?? '')
    const codes = codesOf(value, reading, context)
    if (codes.length === 0) continue
    const repair: Repair = text === null ? [] : repairEntry(value, text, reading, context)
    for (const code of codes) issues.push(issue(path, value === UNREADABLE ? undefined : value, code, ...repair))
  }
  return issues
}

function codesOf(value: unknown, reading: EntryReading, context: PolicyContext): readonly DefectCode[] {
  if (value === UNREADABLE) return ['value-unreadable']
  if (value === undefined) return ['origin-unset']
  if (typeof (value ?? '') !== 'string') return [regExpSource(value) === null ? 'origin-not-a-string' : 'origin-regexp']
  const { entry, defects } = reading
  if (entry === undefined) return defects
  return [
    ...(admitsStrangers(entry, context) ? ['origin-public-suffix' as const] : []),
    ...(admitsAnyHost(entry, context) ? ['origin-any-host' as const] : []),
    ...(isInsecureEntry(entry, context) ? ['origin-insecure' as const] : []),
  ]
}
