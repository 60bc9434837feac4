// What a request costs, counted in operations on the fetch classes. Each table is exact: one operation more, or one less, fails.
import { Hono, type MiddlewareHandler } from 'hono'
import { describe, expect, it } from 'vitest'
import { cors as honoCors } from '../../adapters/hono.ts'
import { type Cors, type CorsPolicy, createCors } from '../../src/index.ts'
import { countFetch, countFetchAsync } from '../support/counting.ts'
import { API, APP, head, present, STRANGER } from '../support/exchanges.ts'
import { added } from './counted.ts'

const listed = {
  origins: [APP],
  credentials: true,
  methods: ['PUT', 'DELETE'],
  requestHeaders: ['Content-Type', 'Authorization'],
  exposedHeaders: ['ETag'],
  maxAge: 600,
} as const satisfies CorsPolicy

const POLICIES = {
  listed,
  pattern: { ...listed, origins: ['https://*.example.com'] },
  public: { origins: '*' },
  forbidding: { ...listed, refused: 'forbid' },
} as const satisfies Record<string, CorsPolicy>

/** A request that notes which of its headers were read. */
function noting(method: string, fields: Readonly<Record<string, string>>) {
  const { headers } = head(method, fields)
  const read: string[] = []
  return {
    read,
    request: {
      method,
      headers: {
        get(name: string) {
          read.push(name)
          return headers.get(name)
        },
      },
    },
  }
}

const asked = { 'access-control-request-method': 'PUT', 'access-control-request-headers': 'content-type' }

/** Both sides of one request through `wrap`: what was read of it, and what was done to the response. */
function costOf(policy: Cors, response: Response, method: string, fields: Readonly<Record<string, string>>) {
  const fetch = policy.wrap<ReturnType<typeof head>>(() => response)
  // The first preflights make what the later ones are copied from.
  if (method === 'OPTIONS') for (let i = 0; i < 3; i++) fetch(head(method, fields))
  const { read, request } = noting(method, fields)
  return { ...countFetch(() => fetch(request)), read }
}

const text = () => new Response('hello')
const ofGet = (policy: CorsPolicy, origin: string | undefined, response: Response = text()) =>
  costOf(createCors(policy), response, 'GET', origin === undefined ? {} : { origin })
const ofPreflight = (policy: CorsPolicy, origin: string) =>
  costOf(createCors(policy), text(), 'OPTIONS', { origin, ...asked })

/** Three looks, each taken once: is it stamped, may it be changed, does it have a body. */
const LOOKS = { 'Response.headers': 2, 'Response.status': 1, 'Response.url': 1, 'Headers.get': 1, 'Headers.has': 2 }

describe('an actual request', () => {
  it('from an allowed origin writes each header once', () => {
    const cost = { ...LOOKS, 'Headers.set': 4, read: ['origin'] }
    expect(ofGet(POLICIES.listed, APP)).toEqual(cost)
    expect(ofGet(POLICIES.pattern, APP)).toEqual(cost)
  })

  it('to a public resource writes one header, and reads nothing of the request', () => {
    expect(ofGet(POLICIES.public, APP)).toEqual({ ...LOOKS, 'Headers.set': 1, 'Headers.delete': 1, read: [] })
  })

  it('without Origin writes Vary', () => {
    expect(ofGet(POLICIES.listed, undefined)).toEqual({ ...LOOKS, 'Headers.set': 1, read: ['origin'] })
  })

  it('from a stranger writes Vary, and leaves nothing that was granted', () => {
    const cost = {
      'Response.headers': 2,
      'Response.status': 1,
      'Response.url': 1,
      'Headers.forEach': 1,
      'Headers.set': 1,
    }
    expect(ofGet(POLICIES.listed, STRANGER)).toEqual({ ...cost, read: ['origin'] })
    const granting = new Response('hello', { headers: { 'Access-Control-Max-Age': '5' } })
    expect(ofGet(POLICIES.listed, STRANGER, granting)).toEqual({ ...cost, 'Headers.delete': 1, read: ['origin'] })
  })

  it('from a stranger who is forbidden makes one Response', () => {
    expect(ofGet(POLICIES.forbidding, STRANGER)).toEqual({ 'new Response': 1, read: ['origin', 'sec-fetch-site'] })
  })

  it('answered with a constant makes one copy', () => {
    const cost = ofGet(POLICIES.listed, APP, new Response(null, { status: 404 }))
    expect(cost).toMatchObject({ 'new Response': 1, 'Response.body': 2, 'Headers.set': 4 })
    expect(cost).not.toHaveProperty('new Headers')
    expect(cost).not.toHaveProperty('Response.clone')
  })

  it('answered with a response that was stamped before makes one copy', () => {
    const response = present(createCors(listed).apply(head('GET', { origin: APP }), text()))
    const cost = ofGet(POLICIES.listed, APP, response)
    expect(cost).toMatchObject({ 'new Response': 1, 'Response.body': 1 })
    expect(cost).not.toHaveProperty('Response.clone')
  })
})

