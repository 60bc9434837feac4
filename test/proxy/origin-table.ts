// The table of SECURITY.md, as data.
import { readFileSync } from 'node:fs'

/** What the origin API sees, or what the edge answers in its place. */
export type Seen = 'nothing' | 'as sent' | 'own' | 403

export type Policy = '*' | 'list' | 'credentials'
export type Kind = 'read' | 'write' | 'WebSocket'
export type Mode = 'strip' | 'rewrite' | 'keep'
export type Sender = 'none' | 'own' | 'listed' | 'other' | 'null'

/** One cell. */
export interface Cell {
  readonly policy: Policy
  readonly kind: Kind
  readonly mode: Mode
  readonly sender: Sender
  readonly seen: Seen
}

const POLICIES: Readonly<Record<string, Policy>> = {
  "`'*'`": '*',
  'a list': 'list',
  'a list, with credentials': 'credentials',
}
const SEEN: Readonly<Record<string, Seen>> = {
  '–': 'nothing',
  'as sent': 'as sent',
  "the API's own": 'own',
  '403': 403,
}
const SENDERS: readonly Sender[] = ['none', 'own', 'listed', 'other', 'null']

/** Every cell of the table. */
export function readTable(): readonly Cell[] {
  const text = readFileSync(new URL('../../SECURITY.md', import.meta.url), 'utf8')
  const [, table = ''] = /<!-- origins -->(.*)<!-- \/origins -->/s.exec(text) ?? []
  const [, , ...rows] = table.trim().split('\n')
  return rows.flatMap((row) => {
    const [, policy = '', kind, mode = '', ...cells] = row.split('|').map((cell) => cell.trim())
    return SENDERS.map((sender, index) => ({
      policy: known(POLICIES, policy),
      kind: kind as Kind,
      mode: mode.replaceAll('`', '') as Mode,
      sender,
      seen: known(SEEN, cells[index] ?? ''),
    }))
  })
}

function known<T>(table: Readonly<Record<string, T>>, key: string): T {
  const value = table[key]
  if (value === undefined) throw new Error(`the table holds ${JSON.stringify(key)}`)
  return value
}
