import { describe, expect, it } from 'vitest'
import { buildPlayground } from '../../examples/playground/build.ts'

describe('buildPlayground()', () => {
  it('gives a page that names its files relatively', async () => {
    const files = await buildPlayground()
    const index = String(files.get('index.html'))
    const named = [...index.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, name = '']) => name)
    expect(named.map((name) => name.split('.').at(-1)).sort()).toEqual(['css', 'js', 'svg'])
    expect(named.filter((name) => !files.has(name))).toEqual([])
  })

  it('leaves the environment as it was, for what is started after it', async () => {
    const { NODE_ENV } = process.env
    delete process.env.NODE_ENV
    try {
      await buildPlayground()
      expect(Object.hasOwn(process.env, 'NODE_ENV')).toBe(false)
    } finally {
      if (NODE_ENV !== undefined) process.env.NODE_ENV = NODE_ENV
    }
  })
})
