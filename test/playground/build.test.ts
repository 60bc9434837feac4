import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { buildPlayground, CONTENT_SECURITY_POLICY } from '../../examples/playground/build.ts'

describe('buildPlayground()', () => {
  it('gives a page that names its files relatively', async () => {
    const files = await buildPlayground()
    const index = String(files.get('index.html'))
    const named = [...index.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, name = '']) => name)
    expect(named.map((name) => name.split('.').at(-1)).sort()).toEqual(['css', 'js', 'svg'])
    expect(named.filter((name) => !files.has(name))).toEqual([])
  })

  it('carries its Content-Security-Policy where it stands alone, before what it is about', async () => {
    const alone = String((await buildPlayground(true)).get('index.html'))
    const policy = `<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">`
    expect(alone.split(policy)).toHaveLength(2)
    expect(alone.indexOf(policy)).toBeLessThan(alone.search(/<(script|link)/))
    // A second policy would forbid what npm start's own header allows: the test endpoint.
    expect(String((await buildPlayground()).get('index.html'))).not.toContain('http-equiv')
  })

  it('is what the documentation shows', () => {
    const page = readFileSync(new URL('../../docs/playground.md', import.meta.url), 'utf8')
    const [, shown = ''] = /```\nContent-Security-Policy: ([^`]*)\n```/.exec(page) ?? []
    expect(shown.replaceAll(/\s+/g, ' ')).toBe(CONTENT_SECURITY_POLICY)
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
