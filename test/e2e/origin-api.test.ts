import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createOriginApi } from '../../examples/origin-api/origin-api.ts'
import { createPageServer } from '../../examples/page/server.ts'
import { type Listening, listen } from '../../examples/start/listen.ts'
import { corsNames } from '../support/it-is-shared.ts'
import { send } from '../support/raw-http.ts'

const json = (body: string) => ({
  headers: { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) },
  body,
})

describe('createOriginApi()', () => {
  let api: Listening
  beforeEach(async () => {
    api = await listen(createOriginApi(), 0)
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    await api.close()
  })

  it.each(['/api/users', '/api/fail', '/api/redirect', '/api/me', '/api/nothing', '/api/download?bytes=1'])(
    'knows nothing of CORS at %s',
    async (path) => {
      for (const method of ['GET', 'HEAD', 'OPTIONS']) {
        const answer = await send(`${api.url}${path}`, { method, headers: { Origin: 'https://evil.example' } })
        expect(corsNames(answer)).toEqual([])
        expect(answer.all('Vary')).toEqual([])
      }
    },
  )

  it('creates, replaces and deletes a user', async () => {
    const created = await send(`${api.url}/api/users`, { method: 'POST', ...json('{"name":"Katherine"}') })
    expect(created.status).toBe(201)
    const user = `${api.url}${created.all('Location')[0]}`
    expect((await send(user, { method: 'PUT', ...json('{"name":"Dorothy"}') })).status).toBe(200)
    expect(JSON.parse((await send(user)).text)).toMatchObject({ name: 'Dorothy' })
    expect((await send(user, { method: 'DELETE' })).status).toBe(204)
    expect((await send(user, { method: 'DELETE' })).status).toBe(404)
  })

  it.each(['{"name"', '[]', 'null', '{}', '{"name":""}'])('answers 400 to the JSON %s', async (body) => {
    expect((await send(`${api.url}/api/users`, { method: 'POST', ...json(body) })).status).toBe(400)
  })

  it('answers a plain OPTIONS with the methods there are, and any other with 405', async () => {
    for (const [method, status] of [
      ['OPTIONS', 204],
      ['PATCH', 405],
    ] as const) {
      const answer = await send(`${api.url}/api/users/1`, { method })
      expect(answer.status).toBe(status)
      expect(answer.all('Allow')).toEqual(['GET, HEAD, PUT, DELETE, OPTIONS'])
    }
  })

  it.each([
    ['bytes=0-1', 206, 'bytes 0-1/500', '\x00\x01'],
    ['bytes=-1', 206, 'bytes 499-499/500', String.fromCharCode(499 % 251)],
    ['bytes=498-', 206, 'bytes 498-499/500', String.fromCharCode(498 % 251, 499 % 251)],
    ['bytes=251-9999', 206, 'bytes 251-499/500', undefined],
    ['bytes=500-', 416, 'bytes */500', undefined],
    ['bytes=0-1, 3-4', 200, undefined, undefined],
    ['lines=0-1', 200, undefined, undefined],
  ])('answers the range %s with %i', async (range, status, contentRange, text) => {
    const response = await fetch(`${api.url}/api/download?bytes=500`, { headers: { Range: range } })
    expect(response.status).toBe(status)
    expect(response.headers.get('Content-Range') ?? undefined).toBe(contentRange)
    const bytes = Buffer.from(await response.arrayBuffer())
    if (text !== undefined) expect(bytes.toString('latin1')).toBe(text)
  })

  it('goes on with events where a client lost them', async () => {
    const answer = await send(`${api.url}/api/events?count=3&every=1`, { headers: { 'Last-Event-ID': '2' } })
    expect(answer.text).toBe('id: 3\ndata: {"tick":3,"of":3}\n\nevent: done\ndata: {}\n\n')
  })

  it('says nothing when a client leaves early', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    const server = createOriginApi()
    const leaving = await listen(server, 0)
    for (const path of ['/api/slow', '/api/events', '/api/download']) {
      const controller = new AbortController()
      const arrived = once(server, 'request')
      const answer = fetch(`${leaving.url}${path}`, { signal: controller.signal }).then((response) => response.text())
      const [, response] = await arrived
      const gone = once(response, 'close')
      controller.abort()
      await Promise.all([gone, expect(answer).rejects.toThrow('aborted')])
    }
    await leaving.close()
    expect(logged).not.toHaveBeenCalled()
  })

  it('says back what a WebSocket says', async () => {
    const socket = new WebSocket(`${api.url.replace('http', 'ws')}/api/echo`)
    await new Promise((resolve) => socket.addEventListener('open', resolve))
    for (const word of ['hello', 'ö'.repeat(200)]) {
      const heard = new Promise<unknown>((resolve) =>
        socket.addEventListener('message', ({ data }) => resolve(data), { once: true }),
      )
      socket.send(word)
      expect(await heard).toBe(word)
    }
    const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)))
    socket.close(4000)
    expect(await closed).toBe(4000)
  })
})

describe('createPageServer()', () => {
  it.each([
    ['/', 200],
    ['/main.js', 200],
    ['/nothing', 404],
    ['/..%2fserver.ts', 404],
    ['/%2e%2e/server.ts', 404],
    ['/%', 404],
  ])('answers %s with %i', async (path, status) => {
    const page = await listen(
      createPageServer(() => ({ edge: '', origin: '', listed: true, endpoint: '' })),
      0,
    )
    try {
      expect((await send(`${page.url}${path}`)).status).toBe(status)
    } finally {
      await page.close()
    }
  })
})
