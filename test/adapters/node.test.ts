import { createServer } from 'node:http'
import connect from 'connect'
import express from 'express'
import express4 from 'express4'
import { describe, expect, it, vi } from 'vitest'
import { cors, type NodeRequest, requestHead } from '../../adapters/node.ts'
import type { CorsSource } from '../../src/adapter.ts'
import { CorsPolicyError, createCors, perRequest } from '../../src/index.ts'
import { type Listener, serveOnce } from '../support/node-server.ts'

const PAGE = 'https://app.example.com'
const DEFECT: string = `${PAGE}/`
const POLICY = { origins: [PAGE], credentials: true, methods: ['PUT'], exposedHeaders: ['X-Total'] } as const
const FROM = { headers: { origin: PAGE } }

/** A listener behind the middleware. */
function behind(listener: Listener, source: CorsSource<NodeRequest> = POLICY): Listener {
  const handle = cors(source as never)
  return (req, res) => handle(req, res, () => listener(req, res))
}

function itIsShared(lines: Readonly<Record<string, readonly string[] | undefined>>): void {
  expect(lines['access-control-allow-origin']).toEqual([PAGE])
  expect(lines['access-control-allow-credentials']).toEqual(['true'])
  expect(lines['access-control-expose-headers']?.map((value) => value.toLowerCase())).toEqual(['x-total'])
}

describe('cors() of corsmith/node: when headers are sent', () => {
  it('stamps what res.end sends by itself', async () => {
    const { status, lines } = await serveOnce(
      behind((_req, res) => res.end('hello')),
      FROM,
    )
    expect(status).toBe(200)
    itIsShared(lines)
    expect(lines.vary).toEqual(['Origin'])
  })

  it('stamps what writeHead is given as an object', async () => {
    const { lines } = await serveOnce(
      behind((_req, res) => res.writeHead(200, { Vary: 'Accept', 'X-Total': 3 }).end()),
      FROM,
    )
    itIsShared(lines)
    expect(lines.vary).toEqual(['Accept, Origin'])
    expect(lines['x-total']).toEqual(['3'])
  })

  it('stamps what writeHead is given as a flat list, and keeps two lines of one name', async () => {
    const listener: Listener = (_req, res) =>
      res.writeHead(200, ['Set-Cookie', 'a=1', 'set-cookie', 'b=2', 'Vary', 'Accept']).end()
    const { lines } = await serveOnce(behind(listener), FROM)
    itIsShared(lines)
    expect(lines['set-cookie']).toEqual(['a=1', 'b=2'])
    expect(lines.vary).toEqual(['Accept, Origin'])
  })

  it('stamps what writeHead is given as a list of pairs', async () => {
    const pairs = [
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ]
    const { lines } = await serveOnce(
      behind((_req, res) => res.writeHead(200, pairs as never).end()),
      FROM,
    )
    itIsShared(lines)
    expect(lines['set-cookie']).toEqual(['a=1', 'b=2'])
  })

  it('keeps the status message, with and without headers', async () => {
    const withHeaders = await serveOnce(
      behind((_req, res) => res.writeHead(418, 'Teapot', { 'X-Total': '1' }).end()),
      FROM,
    )
    expect(withHeaders.message).toBe('Teapot')
    itIsShared(withHeaders.lines)
    const without = await serveOnce(
      behind((_req, res) => res.writeHead(418, 'Teapot').end()),
      FROM,
    )
    expect(without.message).toBe('Teapot')
    itIsShared(without.lines)
  })

  it('keeps a status message set beforehand', async () => {
    const listener: Listener = (_req, res) => {
      res.statusMessage = 'Fine'
      res.end()
    }
    expect((await serveOnce(behind(listener), FROM)).message).toBe('Fine')
  })

  it('stamps what flushHeaders and write send', async () => {
    const flushed = await serveOnce(
      behind((_req, res) => {
        res.flushHeaders()
        res.end('x')
      }),
      FROM,
    )
    itIsShared(flushed.lines)
    const written = await serveOnce(
      behind((_req, res) => {
        res.write('a')
        res.end('b')
      }),
      FROM,
    )
    itIsShared(written.lines)
    expect(written.body).toBe('ab')
  })

  it('replaces CORS headers set before, and removes those the policy has not', async () => {
    const listener: Listener = (_req, res) => {
      res.setHeader('Access-Control-Allow-Origin', '*')
      res.setHeader('Access-Control-Allow-Methods', 'DELETE')
      res.writeHead(200, { 'access-control-max-age': '5' }).end()
    }
    const { lines } = await serveOnce(behind(listener), FROM)
    itIsShared(lines)
    expect(lines['access-control-allow-methods']).toBeUndefined()
    expect(lines['access-control-max-age']).toBeUndefined()
  })

  it('removes CORS headers from an answer to a stranger', async () => {
    const listener: Listener = (_req, res) => res.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('hello')
    const { lines, body } = await serveOnce(behind(listener), { headers: { origin: 'https://stranger.example' } })
    expect(lines['access-control-allow-origin']).toBeUndefined()
    expect(lines.vary).toEqual(['Origin'])
    expect(body).toBe('hello')
  })

  it('lets writeHead complain when headers are sent twice', async () => {
    const listener: Listener = (_req, res) => {
      res.writeHead(200)
      expect(() => res.writeHead(500, { 'X-Late': '1' })).toThrow(/ERR_HTTP_HEADERS_SENT|Cannot write headers/)
      res.end()
    }
    expect((await serveOnce(behind(listener), FROM)).status).toBe(200)
  })

  it('names exposed headers by pattern as they are when sent', async () => {
    const source = { origins: [PAGE], exposedHeaders: ['X-Amz-Meta-*'] }
    const { lines } = await serveOnce(
      behind((_req, res) => res.writeHead(200, { 'X-Amz-Meta-Cat': '1', Vary: 'Accept' }).end(), source),
      FROM,
    )
    expect(lines['access-control-expose-headers']).toEqual(['x-amz-meta-cat'])
  })

  it('lets the outer of two policies stand', async () => {
    const inner = cors({ origins: ['https://other.example'] })
    const listener: Listener = (req, res) => inner(req, res, () => res.end())
    itIsShared((await serveOnce(behind(listener), FROM)).lines)
  })
})

