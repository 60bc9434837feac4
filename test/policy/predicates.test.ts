import { describe, expect, it } from 'vitest'
import { checkPolicy } from '../../src/index.ts'

type Predicate = (origin: string) => unknown

function codes(predicate: Predicate, policy: object = { credentials: true }): string[] {
  return checkPolicy({ origins: predicate, ...policy }).map(({ code }) => code)
}

const allowed = new Set(['https://app.example.com'])
const tenants = { has: (host: string) => host === 'a.tenants.example.com' }

describe('the hosts in the source of a predicate', () => {
  it('are read without the hyphens around them', () => {
    expect(codes((origin) => origin.endsWith('--example.com--'.slice(2, -2)))).toEqual(['predicate-accepts-strangers'])
  })
})

describe('an issue about a predicate', () => {
  it.each<[string, unknown]>([
    ['predicate-answer', (origin: string, callback: unknown) => [origin, callback]],
    ['predicate-async', async () => true],
    ['predicate-accepts-strangers', () => true],
    ['predicate-accepts-insecure', (origin: string) => /^https?:\/\/app\.example\.com$/.test(origin)],
  ])('%s stands at the origins, with the predicate', (code, origins) => {
    expect(checkPolicy({ origins, credentials: true })).toMatchObject([{ code, path: ['origins'], value: origins }])
  })
})

describe('a predicate next to credentials', () => {
  it.each<[string, Predicate]>([
    ['compares whole origins', (origin) => origin === 'https://app.example.com'],
    ['looks into a Set', (origin) => allowed.has(origin)],
    ['looks into a list', (origin) => ['https://a.com', 'https://b.com', 'http://localhost:3000'].includes(origin)],
    ['looks up the host elsewhere', (origin) => origin.startsWith('https://') && tenants.has(origin.slice(8))],
    [
      'compares scheme and end with a dot',
      (origin) => origin.startsWith('https://') && origin.endsWith('.example.com'),
    ],
    [
      'compares parts of a URL',
      (origin) => {
        const { protocol, hostname } = new URL(origin)
        return protocol === 'https:' && (hostname === 'example.com' || hostname.endsWith('.example.com'))
      },
    ],
    ['matches an anchored RegExp of labels', (origin) => /^https:\/\/([a-z0-9-]+\.)*example\.com$/.test(origin)],
    ['matches an anchored RegExp of one label', (origin) => /^https:\/\/pr-\d+\.preview\.example\.com$/.test(origin)],
    ['matches a RegExp that frees the port', (origin) => /^https:\/\/app\.example\.com(:\d+)?$/.test(origin)],
    ['matches alternatives', (origin) => /^https:\/\/(?:app|admin)\.example\.com$/.test(origin)],
    ['matches previews of a domain of its own', (origin) => /^https:\/\/[a-z0-9-]+-app\.example\.com$/.test(origin)],
    [
      'matches a loopback host with its port',
      (origin) => origin === 'https://app.example.com' || origin.startsWith('http://localhost:'),
    ],
    ['allows nobody', () => false],
    ['answers what is not true', () => 'yes'],
    [
      'throws',
      () => {
        throw new Error('no')
      },
    ],
  ])('passes when it %s', (_, predicate) => {
    expect(codes(predicate)).toEqual([])
  })

  it.each<[string, Predicate]>([
    ['allows everybody', () => true],
    ['compares the end without a dot', (origin) => origin.endsWith('example.com')],
    ['compares the end of a longer name without a dot', (origin) => origin.endsWith('app.example.com')],
    ['compares the end with a port', (origin) => origin.endsWith('example.com:8443')],
    ['compares the beginning', (origin) => origin.startsWith('https://app.example.com')],
    ['compares the beginning of a loopback host', (origin) => origin.startsWith('http://localhost')],
    ['searches for a host', (origin) => origin.includes('app.example.com')],
    ['searches for a word', (origin) => origin.includes('mycompany')],
    ['searches with indexOf', (origin) => origin.indexOf('example.com') >= 0],
    ['matches a RegExp without anchors', (origin) => /example\.com/.test(origin)],
    ['matches a RegExp without an end', (origin) => /^https:\/\/.*\.example\.com/.test(origin)],
    ['matches a RegExp without a beginning', (origin) => /https:\/\/app\.example\.com$/.test(origin)],
    ['matches a RegExp with an open dot', (origin) => /^https:\/\/app.example\.com$/.test(origin)],
    [
      'matches a RegExp with an open dot before the last label',
      (origin) => /^https:\/\/app\.example.com$/.test(origin),
    ],
    ['matches a RegExp with .* before the domain', (origin) => /^https:\/\/.*example\.com$/.test(origin)],
    ['calls match()', (origin) => origin.match('mycompany.io') !== null],
    ['allows hosts that anyone can register', (origin) => origin.endsWith('.vercel.app')],
    ['allows previews that anyone can deploy', (origin) => origin.endsWith('-myteam.vercel.app')],
    ['allows a top-level domain', (origin) => origin.startsWith('https://') && origin.endsWith('.com')],
    ['refuses only what it knows', (origin) => !origin.includes('evil')],
    ['allows any browser extension', (origin) => origin.startsWith('chrome-extension://')],
  ])('is refused when it %s', (_, predicate) => {
    expect(codes(predicate)).toEqual(['predicate-accepts-strangers'])
  })

  it.each<[string, Predicate]>([
    [
      'compares host names alone',
      (origin) => new URL(origin).hostname.endsWith('.example.com') && /^https?:/.test(origin),
    ],
    ['makes the s of https optional', (origin) => /^https?:\/\/app\.example\.com$/.test(origin)],
  ])('is refused for its http: origins when it %s', (_, predicate) => {
    expect(codes(predicate)).toEqual(['predicate-accepts-insecure'])
    expect(codes(predicate, { credentials: true, dangerouslyAllowInsecureOrigins: true })).toEqual([])
  })

  it('may allow public suffixes when the policy says so', () => {
    const predicate = (origin: string) => origin.startsWith('https://') && origin.endsWith('.vercel.app')
    expect(codes(predicate, { credentials: true, dangerouslyAllowPublicSuffixes: true })).toEqual([])
  })

  it('names the stranger that it lets in', () => {
    const [issue] = checkPolicy({ origins: (origin: string) => origin.endsWith('example.com'), credentials: true })
    expect(issue?.message).toMatch(/compare whole origins: it allows "https:\/\/[a-z]{10}example\.com"$/)
  })

  it('is put nothing but well-formed origins', () => {
    const seen: string[] = []
    const predicate = (origin: string) => {
      seen.push(origin)
      return origin === 'https://app.example.com'
    }
    expect(codes(predicate)).toEqual([])
    expect(seen.length).toBeGreaterThan(20)
    expect(seen.filter((origin) => URL.parse(origin) === null || origin !== origin.toLowerCase())).toEqual([])
  })
})

