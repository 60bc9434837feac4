import { describe, expect, it } from 'vitest'
import { ORIGIN, stage } from '../diagnose/stage.ts'
import { corsmith, file } from './run.ts'

const lines = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers).map(([name, value]) => ({ name, value }))
const API = 'https://api.example.com/items'

const entry = (url: string, headers: object[] | null, over: object = {}) => ({
  request: { method: 'GET', url, headers: lines({ Origin: ORIGIN, 'Sec-Fetch-Mode': 'cors' }) },
  response: headers === null ? { status: 0, headers: [], ...over } : { status: 200, headers, ...over },
})
const shared = (url = API) => entry(url, lines({ 'Access-Control-Allow-Origin': '*' }))
const har = (...entries: object[]) => file('a.har', JSON.stringify({ log: { entries } }))

/** A server whose preflights permit a content type alone. */
const narrow = () =>
  stage(({ isPreflight }) => ({
    status: isPreflight ? 204 : 200,
    headers: [
      ['Access-Control-Allow-Origin', '*'],
      ['Access-Control-Allow-Methods', 'PUT, OPTIONS'],
      ['Access-Control-Allow-Headers', 'content-type'],
    ],
  }))

describe('corsmith check --curl', () => {
  it('judges the request that a copied preflight asks permission for, and says so', async () => {
    const server = await narrow()
    const copied = `curl '${server.origin}/x' \\\n  -X 'OPTIONS' \\\n  -H 'Accept: */*' \\\n  -H 'Access-Control-Request-Headers: authorization,content-type' \\\n  -H 'Access-Control-Request-Method: PUT' \\\n  -H 'Origin: http://localhost:5173'`
    const { code, out } = await corsmith(['check', '--curl', copied])
    await server.close()
    expect([code, out.includes('Note     this is a preflight'), out.includes('header-not-listed')]).toEqual([
      1,
      true,
      true,
    ])
  })

  it.each(['curl -X OPTIONS', 'curl -i --request OPTIONS', 'http OPTIONS'])(
    'wants to know what %s without a method asks for',
    async (command) => {
      const { code, err } = await corsmith(['check', '--curl', `${command} ${API}`, '--origin', ORIGIN])
      expect([code, err.includes('add -X PUT')]).toEqual([64, true])
    },
  )

  it('takes OPTIONS at its word where -X says it', async () => {
    const server = await narrow()
    const { code } = await corsmith([
      'check',
      '--curl',
      `curl -X OPTIONS ${server.origin}`,
      '-o',
      ORIGIN,
      '-X',
      'OPTIONS',
    ])
    await server.close()
    expect(code).toBe(0)
  })

  it('examines every command, a preflight beside its request once, and the request with a preflight first', async () => {
    const server = await narrow()
    const copied = [
      `curl ${server.origin}/a -H 'Origin: http://localhost:5173'`,
      `curl ${server.origin}/b -X PUT -H 'Origin: http://localhost:5173'`,
      `curl ${server.origin}/b -X OPTIONS -H 'Origin: http://localhost:5173' -H 'Access-Control-Request-Method: PUT'`,
    ].join(' ;\n')
    const { out } = await corsmith(['check', '--curl', copied, '--json'])
    await server.close()
    expect(JSON.parse(out).map(({ input }: { input: { method: string } }) => input.method)).toEqual(['PUT', 'GET'])
  })

  it('makes at most 16 requests of a local server, in half a second', async () => {
    let count = 0
    const server = await stage(() => {
      count++
      return {}
    })
    const started = performance.now()
    await corsmith(['check', `${server.origin}/api/users`, '--origin', 'http://localhost:5173', '-X', 'PUT'])
    await server.close()
    expect(count).toBeLessThanOrEqual(16)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('corsmith check --har', () => {
  it('asks no server, unless --live says so', async () => {
    let count = 0
    const server = await stage(() => {
      count++
      return { headers: [['Access-Control-Allow-Origin', '*']] }
    })
    const path = har(entry(`${server.origin}/items`, []))
    const offline = await corsmith(['check', '--har', path])
    const asked = count
    const live = await corsmith(['check', '--har', path, '--live'])
    await server.close()
    expect([offline.code, asked, live.code, count > 0]).toEqual([1, 0, 0, true])
    expect(offline.out).toContain('in the archive')
  })

  it('passes over what is not CORS, and lists the other failures', async () => {
    const path = har(
      entry('https://ads.example.net/collect', null, { _error: 'net::ERR_BLOCKED_BY_CLIENT' }),
      entry(`${ORIGIN}/own.js`, null, { _error: 'net::ERR_ABORTED' }),
      shared(),
      entry(`${API}/1`, []),
      entry(`${API}/2`, lines({ 'Access-Control-Allow-Origin': 'https://b.example' })),
    )
    const { code, out } = await corsmith(['check', '--har', path, '--json'])
    const report = JSON.parse(out)
    expect([code, report.input.url, report.failure.code]).toEqual([1, `${API}/1`, 'allow-origin-missing'])
    expect(report.notes.join()).toContain(`3 GET ${API}/1; 4 GET ${API}/2`)
    const chosen = await corsmith(['check', '--har', path, '--entry', '4', '--json'])
    expect(JSON.parse(chosen.out).failure.code).toBe('allow-origin-mismatch')
    const filtered = await corsmith(['check', '--har', path, '--filter', 'items/2', '--json'])
    expect(JSON.parse(filtered.out).input.url).toBe(`${API}/2`)
    const all = await corsmith(['check', '--har', path, '--all-blocked', '--json'])
    expect(JSON.parse(all.out)).toHaveLength(2)
  })

  it('says what is in an archive where nothing can fail', async () => {
    const path = har(
      entry('https://ads.example.net/collect', null, { _error: 'net::ERR_BLOCKED_BY_CLIENT' }),
      entry(`${ORIGIN}/own.js`, []),
    )
    const { code, err } = await corsmith(['check', '--har', path])
    expect(code).toBe(64)
    for (const text of ['holds no CORS request', '1 stopped by an extension', "1 of the page's own origin"])
      expect(err).toContain(text)
  })

  it('exits 0 where every CORS request was shared, and 3 where one got no answer', async () => {
    expect((await corsmith(['check', '--har', har(shared())])).code).toBe(0)
    expect((await corsmith(['check', '--har', har(shared(), entry(`${API}/1`, null))])).code).toBe(3)
  })

  it('is not greener than the browser that was recorded', async () => {
    const kept = entry(API, lines({ 'Access-Control-Allow-Origin': '*' }), { _error: 'net::ERR_FAILED' })
    const { code, out } = await corsmith(['check', '--har', har(kept)])
    expect([code, out.includes('the page sends credentials')]).toEqual([1, true])
  })

  it.each([
    ['--entry', '9'],
    ['--filter', '/nowhere'],
  ])('refuses %s %s in a line', async (option, value) => {
    const { code, err } = await corsmith(['check', '--har', har(shared()), option, value])
    expect([code, /defect of corsmith/.test(err)]).toEqual([64, false])
  })

  it.each(['--entry', '--filter'])('takes %s with an archive alone', async (option) => {
    expect((await corsmith(['check', API, '-o', ORIGIN, option, 'x'])).err).toContain('add --har')
  })
})

describe('corsmith check --expect', () => {
  const checks = (base: string, send: boolean) =>
    file(
      'cors.expect.json',
      JSON.stringify({
        base,
        checks: [
          { name: 'reads', url: '/x', origin: ORIGIN, expect: 'shared' },
          { name: 'writes', url: '/x', origin: ORIGIN, method: 'PUT', send, expect: 'shared' },
          { name: 'strangers', url: '/x', origin: 'https://evil.example', expect: 'refused' },
        ],
      }),
    )
  const server = (isBroken: boolean) =>
    stage(({ isPreflight, origin }) => ({
      status: isPreflight ? 204 : 200,
      headers:
        origin === ORIGIN && !(isBroken && !isPreflight)
          ? [
              ['Access-Control-Allow-Origin', ORIGIN],
              ['Vary', 'Origin'],
              ['Access-Control-Allow-Methods', 'PUT'],
              ['Access-Control-Allow-Credentials', 'true'],
            ]
          : [['Vary', 'Origin']],
    }))

  it('does not call shared what was not sent', async () => {
    const staged = await server(false)
    const { code, out } = await corsmith(['check', '--expect', checks(staged.origin, false)])
    const sent = await corsmith(['check', '--expect', checks(staged.origin, false), '--send'])
    await staged.close()
    expect([code, out.includes('add "send": true'), out.includes('2 of 3 as expected')]).toEqual([3, true, true])
    // What a check says of itself counts more than the command line.
    expect(sent.code).toBe(3)
  })

  const ERRORS = {
    sarif: /"level": "error"/,
    github: /^::error/m,
    junit: /<failure/,
    markdown: /\*\*error\*\*|✗/,
    json: /"(?:level|severity)": "error"/,
    text: /✗/,
  } as const

  it.each(Object.entries(ERRORS))('holds no error as %s exactly where it exits 0', async (format, error) => {
    for (const isBroken of [false, true]) {
      for (const send of [false, true]) {
        const staged = await server(isBroken)
        const form = format === 'json' ? ['--json'] : format === 'text' ? [] : ['--format', format]
        const { code, out } = await corsmith(['check', '--expect', checks(staged.origin, send), ...form])
        await staged.close()
        expect([code, error.test(out)]).toEqual([isBroken ? 1 : send ? 0 : 3, code !== 0])
      }
    }
  })

  it('agrees with the exit code where --fail-on decides', async () => {
    const staged = await stage(({ origin }) => ({ headers: [['Access-Control-Allow-Origin', origin ?? '*']] }))
    for (const format of ['sarif', 'github', 'junit', 'markdown'] as const) {
      for (const failOn of ['blocked', 'warning']) {
        const { code, out } = await corsmith([
          'check',
          staged.origin,
          '-o',
          ORIGIN,
          '--format',
          format,
          '--fail-on',
          failOn,
        ])
        expect([format, code, ERRORS[format].test(out)]).toEqual([format, failOn === 'blocked' ? 0 : 2, code !== 0])
      }
    }
    await staged.close()
  })
})
