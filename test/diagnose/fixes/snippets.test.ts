import { describe, expect, it } from 'vitest'
import { CHOOSABLE, isTarget, snippet, TARGETS, type Target } from '../../../src/diagnose.ts'
import type { CorsPolicy } from '../../../src/index.ts'

const RICH: CorsPolicy = {
  origins: ['https://app.example.com', 'https://b.example.com'],
  credentials: true,
  methods: ['PUT', 'DELETE'],
  requestHeaders: ['Content-Type', 'Authorization'],
  exposedHeaders: ['X-Total', 'ETag'],
  maxAge: 300,
}

describe('snippet()', () => {
  it.each(CHOOSABLE)('writes for %s all that a policy says, the least, and for everybody', (target) => {
    expect(snippet(target, RICH)).toMatchSnapshot()
    expect(snippet(target, { origins: ['https://app.example.com'] })).toMatchSnapshot()
    expect(snippet(target, { origins: '*' })).toMatchSnapshot()
  })

  it('is null for what has no configuration of its own', () => {
    const others = (Object.keys(TARGETS) as Target[]).filter((target) => !CHOOSABLE.includes(target))
    expect(others.map((target) => [target, snippet(target, RICH)])).toEqual(others.map((target) => [target, null]))
  })

  it.each(['flask', 'rails', 'laravel', 'spring', 'fetch', 'hono', 'go'] as const)(
    'ends no text of %s early',
    (target) => {
      const text =
        snippet(target, { origins: ['https://app.example.com'], methods: [`A'B`], requestHeaders: ['X-"A\\'] }) ?? ''
      expect(text).toMatchSnapshot()
    },
  )

  it('writes a predicate and everything for everybody as what they are', () => {
    expect(snippet('fetch', { origins: () => true, methods: '*', requestHeaders: '*' })).toMatchSnapshot()
    expect(snippet('nginx', { origins: '*', methods: '*', requestHeaders: '*', exposedHeaders: '*' })).toMatchSnapshot()
  })
})

describe('TARGETS', () => {
  it('names each, and knows which can be chosen', () => {
    expect(TARGETS).toMatchSnapshot()
    expect(CHOOSABLE.filter((target) => !isTarget(target))).toEqual([])
    expect(['client', 'waf', 'network', '', 'nginx ', 'toString', '__proto__'].filter(isTarget)).toEqual([])
  })
})
