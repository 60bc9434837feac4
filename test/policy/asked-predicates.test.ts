// A predicate that is asked about a request: what it is asked, how often, and what is said of it.
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { CorsPolicy } from '../../src/index.ts'
import { lookAlikes, randomLabel } from '../../src/policy/look-alikes.ts'
import { askPredicate } from '../../src/policy/predicate.ts'
import { parseOrigin } from '../../src/spec/origins.ts'
import { isKnownPublicSuffix } from '../../src/spec/suffixes.ts'

/** A predicate that counts, and what asks it. */
function asked(predicate: (origin: string) => unknown, policy: Omit<CorsPolicy, 'origins'> = {}) {
  let calls = 0
  const origins = (origin: string) => {
    calls += 1
    return predicate(origin)
  }
  const ask = askPredicate(origins, { ...policy, origins: origins as () => boolean }, isKnownPublicSuffix)
  return (origin: string) => {
    calls = 0
    return { answer: ask(origin), calls }
  }
}

describe('a predicate', () => {
  it('is asked once about an origin whose look-alikes were tried, and 256 of them are remembered', () => {
    const own = new Set(Array.from({ length: 257 }, (_, i) => `https://a${i}.example.com`))
    const ask = asked((origin) => own.has(origin), { credentials: true })
    for (const origin of [...own].slice(0, 256)) expect(ask(origin).calls).toBeGreaterThan(1)
    expect(ask('https://a0.example.com')).toEqual({ answer: 'predicate', calls: 1 })
    expect(ask('https://a256.example.com').calls).toBeGreaterThan(1)
    expect(ask('https://a256.example.com').calls).toBe(1)
    expect(ask('https://a0.example.com').calls).toBeGreaterThan(1)
  })

  it('that refuses an origin later is obeyed', () => {
    let isOpen = true
    const ask = asked((origin) => isOpen && origin === 'https://a.com')
    expect(ask('https://a.com').answer).toBe('predicate')
    isOpen = false
    expect(ask('https://a.com').answer).toBeNull()
    expect(ask('not an origin')).toEqual({ answer: null, calls: 0 })
  })
})

describe('the line on the console', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('shows a text that is no answer, cut', () => {
    const print = vi.spyOn(console, 'error').mockReturnValue()
    const ask = asked(() => 'x'.repeat(101))
    expect(ask('https://a.com').answer).toBeUndefined()
    expect(ask('https://a.com').answer).toBeUndefined()
    expect(print.mock.calls).toEqual([
      [
        `corsmith: a predicate takes one origin and returns true or false: it returned "${'x'.repeat(100)}"; it is not shared\n  more: npx corsmith why predicate-answer`,
      ],
    ])
  })
})

describe('lookAlikes()', () => {
  const of = (origin: string) => {
    const parts = parseOrigin(origin)
    return parts === null ? [] : lookAlikes(parts, 'qq', isKnownPublicSuffix)
  }
  const UNRELATED = [
    'https://qq.test',
    'https://www.qq.example',
    'http://qq.test:8080',
    'https://qq.com',
    'https://qq.qq.com',
    'http://qq.org',
    'https://qq.github.io',
    'chrome-extension://qqaaaabbbbccccddddeeeeff',
  ]

  it('have text around the host, and another character in the domain and before it', () => {
    expect(of('https://x.ab.de')).toEqual([
      'https://x.ab.de.qq.test',
      'https://qq.x.ab.de.qq.test',
      'https://x.ab.deqq.test',
      'https://qq.x.ab.deqq.test',
      'https://x.ab.de-qq.test',
      'https://qq.x.ab.de-qq.test',
      'https://qq-x.ab.de.test',
      'https://qqab.de',
      'https://qq-ab.de',
      'https://xqab.de',
      'https://x.qb.de',
      'https://x.aq.de',
      'https://x.abqde',
      'https://x.ab.qe',
      'https://x.ab.dq',
      ...UNRELATED,
    ])
  })

  it('keep the scheme and the port, and try the scheme without a port as well', () => {
    const found = of('http://q.ab.de:81')
    expect(found).toContain('http://q.ab.de.qq.test')
    expect(found).toContain('http://q.ab.de.qq.test:81')
    expect(found).toContain('http://q.qb.de:81')
    expect(found).not.toContain('http://q.qb.de')
    // There is no letter in the label but the one that stands there.
    expect(of('http://qa.de')).toContain('http://xa.de')
  })

  it('leave out names below a public suffix that the origin has itself, and hosts of apps', () => {
    expect(of('https://mine.github.io')).toContain('https://qq.github.io')
    expect(of('https://github.io')).not.toContain('https://qq.github.io')
    expect(of('app://x')).toEqual(UNRELATED)
    expect(of('http://a.localhost')).toContain('http://qq-localhost')
    expect(of('http://a.localhost')).toContain('http://aqlocalhost')
  })

  it('are origins that a browser can send', () => {
    for (const origin of [
      'https://127.0.0.1',
      'https://[::1]:8443',
      'http://localhost',
      `https://${'a'.repeat(63)}.de`,
    ]) {
      expect(of(origin).length).toBeGreaterThan(UNRELATED.length)
      expect(of(origin).filter((text) => parseOrigin(text) === null)).toEqual([])
    }
  })

  it('have a label that is another one each time', () => {
    const labels = Array.from({ length: 20 }, randomLabel)
    expect(labels.filter((label) => !/^[a-z]{10}$/.test(label))).toEqual([])
    expect(new Set(labels).size).toBe(20)
    expect(new Set(labels.join('')).size).toBeGreaterThan(10)
  })

  it('are bounded, however long the host is', () => {
    const label = 'a'.repeat(63)
    expect(of(`https://${label}.${label}.${label}.de`).length).toBeLessThan(100)
  })
})
