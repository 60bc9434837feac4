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
  onlyCodes,
  readEntry,
} from './origin-entry.ts'
import { checkPredicate } from './predicate.ts'

/** Checks the option `origins`. */
export function checkOrigins(value: unknown, context: PolicyContext): PolicyIssue[] {
  const refuse = (code: DefectCode, hint?: string) => [issue(['origins'], value, code, undefined, { hint })]
  if (typeof value === 'function') return checkPredicate(value, context)
  if (isWildcard(value)) {
    const codes = onlyCodes([
      context.has('credentials') && 'origins-wildcard-credentials',
      context.has('refused', 'forbid') && 'origins-wildcard-forbid',
    ])
    return codes.flatMap((code) => refuse(code))
  }
  if (Array.isArray(value)) return value.length === 0 ? refuse('origins-empty') : checkList(value, context)
  if (value === true) return refuse('origins-reflected')
  const text = value ?? ''
  const isMissing = typeof text === 'string' && text.trim() === ''
  return isMissing ? refuse('origins-missing') : refuse('origins-not-a-list', repairList(value, context))
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
    for (const code of codes) issues.push(issue(path, value, code, ...repair))
  }
  return issues
}

function codesOf(value: unknown, reading: EntryReading, context: PolicyContext): readonly DefectCode[] {
  if (value === UNREADABLE) return ['value-unreadable']
  if (value === undefined) return ['origin-unset']
  if (typeof (value ?? '') !== 'string') return [regExpSource(value) === null ? 'origin-not-a-string' : 'origin-regexp']
  const { entry, defects } = reading
  if (entry === undefined) return defects
  return onlyCodes([
    admitsStrangers(entry, context) && 'origin-public-suffix',
    admitsAnyHost(entry, context) && 'origin-any-host',
    isInsecureEntry(entry, context) && 'origin-insecure',
  ])
}
