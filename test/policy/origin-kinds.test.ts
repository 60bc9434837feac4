// Origins of apps and extensions, of loopback hosts below a name, and of hosts that the DNS would not have: lists, patterns, predicates
// and decisions read them alike.
import { describe, expect, it } from 'vitest'
import { checkPolicy, createCors, policyFromEnv } from '../../src/index.ts'
import { diffPolicies, policyFromJson } from '../../src/policy.ts'
import { head } from '../support/exchanges.ts'

const codes = (origins: unknown, rest: object = {}) => checkPolicy({ origins, ...rest }).map(({ code }) => code)
const decide = (origins: readonly string[] | ((origin: string) => boolean), origin: string, rest: object = {}) =>
  createCors({ origins, ...rest } as { origins: string[] }).decide(head('GET', { origin }))

/** What browsers send, and the list, a predicate and `decide` must agree about. */
const SENT = [
  'app://.',
  'app://-',
  'app://bundle',
  'app://obsidian.md',
  'capacitor://localhost',
  'capacitor://',
  'tauri://localhost',
  'moz-extension://a1cd9ab7-ab15-462c-9315-8eece8e16982',
  'chrome-extension://bflpfmnmnokmjhmgnolecpppdbdophmk',
  'vscode-webview://1sp25s4sakm31l1l6mbpgm8mtfm9jt1k5a4fnebtaifd1p0oqsc4',
  'app://%C3%A9',
  'app://my_app:8080',
  'http://-a.example.test',
  'http://a-.example.test',
  'https://-.example.test',
  'https://my_app.example.com',
  'https://_dmarc._x.example.com',
  'http://tauri.localhost',
]

describe('an origin that browsers send', () => {
  it.each(SENT)('%s can be listed, is put to a predicate, and is none too many', (origin) => {
    expect(codes([origin])).toEqual([])
    expect(decide([origin], origin)).toMatchObject({ shared: true, rule: origin })
    const asked: string[] = []
    const predicate = (each: string) => {
      asked.push(each)
      return each === origin
    }
    expect(decide(predicate, origin)).toMatchObject({ shared: true, rule: 'predicate' })
    expect(asked[0]).toBe(origin)
    expect(decide(['https://other.example.com'], origin).refusal).toBe('origin-not-allowed')
    expect(policyFromJson(JSON.stringify({ origins: [origin] })).origins).toEqual([origin])
    expect(policyFromEnv({ CORS_ORIGINS: origin }).origins).toEqual([origin])
    expect(diffPolicies({ origins: () => false }, { origins: [origin] }).allowed).toHaveLength(1)
    expect(diffPolicies({ origins: predicate }, { origins: [origin] }).allowed).toEqual([])
  })

  it.each(['app://:80', 'https://', 'HTTPS://a.com', 'app://a b', 'app://a,b', 'app://x/', 'file://', 'null'])(
    '%j is none: it cannot be listed, nor does a predicate see it',
    (origin) => {
      expect(codes([origin, 'https://a.com'])).not.toEqual([])
      expect(decide(() => true, origin).shared).toBe(false)
    },
  )
})

describe('an extension of Safari', () => {
  it('has an identifier in upper case, which a wildcard and a predicate see, and no list holds', () => {
    const origin = 'safari-web-extension://140BB581-A2C0-422A-9DD3-6982A5ABEE5E'
    expect(decide(['safari-web-extension://*'], origin)).toMatchObject({
      shared: true,
      rule: 'safari-web-extension://*',
    })
    expect(decide((asked) => asked === origin, origin).shared).toBe(true)
    expect(codes([origin, 'https://a.com'])).toEqual(['origin-upper-case'])
  })
})

describe('a pattern', () => {
  it('matches the hosts that can be listed, but for labels without a letter or digit', () => {
    const pattern = 'https://*.example.com'
    const hosts = ['-a', 'a-', 'my_app', '_x.y', 'a.b']
    expect(hosts.filter((host) => decide([pattern], `https://${host}.example.com`).rule !== pattern)).toEqual([])
    expect(decide([pattern], 'https://-.example.com').shared).toBe(false)
    expect(decide([pattern], 'https://_.a.example.com').shared).toBe(false)
  })

  it('may hold an underscore, and covers what it matches', () => {
    expect(codes(['https://my_app-*.example.com', 'https://*.my_app.example.com'])).toEqual([])
    expect(decide(['https://my_app-*.example.com'], 'https://my_app-1.example.com').shared).toBe(true)
    expect(codes(['https://*.example.com', 'https://my_app-*.example.com'])).toEqual(['origin-covered'])
  })

  it('is not covered by one that its "*" only seems to fill', () => {
    expect(codes(['https://_*.example.com', 'https://*__.example.com'])).toEqual([])
    const { allowed } = diffPolicies({ origins: ['https://_*.a.com'] }, { origins: ['https://*__.a.com'] })
    expect(allowed.map(({ value }) => value)).toEqual(['https://*__.a.com'])
  })
})

