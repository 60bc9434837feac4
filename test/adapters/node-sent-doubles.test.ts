// Doubles that send: after `writeHead`, `write` or `end` no header can change any more, as on a response of Node's own.
import { createMocks } from 'node-mocks-http'
import { describe, expect, it, vi } from 'vitest'
import { cors, type NodeRequest, type NodeResponse } from '../../adapters/node.ts'
import { PAGE, STRANGER } from '../support/pages.ts'

const POLICY = { origins: [PAGE], exposedHeaders: ['X-Own-*'] } as const
const FROM: NodeRequest = { method: 'GET', headers: { origin: PAGE } }

/** A double as people write it by hand. It has sent its headers with the first call that sends. */
function sending(statusCode = 200) {
  const lines = new Map<string, unknown>()
  const sent: { status?: number; headers?: Record<string, unknown> } = {}
  const send = (status: number) => {
    sent.status ??= status
    sent.headers ??= Object.fromEntries(lines)
  }
  const calls: unknown[][] = []
  const double = {
    statusCode,
    getHeader: (name: string) => lines.get(name.toLowerCase()),
    getHeaderNames: () => [...lines.keys()],
    setHeader: vi.fn((name: string, value: unknown) => {
      if (sent.headers) throw new Error('sent already')
      lines.set(name.toLowerCase(), value)
    }),
    removeHeader: (name: string) => lines.delete(name.toLowerCase()),
    writeHead(...args: unknown[]) {
      calls.push(['writeHead', ...args])
      const fields = args.at(-1)
      if (typeof fields === 'object') for (const [name, value] of Object.entries(fields ?? {})) lines.set(name, value)
      send(Number(args[0]))
      return double
    },
    write(...args: unknown[]) {
      calls.push(['write', ...args])
      send(double.statusCode)
    },
    end(...args: unknown[]) {
      calls.push(['end', ...args])
      send(double.statusCode)
    },
  }
  return { double, sent, calls, res: double as unknown as NodeResponse }
}

describe('cors() of corsmith/node on a double that sends', () => {
  it.each(['writeHead', 'write', 'end'] as const)('has stamped when %s sends', (name) => {
    const { double, sent, res } = sending()
    cors(POLICY)(FROM, res, () => {
      double.setHeader('Vary', 'Accept')
      double[name](...(name === 'writeHead' ? [200] : []))
    })
    expect(sent.headers).toMatchObject({ vary: 'Accept, Origin', 'access-control-allow-origin': PAGE })
  })

  it('sets nothing once it was sent', () => {
    const { double, res } = sending()
    cors(POLICY)(FROM, res, () => {
      double.writeHead(200)
      const { length } = double.setHeader.mock.calls
      double.write('a')
      double.end('b')
      expect(double.setHeader.mock.calls).toHaveLength(length)
    })
    expect(double.setHeader).toHaveBeenCalled()
  })

  it('passes on what the application passed, without the headers that it has set', () => {
    const done = () => {}
    const { double, sent, calls, res } = sending()
    cors(POLICY)(FROM, res, () => {
      double.writeHead(201, 'Made', { 'X-Own-Id': '1', Vary: 'Accept' })
      double.write('a', 'utf8', done)
      double.end('b', 'utf8', done)
    })
    expect(calls).toEqual([
      ['writeHead', 201, 'Made'],
      ['write', 'a', 'utf8', done],
      ['end', 'b', 'utf8', done],
    ])
    expect(sent.headers).toMatchObject({ 'x-own-id': '1', vary: 'Accept, Origin' })
  })

  it('passes on the first call of end with all that it was given', () => {
    const done = () => {}
    const { double, calls, res } = sending()
    cors(POLICY)(FROM, res, () => double.end('304', 'utf8', done))
    expect(calls).toEqual([['end', '304', 'utf8', done]])
  })

  it('takes a 304 from writeHead, from statusCode, and from no body', () => {
    const exposed = (send: (double: ReturnType<typeof sending>['double']) => void, statusCode = 200) => {
      const { double, sent, res } = sending(statusCode)
      cors(POLICY)(FROM, res, () => {
        double.setHeader('X-Own-Id', '1')
        send(double)
      })
      return sent.headers?.['access-control-expose-headers'] !== undefined
    }
    // A 304 names no exposed headers by pattern, because that would shorten the stored list.
    const shown = [
      exposed((double) => double.writeHead(304)),
      exposed((double) => double.writeHead(304, 'Not Modified', {})),
      exposed((double) => double.end(), 304),
      exposed((double) => double.end('304')),
      exposed((double) => double.writeHead(200), 304),
      exposed((double) => double.end()),
    ]
    expect(shown).toEqual([false, false, false, true, true, true])
  })

  it('refuses with the status that only writeHead takes', async () => {
    const { sent, calls, res } = sending()
    cors({ ...POLICY, refused: 'forbid' })({ method: 'GET', headers: { origin: STRANGER } }, res, () => {})
    await Promise.resolve()
    expect(calls).toEqual([['writeHead', 403], ['end']])
    expect(sent).toMatchObject({ status: 403, headers: { 'content-length': '0' } })
  })
})

