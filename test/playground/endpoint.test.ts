import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPageServer } from '../../examples/page/server.ts'
import { createEndpoint } from '../../examples/playground/endpoint/endpoint.ts'
import { MOST_SCENARIOS } from '../../examples/playground/endpoint/shelf.ts'
import { LONGEST_BODY } from '../../examples/playground/endpoint/submission.ts'
import { type Listening, listen } from '../../examples/start/listen.ts'
import { type RawAnswer, send } from '../support/raw-http.ts'

const PAGE = 'http://127.0.0.1:8080'
const STRANGER = 'https://stranger.example'
const VALID = { policy: { origins: [PAGE], methods: ['PUT'] }, method: 'PUT', status: 201, headers: [['ETag', '"1"']] }

let endpoint: Listening
beforeEach(async () => {
  endpoint = await listen(createEndpoint([PAGE, 'http://localhost:8080']), 0)
})
afterEach(() => endpoint.close())

function register(body: unknown, headers: Record<string, string> = {}): Promise<RawAnswer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const all = { Origin: PAGE, 'Content-Type': 'application/json', ...headers }
  return send(`${endpoint.url}/scenarios`, {
    method: 'POST',
    headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')),
    body: text,
  })
}
const idOf = ({ text }: RawAnswer): string => JSON.parse(text).id

describe('a registered scenario', () => {
  it('answers as its policy says, and tells what arrived', async () => {
    const registered = await register(VALID)
    expect([registered.status, registered.all('Access-Control-Allow-Origin')]).toEqual([201, [PAGE]])
    const url = `${endpoint.url}/try/${idOf(registered)}/users/42?x=1`
    const headers = { Origin: PAGE, 'Access-Control-Request-Method': 'PUT' }
    const preflight = await send(url, { method: 'OPTIONS', headers })
    expect([preflight.status, preflight.all('Access-Control-Allow-Methods')]).toEqual([204, ['PUT']])
    const answer = await send(url, { method: 'PUT', headers: { Origin: PAGE }, body: 'x' })
    expect([answer.status, answer.all('ETag'), answer.all('Access-Control-Allow-Origin')]).toEqual([
      201,
      ['"1"'],
      [PAGE],
    ])
    const stranger = await send(url, { headers: { Origin: STRANGER } })
    expect([stranger.status, stranger.all('Access-Control-Allow-Origin'), stranger.all('Vary')]).toEqual([
      201,
      [],
      ['Origin'],
    ])
    const told = await send(`${endpoint.url}/scenarios/${idOf(registered)}`, { headers: { Origin: PAGE } })
    expect(JSON.parse(told.text).received.map(({ method }: { method: string }) => method)).toEqual([
      'OPTIONS',
      'PUT',
      'GET',
    ])
  })

  it('has no body where there is none', async () => {
    for (const status of [204, 205]) {
      const id = idOf(await register({ ...VALID, status }))
      const answer = await send(`${endpoint.url}/try/${id}`, { headers: { Origin: PAGE } })
      expect([answer.status, answer.text]).toEqual([status, ''])
    }
  })

  it('is forgotten when others need its place', async () => {
    const first = idOf(await register(VALID))
    for (let i = 0; i < MOST_SCENARIOS; i++) await register(VALID)
    expect((await send(`${endpoint.url}/try/${first}`)).status).toBe(404)
  })

  it('notes no more than it keeps room for', async () => {
    const id = idOf(await register(VALID))
    for (let i = 0; i < 25; i++) await send(`${endpoint.url}/try/${id}`)
    const { text } = await send(`${endpoint.url}/scenarios/${id}`, { headers: { Origin: PAGE } })
    expect(JSON.parse(text).received).toHaveLength(20)
  })
})

