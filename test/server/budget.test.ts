// What a request may cost, counted in operations: budgets are exact, and do not depend on the machine.
import { spawnSync } from 'node:child_process'
import { describe, expect, it, vi } from 'vitest'
import { type Cors, createCors } from '../../src/index.ts'
import { type Counts, countFetch, countMembersOf } from '../support/counting.ts'
import { APP, head, STRANGER } from '../support/exchanges.ts'

const full = {
  origins: [APP],
  credentials: true,
  methods: ['PUT'],
  requestHeaders: ['Content-Type'],
  exposedHeaders: ['ETag'],
  maxAge: 600,
} as const

const BODY_READS = ['body', 'text', 'json', 'blob', 'bytes', 'arrayBuffer', 'formData']

const actual = (origin?: string) => head('GET', { origin })
const preflight = (origin: string) => head('OPTIONS', { origin, 'access-control-request-method': 'PUT' })

function bodyReads(counts: Counts): number {
  return BODY_READS.reduce((sum, name) => sum + (counts[`Response.${name}`] ?? 0), 0)
}

/** Counts an actual request through wrap() whose handler returns a text that was made before. */
function countActual(policy: Cors, origin?: string): Counts {
  const response = new Response('hello')
  const fetch = policy.wrap<ReturnType<typeof actual>>(() => response)
  return countFetch(() => fetch(actual(origin)))
}

describe('the counters', () => {
  it('count constructions, methods and accessors', () => {
    const counts = countFetch(() => {
      const response = new Response('x')
      void response.body
      response.headers.set('A', 'b')
      response.clone()
    })
    expect(counts).toMatchObject({
      'new Response': 1,
      'Response.body': 1,
      'Response.headers': 1,
      'Headers.set': 1,
      'Response.clone': 1,
    })
    expect(countMembersOf(['RegExp.exec', 'String.split'], () => /a/.exec('a,b'.split(',')[0] ?? ''))).toEqual({
      'RegExp.exec': 1,
      'String.split': 1,
    })
  })
})

