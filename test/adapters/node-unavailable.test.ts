// A policy that cannot be had must close, and must never end the process: under `node:http` an error thrown into the server does.
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cors } from '../../adapters/node.ts'
import { createCors, perRequest } from '../../src/index.ts'
import { type Answered, serveOnce } from '../support/node-server.ts'
import { PAGE } from '../support/pages.ts'

const POLICY = { origins: [PAGE], methods: ['PUT'] } as const

type Give = () => unknown

/** Everything that a function can give and that is no policy, or a wrong one. */
const GIVEN: readonly (readonly [name: string, give: Give, said: string])[] = [
  ['throws', () => fail(new Error('the table is gone')), 'the table is gone'],
  ['throws no error', () => fail('a text'), 'a text'],
  ['throws what cannot be printed', () => fail(Object.create(null)), ''],
  ['gives null', () => null, 'CorsPolicyError'],
  ['gives undefined', () => undefined, 'CorsPolicyError'],
  ['gives a text', () => PAGE, 'CorsPolicyError'],
  ['gives a wrong policy', () => ({ origins: [`${PAGE}/`] }), 'CorsPolicyError'],
  ['gives half of a Cors', () => ({ policy: {}, decide: () => {} }), 'TypeError'],
  ['gives half of an AsyncCors', () => ({ decide: () => {} }), 'TypeError'],
  ['gives a promise', async () => POLICY, 'perRequest'],
  ['gives a promise that is rejected', async () => fail(new Error('the table is gone')), 'perRequest'],
  ['gives a getter that throws', () => Object.defineProperty({}, 'origins', { get: () => fail('a getter') }), ''],
]

let printed: ReturnType<typeof vi.spyOn>
const rejected: unknown[] = []
const note = (reason: unknown) => rejected.push(reason)

beforeEach(() => {
  printed = vi.spyOn(console, 'error').mockImplementation(() => {})
  rejected.length = 0
  process.on('unhandledRejection', note)
})
afterEach(async () => {
  // A promise that nobody waits for is noticed at the end of a turn.
  await new Promise((resolve) => setTimeout(resolve, 1))
  process.off('unhandledRejection', note)
  printed.mockRestore()
  expect(rejected).toEqual([])
})

function itIsClosed({ status, lines, body }: Answered): void {
  expect([status, body]).toEqual([200, 'hello'])
  expect(lines['access-control-allow-origin']).toBeUndefined()
  expect(lines.vary).toEqual(['Origin'])
}

describe.each(GIVEN)('cors() of corsmith/node with a function that %s', (_, give, said) => {
  it('refuses, says so once, and goes on', async () => {
    const handle = cors(give as () => typeof POLICY)
    const listener = (req: never, res: never) =>
      handle(req, res, () => (res as { end(text: string): void }).end('hello'))
    for (let i = 0; i < 3; i++) itIsClosed(await serveOnce(listener as never, { headers: { origin: PAGE } }))
    const asking = { origin: PAGE, 'access-control-request-method': 'PUT' }
    const preflight = await serveOnce(listener as never, { method: 'OPTIONS', headers: asking })
    expect([preflight.status, preflight.lines['access-control-allow-methods']]).toEqual([403, undefined])
    expect(preflight.lines['content-length']).toEqual(['0'])
    expect(printed).toHaveBeenCalledOnce()
    expect(inspect(printed.mock.calls[0]?.[0])).toContain(said)
  })
})

describe('cors() of corsmith/node and causes', () => {
  it('says each cause once', async () => {
    let count = 0
    const handle = cors((): typeof POLICY => fail(new Error(`number ${count++ >> 1}`)))
    const res = { setHeader: () => {}, end: () => {} }
    for (let i = 0; i < 4; i++) handle({ headers: {} }, res, () => {})
    expect(printed.mock.calls.map(([error]: [Error]) => error.message)).toEqual(['number 0', 'number 1'])
  })

  it('recovers with the next policy', async () => {
    let isThere = false
    const handle = cors(() => (isThere ? POLICY : fail(new Error('not yet'))))
    const listener = (req: never, res: never) =>
      handle(req, res, () => (res as { end(text: string): void }).end('hello'))
    itIsClosed(await serveOnce(listener as never, { headers: { origin: PAGE } }))
    isThere = true
    const { lines } = await serveOnce(listener as never, { headers: { origin: PAGE } })
    expect(lines['access-control-allow-origin']).toEqual([PAGE])
  })
})

describe('cors() of corsmith/node with a policy that fails when headers are sent', () => {
  it('sends the answer without what a handler said of CORS, and says why', async () => {
    const failing = {
      policy: {},
      decide: () => {},
      entries: () => [],
      guard: () => null,
      headers: () => fail(new Error('on purpose')),
    }
    const handle = cors((() => failing) as unknown as () => typeof POLICY)
    const { status, lines, body } = await serveOnce(
      (req, res) =>
        handle(req, res, () => res.writeHead(201, { 'Access-Control-Allow-Origin': '*', Vary: 'Accept' }).end('hello')),
      { headers: { origin: PAGE } },
    )
    expect([status, body, lines.vary]).toEqual([201, 'hello', ['Accept']])
    expect(lines['access-control-allow-origin']).toBeUndefined()
    expect(String(printed.mock.calls[0]?.[0])).toContain('on purpose')
  })
})

describe('cors(req, res) of corsmith/node without next', () => {
  it('puts a fixed policy on what the listener says after it', async () => {
    const handle = cors(POLICY)
    const { lines, body } = await serveOnce(
      (req, res) => {
        handle(req, res)
        res.end('hello')
      },
      { headers: { origin: PAGE } },
    )
    expect(body).toBe('hello')
    expect(lines['access-control-allow-origin']).toEqual([PAGE])
  })

  it('refuses where it would have to wait, and says what is missing', async () => {
    const handle = cors(perRequest(() => createCors(POLICY)))
    const answered = await serveOnce(
      (req, res) => {
        handle(req, res)
        res.end('hello')
      },
      { headers: { origin: PAGE } },
    )
    itIsClosed(answered)
    expect(printed).toHaveBeenCalledOnce()
    expect(String(printed.mock.calls[0]?.[0])).toContain('cors(req, res, next)')
  })
})

describe('cors() of corsmith/node where the answer was given while a policy was chosen', () => {
  it.each([
    ['a preflight', 'OPTIONS'],
    ['a stranger', 'POST'],
  ])('leaves it alone: %s', async (_, method) => {
    const next = vi.fn()
    let ask = () => {}
    const asked = new Promise<void>((resolve) => {
      ask = resolve
    })
    const closed = createCors({ origins: [PAGE], refused: 'forbid' })
    const handle = cors(perRequest(() => asked.then(() => closed)))
    const { status, body } = await serveOnce(
      (req, res) => {
        handle(req, res, next)
        res.writeHead(503).end('too late')
        ask()
      },
      { method, headers: { origin: 'https://evil.example', 'access-control-request-method': 'PUT' } },
    )
    expect([status, body]).toEqual([503, 'too late'])
    await asked
    await new Promise((resolve) => setTimeout(resolve, 1))
    expect(next).not.toHaveBeenCalled()
    expect(printed).not.toHaveBeenCalled()
  })
})

function fail(reason: unknown): never {
  throw reason
}
