// What goes over the wire, whichever way a handler of Node's sends it.
import { connect as connectH2, createServer as createServerH2 } from 'node:http2'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { describe, expect, it, vi } from 'vitest'
import { cors, type NodeRequest, requestHead } from '../../adapters/node.ts'
import type { CorsSource } from '../../src/adapter.ts'
import { createCors } from '../../src/index.ts'
import { type Listener, serveOnce } from '../support/node-server.ts'
import { PAGE, STRANGER } from '../support/pages.ts'

const POLICY = { origins: [PAGE], credentials: true, methods: ['PUT'], exposedHeaders: ['X-Total'] } as const
const FROM = { headers: { origin: PAGE } }
const asking = (origin: string) => ({
  method: 'OPTIONS',
  headers: { origin, 'access-control-request-method': 'PUT' },
})

function behind(listener: Listener, source: CorsSource<NodeRequest> = POLICY): Listener {
  const handle = cors(source as never)
  return (req, res) => handle(req, res, () => listener(req, res))
}

describe('cors() of corsmith/node and the ways to say headers', () => {
  const ways: Readonly<Record<string, Listener>> = {
    'setHeaders with a Map': (_req, res) => {
      const lines = new Map<string, string | string[]>([
        ['X-Total', '3'],
        ['Vary', 'Accept'],
        ['set-cookie', ['a=1', 'b=2']],
      ])
      res.setHeaders(lines as Map<string, string>).end()
    },
    'setHeaders with Headers': (_req, res) => {
      const lines: [string, string][] = [
        ['X-Total', '3'],
        ['Vary', 'Accept'],
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
      ]
      res.setHeaders(new Headers(lines)).end()
    },
    appendHeader: (_req, res) => {
      res.appendHeader('X-Total', '3').appendHeader('Vary', 'Accept')
      res.appendHeader('Set-Cookie', 'a=1').appendHeader('Set-Cookie', 'b=2').end()
    },
    'a flat list whose values are lists': (_req, res) => {
      res.writeHead(200, ['Set-Cookie', ['a=1', 'b=2'], 'X-Total', '3', 'Vary', 'Accept'] as never).end()
    },
    'an object whose values are lists': (_req, res) => {
      res.writeHead(200, { 'Set-Cookie': ['a=1', 'b=2'], 'X-Total': '3', Vary: 'Accept' }).end()
    },
    'names without a name, which Node skips': (_req, res) => {
      res.writeHead(200, { '': 'none', 'Set-Cookie': ['a=1', 'b=2'], 'X-Total': '3', Vary: 'Accept' }).end()
    },
    'writeHead with null': (_req, res) => {
      res.setHeader('X-Total', '3').setHeader('Vary', 'Accept').setHeader('Set-Cookie', ['a=1', 'b=2'])
      res.writeHead(200, null as never).end()
    },
    'writeHead with a reason and null': (_req, res) => {
      res.setHeader('X-Total', '3').setHeader('Vary', 'Accept').setHeader('Set-Cookie', ['a=1', 'b=2'])
      res.writeHead(200, 'OK', null as never).end()
    },
    'early hints first': (_req, res) => {
      res.writeEarlyHints({ link: '</style.css>; rel=preload' })
      res.writeHead(200, { 'X-Total': '3', Vary: 'Accept', 'Set-Cookie': ['a=1', 'b=2'] }).end()
    },
  }

  it.each(Object.keys(ways))('puts the header set on the answer, and adds nothing: %s', async (way) => {
    const { lines } = await serveOnce(behind(ways[way] as Listener), FROM)
    const {
      date: _,
      connection: __,
      'keep-alive': ___,
      'transfer-encoding': ____,
      'content-length': _____,
      ...rest
    } = lines
    expect(rest).toEqual({
      'access-control-allow-origin': [PAGE],
      'access-control-allow-credentials': ['true'],
      'access-control-expose-headers': ['x-total'],
      'set-cookie': ['a=1', 'b=2'],
      'x-total': ['3'],
      vary: ['Accept, Origin'],
    })
  })

  it('leaves it to Node to complain of a value that is none', async () => {
    const { body } = await serveOnce(
      behind((_req, res) => {
        let said: unknown
        try {
          res.writeHead(200, { 'X-Total': 'a\nb' })
        } catch (error) {
          said = error
        }
        res.end((said as { code: string }).code)
      }),
      FROM,
    )
    expect(body).toBe('ERR_INVALID_CHAR')
  })

  it('leaves a 101 that a handler writes as it is', async () => {
    const names: string[] = []
    const listener = behind((_req, res) => {
      res.writeHead(101, { Upgrade: 'own', Connection: 'Upgrade' })
      names.push(...res.getHeaderNames())
      res.destroy()
    })
    await serveOnce(listener, { headers: { origin: PAGE } }).catch(() => {})
    expect(names.filter((name) => name.startsWith('access-control-') || name === 'vary')).toEqual([])
  })
})

