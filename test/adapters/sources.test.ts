// A policy, a Cors, an AsyncCors, and a function of each: the same wire, whichever adapter they go in by.
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type AnyCors, createResolver, isCors } from '../../src/adapter.ts'
import { type Cors, type CorsPolicy, createCors, perRequest } from '../../src/index.ts'
import { DOORS, type Source } from '../support/doors.ts'
import { list } from '../support/exchanges.ts'
import { from, PAGE, preflight, STRANGER } from '../support/pages.ts'
import { candidate, constructing } from '../support/policies.ts'
import { holds } from '../support/property.ts'

vi.setConfig({ testTimeout: 120_000 })
afterEach(() => vi.restoreAllMocks())

const hello = () => new Response('hello', { headers: { 'X-Rate-Left': '1', Vary: 'Accept' } })
const listed = { origins: [PAGE], credentials: true, methods: ['PUT'] } as const
const open = { origins: '*', methods: ['PUT'] } as const
const doors = Object.entries(DOORS)

/** All that an answer says: its status, its body, and every header that a cache or a browser reads. */
async function wire(response: Response): Promise<unknown> {
  const lines = [...response.headers].filter(([name]) => /^(access-control-|timing-|vary|x-rate)/.test(name))
  return [response.status, await response.text(), lines.map(([name, value]) => [name, list(value)])]
}

async function varied(response: Response): Promise<unknown> {
  const { headers } = response
  if (!/\borigin\b/i.test(headers.get('Vary') ?? '')) headers.append('Vary', 'Origin')
  return wire(response)
}

type Form = (policy: CorsPolicy, cors: Cors) => Source
const asyncOf = (policy: CorsPolicy, cors: Cors) => perRequest(() => cors, { refused: policy.refused ?? 'pass' })
const FORMS: Readonly<Record<string, Form>> = {
  'a policy': (policy) => policy as unknown as AnyCors,
  'a Cors': (_, cors) => cors,
  'an AsyncCors': asyncOf,
  'a function that gives a policy': (policy) => () => policy as unknown as AnyCors,
  'a function that gives a Cors': (_, cors) => () => cors,
  'a function that gives an AsyncCors': (policy, cors) => {
    const made = asyncOf(policy, cors)
    return () => made
  },
}

const asked = constructing.chain((policy) =>
  fc.record({
    policy: fc.constant(policy),
    form: fc.constantFrom(...Object.keys(FORMS)),
    origin: fc.oneof(
      candidate(policy.origins === '*' ? [PAGE] : (policy.origins as string[])).filter((text) => /^[!-~]+$/.test(text)),
      fc.constantFrom(null, STRANGER),
    ),
    kind: fc.constantFrom('GET', 'POST', 'OPTIONS', 'PREFLIGHT'),
  }),
)

/** What the engine says by itself. */
async function expected(policy: CorsPolicy, form: string, request: () => Request): Promise<unknown> {
  const cors = createCors(policy)
  // A policy chosen per request is not asked for without one well-formed origin, and then nobody is allowed.
  const isAsked = createCors({ origins: ['https://nobody.example'] }).decide(request()).refusal === 'origin-not-allowed'
  if (form.includes('AsyncCors') && !isAsked) {
    const closed = createCors({ origins: ['https://nobody.example'], refused: policy.refused ?? 'pass' })
    return varied(await closed.wrap(hello)(request()))
  }
  const response = cors.wrap(hello)(request())
  return form === 'a policy' || form === 'a Cors' ? wire(response) : varied(response)
}

