import fc from 'fast-check'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { diagnosisText } from '../../src/cli/text.ts'
import { diagnose, FORMATS, formatReport, snippet, toCurl, toJson, viaFetch } from '../../src/diagnose.ts'
import { createCors } from '../../src/index.ts'
import { holds } from '../support/property.ts'
import { examine, ORIGIN } from './stage.ts'

const URL = 'https://api.example.com/x'

describe('diagnose()', () => {
  it('works with any function from Request to Response', async () => {
    const app = new Hono().get('/x', (c) => c.text('x'))
    const transport = viaFetch((request) => app.fetch(request))
    const { conclusion, findings } = await diagnose(URL, { origin: ORIGIN, transport })
    expect([conclusion, findings[0]?.code, findings[0]?.fix?.target]).toEqual(['blocked', 'never-shared', 'hono'])
  })

  it('shares what createCors answers, without a finding', async () => {
    const cors = createCors({
      origins: [ORIGIN],
      credentials: true,
      methods: ['PUT'],
      requestHeaders: ['Content-Type'],
      maxAge: 600,
    })
    const handler = cors.wrap(async (request: Request) =>
      request.url.endsWith('/x') ? new Response('x') : new Response('no', { status: 404 }),
    )
    const { conclusion, findings } = await diagnose(URL, {
      origin: ORIGIN,
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      credentials: 'include',
      body: '{}',
      send: true,
      transport: viaFetch(handler),
    })
    expect([conclusion, findings]).toEqual(['allowed', []])
  })

  it('names the failures that would follow', async () => {
    const { failure, next } = await examine(
      ({ isPreflight }) => ({ status: isPreflight ? 204 : 200, headers: [['Access-Control-Allow-Origin', ORIGIN]] }),
      { method: 'PUT', headers: { 'X-A': '1', 'X-B': '1' }, credentials: 'include' },
    )
    expect(failure?.code).toBe('allow-credentials')
    expect(next.map(({ code, value }) => [code, value])).toEqual([
      ['method-not-allowed', 'PUT'],
      ['header-not-allowed', 'x-a'],
      ['header-not-allowed', 'x-b'],
    ])
  })

  it('takes an engine at its word where engines differ', async () => {
    // Only Firefox counts two equal lines; here only WebKit looks at the status first.
    const { verdicts } = await examine(() => ({ status: 401 }), { method: 'PUT' })
    const messages = Object.values(verdicts).map((verdict) => (verdict.shared ? null : verdict.failure.code))
    expect(messages).toEqual(['allow-origin-missing', 'allow-origin-missing', 'preflight-status'])
  })

  it('notes the local network and blocks nothing for it where the user is asked', async () => {
    const { conclusion, findings } = await examine(() => ({ headers: [['Access-Control-Allow-Origin', '*']] }), {
      url: 'https://192.168.1.10/',
    })
    expect([conclusion, findings.map(({ code, severity }) => [code, severity])]).toEqual([
      'allowed',
      [['local-network', 'info']],
    ])
  })

  it.each(['https://app.example.com/', 'app.example.com', 'HTTPS://app.example.com'])(
    'refuses %s as an origin, and says what to write',
    async (origin) => {
      await expect(diagnose(URL, { origin, transport: async () => ({ status: 200, headers: [] }) })).rejects.toThrow(
        TypeError,
      )
    },
  )

  it.each([
    ['ftp://api.example.com/x', 'redirect-location'],
    ['xhttps://api.example.com/x', 'redirect-location'],
    ['https://user:pass@other.example.net/x', 'redirect-credentials'],
  ])(
    'calls a redirect to %s what it is, on a preflight too: no page can request that itself',
    async (location, code) => {
      for (const method of ['GET', 'DELETE'])
        for (const status of [302, 308]) {
          const { findings } = await examine(() => ({ status, headers: [['Location', location]] }), { method })
          expect([findings[0]?.code, findings[0]?.fix?.where, findings[0]?.fix?.request]).toEqual([
            code,
            'server',
            null,
          ])
        }
    },
  )

  it('puts no text of a server into a URL that could not be one, or would be of another host', async () => {
    for (const region of ['eu west', 'evil.example/', 'evil.example#'])
      for (const method of ['GET', 'PUT']) {
        const { findings, observations } = await examine(
          () => ({ status: 307, headers: [['x-amz-bucket-region', region]] }),
          { url: 'https://b.s3.amazonaws.com/x', method },
        )
        expect(findings.map((finding) => finding.code)).not.toContain('s3-region-redirect')
        expect(observations.filter(({ request }) => !request.url.startsWith('https://b.s3.amazonaws.com/'))).toEqual([])
      }
  })

  it('does not trip over what servers send', async () => {
    const garbage = Array.from({ length: 64 }, (_, i) => String.fromCharCode(33 + ((i * 37) % 90))).join('')
    for (const value of ['', garbage, '\t', ','.repeat(500), 'https://', 'null, null', '*'.repeat(100)]) {
      const headers = [
        'Access-Control-Allow-Origin',
        'Access-Control-Allow-Methods',
        'Access-Control-Allow-Headers',
        'Access-Control-Expose-Headers',
        'Access-Control-Max-Age',
        'Access-Control-Allow-Credentials',
        'Vary',
        'Location',
        'Age',
        'Server',
        'Set-Cookie',
      ].map((name) => [name, value] as const)
      const { conclusion } = await examine(({ isPreflight }) => ({ status: isPreflight ? 204 : 302, headers }), {
        method: 'PUT',
        credentials: 'include',
        send: true,
      })
      expect(conclusion).toBe('blocked')
    }
  })
})

