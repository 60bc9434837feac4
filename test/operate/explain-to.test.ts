import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCors, perRequest } from '../../src/index.ts'
import { explainTo } from '../../src/log.ts'
import { APP, actual, preflight, STRANGER } from '../support/exchanges.ts'
import { holds } from '../support/property.ts'

const policy = createCors({ origins: [APP], methods: ['PUT'] })
const cached = () =>
  new Response('hello', {
    headers: {
      'Cache-Control': 'public, s-maxage=600',
      'CDN-Cache-Control': 'max-age=600',
      'Server-Timing': 'db;dur=5',
    },
  })
const yes = () => true
const explained = (isDeveloper: (request: Request) => unknown, handler: () => Response = cached) =>
  explainTo(policy, policy.wrap(handler), { isDeveloper: isDeveloper as () => boolean })
const fields = (response: Response) => [...response.headers]

describe('explainTo()', () => {
  it.each([
    [STRANGER, `origin-not-allowed: add \\"${STRANGER}\\" to origins`],
    [APP, `allowed by ${APP}`],
    ['null', 'origin-null: a page without an origin'],
  ])('tells a developer what was decided about %s', async (origin, said) => {
    const response = await explained(yes)(actual(origin))
    expect(response.headers.get('Server-Timing')).toContain(`db;dur=5, corsmith;desc="${said}`)
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(response.headers.has('CDN-Cache-Control')).toBe(false)
    expect(response.headers.get('Vary')).toBe('Origin')
    expect(await response.text()).toBe('hello')
  })

  it.each([
    ['false', () => false],
    ['a text', () => 'true'],
    ['a number', () => 1],
    ['nothing', () => undefined],
    [
      'an error',
      () => {
        throw new Error('down')
      },
    ],
    ['a rejection', () => Promise.reject(new Error('down'))],
    ['a promise of false', () => Promise.resolve(false)],
  ])('tells a stranger nothing: isDeveloper gives %s', async (_, isDeveloper) => {
    const [response, plain] = [await explained(isDeveloper)(actual(STRANGER)), policy.wrap(cached)(actual(STRANGER))]
    expect(fields(response)).toEqual(fields(plain))
  })

  it('waits for a promise', async () => {
    const response = await explained(() => Promise.resolve(true))(actual(STRANGER))
    expect(response.headers.get('Server-Timing')).toContain('corsmith;desc=')
  })

  it.each([
    ['a preflight', preflight(STRANGER), cached],
    ['a preflight of a friend', preflight(APP, 'DELETE'), cached],
    ['a request without Origin', new Request('https://api.example.com/'), cached],
    ['HEAD', new Request('https://api.example.com/', { method: 'HEAD', headers: { Origin: APP } }), cached],
    ['304, which would change what a cache holds', actual(APP), () => new Response(null, { status: 304 })],
    ['a network error', actual(APP), () => Response.error()],
  ])('leaves this alone: %s', async (_, request, handler) => {
    const response = await explained(yes, handler)(request)
    expect(response.headers.get('Server-Timing') ?? '').not.toContain('corsmith')
  })

  it('asks about nobody where nothing can be told', async () => {
    let asked = 0
    const fetch = explained(() => ++asked > 0)
    await fetch(preflight(STRANGER))
    expect(asked).toBe(0)
  })

  it('takes a policy that is chosen per request', async () => {
    const cors = perRequest(() => policy)
    const fetch = explainTo(cors, cors.wrap(cached), { isDeveloper: yes })
    expect((await fetch(actual(STRANGER))).headers.get('Server-Timing')).toContain('origin-not-allowed')
  })

  it('throws without a function', () =>
    expect(() => explainTo(policy, cached, {} as { isDeveloper: () => boolean })).toThrow(/isDeveloper is a function/))

  it('writes one entry, whatever a client sent', async () => {
    await holds(
      fc.asyncProperty(fc.stringMatching(/^[\x21-\x7e\x80-\xff]{1,60}$/), async (origin) => {
        const response = await explained(yes, () => new Response('x'))(actual(origin))
        expect(response.headers.get('Server-Timing')).toMatch(/^corsmith;desc="(?:[ !#-[\]-~]|\\["\\])*"$/)
      }),
    )
  })
})
