import type { HeaderLine } from '../../browser/wire.ts'
import type { Received } from '../transport.ts'
import { dig, readString } from './har-fields.ts'
import type { Failing } from './har-kinds.ts'

/** An entry while the archive is read. */
export interface Raw {
  readonly index: number
  readonly entry: unknown
  readonly url: string
  readonly method: string
  readonly headers: readonly HeaderLine[]
  readonly answer: Received | null
  readonly failing: Failing | null
}

/** Finds for each redirect the entry that followed it. */
export function chains(entries: readonly Raw[]): ReadonlyMap<Raw, Raw> {
  const byUrl = groupBy(entries, ({ url }) => url)
  const next = new Map<Raw, Raw>()
  const taken = new Set<Raw>()
  for (const raw of entries) {
    const location = raw.answer === null ? null : locationOf(raw.answer, raw)
    if (location === null) continue
    const following = byUrl.get(location)?.find((other) => other.index > raw.index && !taken.has(other))
    if (following === undefined) continue
    next.set(raw, following)
    taken.add(following)
  }
  return next
}

function locationOf({ status, headers }: Received, { url, entry }: Raw): string | null {
  if (![301, 302, 303, 307, 308].includes(status)) return null
  const header = headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
  const location = URL.parse(header ?? readString(dig(dig(entry, 'response'), 'redirectURL')) ?? '', url)
  if (location === null) return null
  location.hash = ''
  return location.href
}

/** Groups items by a key. */
export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const name = key(item)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [item])
    else group.push(item)
  }
  return groups
}
