// The pages of the libraries: each snippet is read and converted, and what stands below it is what the command says.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { migrationsOf, withReports } from '../../scripts/migrate-report.ts'
import { createCors } from '../../src/index.ts'
import { PEERS } from '../../src/migrate/migrate.ts'
import type { PeerName } from '../../src/migrate/peer.ts'

const DOCS = join(import.meta.dirname, '../../docs')
const read = (path: string) => readFileSync(join(DOCS, path), 'utf8')
const names = PEERS.map(({ name }) => name)

describe('docs/migrate', () => {
  it('has a page for every library, and no other', () => {
    expect(readdirSync(join(DOCS, 'migrate')).sort()).toEqual(names.map((name) => `${name}.md`).sort())
  })

  it.each(names)('links the page of %s, on the overview and on the site', (name) => {
    expect(read('migrate.md')).toMatch(new RegExp(`\\| \`${name}\`\\s*\\| \\[.*\\]\\(migrate/${name}\\.md\\)`))
    expect(read('.vitepress/config.ts')).toContain(`link: '/docs/migrate/${name}'`)
  })

  it.each(names)('says about %s what the command says', (name) => {
    const page = read(`migrate/${name}.md`)
    expect(withReports(page)).toBe(page)
    expect(page).toContain(`corsmith migrate --from ${name} `)
    const snippets = [...page.matchAll(/^```(js|ts|py|java) (\w+)\n([\s\S]*?)^```\n\n<!-- report/gm)]
    expect(snippets.length).toBeGreaterThan(0)
    for (const [, language = '', peer, code = ''] of snippets) {
      // Lines that are set by hand have one reader, for every server.
      expect([name, 'next']).toContain(peer)
      const migrations = migrationsOf(code, language, peer as PeerName)
      expect(migrations.length).toBeGreaterThan(0)
      for (const { policy } of migrations) if (policy !== null) expect(() => createCors(policy)).not.toThrow()
    }
  })
})