describe.each(doors)('%s', (_, door) => {
  it('answers alike, whatever form a source has', async () => {
    await holds(
      fc.asyncProperty(asked, async ({ policy, form, origin, kind }) => {
        const request = () =>
          kind === 'PREFLIGHT' && origin !== null
            ? preflight(origin, '/', 'PUT', 'x-a')
            : from(origin, '/', { method: kind === 'PREFLIGHT' ? 'OPTIONS' : kind })
        const source = (FORMS[form] as Form)(policy, createCors(policy))
        expect(await wire(await door(source, hello)(request()))).toEqual(await expected(policy, form, request))
      }),
      { numRuns: 60 },
    )
  })

  it('varies by Origin where a function chose, whatever it chose', async () => {
    const pub = createCors(open)
    const fetch = door(
      () => pub,
      () => new Response('x'),
    )
    for (const request of [from(STRANGER), from(null), preflight(STRANGER)]) {
      const response = await fetch(request)
      expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
      expect(list(response.headers.get('Vary') ?? '')).toBe('origin')
    }
    expect(pub.apply(from(STRANGER), new Response('x')).headers.has('Vary')).toBe(false)
  })
})

const FAILING: Readonly<Record<string, () => unknown>> = {
  throws: () => {
    throw new Error('no tenants')
  },
  'throws what is no error': () => {
    throw Object.create(null)
  },
  'gives null': () => null,
  'gives undefined': () => undefined,
  'gives text': () => '*',
  'gives a policy with a defect': () => ({ origins: '*', credentials: true }),
  'gives a promise of a policy': async () => listed,
  'gives a promise that is rejected': () => Promise.reject(new Error('no tenants')),
  'gives what only looks like a Cors': () => ({ decide() {}, policy: undefined }),
}

describe.each(doors)('%s, where a function gives no policy', (_, door) => {
  it.each(Object.entries(FAILING))('refuses, and says why once: it %s', async (__, fails) => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    const handler = vi.fn(() => new Response('reached'))
    const fetch = door(fails as () => AnyCors, handler)
    for (const origin of [PAGE, STRANGER, null]) {
      const response = await fetch(from(origin))
      expect([response.status, await response.text(), [...response.headers.keys()].includes('vary')]).toEqual([
        200,
        'reached',
        true,
      ])
      expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull()
      expect(response.headers.get('Vary')).toBe('Origin')
    }
    const refused = await fetch(preflight(PAGE))
    expect([refused.status, refused.headers.get('Vary')]).toEqual([403, 'Origin'])
    expect(handler).toHaveBeenCalledTimes(3)
    expect(print).toHaveBeenCalledTimes(1)
  })

  it('says each cause, and answers by the policy as soon as there is one', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    const causes = ['database', 'cache', 'database', 'cache', null]
    const fetch = door(
      () => {
        const cause = causes.shift()
        if (cause) throw new Error(cause)
        return listed as unknown as AnyCors
      },
      () => new Response('x'),
    )
    const answers: (string | null)[] = []
    for (let i = 0; i < 5; i++) answers.push((await fetch(from(PAGE))).headers.get('Access-Control-Allow-Origin'))
    expect(answers).toEqual([null, null, null, null, PAGE])
    expect(print.mock.calls.map(([error]) => String(error))).toEqual(['Error: database', 'Error: cache'])
  })

  it('stays closed where console.error throws', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {
      throw new Error('no console')
    })
    const response = await door(FAILING.throws as () => AnyCors, () => new Response('x'))(from(PAGE))
    expect([response.status, response.headers.get('Access-Control-Allow-Origin')]).toEqual([200, null])
  })
})

describe('createResolver()', () => {
  it('remembers 64 causes, however many a client can make', () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    const corsFor = createResolver<number>((cause) => {
      throw new Error(`cause ${cause}`)
    })
    for (let i = 0; i < 64; i++) corsFor(i)
    for (let i = 0; i < 64; i++) corsFor(i)
    expect(print).toHaveBeenCalledTimes(64)
    corsFor(64)
    corsFor(0)
    expect(print.mock.calls.slice(64).map(([error]) => String(error))).toEqual(['Error: cause 64', 'Error: cause 0'])
  })

  it('handles the rejection of a promise that a function gives', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    createResolver<void>((() => Promise.reject(new Error('no database'))) as never)()
    await new Promise((resolve) => setTimeout(resolve, 20))
    process.off('unhandledRejection', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })
})

describe('isCors()', () => {
  it('tells each form', () => {
    expect([createCors(listed), asyncOf(listed, createCors(listed)), listed, null, 'x'].map(isCors)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
