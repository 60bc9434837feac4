// The page of every library: each snippet is read and converted, and gives the policies that stand below it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCors } from '../../src/index.ts'
import { migrate, PEERS, peerNamed } from '../../src/migrate/migrate.ts'
import type { PeerName } from '../../src/migrate/peer.ts'
import { findOptions } from '../../src/migrate/source/calls.ts'
import { readWritten, skip } from '../../src/migrate/source/literal.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/migrate.md'), 'utf8')
const pairs = [...page.matchAll(/^```(js|ts|py) (\w+)\n([\s\S]*?)^```\n+```js\n([\s\S]*?)^```/gm)].map(
  ([, language, peer, before, after]) => ({
    language,
    peer: peer as PeerName,
    before: before ?? '',
    after: after ?? '',
  }),
)

/** Reads one object after the other. */
function objectsIn(text: string): unknown[] {
  const objects: unknown[] = []
  for (let at = skip(text, 0, 'javascript'); at < text.length; at = skip(text, at, 'javascript')) {
    const { value, end } = readWritten(text, at, 'javascript')
    objects.push(value)
    at = end
  }
  return objects
}

describe('docs/migrate.md', () => {
  it('has a row and a snippet for every library', () => {
    expect(PEERS.filter(({ name }) => !page.includes(`| \`${name}\``)).map(({ name }) => name)).toEqual([])
    expect(new Set(pairs.map(({ peer }) => peer))).toEqual(new Set(PEERS.map(({ name }) => name)))
  })

  it.each(pairs)('converts what it shows: $peer', ({ language, peer, before, after }) => {
    const places = findOptions(before, language === 'py' ? 'python' : 'javascript', peer)
    expect(places.map(({ why }) => why).filter((why) => why !== null)).toEqual([])
    const sets = places.flatMap(({ options }) =>
      options === null ? [] : (peerNamed(peer)?.parts?.(options) ?? [options]),
    )
    const policies = sets.map((options) => migrate(peer, options).policy)
    expect(policies).toEqual(objectsIn(after))
    for (const policy of policies) expect(() => createCors(policy as never)).not.toThrow()
  })
})
