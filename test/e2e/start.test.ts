import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOriginApi } from '../../examples/origin-api/origin-api.ts'
import { listen } from '../../examples/start/listen.ts'
import { launch } from '../support/launched.ts'
import { descendantsOf, isRunning } from '../support/processes.ts'
import { refusesConnections, send } from '../support/raw-http.ts'
import { ANY_PORTS, readUrls, START, type Started, startAll } from '../support/started.ts'

const EVIL = 'https://evil.example'
/** What the issue of stopping promises. */
const TEN_SECONDS = 10_000

const corsLines = (answer: { readonly lines: readonly (readonly [string, string])[] }): readonly string[] =>
  answer.lines.map(([name]) => name).filter((name) => /^(access-control-|timing-allow-origin$)/i.test(name))

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
    expect(asSet(answer.all('Access-Control-Allow-Methods'))).toEqual(['delete', 'put'])
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
    expect(corsLines(answer)).toEqual([])
  })

  it("answers a stranger's POST of text with 403, and creates nothing", async () => {
    const before = await send(`${started.origin}/api/users`)
    const answer = await send(`${started.edge}/api/users`, {
      method: 'POST',
      headers: { Origin: EVIL, 'Content-Type': 'text/plain', 'Content-Length': '7' },
      body: 'Mallory',
    })
    expect(answer.status).toBe(403)
    expect(corsLines(answer)).toEqual([])
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

describe('npm start, ending', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('leaves no process and no open port after %s', async (signal) => {
    const started = await startAll()
    const below = descendantsOf(started.command.child.pid ?? 0)
    expect(below.map(({ command }) => command).join('\n')).toContain('workerd')
    const asked = Date.now()
    started.command.child.kill(signal)
    expect((await started.command.ended).code).toBe(0)
    expect(Date.now() - asked).toBeLessThan(TEN_SECONDS)
    expect(below.filter(({ pid }) => isRunning(pid))).toEqual([])
    for (const url of [started.page, started.edge, started.origin, started.stranger])
      expect(await refusesConnections(url)).toBe(true)
  })

  it('leaves nothing when it is killed outright', async () => {
    const started = await startAll()
    const below = descendantsOf(started.command.child.pid ?? 0)
    started.command.child.kill('SIGKILL')
    await started.command.ended
    await expect.poll(() => below.filter(({ pid }) => isRunning(pid)), { timeout: TEN_SECONDS }).toEqual([])
  })

  it("ends when npm's shell ends without a word", async () => {
    // A list makes the shell stay between, as npm's does.
    const script = `"${process.execPath}" "${START}" ${ANY_PORTS.join(' ')}; true`
    const command = launch('/bin/sh', ['-c', script], { npm_lifecycle_event: 'start' })
    const { page, edge, origin } = await readUrls(command)
    const below = descendantsOf(command.child.pid ?? 0)
    command.child.kill('SIGKILL')
    await expect.poll(() => below.filter(({ pid }) => isRunning(pid)), { timeout: TEN_SECONDS }).toEqual([])
    for (const url of [page, edge, origin]) expect(await refusesConnections(url)).toBe(true)
  })

  it('says so when wrangler ends by itself', async () => {
    const started = await startAll()
    const wrangler = descendantsOf(started.command.child.pid ?? 0).filter(({ command }) =>
      command.includes('wrangler-dist'),
    )
    // The keeper has the command among its arguments; wrangler is the one that it started.
    for (const { pid, parent } of wrangler)
      if (wrangler.some((other) => other.pid === parent)) process.kill(pid, 'SIGKILL')
    const { code, output } = await started.command.ended
    expect(code).toBe(1)
    expect(output).toContain('wrangler ended by itself')
    expect(await refusesConnections(started.origin)).toBe(true)
  })
})

describe('npm start, choosing ports', () => {
  it('takes other ports than taken ones, and says so', async () => {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const taken = typeof address === 'object' && address !== null ? String(address.port) : ''
    try {
      const ports = ['--page-port', taken, '--edge-port', taken, '--origin-port', taken, '--stranger-port', taken]
      const started = await startAll(ports)
      expect((await send(`${started.edge}/api/users`)).status).toBe(200)
      await started.command.close()
      const { output } = await started.command.ended
      for (const what of ['the page', 'the edge', 'the origin API', "the stranger's page"])
        expect(output).toMatch(new RegExp(`^port ${taken} is taken: ${what} is on \\d+$`, 'm'))
    } finally {
      server.close()
    }
  })

  it('refuses a port that is none', async () => {
    const { code, output } = await launch(process.execPath, [START, '--edge-port', '70000']).ended
    expect(code).toBe(1)
    expect(output).toBe('--edge-port: "70000": a port is a whole number from 0 to 65535\n')
  })
})

describe('createOriginApi()', () => {
  it('knows nothing of CORS', async () => {
    const api = await listen(createOriginApi(), 0)
    try {
      for (const path of [
        '/api/users',
        '/api/fail',
        '/api/redirect',
        '/api/me',
        '/api/nothing',
        '/api/download?bytes=1',
      ])
        for (const method of ['GET', 'HEAD', 'OPTIONS']) {
          const answer = await send(`${api.url}${path}`, { method, headers: { Origin: EVIL } })
          expect(corsLines(answer)).toEqual([])
          expect(answer.all('Vary')).toEqual([])
        }
    } finally {
      await api.close()
    }
  })
})