const byte = fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code))
const value = fc.oneof(
  fc.string({ unit: byte, maxLength: 30 }),
  fc.constantFrom(
    '*',
    'null',
    ORIGIN,
    `${ORIGIN}/`,
    'true',
    'True',
    'Origin',
    'PUT',
    'x-a, content-type',
    'GET; PUT',
    '/y',
    'https://login.microsoftonline.com/',
    'ftp://api.example.com/x',
    'https://user:pass@api.example.com/x',
    'eu west/',
    'nginx',
    '7200',
    '3',
  ),
)
const NAMES = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Expose-Headers',
  'Access-Control-Max-Age',
  'Vary',
  'Location',
  'Server',
  'Age',
  'Set-Cookie',
  'Allow',
  'Content-Type',
  'WWW-Authenticate',
  'ETag',
  'x-amz-bucket-region',
]
const response = fc.record({
  status: fc.constantFrom(200, 202, 204, 301, 302, 304, 307, 400, 401, 403, 404, 405, 413, 429, 500, 502),
  headers: fc.array(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 6 }),
  sample: fc.string({ maxLength: 40 }),
})

describe('whatever a server answers', () => {
  it('ends in a conclusion, in sentences without gaps, and in fixes that construct', async () => {
    const answers = fc.array(response, { minLength: 1, maxLength: 4 })
    const request = fc.record({
      method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'patch'),
      credentials: fc.constantFrom('omit', 'include'),
      origin: fc.constantFrom(
        ORIGIN,
        'null',
        'http://localhost:3000',
        'http://app.example.com',
        'capacitor://localhost',
        'https://api.example.com',
      ),
      headers: fc.constantFrom(
        {},
        { 'X-A': '1' },
        { 'Content-Type': 'application/json', Authorization: 'x' },
        { 'Access-Control-Allow-Origin': '*' },
      ),
      send: fc.boolean(),
    })
    await holds(
      fc.asyncProperty(answers, request, async (said, asked) => {
        let i = 0
        const transport = async () => said[i++ % said.length] as (typeof said)[number]
        const diagnosis = await diagnose(URL, { ...asked, transport })
        const { conclusion, findings, failure, observations } = diagnosis
        expect(observations.length).toBeLessThanOrEqual(41)
        if (conclusion === 'blocked') expect(findings[0]?.severity).toBe('error')
        if (conclusion.startsWith('allowed')) expect(failure).toBeNull()
        for (const { message, fix } of findings) {
          expect(`${message} ${fix?.advice}`).not.toMatch(/\{[a-zA-Z]+\}/)
          if (fix?.policy != null) createCors(fix.policy)
        }
        JSON.stringify(toJson(diagnosis, '0'))
        for (const format of FORMATS)
          formatReport(format, [{ title: 'x', diagnosis, isFine: false, expected: null }], '0')
        diagnosisText(diagnosis, { paint: (_, text) => text, verbose: true, insecure: false })
      }),
      { numRuns: 300 },
    )
  })
})

