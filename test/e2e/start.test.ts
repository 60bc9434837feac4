import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { corsNames } from '../support/it-is-shared.ts'
import { send } from '../support/raw-http.ts'
import { type Started, startAll } from '../support/started.ts'

const EVIL = 'https://evil.example'

const asSet = (values: readonly string[]): readonly string[] =>
  values.flatMap((value) => value.toLowerCase().split(/\s*,\s*/)).sort()

describe('npm start, answering', () => {
  let started: Started
  beforeAll(async () => {
    started = await startAll()
  })
  afterAll(() => started?.command.close())

  it('answers the preflight of a PUT from the page with the whole policy', async () => {
    const answer = await send(`${started.edge}/api/users/1`, {
      method: 'OPTIONS',
      headers: {
        Origin: started.page,
        'Access-Control-Request-Method': 'PUT',
        'Access-Control-Request-Headers': 'authorization,content-type',
      },
    })
    expect(answer.status).toBe(204)
    expect(answer.all('Access-Control-Allow-Origin')).toEqual([started.page])
    expect(answer.all('Access-Control-Allow-Credentials')).toEqual(['true'])
    expect(asSet(answer.all('Access-Control-Allow-Methods'))).toEqual(['delete', 'patch', 'put'])
    expect(asSet(answer.all('Access-Control-Allow-Headers'))).toEqual(['authorization', 'content-type'])
    expect(answer.all('Access-Control-Max-Age')).toHaveLength(1)
    expect(asSet(answer.all('Vary'))).toContain('origin')
  })

  it('answers the same preflight from a stranger with 403 and no permission', async () => {
    const answer = await send(`${started.edge}/api/users/1`, {
      method: 'OPTIONS',
      headers: {
        Origin: EVIL,
        'Access-Control-Request-Method': 'PUT',
        'Access-Control-Request-Headers': 'authorization,content-type',
      },
    })
    expect(answer.status).toBe(403)
    expect(asSet(answer.all('Vary'))).toContain('origin')
    expect(corsNames(answer)).toEqual([])
  })

  it("answers a stranger's POST of text with 403, and creates nothing", async () => {
    const before = await send(`${started.origin}/api/users`)
    const answer = await send(`${started.edge}/api/users`, {
      method: 'POST',
      headers: { Origin: EVIL, 'Content-Type': 'text/plain', 'Content-Length': '7' },
      body: 'Mallory',
    })
    expect(answer.status).toBe(403)
    expect(corsNames(answer)).toEqual([])
    expect((await send(`${started.origin}/api/users`)).text).toBe(before.text)
  })

  it('shows the page a failure of the API', async () => {
    const answer = await send(`${started.edge}/api/fail`, { headers: { Origin: started.page } })
    expect(answer.status).toBe(500)
    expect(answer.all('Access-Control-Allow-Origin')).toEqual([started.page])
    expect(answer.all('Access-Control-Allow-Credentials')).toEqual(['true'])
    expect(answer.text).toContain('holiday')
  })

  it("brings the API's redirects back to the edge", async () => {
    const answer = await send(`${started.edge}/api/redirect`, { headers: { Origin: started.page } })
    expect(answer.status).toBe(302)
    expect(answer.all('Location')).toEqual([`${started.edge}/api/users`])
    expect(answer.all('Access-Control-Allow-Origin')).toEqual([started.page])
  })

  it('keeps the Origin of the page from the API', async () => {
    const answer = await send(`${started.edge}/api/whoami`, { headers: { Origin: started.page } })
    const { headers } = JSON.parse(answer.text) as { readonly headers: Readonly<Record<string, string>> }
    expect(Object.keys(headers)).not.toContain('origin')
    expect(headers.host).toBe(new URL(started.origin).host)
  })

  it('keeps two cookies two', async () => {
    const answer = await send(`${started.edge}/api/login`, { method: 'POST', headers: { Origin: started.page } })
    expect(answer.all('Set-Cookie')).toHaveLength(2)
  })

  it('passes a range', async () => {
    const answer = await send(`${started.edge}/api/download`, {
      headers: { Origin: started.page, Range: 'bytes=251-253' },
    })
    expect(answer.status).toBe(206)
    expect(answer.all('Content-Range')).toEqual(['bytes 251-253/100000000'])
    expect(answer.text).toBe('\x00\x01\x02')
  })

  it('passes events while there are more to come', async () => {
    const response = await fetch(`${started.edge}/api/events?count=2&every=60000`, {
      headers: { Origin: started.page },
    })
    const reader = response.body?.getReader()
    const first = await reader?.read()
    expect(new TextDecoder().decode(first?.value)).toContain('"tick":1')
    await reader?.cancel()
  })

  it('opens a WebSocket for the page and none for a stranger', async () => {
    const upgrade = (origin: string): ReturnType<typeof send> =>
      send(`${started.edge}/api/echo`, {
        headers: {
          Origin: origin,
          Connection: 'Upgrade',
          Upgrade: 'websocket',
          'Sec-WebSocket-Version': '13',
          'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        },
      })
    expect((await upgrade(started.page)).status).toBe(101)
    expect((await upgrade(EVIL)).status).toBe(403)
  })
})
