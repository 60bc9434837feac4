import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { type Cors, type CorsPolicy, CorsPolicyError, createCors } from '../../src/index.ts'
import { diffPolicies } from '../../src/policy.ts'
import { holds } from '../support/property.ts'
import { askedOrigin, soundPolicy } from './arbitraries.ts'

// Many runs, or a compiler's: slower on a busy machine than a unit test may be.
vi.setConfig({ testTimeout: 60_000 })

/** What a page asks for. */
interface Asked {
  readonly origin: string
  readonly credentials: boolean
  readonly method: string
  readonly header: string | null
  readonly exposed: string
}

const asked: fc.Arbitrary<Asked> = fc.record({
  origin: askedOrigin,
  credentials: fc.boolean(),
  method: fc.constantFrom('GET', 'PUT', 'PATCH', 'patch', 'DELETE', 'x-custom', 'other'),
  header: fc.constantFrom(null, 'content-type', 'authorization', 'x-a', 'x-a-b', 'x-b', 'authx', 'accept', 'other'),
  exposed: fc.constantFrom('etag', 'x-a', 'x-a-b', 'x-b', 'content-type', 'access-control-allow-origin', 'other'),
})

function ask(cors: Cors, { origin, method, header, exposed }: Asked) {
  const headers = new Map([
    ['origin', origin],
    ['access-control-request-method', method],
    ...(header === null ? [] : ([['access-control-request-headers', header]] as const)),
  ])
  const preflight = new Map(cors.entries({ method: 'OPTIONS', headers: { get: (name) => headers.get(name) ?? null } }))
  const actual = new Map(
    cors.entries({ method: 'GET', headers: { get: (name) => (name === 'origin' ? origin : null) } }, [exposed]),
  )
  return { preflight, actual }
}

function names(field: string | undefined): string[] {
  return (field ?? '').split(',').map((name) => name.trim())
}

/** What a browser would conclude, in the few lines that a test can be sure of. @see https://fetch.spec.whatwg.org/#cors-check */
function permits(policy: CorsPolicy, request: Asked): { shared: boolean; sent: boolean; read: boolean } {
  const { preflight, actual } = ask(createCors(policy), request)
  const isShared = (fields: Map<string, string>) => {
    const origin = fields.get('Access-Control-Allow-Origin')
    if (!request.credentials && origin === '*') return true
    return (
      origin === request.origin && (!request.credentials || fields.get('Access-Control-Allow-Credentials') === 'true')
    )
  }
  const methods = names(preflight.get('Access-Control-Allow-Methods'))
  const headers = names(preflight.get('Access-Control-Allow-Headers')).map((name) => name.toLowerCase())
  const exposed = names(actual.get('Access-Control-Expose-Headers')).map((name) => name.toLowerCase())
  const isStar = (list: string[]) => !request.credentials && list.includes('*')
  const isMethodAllowed = request.method === 'GET' || methods.includes(request.method) || isStar(methods)
  const isHeaderAllowed =
    request.header === null ||
    headers.includes(request.header) ||
    (isStar(headers) && request.header !== 'authorization')
  const shared = isShared(actual)
  return {
    shared,
    sent: isShared(preflight) && isMethodAllowed && isHeaderAllowed,
    read: shared && (request.exposed === 'content-type' || exposed.includes(request.exposed) || isStar(exposed)),
  }
}

function isMore(after: ReturnType<typeof permits>, before: ReturnType<typeof permits>): boolean {
  return (after.shared && !before.shared) || (after.sent && !before.sent) || (after.read && !before.read)
}