describe('loopback hosts below a name', () => {
  it.each(['http://*.localhost:3000', 'http://*.localhost', 'http://*.localhost:*', 'http://app-*.localhost:*'])(
    '%s constructs: nobody can register such a name',
    (entry) => {
      expect(codes([entry])).toEqual([])
      expect(codes([entry], { credentials: true })).toEqual(['origin-loopback'])
    },
  )

  it('are matched on any port, and nothing beside them', () => {
    const entry = 'http://*.localhost:*'
    const origins = ['http://acme.localhost', 'http://acme.localhost:3000', 'http://a.b.localhost:1']
    expect(origins.filter((origin) => decide([entry], origin).rule !== entry)).toEqual([])
    const others = [
      'http://localhost:3000',
      'https://acme.localhost:3000',
      'http://acme.localhost:80',
      'http://acme.localhost:0',
      'http://acme.localhost:65536',
      'http://acme.localhost.evil.test:3000',
      'http://acmelocalhost:3000',
    ]
    expect(others.filter((origin) => decide([entry], origin).shared)).toEqual([])
  })

  it('cover what they match', () => {
    const narrow = [
      'http://*.localhost:3000',
      'http://acme.localhost:*',
      'http://acme.localhost:1',
      'http://a-*.localhost:*',
    ]
    expect(codes(['http://*.localhost:*', ...narrow])).toEqual(narrow.map(() => 'origin-covered'))
    expect(diffPolicies({ origins: ['http://*.localhost:*'] }, { origins: narrow }).allowed).toEqual([])
    const wider = diffPolicies({ origins: narrow }, { origins: ['http://*.localhost:*'] }).allowed
    expect(wider.map(({ value }) => value)).toEqual(['http://*.localhost:*'])
    expect(
      diffPolicies({ origins: ['http://*.localhost:3000'] }, { origins: ['http://*.localhost'] }).allowed,
    ).toHaveLength(1)
  })

  it.each(['http://*:*', 'http://*localhost:*', 'https://*.example.com:*', 'app://*:*', 'http://127.0.0.*:*'])(
    '%s is none of them',
    (entry) => {
      expect(codes([entry])[0]).toMatch(/^origin-pattern/)
    },
  )
})

describe('every host of a scheme', () => {
  const ID = 'a1cd9ab7-ab15-462c-9315-8eece8e16982'

  it.each(['moz-extension', 'safari-web-extension', 'vscode-webview', 'app'])(
    '%s://* is an entry of its own',
    (scheme) => {
      const entry = `${scheme}://*`
      expect(codes([entry])).toEqual([])
      expect(decide([entry], `${scheme}://${ID}`)).toMatchObject({ shared: true, rule: entry })
      expect(decide([entry], `${scheme}://.`).shared).toBe(true)
      const others = [
        `x${scheme}://${ID}`,
        `${scheme}://${ID}:80`,
        `${scheme}://${ID}/`,
        `${scheme}://`,
        `https://${ID}`,
      ]
      expect(others.filter((origin) => decide([entry], origin).shared)).toEqual([])
      expect(policyFromEnv({ CORS_ORIGINS: `https://a.com, ${entry}` }).origins).toEqual(['https://a.com', entry])
      expect(policyFromJson({ origins: [entry] }).origins).toEqual([entry])
    },
  )

  it('is a defect next to credentials, for every app and extension would be trusted, unless the policy says so', () => {
    const [issue] = checkPolicy({ origins: ['moz-extension://*'], credentials: true })
    expect(issue).toMatchObject({ code: 'origin-any-host', severity: 'error' })
    expect(issue?.message).toMatch(/list your own, ask a predicate, or set dangerouslyAllowPublicSuffixes/)
    expect(codes(['moz-extension://*'], { credentials: true, dangerouslyAllowPublicSuffixes: true })).toEqual([])
  })

  it('is a defect where an identifier is the same everywhere, and so can be listed', () => {
    expect(codes(['chrome-extension://*'])).toEqual(['origin-any-host'])
    expect(codes(['chrome-extension://*'], { dangerouslyAllowPublicSuffixes: true })).toEqual([])
  })

  it('can be said by a predicate, with credentials too', () => {
    const uuid = /^moz-extension:\/\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
    const origins = (origin: string) => uuid.test(origin) || origin === 'https://app.example.com'
    expect(codes(origins, { credentials: true })).toEqual([])
    expect(decide(origins, `moz-extension://${ID}`, { credentials: true }).shared).toBe(true)
  })

  it('covers its hosts', () => {
    expect(codes(['app://*', 'app://bundle'])).toEqual(['origin-covered'])
    expect(diffPolicies({ origins: ['app://*'] }, { origins: ['app://bundle'] }).allowed).toEqual([])
    const [change] = diffPolicies({ origins: ['app://bundle'] }, { origins: ['app://*'] }).allowed
    expect(change?.sentence).toBe('origins that match "app://*" may read answers')
  })

  it('is not to be had of a part of a host, nor of the web', () => {
    expect(codes(['app://*.example.com'])).toEqual(['origin-pattern-scheme'])
    expect(codes(['app://x*'])).toEqual(['origin-pattern-scheme'])
    expect(codes(['https://*'])).toEqual(['origin-pattern'])
    expect(codes(['file://*'])).toEqual(['origin-file'])
  })
})

describe('devices of a local network', () => {
  it.each([
    'http://192.168.*',
    'http://192.168.1.*:5173',
    'http://*.168.1.20',
    'https://10.*.*.1',
    'http://192.168.1.2*',
  ])('%s has no pattern, and the message names the ways out', (entry) => {
    const [issue] = checkPolicy({ origins: [entry] })
    expect(issue?.code).toBe('origin-pattern-address')
    expect(issue?.message).toContain('list each address, or ask a predicate')
  })

  it('can be said by a predicate', () => {
    const lan = (origin: string) => /^http:\/\/(192\.168\.\d{1,3}|10\.\d{1,3}\.\d{1,3})\.\d{1,3}(:\d+)?$/.test(origin)
    const rest = { credentials: true, dangerouslyAllowInsecureOrigins: true }
    expect(codes(lan)).toEqual([])
    expect(codes(lan, rest)).toEqual([])
    expect(decide(lan, 'http://192.168.1.20:5173', rest).shared).toBe(true)
  })
})

describe('a page from a file', () => {
  it('is told of the ways out', () => {
    const [issue] = checkPolicy({ origins: ['file://', 'https://a.com'] })
    expect(issue?.message).toMatch(/http:\/\/localhost.*app:\/\/bundle/)
  })
})
