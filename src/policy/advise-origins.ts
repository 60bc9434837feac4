import { entryCover } from './cover.ts'
import { hasCustomersBelow } from './customer-hosts.ts'
import { warning } from './issue.ts'
import { type OriginEntry, readEntry } from './origin-entry.ts'
import { isLoopbackEntry } from './origin-meaning.ts'
import type { PolicyIssue } from './types.ts'

/** Finds entries that are superfluous, or worth a second look. `isSound` tells which have no defect, `mayBeStrangers` that everybody on a host is meant. */
export function adviseOrigins(
  list: readonly unknown[],
  isSound: (index: number) => boolean,
  credentials: boolean,
  mayBeStrangers: boolean,
): PolicyIssue[] {
  const entries = list.map((value) => (typeof value === 'string' ? readEntry(value).entry : undefined))
  // What is defective itself covers nothing: it will go.
  const isCovered = entryCover(entries.filter((entry, index) => entry !== undefined && isSound(index)) as OriginEntry[])
  const seen = new Set<string>()
  return entries.flatMap((entry, index) => {
    if (entry === undefined) return []
    const { text } = entry
    const path = ['origins', index]
    const found: PolicyIssue[] = []
    if (credentials && isLoopbackEntry(entry)) found.push(warning(path, text, 'origin-loopback'))
    if (entry.kind === 'pattern' && isSound(index) && !mayBeStrangers && hasCustomersBelow(entry.host))
      found.push(warning(path, text, 'origin-shared-host'))
    if (seen.has(text)) found.push(warning(path, text, 'origin-duplicate', null))
    if (isCovered(entry)) found.push(warning(path, text, 'origin-covered', null))
    seen.add(text)
    return found
  })
}