describe('the registration', () => {
  it('is for the pages alone', async () => {
    const preflight = await send(`${endpoint.url}/scenarios`, {
      method: 'OPTIONS',
      headers: {
        Origin: STRANGER,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type',
      },
    })
    expect([preflight.status, preflight.all('Access-Control-Allow-Origin')]).toEqual([403, []])
    const refused = [
      await register(VALID, { Origin: STRANGER }),
      await register(VALID, { Origin: 'null' }),
      // What a form of another site sends: no preflight, and a type that forms have.
      await register(VALID, { Origin: STRANGER, 'Content-Type': 'text/plain' }),
      await register(VALID, { Origin: '' }),
      // A name that somebody pointed at this machine: same-origin for the browser, and no page of ours.
      await register(VALID, { Origin: endpoint.url, 'Sec-Fetch-Site': 'same-origin' }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
    expect((await register(VALID, { Host: 'rebound.example' })).status).toBe(421)
    expect((await register(VALID, { 'Content-Type': 'text/plain' })).status).toBe(415)
  })

  it('tells a stranger nothing of what arrived', async () => {
    const id = idOf(await register(VALID))
    expect((await send(`${endpoint.url}/scenarios/${id}`, { headers: { Origin: STRANGER } })).status).toBe(403)
    expect((await send(`${endpoint.url}/scenarios/${id}`)).status).toBe(404)
  })

  it.each([
    ['', 'a scenario is JSON'],
    ['{', 'a scenario is JSON'],
    ['[]', 'a scenario is an object'],
    ['null', 'a scenario is an object'],
    [{ ...VALID, method: 'a b' }, '"a b": a method is a token of at most 40 characters'],
    [{ ...VALID, method: 'X'.repeat(41) }, `"${'X'.repeat(41)}": a method is a token`],
    [{ ...VALID, method: undefined }, 'undefined: a method is a token'],
    [{ ...VALID, status: 302 }, '302: a status is 200 to 299'],
    [{ ...VALID, status: '200' }, '"200": a status is'],
    [{ ...VALID, policy: '*' }, '"*": a policy is an object'],
    [{ ...VALID, policy: { origins: '*', credentials: true } }, 'the policy has a defect at "origins"'],
    [{ ...VALID, policy: { origins: [`https://${'a'.repeat(300)}`] } }, 'the policy has a defect at "origins.0"'],
    [{ ...VALID, policy: [] }, 'the policy has a defect at "its root"'],
    [{ ...VALID, headers: {} }, 'headers are a list of at most 50 pairs'],
    [{ ...VALID, headers: Array(51).fill(['X-A', '1']) }, 'headers are a list of at most 50 pairs'],
    [{ ...VALID, headers: ['X-A'] }, 'a header is a pair of texts'],
    [{ ...VALID, headers: [['X-A', 1]] }, 'a header is a pair of texts'],
    [{ ...VALID, headers: [['X A', '1']] }, '"X A": this is no header'],
    [{ ...VALID, headers: [['X-A', 'a\r\nSet-Cookie: b=c']] }, '"X-A": this is no header, or its value is none'],
    [{ ...VALID, headers: [['Set-Cookie', 'a=b']] }, '"Set-Cookie": this server does not send this header'],
    [{ ...VALID, headers: [['X-A', 'x'.repeat(9_000)]] }, 'headers have at most 8000 bytes together'],
  ])('answers %j with 400 and one line', async (body, line) => {
    const answer = await register(body)
    expect([answer.status, answer.text.split('\n').length]).toEqual([400, 2])
    expect(answer.text.startsWith(line) || answer.text).toBe(true)
    expect(answer.all('Content-Type')).toEqual(['text/plain; charset=utf-8'])
  })

  it('says whether the request can arrive', async () => {
    const receives = async (method: string) => JSON.parse((await register({ ...VALID, method })).text).receives
    expect([await receives('DELETE'), await receives('patch'), await receives('BREW')]).toEqual([true, false, false])
  })

  it('outlives a page that goes away', async () => {
    const socket = connect(Number(new URL(endpoint.url).port), '127.0.0.1')
    const head = ['POST /scenarios HTTP/1.1', 'Host: 127.0.0.1', `Origin: ${PAGE}`, 'Content-Type: application/json']
    socket.write(`${[...head, 'Content-Length: 100'].join('\r\n')}\r\n\r\n{`)
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket.resetAndDestroy()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect((await register(VALID)).status).toBe(201)
  })

  it('reads no more than it says', async () => {
    const answer = await register(' '.repeat(LONGEST_BODY + 1))
    expect([answer.status, answer.text]).toEqual([413, `a scenario has at most ${LONGEST_BODY} bytes\n`])
  })

  it.each(['/', '/scenarios', '/scenarios/x', '/try', '/try/', '/try/x', '/__proto__', '/try/__proto__'])(
    'is not at %s',
    async (path) => {
      expect((await send(`${endpoint.url}${path}`, { headers: { Origin: PAGE } })).status).toBe(404)
    },
  )
})

describe('createPageServer()', () => {
  const settings = { edge: '', origin: '', listed: true, endpoint: 'http://127.0.0.1:8082' }
  const files = new Map([
    ['index.html', '<!doctype html>'],
    ['assets/a.js', '1'],
  ])

  it('serves the playground out of memory, with a policy that admits no script of a stranger', async () => {
    const page = await listen(
      createPageServer(() => settings, { playground: files }),
      0,
    )
    try {
      const index = await send(`${page.url}/playground/?x`)
      expect([index.status, index.text, index.all('Content-Type')]).toEqual([
        200,
        '<!doctype html>',
        ['text/html; charset=utf-8'],
      ])
      const [policy = ''] = index.all('Content-Security-Policy')
      expect(policy.split('; ')).toEqual(
        expect.arrayContaining([
          "default-src 'none'",
          "script-src 'self'",
          "connect-src 'self' http://127.0.0.1:8082 http://localhost:8082",
          "require-trusted-types-for 'script'",
        ]),
      )
      expect((await send(`${page.url}/playground/assets/a.js`)).status).toBe(200)
      expect((await send(`${page.url}/playground/index`)).status).toBe(404)
      expect((await send(`${page.url}/playground/`, { method: 'POST' })).status).toBe(404)
      const bare = await send(`${page.url}/playground`)
      expect([bare.status, bare.all('Location')]).toEqual([308, ['/playground/']])
      expect((await send(`${page.url}/`)).all('Content-Security-Policy')).toEqual([])
    } finally {
      await page.close()
    }
  })
})