describe('cors() of corsmith/node: what never reaches next', () => {
  const asking = { method: 'OPTIONS', headers: { origin: PAGE, 'access-control-request-method': 'PUT' } }

  it('answers a preflight, with what an earlier middleware put into Vary', async () => {
    const next = vi.fn()
    const handle = cors(POLICY)
    const { status, lines, body } = await serveOnce((req, res) => {
      res.setHeader('Vary', 'Accept')
      handle(req, res, next)
    }, asking)
    expect(status).toBe(204)
    expect(lines['access-control-allow-methods']).toEqual(['PUT'])
    expect(lines.vary).toEqual(['Accept, Origin'])
    expect(body).toBe('')
    expect(next).not.toHaveBeenCalled()
  })

  it('answers a preflight past a middleware that takes every list of headers for pairs (CVE-2025-7339)', async () => {
    const handle = cors(POLICY)
    const { status, lines } = await serveOnce(
      (req, res) => {
        const writeHead = res.writeHead.bind(res)
        res.writeHead = (code: number, headers?: unknown) => {
          for (const [name, value] of Array.isArray(headers) ? headers : Object.entries(headers ?? {})) {
            res.setHeader(name, value)
          }
          return writeHead(code)
        }
        handle(req, res, () => res.end())
      },
      { method: 'OPTIONS', headers: { origin: PAGE, 'access-control-request-method': 'PUT' } },
    )
    expect(status).toBe(204)
    expect(lines['access-control-allow-origin']).toEqual([PAGE])
    expect(lines['access-control-allow-methods']).toEqual(['PUT'])
    expect(lines.vary).toEqual(['Origin'])
  })

  it('passes a plain OPTIONS on', async () => {
    const { body } = await serveOnce(
      behind((_req, res) => res.end('mine')),
      { method: 'OPTIONS', headers: { origin: PAGE } },
    )
    expect(body).toBe('mine')
  })

  it('forbids a stranger where the policy says so', async () => {
    const listener = behind((_req, res) => res.end('secret'), { ...POLICY, refused: 'forbid' })
    const { status, body } = await serveOnce(listener, {
      method: 'POST',
      headers: { origin: 'https://stranger.example' },
    })
    expect(status).toBe(403)
    expect(body).toBe('')
  })
})