describe('an actual request through wrap()', () => {
  it('makes no Response and no Headers, and reads no body', () => {
    const counts = countActual(createCors(full), APP)
    expect([counts['new Response'], counts['new Headers'], counts['Response.clone']]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(bodyReads(counts)).toBe(0)
  })

  it('writes each header of the set once, and appends none', () => {
    const counts = countActual(createCors(full), APP)
    expect(counts['Headers.set']).toBe(4)
    expect(counts['Headers.append']).toBeUndefined()
    expect(countActual(createCors({ origins: '*' }), APP)['Headers.set']).toBe(1)
    expect(countActual(createCors(full))['Headers.set']).toBe(1)
    expect(countActual(createCors(full), STRANGER)['Headers.set']).toBe(1)
  })

  it('makes and reads no more for a stranger, for no Origin, for * and for a pattern', () => {
    const made = (counts: Counts) => [counts['new Response'], counts['new Headers'], bodyReads(counts)]
    const nothing = [undefined, undefined, 0]
    expect(made(countActual(createCors(full), STRANGER))).toEqual(nothing)
    expect(made(countActual(createCors(full)))).toEqual(nothing)
    expect(made(countActual(createCors({ origins: '*' }), APP))).toEqual(nothing)
    expect(made(countActual(createCors({ origins: ['https://*.example.com'] }), APP))).toEqual(nothing)
  })

  it('reads one header of the request, and none where origins is *', () => {
    const gets = (policy: Cors, body: string | null = 'x') => {
      const get = vi.fn((name: string) => (name === 'origin' ? APP : null))
      policy.wrap<ReturnType<typeof actual>>(() => new Response(body))({ method: 'GET', headers: { get } })
      return get.mock.calls.flat()
    }
    expect(gets(createCors(full))).toEqual(['origin'])
    expect(gets(createCors(full), null)).toEqual(['origin'])
    expect(gets(createCors({ origins: '*' }))).toEqual([])
  })
})

describe('a preflight', () => {
  it('is one clone once the origin has asked twice, one write before that, and makes nothing', () => {
    const policy = createCors(full)
    const fetch = policy.wrap<ReturnType<typeof actual>>(() => new Response('x'))
    const cost = () => {
      const counts = countFetch(() => fetch(preflight(APP)))
      expect([counts['new Headers'], counts['Response.body']]).toEqual([undefined, undefined])
      return [counts['new Response'], counts['Response.clone'], counts['Headers.set']]
    }
    fetch(preflight(APP))
    // The second answer is kept, and what is sent is a clone of it.
    expect(cost()).toEqual([undefined, 2, 1])
    expect(cost()).toEqual([undefined, 1, undefined])
  })

  it('is one clone for a stranger, without a write', () => {
    const policy = createCors(full)
    policy.preflight(preflight(STRANGER))
    const counts = countFetch(() => policy.preflight(preflight(STRANGER)))
    expect(counts['Response.clone']).toBe(1)
    expect([counts['new Response'], counts['new Headers'], counts['Headers.set']]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('reads two headers of the request, and a third only where names are echoed', () => {
    const gets = (policy: Cors) => {
      const fields: Record<string, string> = { origin: APP, 'access-control-request-method': 'PUT' }
      const get = vi.fn((name: string) => fields[name])
      policy.preflight({ method: 'OPTIONS', headers: { get } })
      return get.mock.calls.flat().sort()
    }
    expect(gets(createCors(full))).toEqual(['access-control-request-method', 'origin'])
    expect(gets(createCors({ origins: '*' }))).toEqual(['access-control-request-method', 'origin'])
    expect(gets(createCors({ origins: [APP], requestHeaders: ['X-*'] }))).toEqual([
      'access-control-request-headers',
      'access-control-request-method',
      'origin',
    ])
  })
})

describe('entries() and decide()', () => {
  it('touch no fetch global', () => {
    const policy = createCors({ ...full, exposedHeaders: ['X-*'] })
    const counts = countFetch(() => {
      policy.decide(actual(APP))
      policy.decide(preflight(STRANGER))
      policy.entries(actual(APP), ['x-a'])
      policy.entries(actual(STRANGER))
      policy.entries(preflight(APP))
      policy.entries(preflight(STRANGER))
    })
    expect(counts).toEqual({})
  })
})

describe('regular expressions', () => {
  const MEMBERS = [
    'RegExp.exec',
    'RegExp.test',
    'RegExp.@@match',
    'RegExp.@@matchAll',
    'RegExp.@@replace',
    'RegExp.@@search',
    'RegExp.@@split',
    'String.match',
    'String.matchAll',
    'String.replace',
    'String.replaceAll',
    'String.search',
    'String.normalize',
  ]

  it('run on nothing that a client sent', () => {
    const origins = [APP, 'https://*.example.org', 'https://pr-*.example.net', 'http://localhost:*']
    const policy = createCors({
      origins,
      credentials: true,
      methods: '*',
      requestHeaders: '*',
      exposedHeaders: ['X-*'],
    })
    const sent = (origin: string) =>
      head('OPTIONS', {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'x-a, x-b,,\t,authorization',
      })
    const counts = countMembersOf(MEMBERS, () => {
      policy.decide(sent(APP))
      policy.decide(sent('https://a.b.example.org'))
      policy.decide(sent('https://pr-7.example.net'))
      policy.decide(sent('http://localhost:5173'))
      policy.decide(sent('http://[::1]:80'))
      policy.entries(sent(APP))
      policy.entries(sent('https://evil.example, x'))
      policy.entries(actual('https://a.b.example.org'), ['x-a'])
    })
    expect(counts).toEqual({})
  })
})

describe('importing and createCors()', () => {
  it('touch no fetch global, whatever the policy', () => {
    const script = `
      for (const name of ['Response', 'Headers', 'Request', 'fetch', 'ReadableStream', 'AbortController'])
        Object.defineProperty(globalThis, name, { get() { throw new Error('touched ' + name) }, configurable: true })
      const { createCors, checkPolicy, perRequest } = await import(${JSON.stringify(new URL('../../src/index.ts', import.meta.url).href)})
      const policy = { origins: ['https://a.example', 'https://*.b.example', 'http://localhost:*'], credentials: true,
        methods: '*', requestHeaders: '*', exposedHeaders: ['X-*'], maxAge: 5, timingAllowOrigin: true }
      const cors = createCors(policy)
      checkPolicy(policy)
      createCors({ origins: (origin) => origin === 'https://a.example' })
      perRequest(() => null)
      cors.wrap(() => undefined)
      const get = (name) => name === 'origin' ? 'https://a.example' : name.endsWith('-method') ? 'PUT' : null
      if (!cors.decide({ method: 'GET', headers: { get } }).shared) throw new Error('refused')
      cors.entries({ method: 'OPTIONS', headers: { get } })
      try { cors.preflight({ method: 'OPTIONS', headers: { get } }) } catch (error) { console.log(error.message) }`
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    })
    // The last line shows that the trap works: a preflight is the first to want a Response.
    expect({ status, stdout, stderr }).toMatchObject({ status: 0, stdout: 'touched Response\n' })
  })
})
