// What a policy is made of: its own properties, at the moment it was given.
import { describe, expect, it, vi } from 'vitest'
import { type CorsPolicy, createCors } from '../../src/index.ts'
import { APP, actual, cors, preflight, STRANGER } from '../support/exchanges.ts'

/** What comes of a function while Object.prototype has more properties than it should. */
function polluted<T>(properties: Record<string, unknown>, make: () => T): T {
  const prototype = Object.prototype as unknown as Record<string, unknown>
  Object.assign(prototype, properties)
  try {
    return make()
  } finally {
    for (const key of Object.keys(properties)) delete prototype[key]
  }
}

describe('createCors()', () => {
  it('reads each property once, and not again for a request', () => {
    const get = vi.fn(() => [APP])
    const policy = createCors(Object.defineProperty({}, 'origins', { get, enumerable: true }) as CorsPolicy)
    policy.wrap(() => new Response('x'))(actual(APP))
    expect(policy.policy.origins).toEqual([APP])
    expect(get).toHaveBeenCalledTimes(1)
  })

  it('is not changed by what becomes of the object, and does not freeze it', () => {
    const policy: { origins: string[]; credentials: boolean } = { origins: [APP], credentials: false }
    const made = createCors(policy)
    policy.origins.push(STRANGER)
    policy.credentials = true
    expect(cors(made.apply(actual(STRANGER), new Response('x')))).toEqual({ Vary: 'origin' })
    expect(cors(made.apply(actual(APP), new Response('x')))).not.toHaveProperty('Access-Control-Allow-Credentials')
    expect(made.policy).toEqual({ origins: [APP], credentials: false })
  })

  it('freezes its snapshot and the lists in it', () => {
    const made = createCors({ origins: [APP], methods: ['PUT'] }).policy
    expect(Object.isFrozen(made)).toBe(true)
    expect(Object.isFrozen(made.origins)).toBe(true)
    expect(Object.isFrozen(made.methods)).toBe(true)
  })

  it('does not count what is inherited', () => {
    const inherited = Object.create({ credentials: true, methods: ['PUT'] })
    inherited.origins = [APP]
    expect(cors(createCors(inherited as CorsPolicy).preflight(preflight(APP)))).toEqual({
      'Access-Control-Allow-Origin': APP,
      Vary: 'origin',
    })
  })

  it('does not count what pollutes Object.prototype', () => {
    const loud = {
      credentials: true,
      methods: '*',
      requestHeaders: '*',
      exposedHeaders: '*',
      maxAge: 86_400,
      preflightStatus: 200,
      refused: 'forbid',
      timingAllowOrigin: true,
    }
    const policy = polluted(loud, () => createCors({ origins: '*' }))
    expect(cors(policy.wrap(() => new Response('x'))(actual(APP)))).toEqual({ 'Access-Control-Allow-Origin': '*' })
    expect(cors(policy.preflight(preflight(APP)))).toEqual({ 'Access-Control-Allow-Origin': '*' })
    expect(policy.preflight(preflight(APP))?.status).toBe(204)
    const closed = polluted(loud, () => createCors({ origins: [APP] }).wrap(() => new Response('x')))
    expect(closed(actual(STRANGER)).status).toBe(200)
  })

  it('wants origins of its own where Object.prototype is polluted with some', () => {
    expect(() => polluted({ origins: '*' }, () => createCors({} as unknown as CorsPolicy))).toThrow('origins')
  })

  it('counts undefined in an optional key as absent', () => {
    const policy = { origins: [APP], credentials: undefined, maxAge: undefined, methods: undefined }
    expect(cors(createCors(policy as unknown as CorsPolicy).preflight(preflight(APP)))).toEqual({
      'Access-Control-Allow-Origin': APP,
      Vary: 'origin',
    })
  })

  it('is not changed by what becomes of the entries it hands out', () => {
    const policy = createCors({ origins: [APP], credentials: true, methods: ['PUT'], exposedHeaders: ['ETag'] })
    const requests = [actual(APP), preflight(APP), actual(STRANGER)]
    const before = JSON.stringify(requests.map((request) => policy.entries(request)))
    for (const entries of requests.map((request) => policy.entries(request)) as unknown as string[][][]) {
      for (const entry of entries) Reflect.set(entry, 1, 'changed')
      entries.length = 0
    }
    expect(JSON.stringify(requests.map((request) => policy.entries(request)))).toBe(before)
  })
})