describe('cors() of corsmith/node and 304', () => {
  const source = { origins: [PAGE], exposedHeaders: ['X-Amz-Meta-*'] }

  it('names no exposed headers by pattern, which would shorten the list that is stored', async () => {
    const listener = behind((_req, res) => res.writeHead(304, { ETag: '"1"', 'X-Amz-Meta-Kind': 'cat' }).end(), source)
    const { status, lines } = await serveOnce(listener, FROM)
    expect(status).toBe(304)
    expect(lines['access-control-allow-origin']).toEqual([PAGE])
    expect(lines['access-control-expose-headers']).toBeUndefined()
    expect(lines.etag).toEqual(['"1"'])
  })

  it('unites Vary', async () => {
    const { lines } = await serveOnce(
      behind((_req, res) => res.writeHead(304, { Vary: 'Accept' }).end(), source),
      FROM,
    )
    expect(lines.vary).toEqual(['Accept, Origin'])
  })
})

describe('cors() of corsmith/node and Timing-Allow-Origin of a handler', () => {
  const handler: Listener = (_req, res) => res.writeHead(200, { 'Timing-Allow-Origin': '*' }).end()
  const source = { origins: [PAGE], timingAllowOrigin: true }

  it('replaces it where the policy speaks of it, and tells a stranger nothing', async () => {
    expect((await serveOnce(behind(handler, source), FROM)).lines['timing-allow-origin']).toEqual([PAGE])
    const stranger = await serveOnce(behind(handler, source), { headers: { origin: STRANGER } })
    expect(stranger.lines['timing-allow-origin']).toBeUndefined()
  })
})

describe('cors() of corsmith/node and headers that a handler, or a middleware before it, says by hand', () => {
  const engine = createCors(POLICY)
  const names = [
    'Access-Control-Allow-Private-Network',
    'Access-Control-Allow-Local-Network',
    'Access-Control-Allow-Methods',
    'Access-Control-Max-Age',
    'Access-Control-Foo',
    'Timing-Allow-Origin',
  ]
  const cases = [PAGE, STRANGER].flatMap((origin) =>
    ['GET', 'OPTIONS'].flatMap((method) => names.map((name) => [method, origin, name] as const)),
  )

  it.each(cases)('%s from %s: %s stays or goes as the engine says', async (method, origin, name) => {
    const headers = { origin, ...(method === 'OPTIONS' ? { 'access-control-request-method': 'PUT' } : {}) }
    const handle = cors(engine)
    const { lines } = await serveOnce(
      (req, res) => {
        res.setHeader(name, '1')
        handle(req, res, () => res.end())
      },
      { method, headers },
    )
    const said = engine.headers(requestHead({ method, headers }), { [name]: '1' }).get(name)
    expect(lines[name.toLowerCase()] ?? null).toEqual(said === null ? null : [said])
  })
})

describe.each([
  ['that nobody has touched', undefined],
  ['with a Vary of an earlier middleware', 'Accept-Encoding'],
])('a preflight of corsmith/node on a response %s', (_, vary) => {
  async function preflight(origin: string, preflightStatus: 200 | 204) {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    const next = vi.fn()
    let ends = 0
    const app = express()
    app.use((_req, res, pass) => {
      const end = res.end
      res.end = ((...args: Parameters<typeof end>) => {
        ends++
        return end.apply(res, args)
      }) as typeof end
      if (vary !== undefined) res.setHeader('Vary', vary)
      pass()
    })
    app.use(cors({ ...POLICY, preflightStatus }))
    app.use(next)
    const answered = await serveOnce(app, asking(origin))
    expect(next).not.toHaveBeenCalled()
    expect(printed).not.toHaveBeenCalled()
    expect(ends).toBe(1)
    printed.mockRestore()
    return answered
  }
  const expected = vary === undefined ? ['Origin'] : [`${vary}, Origin`]

  it('is a 204 that says no length', async () => {
    const { status, lines } = await preflight(PAGE, 204)
    expect([status, lines['content-length'], lines.vary]).toEqual([204, undefined, expected])
    expect(lines['access-control-allow-methods']).toEqual(['PUT'])
  })

  it('is a 200 without content where the policy says so', async () => {
    const { status, lines, body } = await preflight(PAGE, 200)
    expect([status, lines['content-length'], lines.vary, body]).toEqual([200, ['0'], expected, ''])
    expect(lines['access-control-allow-methods']).toEqual(['PUT'])
  })

  it('is a 403 without content for a stranger', async () => {
    const { status, lines, body } = await preflight(STRANGER, 200)
    expect([status, lines['content-length'], lines.vary, body]).toEqual([403, ['0'], expected, ''])
    expect(lines['access-control-allow-origin']).toBeUndefined()
  })
})

describe('cors() of corsmith/node in node:http2', () => {
  it('leaves a stream alone that its client has closed', async () => {
    const handle = cors(POLICY)
    const thrown: unknown[] = []
    let done = () => {}
    const finished = new Promise<void>((resolve) => {
      done = resolve
    })
    const server = createServerH2((req, res) =>
      handle(req, res, () => {
        res.stream.once('close', () => {
          try {
            res.setHeader('Vary', 'Accept')
            res.writeHead(200, { 'X-Total': '1' })
            res.end('too late')
          } catch (error) {
            thrown.push(error)
          }
          done()
        })
      }),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const session = connectH2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    session.on('error', () => {})
    const stream = session.request({ ':path': '/', origin: PAGE })
    stream.on('error', () => {})
    setTimeout(() => stream.close(8), 50)
    await finished
    session.destroy()
    server.close()
    expect(thrown).toEqual([])
  })
})