describe('the source of a predicate', () => {
  /** The origins that a predicate with this source is asked about. */
  function asked(body: string): string {
    const seen: string[] = []
    codes(
      new Function('note', `return (origin) => { note(origin); ${body}; return false }`)((origin: string) =>
        seen.push(origin),
      ),
    )
    return seen.join(' ')
  }

  it('is read up to sixteen hosts, sixteen words of thirty characters, and two ports', () => {
    const all = (make: (i: number) => string, count: number) => Array.from({ length: count }, (_, i) => make(i + 10))
    const hosts = all((i) => `h${i}.example.com`, 20)
    const words = all((i) => `word-${i}`, 20)
    const seen = asked(hosts.map((host) => `origin === 'https://${host}'`).join(';'))
    expect(hosts.filter((host) => seen.includes(host))).toEqual(hosts.slice(0, 16))
    const found = asked(`[${words.map((word) => `'${word}'`)}].includes(origin)`)
    expect(words.filter((word) => found.includes(word))).toEqual(words.slice(0, 16))
    const [longest, longer] = ['x'.repeat(30), 'y'.repeat(31)]
    const long = asked(`['${longest}', '${longer}'].includes(origin)`)
    expect([long.includes(longest), long.includes(longer)]).toEqual([true, false])
    const ports = asked(`['https://a.com:8001', 'https://a.com:8002', 'https://a.com:8003'].includes(origin)`)
    expect([8001, 8002, 8003].filter((port) => ports.includes(`:${port}`))).toEqual([8001, 8002])
  })

  it('is read in strings and regular expressions, and nowhere else', () => {
    const seen = asked('/^in-a-pattern/.test(origin); not_in - a_name')
    expect(['in-a-pattern', 'not_in', 'a_name'].filter((word) => seen.includes(word))).toEqual(['in-a-pattern'])
  })
})

describe('a predicate that names a host', () => {
  const safe = { credentials: true, dangerouslyAllowInsecureOrigins: true }

  it('may mean every name below a domain of its own, and a name of the computer itself', () => {
    expect(codes((o) => o === 'https://app.example.com' || o.endsWith('.example.com'), safe)).toEqual([])
    expect(codes((o) => /^http:\/\/([a-z]+\.)?localhost:3000$/.test(o))).toEqual([])
  })

  it.each<[string, Predicate]>([
    ['with a hyphen', (o) => o.startsWith('https://my-app.example.com')],
    ['with a dot that is not escaped', (o) => /^https:\/\/[a-z]+\.app.example\.com$/.test(o)],
  ])('%s is refused where a stranger can have one like it', (_, predicate) => {
    expect(codes(predicate, safe)).toEqual(['predicate-accepts-strangers'])
  })

  it('is told which http: origin it lets in', () => {
    const predicate = (o: string) => o === 'https://a.example.com' || o === 'http://a.example.com'
    expect(checkPolicy({ origins: predicate, credentials: true })).toMatchObject([
      { code: 'predicate-accepts-insecure', message: expect.stringMatching(/: it allows "http:\/\/a\.example\.com"$/) },
    ])
  })
})

describe('a predicate', () => {
  it('is not called without credentials', () => {
    let calls = 0
    expect(
      codes(() => {
        calls += 1
        return true
      }, {}),
    ).toEqual([])
    expect(calls).toBe(0)
  })

  it('is refused when it is an async function, and told of perRequest', () => {
    const [issue] = checkPolicy({ origins: async () => true })
    expect(issue).toMatchObject({
      code: 'predicate-async',
      message: 'a predicate answers at once; use perRequest for a choice that waits',
    })
  })

  it('is refused when it gives a Promise, whose rejection is caught', async () => {
    expect(codes(() => Promise.reject(new Error('no')))).toEqual(['predicate-async'])
    expect(codes(() => Promise.resolve(true))).toEqual(['predicate-async'])
    await new Promise((resolve) => setTimeout(resolve, 5))
  })
})
