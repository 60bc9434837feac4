// How often and when the middleware of corsmith/node writes, on responses of Node's own.
import type { ServerResponse } from 'node:http'
import { connect, createServer as createServerH2, type Http2ServerResponse } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { cors } from '../../adapters/node.ts'
import { createCors } from '../../src/index.ts'
import { serveOnce } from '../support/node-server.ts'
import { PAGE, STRANGER } from '../support/pages.ts'

const POLICY = { origins: [PAGE], methods: ['PUT'] } as const
const FROM = { headers: { origin: PAGE } }
const ASKING = { method: 'OPTIONS', headers: { origin: PAGE, 'access-control-request-method': 'PUT' } }

/** Ends a response that nothing has answered, so that a test does not wait for it. */
function finish(res: ServerResponse): void {
  if (!res.writableEnded) res.end()
}

describe('cors() of corsmith/node', () => {
  it('answers a preflight in one write, at once', async () => {
    const handle = cors(POLICY)
    let seen: unknown
    const { status } = await serveOnce((req, res) => {
      const setHeader = vi.spyOn(res, 'setHeader')
      const { writeHead } = res
      handle(req, res, () => {})
      seen = [res.writableEnded, setHeader.mock.calls.length, res.writeHead === writeHead]
      finish(res)
    }, ASKING)
    expect([status, seen]).toEqual([204, [true, 0, true]])
  })

  it('refuses at once', async () => {
    const handle = cors({ ...POLICY, refused: 'forbid' })
    let isEnded = false
    const { status } = await serveOnce(
      (req, res) => {
        handle(req, res, () => {})
        isEnded = res.writableEnded
        finish(res)
      },
      { headers: { origin: STRANGER } },
    )
    expect([status, isEnded]).toEqual([403, true])
  })

  it('stamps a response once, however often it is called', async () => {
    const handle = cors(POLICY)
    let isSame = false
    await serveOnce((req, res) => {
      handle(req, res, () => {})
      const { writeHead } = res
      handle(req, res, () => {})
      isSame = res.writeHead === writeHead
      res.end()
    }, FROM)
    expect(isSame).toBe(true)
  })

  it('keeps lines of a name apart beside a Vary of the application', async () => {
    const handle = cors(POLICY)
    const { lines } = await serveOnce(
      (req, res) =>
        handle(req, res, () => {
          res.setHeader('Set-Cookie', ['a=1', 'b=2'])
          res.setHeader('X-With-A-Long-Name', ['1', '2'])
          res.setHeader('Vary', 'Accept')
          res.end()
        }),
      FROM,
    )
    expect(lines['set-cookie']).toEqual(['a=1', 'b=2'])
    expect(lines['x-with-a-long-name']).toEqual(['1', '2'])
    expect(lines.vary).toEqual(['Accept, Origin'])
  })

  it('answers a preflight over HTTP/2 at once', async () => {
    const handle = cors(POLICY)
    const seen: unknown[] = []
    const server = createServerH2((req, res: Http2ServerResponse) => {
      handle(req, res, () => {})
      seen.push(res.writableEnded)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const stream = session.request({ ':method': 'OPTIONS', ':path': '/', ...ASKING.headers })
    stream.on('response', (fields) => seen.push(fields[':status'], fields['access-control-allow-methods']))
    await new Promise((resolve) => stream.resume().once('close', resolve).end())
    session.close()
    server.close()
    expect(seen).toEqual([true, 204, 'PUT'])
  })

  it.each(['entries', 'headers', 'guard'])('names a function that gives a policy without %s', async (missing) => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    const engine = createCors(POLICY)
    const { policy, decide, entries, headers, guard, preflight, apply, wrap } = engine
    const part = { policy, decide, entries, headers, guard, preflight, apply, wrap, [missing]: undefined }
    const handle = cors((() => part) as unknown as () => typeof POLICY)
    const { lines } = await serveOnce((req, res) => handle(req, res, () => res.end()), FROM)
    expect([lines['access-control-allow-origin'], lines.vary]).toEqual([undefined, ['Origin']])
    expect(printed.mock.calls.map(([error]) => String(error))).toEqual([
      'TypeError: cors: a function gave a part of a policy',
    ])
    printed.mockRestore()
  })
})
