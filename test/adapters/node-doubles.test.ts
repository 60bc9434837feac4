// What is handed to a middleware as a response, made by the libraries that make them. One row each; the same must hold for all.
import { EventEmitter } from 'node:events'
import { ServerResponse } from 'node:http'
import Fastify from 'fastify'
import lightMyRequest from 'light-my-request'
import { createMocks } from 'node-mocks-http'
import request from 'supertest'
import { describe, expect, it, vi } from 'vitest'
import { cors, type NodeMiddleware, type NodeRequest, type NodeResponse } from '../../adapters/node.ts'
import { createCors, perRequest } from '../../src/index.ts'
import { PAGE, STRANGER } from '../support/pages.ts'

const POLICY = { origins: [PAGE], credentials: true, methods: ['PUT'] } as const

/** A middleware and what comes after it, behind one interface or another. */
type Application = (req: NodeRequest, res: NodeResponse) => void
type Headers = Readonly<Record<string, string>>

interface Answered {
  readonly status: number
  header(name: string): unknown
}

interface Double {
  readonly name: string
  answer(application: Application, method: string, headers: Headers): Promise<Answered>
}

const mocks: Double = {
  name: 'node-mocks-http',
  async answer(application, method, headers) {
    const { req, res } = createMocks({ method: method as 'GET', headers }, { eventEmitter: EventEmitter })
    const ended = new Promise((resolve) => res.on('end', resolve))
    application(req as unknown as NodeRequest, res as unknown as NodeResponse)
    await ended
    return { status: res.statusCode, header: (name) => res.getHeader(name) }
  },
}

const injected: Double = {
  name: 'light-my-request',
  async answer(application, method, headers) {
    const response = await lightMyRequest(application as never, { method: method as 'GET', url: '/', headers })
    return { status: response.statusCode, header: (name) => response.headers[name.toLowerCase()] }
  },
}

const supertest: Double = {
  name: 'supertest',
  async answer(application, method, headers) {
    const response = await request(application as never)
      [method.toLowerCase() as 'get']('/')
      .set(headers)
    return { status: response.status, header: (name) => response.headers[name.toLowerCase()] }
  },
}

/** What is there besides `end` differs: people write these by hand, and so do servers that are not Node's. */
function byHand(name: string, parts: readonly string[], isCaseSensitive = false): Double {
  return {
    name,
    answer(application, method, headers) {
      const lines = new Map<string, unknown>()
      const key = (given: string) => (isCaseSensitive ? given : given.toLowerCase())
      const all: Record<string, (...args: never[]) => unknown> = {
        getHeader: (given: string) => lines.get(key(given)),
        setHeader: (given: string, value: unknown) => lines.set(key(given), value),
        removeHeader: (given: string) => lines.delete(key(given)),
        writeHead(status: number, given: object = {}) {
          double.statusCode = status
          for (const [field, value] of Object.entries(given)) lines.set(key(field), value)
        },
      }
      const double: Record<string, unknown> = Object.fromEntries(parts.map((part) => [part, all[part]]))
      return new Promise((resolve) => {
        double.end = () =>
          resolve({ status: (double.statusCode as number) ?? 200, header: (field) => lines.get(key(field)) })
        application({ method, headers }, double as unknown as NodeResponse)
      })
    },
  }
}

const DOUBLES: readonly Double[] = [
  mocks,
  injected,
  supertest,
  byHand('setHeader, getHeader, removeHeader, writeHead, end', ['setHeader', 'getHeader', 'removeHeader', 'writeHead']),
  byHand('setHeader, getHeader, writeHead, end', ['setHeader', 'getHeader', 'writeHead']),
  byHand('the same, with names told apart by case', ['setHeader', 'getHeader', 'removeHeader', 'writeHead'], true),
  byHand('setHeader, getHeader, end', ['setHeader', 'getHeader']),
]

function application(handle: NodeMiddleware, then: (res: ServerResponse) => void): Application {
  return (req, res) => handle(req, res, () => then(res as unknown as ServerResponse))
}

