import { describe, expect, it } from 'vitest'
import { type Asked, ORIGIN, type Said, stage } from '../diagnose/stage.ts'
import { corsmith, file } from './run.ts'

const MARK = ['Access-Control-Allow-Origin', ORIGIN] as const
const VARY = ['Vary', 'Origin'] as const
const right = () =>
  stage(({ isPreflight, origin }) => ({
    status: isPreflight ? 204 : 200,
    headers:
      origin === ORIGIN
        ? [
            MARK,
            VARY,
            ['Access-Control-Allow-Methods', 'PUT'],
            ['Access-Control-Allow-Headers', 'content-type'],
            ['Access-Control-Max-Age', '600'],
          ]
        : [VARY],
  }))

describe('corsmith check', () => {
  it('exits 0 and says so when the response is shared', async () => {
    const server = await right()
    const { code, out } = await corsmith(['check', server.origin, '--origin', ORIGIN])
    await server.close()
    expect([code, /^ALLOWED/m.test(out)]).toEqual([0, true])
    expect(out).toContain('Not visible from here')
  })

  it('exits 1 when it is blocked, and names cause, fix and a command to repeat it', async () => {
    const server = await stage(() => ({}))
    const { code, out } = await corsmith(['check', `${server.origin}/x`, '--origin', ORIGIN, '--for', 'hono'])
    await server.close()
    expect(code).toBe(1)
    for (const text of [
      'BLOCKED',
      'MissingAllowOriginHeader',
      'CORSMissingAllowOrigin2',
      'never-shared',
      'Fix (Hono)',
      "import { cors } from 'corsmith/hono'",
      'curl -i',
    ])
      expect(out).toContain(text)
  })

  it('shows both lines of a doubled header', async () => {
    const server = await stage(() => ({ headers: [['Access-Control-Allow-Origin', '*'], MARK] }))
    const { out } = await corsmith(['check', server.origin, '--origin', ORIGIN])
    await server.close()
    expect(out).toMatch(/Access-Control-Allow-Origin: \*\n\s+Access-Control-Allow-Origin: https:\/\/app\.example\.com/)
  })

  it('sends a request with side effects only with --send', async () => {
    const methods: string[] = []
    const server = await stage(({ method, isPreflight }) => {
      methods.push(method)
      return { status: isPreflight ? 204 : 200, headers: [MARK, VARY, ['Access-Control-Allow-Methods', 'PUT']] }
    })
    const without = await corsmith(['check', server.origin, '--origin', ORIGIN, '-X', 'PUT', '--json'])
    expect(methods).not.toContain('PUT')
    const sent = await corsmith(['check', server.origin, '--origin', ORIGIN, '-X', 'PUT', '--json', '--send'])
    await server.close()
    expect(methods.filter((method) => method === 'PUT')).toHaveLength(1)
    expect([without.code, JSON.parse(without.out).verdict, JSON.parse(without.out).verdicts.chromium]).toEqual([
      0,
      'allowed-unverified',
      'unverified',
    ])
    expect([sent.code, JSON.parse(sent.out).verdict, JSON.parse(sent.out).verdicts]).toEqual([
      0,
      'allowed',
      { chromium: 'shared', firefox: 'shared', webkit: 'shared' },
    ])
  })

  it('sends preflights as browsers do, without cookies', async () => {
    const seen: Record<string, unknown>[] = []
    const server = await stage(({ method, headers }) => {
      seen.push({ method, ...headers })
      return {
        status: 204,
        headers: [MARK, ['Access-Control-Allow-Credentials', 'true'], ['Access-Control-Allow-Headers', 'b-two, a-one']],
      }
    })
    await corsmith([
      'check',
      server.origin,
      '-o',
      ORIGIN,
      '-H',
      'B-Two: 1',
      '-H',
      'A-One: 1',
      '-H',
      'Cookie: sid=1',
      '--credentials',
      'include',
      '--no-probes',
    ])
    await server.close()
    expect(seen).toHaveLength(2)
    expect(seen[0]).toMatchObject({
      method: 'OPTIONS',
      accept: '*/*',
      origin: ORIGIN,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'a-one,b-two',
      'sec-fetch-mode': 'cors',
    })
    expect(seen[0]).not.toHaveProperty('cookie')
    expect(seen[1]).toMatchObject({ method: 'GET', cookie: 'sid=1', 'b-two': '1', origin: ORIGIN })
  })

  it('shows cookies to the host that they are for, and to no other after a redirect', async () => {
    const seen: unknown[] = []
    const answer =
      (to: string | null) =>
      ({ method, headers, origin }: Asked): Said => {
        seen.push([to === null ? 'second' : 'first', method, headers.cookie ?? null, origin ?? null])
        const value = origin ?? '*'
        const own = [
          ['Access-Control-Allow-Origin', value],
          ['Access-Control-Allow-Credentials', 'true'],
          VARY,
        ] as const
        return to === null ? { headers: own } : { status: 302, headers: [...own, ['Location', to]] }
      }
    const second = await stage(answer(null))
    const first = await stage(answer(`${second.origin.replace('127.0.0.1', 'localhost')}/there`))
    const { out } = await corsmith([
      'check',
      first.origin,
      '-o',
      ORIGIN,
      '-H',
      'Cookie: sid=1',
      '--credentials',
      'include',
      '--no-probes',
      '--json',
    ])
    await first.close()
    await second.close()
    // Browsers differ in Sec-Fetch-Site after this redirect, so the second host may be asked once for each way.
    expect([...new Map(seen.map((request) => [JSON.stringify(request), request])).values()]).toEqual([
      ['first', 'GET', 'sid=1', ORIGIN],
      ['second', 'GET', null, 'null'],
    ])
    expect(JSON.parse(out).verdict).toBe('allowed')
  })

  it('names the enum, the category and the line in its JSON', async () => {
    const server = await stage(() => ({ headers: [['Access-Control-Allow-Origin', '*']] }))
    const { out } = await corsmith(['check', server.origin, '--origin', ORIGIN, '--credentials', 'include', '--json'])
    await server.close()
    expect(JSON.parse(out)).toMatchObject({
      schema: 1,
      tool: { name: 'corsmith' },
      verdict: 'blocked',
      verdicts: {
        chromium: 'WildcardOriginNotAllowed',
        firefox: 'CORSNotSupportingCredentials',
        webkit: 'Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.',
      },
      failure: { code: 'allow-origin-wildcard' },
    })
    expect(JSON.parse(out).findings[0]).toMatchObject({
      code: 'wildcard-with-credentials',
      severity: 'error',
      chromium: 'WildcardOriginNotAllowed',
      fix: { policy: { origins: [ORIGIN], credentials: true } },
    })
  })

  it('leaves secrets out of every report', async () => {
    const server = await stage(() => ({ headers: [['Set-Cookie', 'sid=s3cret; Path=/']] }))
    for (const form of [['--json'], ['-v'], ['--format', 'markdown']]) {
      const { out } = await corsmith([
        'check',
        server.origin,
        '--origin',
        ORIGIN,
        '-H',
        'Authorization: Bearer s3cret',
        '-H',
        'Cookie: a=s3cret',
        '--credentials',
        'include',
        ...form,
      ])
      expect(out).not.toContain('s3cret')
    }
    await server.close()
  })

  it('exits 2 for what --fail-on names, although the response is shared', async () => {
    const server = await stage(({ origin }) => ({
      headers: [['Access-Control-Allow-Origin', origin ?? '*'], VARY, ['Access-Control-Allow-Credentials', 'true']],
    }))
    const arguments_ = ['check', server.origin, '--origin', ORIGIN]
    expect((await corsmith(arguments_)).code).toBe(0)
    expect((await corsmith([...arguments_, '--fail-on', 'security'])).code).toBe(2)
    await server.close()
  })

  it.each([
    ['DNS', 'https://corsmith-test.invalid/', 'unreachable-dns'],
    ['a closed port', 'http://127.0.0.1:1/', 'bad-port'],
  ])('exits 3 for %s', async (_, url, code) => {
    const { code: exit, out, err } = await corsmith(['check', url, '--origin', ORIGIN])
    expect([exit, err]).toEqual([3, ''])
    expect(out).toMatch(new RegExp(`^NOT TESTED .* ${code}\n$`))
  })

  it('makes at most so many requests', async () => {
    let count = 0
    const server = await stage(() => {
      count++
      return {}
    })
    await corsmith(['check', server.origin, '--origin', ORIGIN, '--security', '--max-requests', '5'])
    await server.close()
    expect(count).toBe(5)
  })

  it('takes "Copy as cURL", "Copy as fetch" and archives', async () => {
    const server = await stage(({ isPreflight }) => (isPreflight ? { status: 403 } : {}))
    const url = `${server.origin}/items`
    const curl = `curl '${url}' -X 'PUT' -H 'Origin: ${ORIGIN}' -H 'content-type: application/json' -H 'sec-fetch-mode: cors' --data-raw '{}'`
    const call = `fetch("${url}", {"headers": {"content-type": "application/json"}, "referrer": "${ORIGIN}/page", "method": "PUT", "credentials": "include"});`
    const archive = {
      log: {
        entries: [
          { request: { url, method: 'PUT', headers: [{ name: 'Origin', value: ORIGIN }] }, response: { status: 0 } },
          {
            request: {
              url,
              method: 'OPTIONS',
              headers: [
                { name: 'Origin', value: ORIGIN },
                { name: 'Access-Control-Request-Method', value: 'PUT' },
              ],
            },
            response: { status: 403, headers: [] },
          },
        ],
      },
    }
    const results = [
      await corsmith(['check', '--curl', curl, '--json']),
      await corsmith(['check', '--fetch', call, '--json']),
      await corsmith(['check', '--har', file('a.har', JSON.stringify(archive)), '--json']),
    ]
    await server.close()
    for (const { code, out } of results) {
      expect(code).toBe(1)
      expect(JSON.parse(out).input).toMatchObject({ url, origin: ORIGIN, method: 'PUT' })
      expect(JSON.parse(out).findings[0].code).toBe('preflight-forbidden')
    }
  })

  it('explains a console line with exit 0, and exits 64 for what is none', async () => {
    const line = `Access to fetch at 'https://api.example.com/x' from origin '${ORIGIN}' has been blocked by CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.`
    const known = await corsmith(['check', '--message', line])
    expect(known.code).toBe(0)
    expect(known.out).toContain(`npx corsmith check https://api.example.com/x --origin ${ORIGIN} -X PUT`)
    expect(JSON.parse((await corsmith(['check', '--message', line, '--json'])).out).message).toMatchObject({
      code: 'method-not-allowed',
      name: 'MethodDisallowedByPreflightResponse',
    })
    expect((await corsmith(['check', '--message', 'hello'])).code).toBe(64)
    expect(await corsmith(['check', '--message', 'it fails: https://api.example.com/x?token=abcdef'])).toMatchObject({
      code: 64,
      err: expect.stringContaining(
        "ask the server instead: npx corsmith check 'https://api.example.com/x?token=…' --origin https://app.example.com",
      ),
    })
  })

  it.each(['github', 'sarif', 'junit', 'markdown'])('reports as %s', async (format) => {
    const server = await stage(() => ({
      headers: [['Access-Control-Allow-Origin', '<x>&"|%\u0001'.replace('\u0001', '')]],
    }))
    const { code, out } = await corsmith(['check', server.origin, '--origin', ORIGIN, '--format', format])
    await server.close()
    expect(code).toBe(1)
    if (format === 'github') expect(out).toMatch(/^::error title=CORS%3A GET http%3A\/\/127\.0\.0\.1/)
    if (format === 'sarif')
      expect(JSON.parse(out)).toMatchObject({
        version: '2.1.0',
        runs: [{ results: expect.arrayContaining([expect.objectContaining({ level: 'error' })]) }],
      })
    if (format === 'junit')
      expect(out).toMatch(/<testsuite name="corsmith" tests="1" failures="1">[\s\S]*&lt;x&gt;&amp;&quot;/)
    if (format === 'markdown') expect(out).toMatch(/^## ✗ GET http.*: blocked/)
  })

  it('writes colour only where it is wanted', async () => {
    const server = await right()
    const colours = async (env: Record<string, string>, isTerminal: boolean) =>
      (await corsmith(['check', server.origin, '--origin', ORIGIN], { env, isTerminal })).out.includes('\u001b[')
    expect(await colours({}, true)).toBe(true)
    expect(await colours({ NO_COLOR: '1' }, true)).toBe(false)
    expect(await colours({}, false)).toBe(false)
    expect(await colours({ FORCE_COLOR: '1' }, false)).toBe(true)
    await server.close()
  })

  it('never sends the control characters of a server to the terminal', async () => {
    const server = await stage(() => ({ headers: [['Access-Control-Allow-Origin', 'https://a\u009b31m.example']] }))
    const { out } = await corsmith(['check', server.origin, '--origin', ORIGIN])
    await server.close()
    expect(out).not.toContain('\u009b')
  })
})

const entry = (over: object) =>
  JSON.stringify([{ url: 'http://127.0.0.1:9/', origin: 'https://a.com', expect: 'shared', ...over }])

describe('corsmith check --expect', () => {
  const expectations = (base: string, checks: readonly object[]) =>
    file('cors.expect.json', JSON.stringify({ base, checks }))

  it('exits 0 when everything is as expected, refusals included', async () => {
    const server = await right()
    const path = expectations(server.origin, [
      { url: '/x', origin: ORIGIN, expect: 'shared' },
      { url: '/x', origin: 'https://evil.example', expect: 'refused', code: 'allow-origin-missing' },
      {
        name: 'writes',
        url: '/x',
        origin: ORIGIN,
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        send: true,
        expect: 'shared',
      },
      { url: '/x', origin: ORIGIN, method: 'DELETE', expect: 'refused' },
    ])
    const { code, out } = await corsmith(['check', '--expect', path])
    await server.close()
    expect([code, out.trim().split('\n').at(-1)]).toEqual([0, '4 of 4 as expected'])
  })

  it('exits 1 when a stranger is let in, 3 when nothing answers', async () => {
    const server = await stage(() => ({ headers: [['Access-Control-Allow-Origin', '*']] }))
    const path = expectations(server.origin, [{ origin: 'https://evil.example', expect: 'refused' }])
    const open = await corsmith(['check', '--expect', path, '--format', 'junit'])
    await server.close()
    expect([open.code, open.out.includes('expected refused')]).toEqual([1, true])
    expect((await corsmith(['check', '--expect', path])).code).toBe(3)
  })

  it.each([
    ['{}', 'holds no checks'],
    ['[{"origin":"https://a.com","expect":"maybe","url":"https://b.com"}]', 'write "shared" or "refused"'],
    ['[{"origin":"https://a.com","expect":"shared","url":"/x"}]', 'give the file a "base"'],
    ['[{"expect":"shared","url":"https://b.com"}]', 'the origin of the page is missing'],
    ['[{"orign":"x"}]', 'orign: the keys are'],
    ['nonsense', 'is not JSON'],
    ['{"checks":[{}],"bse":"https://a.com"}', 'bse: the keys are'],
    ['{"checks":[{"origin":"https://a.com","expect":"shared"}],"base":"nonsense"}', 'base: "nonsense" is not a URL'],
    [entry({ method: 5 }), 'checks[0].method: write a string'],
    [entry({ method: 'TRACE' }), 'checks[0]: the method TRACE is forbidden'],
    [entry({ headers: ['X-A: 1'] }), 'checks[0].headers: write {'],
    [entry({ headers: { 'X-A': 1 } }), 'checks[0].headers.X-A: write a string'],
    [entry({ credentials: 'yes' }), 'checks[0].credentials: write "omit" or'],
    [entry({ mode: 'navigate' }), 'checks[0].mode: write "cors" or'],
    [entry({ reads: 'ETag' }), 'checks[0].reads: write a list'],
    [entry({ name: 1 }), 'checks[0].name: write a string'],
    [entry({ expect: 'refused', code: 'typo' }), 'checks[0].code: "typo" is not a code'],
  ])('exits 64 for %s', async (content, message) => {
    const { code, err } = await corsmith(['check', '--expect', file('x.json', content)])
    expect([code, err.includes(message)]).toEqual([64, true])
  })
})

describe('corsmith check --security', () => {
  it.each([
    ['startsWith', (origin: string) => origin.startsWith(ORIGIN), 'matches-prefix'],
    ['endsWith', (origin: string) => origin.endsWith('app.example.com'), 'matches-suffix'],
    ['includes', (origin: string) => origin.includes('app.example.com'), 'matches-anywhere'],
    ['an unescaped dot', (origin: string) => /^https:\/\/app.example.com$/.test(origin), 'matches-unescaped-dot'],
    ['null', (origin: string) => origin === ORIGIN || origin === 'null', 'null-origin-allowed'],
    ['http', (origin: string) => /^https?:\/\/app\.example\.com$/.test(origin), 'insecure-origin-allowed'],
    ['any subdomain', (origin: string) => /^https:\/\/([\w-]+\.)+example\.com$/.test(origin), 'trusts-any-subdomain'],
    ['shared hosting', (origin: string) => origin === ORIGIN || origin.endsWith('.github.io'), 'trusts-shared-hosting'],
    ['loopback', (origin: string) => origin === ORIGIN || origin.startsWith('http://localhost'), 'trusts-loopback'],
    ['any port', (origin: string) => /^https:\/\/app\.example\.com(:\d+)?$/.test(origin), 'ignores-port'],
    [
      'special characters',
      (origin: string) => /^https:\/\/app\.example\.com([^/.]\.attacker\.test)?$/.test(origin),
      'trusts-special-characters',
    ],
    ['normalising', (origin: string) => origin.toLowerCase().replace(/\/$/, '') === ORIGIN, 'normalizes-origin'],
  ])('finds %s', async (_, accepts, code) => {
    const server = await stage(({ origin = '' }) => ({
      headers: accepts(origin)
        ? [['Access-Control-Allow-Origin', origin], VARY, ['Access-Control-Allow-Credentials', 'true']]
        : [VARY],
    }))
    const { out } = await corsmith(['check', server.origin, '--origin', ORIGIN, '--security', '--json'])
    const safe = await right()
    const near = await corsmith(['check', safe.origin, '--origin', ORIGIN, '--security', '--json'])
    await server.close()
    await safe.close()
    expect(JSON.parse(out).findings.map((finding: { code: string }) => finding.code)).toContain(code)
    expect(JSON.parse(near.out)).toMatchObject({ verdict: 'allowed', security: { ownIsAccepted: true, accepted: [] } })
  })

  it('stops at a server that reflects everybody, and looks at methods and headers', async () => {
    const server = await stage(({ origin = '', headers }) => ({
      headers: [
        ['Access-Control-Allow-Origin', origin],
        VARY,
        ['Access-Control-Allow-Headers', String(headers['access-control-request-headers'])],
        ['Access-Control-Allow-Methods', String(headers['access-control-request-method'])],
      ],
    }))
    const { out } = await corsmith(['check', server.origin, '--origin', ORIGIN, '--security', '--json'])
    await server.close()
    expect(JSON.parse(out).security).toMatchObject({
      reflectsAnyone: true,
      tried: 1,
      echoesHeaders: true,
      echoesMethods: true,
    })
  })
})

describe('what corsmith check complains about', () => {
  const SECRET = 'opensesame'
  it.each([
    ['check', `https://user:${SECRET}@api.example.com/`, '--origin', ORIGIN],
    ['check', `https://user:${SECRET}/x@api.example.com:port/`, '--origin', ORIGIN],
    ['check', `ftp://user:${SECRET}@api.example.com/?token=${SECRET}`, '--origin', ORIGIN],
    ['check', `https://a.com/?token=${SECRET}`, `https://b.com/?access_token=${SECRET}`, '--origin', ORIGIN],
    ['check', 'https://a.com/', '--origin', `nonsense?token=${SECRET}`],
    ['check', 'https://a.com/', '--origin', ORIGIN, '-H', `Authorization Bearer ${SECRET}`],
    ['check', 'https://a.com/', '--origin', ORIGIN, '-H', `Bad Name: ${SECRET}`],
    ['check', '--curl', `wget -H 'X-Api-Key: ${SECRET}' https://a.com`],
    ['check', '--curl', `curl -u user:${SECRET}`],
    ['check', '--curl', `curl -u user:${SECRET} https://a.com`],
    ['check', '--fetch', `axios("https://a.com", {headers: {apikey: "${SECRET}"}})`],
    ['check', '--fetch', `fetch("https://a.com", {headers: {apikey: "${SECRET}", x}})`],
    ['check', '--fetch', `fetch("https://a.com/?sig=${SECRET}")`],
    ['check', '--message', `https://a.com/?sig=${SECRET}`],
    [
      'check',
      '--expect',
      file('e.json', JSON.stringify([{ url: `/?token=${SECRET}`, origin: ORIGIN, expect: 'shared' }])),
    ],
    [
      'check',
      '--expect',
      file('e.json', JSON.stringify({ base: `x?token=${SECRET}`, checks: [{ origin: ORIGIN, expect: 'shared' }] })),
    ],
    ['explain', `https://a.com/?token=${SECRET}`],
  ])('holds no secret: %s %s', async (...argv) => {
    const { code, out, err } = await corsmith(argv)
    expect(code).toBe(64)
    expect(err).not.toContain(SECRET)
    expect(out).toBe('')
  })

  it('tells what a console line means without the secrets of its URL', async () => {
    const line = `Access to fetch at 'https://u:${SECRET}@api.example.com/x?access_token=${SECRET}' from origin '${ORIGIN}' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.`
    for (const form of [[], ['--json']]) {
      const { code, out } = await corsmith(['check', '--message', line, ...form])
      expect([code, out.includes(SECRET)]).toEqual([0, false])
    }
  })
})
