import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

describe('src/diagnose', () => {
  const folder = join(import.meta.dirname, '../../src/diagnose')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const source = (name: string) => readFileSync(join(folder, name), 'utf8')

  it('runs in a page: nothing of Node, of process or of a console', () => {
    const bound = files.filter((name) =>
      /^import .*'node:|\bprocess\.(?!ex)|\bBuffer\b|console\.|reference types/m.test(source(name)),
    )
    expect(bound).toEqual([])
  })

  it('imports from policy, server, browser, spec and targets alone', () => {
    const imports = files.flatMap((name) =>
      [...source(name).matchAll(/from '(\.[^']+)'/g)].map((match) => join(name, '..', match[1] ?? '')),
    )
    const rooms = new Set(imports.filter((path) => path.startsWith('..')).map((path) => path.split('/')[1]))
    expect([...rooms].sort()).toEqual(['browser', 'policy', 'server', 'spec', 'targets'])
  })
})
