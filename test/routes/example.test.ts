import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fetch } from '../../examples/routes.ts'
import { from, STRANGER } from '../support/pages.ts'

describe('examples/routes.ts', () => {
  it('answers each route by its own policy', async () => {
    const allowed = async (origin: string, path: string) =>
      (await fetch(from(origin, path))).headers.get('Access-Control-Allow-Origin')
    expect(await allowed('https://www.example.com', '/account/name')).toBe('https://www.example.com')
    expect(await allowed(STRANGER, '/account/name')).toBeNull()
    expect(await allowed(STRANGER, '/prices/7')).toBe('*')
    expect(await allowed(STRANGER, '/prices')).toBe('*')
  })
})

describe('corsRoutes() on Bun and Deno', () => {
  it.each([
    ['bun', []],
    ['deno', ['run', '--no-prompt', '--no-check']],
  ])('finds the same routes as on Node: %s', (command, args) => {
    const app = join(import.meta.dirname, '../support/apps/routes-found.ts')
    const found = (path: string, ...words: readonly string[]) =>
      execFileSync(path, [...words, app], { encoding: 'utf8' })
    expect(found(join(import.meta.dirname, '../../node_modules/.bin', command), ...args)).toBe(found(process.execPath))
  })
})