const SPOKEN = [
  'Timing-Allow-Origin',
  ...'Origin Credentials Methods Headers Private-Network'.split(' ').map((name) => `Access-Control-Allow-${name}`),
  'Access-Control-Expose-Headers',
  'Access-Control-Max-Age',
]

describe('cors() of corsmith/node on a double that lists no names', () => {
  it.each(SPOKEN.flatMap((name) => [name, name.toLowerCase()]))('takes %s from a stranger', (name) => {
    const lines = new Map<string, unknown>()
    const double = {
      getHeader: (key: string) => lines.get(key),
      setHeader: (key: string, value: unknown) => lines.set(key, value),
      removeHeader: (key: string) => lines.delete(key),
      end: () => {},
    }
    cors(POLICY)({ method: 'GET', headers: { origin: STRANGER } }, double as unknown as NodeResponse, () => {
      double.setHeader(name, '*')
      double.setHeader('vary', 'Accept')
      double.end()
    })
    expect([...lines]).toEqual([['Vary', 'Accept, Origin']])
  })

  it('empties what it cannot remove, also in another spelling', () => {
    const lines = new Map<string, unknown>()
    const double = {
      getHeader: (key: string) => lines.get(key),
      setHeader: (key: string, value: unknown) => lines.set(key, value),
      end: () => {},
    }
    cors(POLICY)({ method: 'GET', headers: { origin: STRANGER } }, double as unknown as NodeResponse, () => {
      double.setHeader('access-control-allow-origin', '*')
      double.setHeader('vary', 'Accept')
      double.end()
    })
    expect(Object.fromEntries(lines)).toEqual({
      'access-control-allow-origin': '',
      vary: '',
      Vary: 'Accept, Origin',
    })
  })

  it('asks one that does for every name', () => {
    const { res } = createMocks()
    cors(POLICY)({ method: 'GET', headers: { origin: STRANGER } }, res as unknown as NodeResponse, () => {
      res.setHeader('Access-Control-Foo', '1')
      res.setHeader('X-Own', '1')
      res.end()
    })
    expect(res.getHeaders()).toEqual({ 'x-own': '1', vary: 'Origin' })
  })
})

describe('cors() of corsmith/node on a double that can do little', () => {
  const forbid = cors({ ...POLICY, refused: 'forbid' })
  const stranger = { method: 'GET', headers: { origin: STRANGER } }

  it('sets the status where there is no header to set', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    const double = { statusCode: 200, end: vi.fn() }
    forbid(stranger, double, () => {})
    await Promise.resolve()
    expect([double.statusCode, double.end.mock.calls.length]).toEqual([403, 1])
    printed.mockRestore()
  })

  it.each(['end', 'statusCode'])('prints why a refusal fails: %s', async (name) => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    const error = new Error(`on purpose: ${name}`)
    const fail = () => {
      throw error
    }
    const double = { setHeader: () => {}, getHeader: () => undefined, end: () => {} }
    if (name === 'end') double.end = fail
    else Object.defineProperty(double, name, { get: () => 200, set: fail })
    cors({ ...POLICY, refused: 'forbid' })(stranger, double, () => {})
    await Promise.resolve()
    expect(printed.mock.calls).toEqual([[error]])
    printed.mockRestore()
  })

  it('prints nothing of a request without headers', () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    cors(POLICY)({} as NodeRequest, sending().res, () => {})
    expect(printed).not.toHaveBeenCalled()
    printed.mockRestore()
  })
})