describe('diffPolicies()', () => {
  it('never misses a widening, nor a narrowing', () => {
    let widenings = 0
    holds(
      fc.property(
        soundPolicy,
        soundPolicy,
        fc.array(asked, { minLength: 1, maxLength: 12 }),
        (first, second, requests) => {
          const before = first as unknown as CorsPolicy
          const after = second as unknown as CorsPolicy
          const { allowed, stopped } = diffPolicies(before, after)
          for (const request of requests) {
            const was = permits(before, request)
            const is = permits(after, request)
            if (isMore(is, was)) expect(allowed, JSON.stringify(request)).not.toEqual([])
            if (isMore(was, is)) expect(stopped, JSON.stringify(request)).not.toEqual([])
            if (isMore(is, was)) widenings += 1
          }
        },
      ),
      { numRuns: 2_000 },
    )
    // The property says nothing where nothing widens.
    expect(widenings).toBeGreaterThan(100)
  })

  it('finds the widening among policies that differ in one option', () => {
    holds(
      fc.property(
        soundPolicy,
        soundPolicy,
        fc.constantFrom('origins', 'methods', 'requestHeaders', 'exposedHeaders'),
        fc.array(asked, { minLength: 1, maxLength: 12 }),
        (base, other, option, requests) => {
          const before = { ...base, credentials: false, refused: 'pass' } as unknown as CorsPolicy
          const after = { ...before, [option]: other[option] ?? before[option] } as CorsPolicy
          const { allowed } = diffPolicies(before, after)
          for (const request of requests) {
            if (isMore(permits(after, request), permits(before, request)))
              expect(allowed.map((change) => change.option)).toContain(option)
          }
          expect(allowed.every((change) => change.option === option)).toBe(true)
        },
      ),
      { numRuns: 1_500 },
    )
  })

  it('finds nothing between a policy and itself, however it is written', () => {
    holds(
      fc.property(soundPolicy, (value) => {
        const policy = value as unknown as CorsPolicy
        const shuffled = Object.fromEntries(Object.entries(value).toReversed()) as unknown as CorsPolicy
        expect(diffPolicies(policy, shuffled)).toEqual({ allowed: [], stopped: [], other: [] })
      }),
    )
  })

  it('says what becomes allowed, and what stops', () => {
    const before: CorsPolicy = {
      origins: ['https://a.com', 'https://b.com'],
      methods: ['PUT'],
      maxAge: 600,
      refused: 'forbid',
    }
    const after: CorsPolicy = {
      origins: ['https://a.com', 'https://*.c.com'],
      credentials: true,
      requestHeaders: ['X-A-*'],
      exposedHeaders: ['ETag'],
    }
    const { allowed, stopped, other } = diffPolicies(before, after)
    expect(allowed.map(({ sentence }) => sentence)).toEqual([
      'origins that match "https://*.c.com" may read answers',
      'pages may send cookies and read the answers to them',
      'pages may send headers whose names begin with "x-a-"',
      'pages may read the header "etag"',
      'requests from refused origins may reach the handler',
    ])
    expect(stopped.map(({ sentence }) => sentence)).toEqual([
      '"https://b.com" may no longer read answers',
      'pages may no longer send PUT',
    ])
    expect(other.map(({ sentence }) => sentence)).toEqual([
      'browsers keep a preflight answer for 5 seconds instead of 600 seconds',
    ])
  })

  it('takes an origin that a pattern covers for no change', () => {
    const { allowed } = diffPolicies(
      { origins: ['https://*.a.com', 'http://localhost:*'] },
      { origins: ['https://x.a.com', 'https://*.b.a.com', 'https://y-*.a.com', 'http://localhost:3000'] },
    )
    expect(allowed).toEqual([])
  })

  it('does not take the apex of a pattern for covered', () => {
    expect(diffPolicies({ origins: ['https://*.a.com'] }, { origins: ['https://a.com'] }).allowed).toMatchObject([
      { option: 'origins', value: 'https://a.com' },
    ])
  })

  it('names what a predicate may change, and says that it may not', () => {
    const { allowed, stopped } = diffPolicies(
      { origins: (origin) => origin === 'https://a.com' },
      { origins: ['https://a.com', 'https://b.com', 'https://*.c.com'] },
    )
    expect(allowed.map(({ value, isCertain }) => [value, isCertain])).toEqual([
      ['https://b.com', true],
      ['https://*.c.com', false],
    ])
    expect(stopped.map(({ value, isCertain }) => [value, isCertain])).toEqual([['predicate', false]])
  })

  it('tells Authorization from what "*" allows', () => {
    expect(
      diffPolicies({ origins: '*', requestHeaders: '*' }, { origins: '*', requestHeaders: ['*', 'Authorization'] })
        .allowed,
    ).toMatchObject([{ value: 'authorization' }])
    expect(
      diffPolicies({ origins: '*', requestHeaders: '*' }, { origins: '*', requestHeaders: ['X-A', 'X-B-*'] }).allowed,
    ).toEqual([])
    expect(
      diffPolicies({ origins: '*', requestHeaders: '*' }, { origins: '*', requestHeaders: ['Auth*'] }).allowed,
    ).toMatchObject([{ value: 'auth*' }])
  })

  it('refuses to compare a policy that has a defect', () => {
    expect(() => diffPolicies({ origins: ['https://a.com/'] }, { origins: '*' })).toThrow(CorsPolicyError)
  })
})