describe('cors() of corsmith/node: sources', () => {
  it('throws for a policy with a defect', () => {
    expect(() => cors({ origins: [DEFECT] })).toThrow(CorsPolicyError)
  })

  it('takes a function of the request', async () => {
    const byPath = {
      '/a': { origins: [PAGE], credentials: true, exposedHeaders: ['X-Total'] },
      '/b': { origins: ['https://b.example'] },
    }
    const listener = behind(
      (_req, res) => res.end(),
      (req) => byPath[req.url as '/a' | '/b'],
    )
    itIsShared((await serveOnce(listener, { path: '/a', ...FROM })).lines)
    expect((await serveOnce(listener, { path: '/b', ...FROM })).lines['access-control-allow-origin']).toBeUndefined()
  })

  it('gives a policy chosen per request the URL of the request, and Node’s own request', async () => {
    const seen: unknown[] = []
    const policy = perRequest<Request, [{ method?: string }]>((request, req) => {
      seen.push(request.url, req.method)
      return createCors(POLICY)
    })
    const { lines } = await serveOnce(
      behind((_req, res) => res.end(), policy),
      { path: '/a//b?c', headers: { origin: PAGE, host: 'api.example.com' } },
    )
    itIsShared(lines)
    expect(seen).toEqual(['http://api.example.com/a//b?c', 'GET'])
  })

  it.each(['a b', 'user@api.example.com', 'api.example.com/tenant', 'api.example.com?'])(
    'shows a Host that is none, %j, as one that cannot exist',
    async (host) => {
      const policy = perRequest(async (request) =>
        request.url === 'http://host.invalid/x' ? createCors(POLICY) : null,
      )
      const init = { method: 'TRACE', path: '/x', headers: { origin: PAGE, host } }
      itIsShared(
        (
          await serveOnce(
            behind((_req, res) => res.end(), policy),
            init,
          )
        ).lines,
      )
    },
  )
})

describe.each([
  ['express 5', express as unknown as typeof connect],
  ['express 4', express4 as unknown as typeof connect],
  ['connect', connect],
])('cors() of corsmith/node in %s', (_name, create) => {
  it('keeps the header set where a handler overwrites Vary', async () => {
    const app = create()
      .use(cors(POLICY))
      .use((_req, res) => {
        res.setHeader('Vary', 'Accept')
        res.end()
      })
    const { lines } = await serveOnce(app, FROM)
    itIsShared(lines)
    expect(lines.vary).toEqual(['Accept, Origin'])
  })

  it('keeps the header set on errors and on what is not found', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const failing = create()
      .use(cors(POLICY))
      .use(() => {
        throw new Error('on purpose')
      })
    const error = await serveOnce(failing, FROM)
    expect(error.status).toBe(500)
    itIsShared(error.lines)
    const missing = await serveOnce(create().use(cors(POLICY)), FROM)
    expect(missing.status).toBe(404)
    itIsShared(missing.lines)
    vi.restoreAllMocks()
  })

  it('sees the whole path below a mount point', async () => {
    const policy = perRequest((request) => (new URL(request.url).pathname === '/api/users' ? createCors(POLICY) : null))
    const app = create()
      .use('/api', cors(policy))
      .use((_req, res) => res.end())
    itIsShared((await serveOnce(app, { path: '/api/users', ...FROM })).lines)
  })
})

describe('requestHead()', () => {
  it('shows an upgrade to a policy', async () => {
    const policy = createCors(POLICY)
    const server = createServer()
    const status = await new Promise<number | undefined>((resolve) => {
      server.on('upgrade', (req, socket) => {
        socket.destroy()
        resolve(policy.guard(requestHead(req))?.status)
      })
      server.listen(0, '127.0.0.1', () => {
        const { port } = server.address() as { port: number }
        const headers = { Connection: 'Upgrade', Upgrade: 'websocket', Origin: 'https://stranger.example' }
        fetchUpgrade(port, headers)
      })
    })
    server.close()
    expect(status).toBe(403)
  })
})

function fetchUpgrade(port: number, headers: Record<string, string>): void {
  void import('node:http').then(({ request }) =>
    request({ port, host: '127.0.0.1', headers })
      .on('error', () => {})
      .end(),
  )
}