describe('a preflight', () => {
  const read = ['access-control-request-method', 'origin']

  it('is one clone', () => {
    expect(ofPreflight(POLICIES.listed, APP)).toEqual({ 'Response.clone': 1, read })
    expect(ofPreflight(POLICIES.public, APP)).toEqual({ 'Response.clone': 1, read })
    expect(ofPreflight(POLICIES.listed, STRANGER)).toEqual({ 'Response.clone': 1, read })
  })

  it('from origins that take turns is one clone and one write, however many they are', () => {
    const cors = createCors({ ...listed, origins: ['https://*.example.com'] })
    const ask = (i: number) =>
      cors.preflight(head('OPTIONS', { origin: `https://tenant-${i % 200}.example.com`, ...asked }))
    for (let i = 0; i < 400; i++) ask(i)
    expect(countFetch(() => ask(400))).toEqual({ 'Response.clone': 1, 'Response.headers': 1, 'Headers.set': 1 })
  })

  it('never hands out what another caller has changed', () => {
    const cors = createCors(listed)
    const answer = () => present(cors.preflight(head('OPTIONS', { origin: APP, ...asked })))
    for (let i = 0; i < 4; i++) {
      const { headers } = answer()
      expect(headers.get('Access-Control-Allow-Origin')).toBe(APP)
      expect(headers.has('X-Leak')).toBe(false)
      headers.set('Access-Control-Allow-Origin', STRANGER)
      headers.set('X-Leak', '1')
    }
  })

  it('of more origins than are kept is answered with the origin that asked', () => {
    const cors = createCors({ ...listed, origins: ['https://*.example.com'] })
    for (let i = 0; i < 600; i++) {
      const origin = `https://tenant-${(i >> 1) % 150}.example.com`
      const answer = present(cors.preflight(head('OPTIONS', { origin, ...asked })))
      expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(origin)
    }
  })

  it('from origins beyond the 64 that are kept empties the store, and fills it anew', () => {
    const cors = createCors({ ...listed, origins: ['https://*.example.com'] })
    const ask = (i: number) => cors.preflight(head('OPTIONS', { origin: `https://t${i}.example.com`, ...asked }))
    const isKept = (i: number) => countFetch(() => ask(i))['Headers.set'] === undefined
    const admit = (i: number) => [ask(i), ask(i)]
    for (let i = 0; i < 64; i++) admit(i)
    expect([isKept(0), isKept(63)]).toEqual([true, true])
    admit(64)
    expect([isKept(64), isKept(0), isKept(63)]).toEqual([true, false, false])
  })

  it('that echoes names reads one header more', () => {
    expect(ofPreflight({ ...listed, requestHeaders: ['X-*', 'Content-Type'] }, APP)).toEqual({
      'Response.clone': 1,
      'Response.headers': 1,
      'Headers.set': 1,
      read: [...read, 'access-control-request-headers'],
    })
  })
})

describe('the Hono middleware', () => {
  const idle: MiddlewareHandler = (_c, next) => next()
  const app = (middleware: MiddlewareHandler) => new Hono().use(middleware).get('*', (c) => c.text('hello'))
  const get = (origin?: string) => new Request(API, origin === undefined ? {} : { headers: { Origin: origin } })
  const preflight = () => new Request(API, { method: 'OPTIONS', headers: { Origin: APP, ...asked } })

  it('adds to a middleware that does nothing what wrap does, and no Response', async () => {
    const without = await countFetchAsync(() => app(idle).fetch(get(APP)))
    const counts = await countFetchAsync(() => app(honoCors(listed)).fetch(get(APP)))
    expect(added(counts, without)).toEqual({
      ...LOOKS,
      'Headers.get': 2,
      'Headers.set': 4,
      'Request.headers': 1,
      'Request.method': 2,
    })
  })

  it('answers a preflight with one clone, before any route', async () => {
    const ready = app(honoCors(listed))
    for (let i = 0; i < 3; i++) await ready.fetch(preflight())
    const counts = await countFetchAsync(() => ready.fetch(preflight()))
    expect(counts).not.toHaveProperty('new Response')
    expect(counts).not.toHaveProperty('new Headers')
    expect(counts).toMatchObject({ 'Response.clone': 1, 'Headers.get': 2 })
  })
})