describe('the requests beyond those of the page', () => {
  it('ask the other loopback address where one refuses, and no other host', async () => {
    const listens = 'http://[::1]:4321/items?a=1'
    const asked = async (url: string) => {
      const { findings, observations } = await diagnose(url, {
        origin: ORIGIN,
        transport: async (request) =>
          request.url === listens
            ? { status: 200, headers: [] }
            : { kind: 'refused', detail: 'connect ECONNREFUSED 127.0.0.1:4321' },
      })
      const others = observations.filter(({ purpose }) => purpose === 'other-address')
      return [others.map(({ request }) => `${request.method} ${request.url}`), findings[0]?.fix?.request?.url]
    }
    expect(await asked('http://127.0.0.1:4321/items?a=1')).toEqual([
      [`GET ${listens}`],
      'http://localhost:4321/items?a=1',
    ])
    expect((await asked('http://localhost:4321/items'))[0]).toEqual([])
    expect((await asked('http://127.0.0.2:4321/items'))[0]).toEqual([])
  })

  it('find out whether a server listens at a port that browsers refuse', async () => {
    const { findings, observations } = await diagnose('https://api.example.com:6000/items', {
      origin: ORIGIN,
      method: 'PUT',
      transport: async () => ({ status: 200, headers: [] }),
    })
    const [first] = observations.map(({ request, purpose }) => [purpose, request.method, request.url])
    expect(first).toEqual(['stand-in', 'GET', 'https://api.example.com:6000/items'])
    expect(findings[0]?.code).toBe('bad-port')
  })

  it('end when a server lets them wait', async () => {
    const { conclusion, observations } = await diagnose(URL, {
      origin: ORIGIN,
      transport: async (request) =>
        request.headers.some(([name, value]) => name === 'Origin' && value === ORIGIN) && request.url === URL
          ? { status: 200, statusText: 'OK', headers: [] }
          : { kind: 'timeout', detail: 'no answer within 10000 ms' },
    })
    expect(conclusion).toBe('blocked')
    expect(observations.filter(({ trouble }) => trouble?.kind === 'timeout')).toHaveLength(2)
  })
})

describe('a fix', () => {
  const NASTY = '`reboot`, $HOME, x"y, a\'b'
  it.each(['azure-blob', 'nginx', 'apache', 'flask', 'spring'] as const)(
    'takes no name from a server that could act where it is pasted: %s',
    async (target) => {
      const { findings } = await examine(
        ({ isPreflight }) => ({
          status: isPreflight ? 204 : 200,
          headers: [
            ['Access-Control-Allow-Methods', 'PUT, `REBOOT`, $HOME'],
            ['Access-Control-Expose-Headers', NASTY],
          ],
        }),
        { target, method: 'PUT', reads: ['ETag'], send: true },
      )
      const snippets = findings.map(({ fix }) => fix?.snippet ?? '').join('\n')
      expect(snippets).toContain('ETag')
      expect(snippets).not.toMatch(/reboot|\$HOME|x"y|a'b/i)
    },
  )
})

describe('snippet()', () => {
  it('writes the policy as it is for the adapters of corsmith', () => {
    const policy = { origins: [ORIGIN, 'https://*.preview.example.com'], credentials: true, maxAge: 600 } as const
    const text = snippet('hono', policy) ?? ''
    const literal = /cors\((\{[\s\S]*?\n\})\)/.exec(text)?.[1] ?? ''
    expect(new Function(`return ${literal}`)()).toEqual(policy)
  })
})

describe('toCurl()', () => {
  it('quotes for a shell, and leaves secrets out', () => {
    const request = {
      method: 'PUT',
      url: `${URL}?a='b'`,
      headers: [
        ['Authorization', 'Bearer s3cret'],
        ['X-A', "it's"],
      ] as const,
      body: null,
    }
    expect(toCurl(request)).toBe(
      `curl -i -X PUT 'https://api.example.com/x?a='\\''b'\\''' -H 'Authorization: Bearer …' -H 'X-A: it'\\''s'`,
    )
  })
})