describe.each(DOUBLES)('cors() of corsmith/node on a response of $name', ({ answer }) => {
  it('shares an answer, and unites the Vary that a handler sets last', async () => {
    const app = application(cors(POLICY), (res) => {
      res.setHeader('Vary', 'Accept')
      res.end()
    })
    const { status, header } = await answer(app, 'GET', { origin: PAGE })
    expect(status).toBe(200)
    expect(header('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(header('Access-Control-Allow-Credentials')).toBe('true')
    expect(header('Vary')).toBe('Accept, Origin')
  })

  it('tells a stranger nothing but Vary', async () => {
    const { header } = await answer(
      application(cors(POLICY), (res) => res.end()),
      'GET',
      { origin: STRANGER },
    )
    expect(header('Access-Control-Allow-Origin')).toBeUndefined()
    expect(header('Vary')).toBe('Origin')
  })

  it('takes from a stranger what a handler says of CORS', async () => {
    const app = application(cors(POLICY), (res) => {
      res.setHeader('Access-Control-Allow-Origin', '*')
      res.end()
    })
    const { header } = await answer(app, 'GET', { origin: STRANGER })
    expect(header('Access-Control-Allow-Origin') || undefined).toBeUndefined()
  })

  it('answers a preflight', async () => {
    const next = vi.fn()
    const headers = { origin: PAGE, 'access-control-request-method': 'PUT' }
    const { status, header } = await answer(application(cors(POLICY), next), 'OPTIONS', headers)
    expect(status).toBe(204)
    expect(header('Access-Control-Allow-Methods')).toBe('PUT')
    expect(header('Vary')).toBe('Origin')
    expect(next).not.toHaveBeenCalled()
  })

  it('refuses a preflight, and forbids where the policy says so', async () => {
    const next = vi.fn()
    const app = application(cors({ ...POLICY, refused: 'forbid' }), next)
    const asking = { origin: STRANGER, 'access-control-request-method': 'PUT' }
    for (const [method, headers] of [
      ['OPTIONS', asking],
      ['POST', { origin: STRANGER }],
    ] as const) {
      const { status, header } = await answer(app, method, headers)
      expect([status, String(header('Content-Length'))]).toEqual([403, '0'])
    }
    expect(next).not.toHaveBeenCalled()
  })

  it('waits for a policy that is chosen per request', async () => {
    const handle = cors(perRequest(async () => createCors(POLICY)))
    const { header } = await answer(
      application(handle, (res) => res.end()),
      'GET',
      { origin: PAGE },
    )
    expect(header('Access-Control-Allow-Origin')).toBe(PAGE)
  })
})

const WITH_WRITE_HEAD = DOUBLES.filter(({ name }) => name !== 'setHeader, getHeader, end')

describe.each(WITH_WRITE_HEAD)('cors() of corsmith/node where writeHead is called on a response of $name', (double) => {
  it('replaces what it is given', async () => {
    const app = application(cors(POLICY), (res) => {
      res.writeHead(201, { 'Access-Control-Allow-Origin': '*', Vary: 'Accept' })
      res.end()
    })
    const { status, header } = await double.answer(app, 'GET', { origin: PAGE })
    expect(status).toBe(201)
    expect(header('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(header('Vary')).toBe('Accept, Origin')
  })
})

describe('cors() of corsmith/node on a response that cannot say what stands on it', () => {
  it('writes each line once', () => {
    const written: string[] = []
    const double = { setHeader: (name: string) => written.push(name), getHeader: () => undefined, end: () => {} }
    cors(POLICY)({ headers: { origin: PAGE } }, double, () => double.end())
    expect(written).toHaveLength(new Set(written).size)
    expect(written).toContain('Access-Control-Allow-Origin')
  })
})

describe("cors() of corsmith/node on a framework's own wrapper", () => {
  it('says what to write in its place, and lets the request through', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    const handle = cors(POLICY)
    const app = Fastify()
    app.addHook('onRequest', (req, reply, done) => handle(req.raw, reply as unknown as NodeResponse, done))
    app.get('/', async () => 'hello')
    for (let i = 0; i < 3; i++) expect((await app.inject({ url: '/', headers: { origin: PAGE } })).body).toBe('hello')
    expect(printed).toHaveBeenCalledOnce()
    expect(String(printed.mock.calls[0]?.[0])).toContain('corsmith/fastify in Fastify')
    printed.mockRestore()
  })
})

describe('cors() of corsmith/node on a response that can do next to nothing', () => {
  const ended = vi.fn()

  it.each([
    ['nothing but end', { end: ended }],
    ['not even that', {}],
    ['a setHeader that throws', { setHeader: fail, getHeader: () => undefined, end: ended }],
    ['a getHeader that throws', { setHeader: () => {}, getHeader: fail, end: ended }],
    ['nothing that may be changed', Object.freeze({ setHeader: () => {}, getHeader: () => 'Origin', end: ended })],
  ])('passes on, and throws nothing: %s', async (_, double) => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    const next = vi.fn()
    ended.mockClear()
    cors(POLICY)({ headers: { origin: PAGE } }, double as unknown as NodeResponse, next)
    expect(next).toHaveBeenCalledOnce()
    const asking = { origin: STRANGER, 'access-control-request-method': 'PUT' }
    cors(POLICY)({ method: 'OPTIONS', headers: asking }, double as unknown as NodeResponse, next)
    expect(next).toHaveBeenCalledOnce()
    await Promise.resolve()
    expect(ended.mock.calls.length).toBe('end' in double ? 1 : 0)
    printed.mockRestore()
  })

  it('has ended when a framework listens for close after the middleware has returned', async () => {
    const double = Object.assign(new EventEmitter(), {
      setHeader: () => {},
      getHeader: () => undefined,
      end: () => double.emit('close'),
    })
    const asking = { origin: PAGE, 'access-control-request-method': 'PUT' }
    cors(POLICY)({ method: 'OPTIONS', headers: asking }, double as unknown as NodeResponse, () => {})
    await new Promise((resolve) => double.once('close', resolve))
  })

  it('takes a request without headers for one without Origin', () => {
    const next = vi.fn()
    const double = { setHeader: () => {}, getHeader: () => undefined, end: () => {} }
    cors(POLICY)({} as NodeRequest, double, next)
    expect(next).toHaveBeenCalledOnce()
  })
})

describe('cors() of corsmith/node and a connection that is handed over', () => {
  const opening = { origin: STRANGER, connection: 'Upgrade', upgrade: 'websocket' }

  it('leaves the stand-in for a response as it is', () => {
    const double = { setHeader: vi.fn(), getHeader: vi.fn(), writeHead: vi.fn(), end: vi.fn() }
    const { writeHead } = double
    const next = vi.fn()
    cors(POLICY)({ method: 'GET', headers: opening }, double, next)
    expect(next).toHaveBeenCalledOnce()
    expect(double.setHeader).not.toHaveBeenCalled()
    expect(double.writeHead).toBe(writeHead)
  })

  it("leaves a response of Node's own as it is where a listener takes the connection", () => {
    const res = new ServerResponse({ method: 'GET' } as never)
    const next = vi.fn()
    cors(POLICY)({ method: 'GET', headers: opening, upgrade: true }, res, next)
    res.writeHead(200)
    expect(next).toHaveBeenCalledOnce()
    expect(res.getHeaderNames()).toEqual([])
  })

  it('ends it for a stranger where the policy forbids them', async () => {
    const double = { end: vi.fn() }
    const next = vi.fn()
    const handle = cors({ origins: [PAGE], refused: 'forbid' })
    handle({ method: 'GET', headers: opening, upgrade: true }, double, next)
    await Promise.resolve()
    expect(double.end).toHaveBeenCalledOnce()
    expect(next).not.toHaveBeenCalled()
    handle({ method: 'GET', headers: { ...opening, origin: PAGE }, upgrade: true }, double, next)
    expect(next).toHaveBeenCalledOnce()
  })
})

function fail(): never {
  throw new Error('on purpose')
}
