import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as tenants from '../../src/tenants.ts'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/tenants.md'), 'utf8')
const folders = ['test/tenants/stores', 'test/workerd']
const tests = folders.flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8')),
)

/** The cells of each row below a heading. */
const rowsOf = (heading: string) =>
  (page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()))

describe('docs/tenants.md', () => {
  const stores = rowsOf('The stores')

  it.each(stores)(
    'has in the row of %s%s a store that is tried, or says that it is not',
    (_, __, write = '', ...rest) => {
      const name = /^`(\w+Store|workersKv)\(/.exec(write)?.[1]
      if (name === undefined) return expect(rest.at(-2)).toBe('documentation only')
      expect(tenants).toHaveProperty(name)
      expect(rest.at(-2)).not.toBe('documentation only')
      expect(tests.some((text) => text.includes(`${name}(`))).toBe(true)
    },
  )

  it('has a row for each store', () => {
    const named = Object.keys(tenants).filter((name) => /Store$|^workersKv$/.test(name))
    expect(named.length).toBeGreaterThan(7)
    for (const name of named) expect(stores.map(([, , write = '']) => write).join()).toContain(`\`${name}(`)
  })

  it('names each default', () => {
    const types = readFileSync(join(root, 'src/tenants/types.ts'), 'utf8')
    const options = rowsOf('What is kept, and for how long').filter(([, name = '']) => name.startsWith('`'))
    expect(options.length).toBe(8)
    for (const [, name = '', value = ''] of options) {
      const [, given] = new RegExp(`@default (\\d+)\\n   \\*/\\n  readonly ${name.slice(1, -1)}\\?:`).exec(types) ?? []
      expect([name, value.replace(',', '').replace(/ .*/, '')]).toEqual([name, given])
    }
  })
})
