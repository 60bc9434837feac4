import { describe, expect, it } from 'vitest'
import type { HeaderLine, WireRequest } from '../../src/browser/wire.ts'
import { headOf, modelOf } from '../../src/diagnose/model.ts'
import { type CorsPolicy, createCors } from '../../src/index.ts'

const PAGE = 'https://app.example.com'

const said: readonly HeaderLine[] = [
  ['Content-Type', 'text/plain'],
  ['access-control-allow-origin', 'https://other.example'],
  ['Access-Control-Max-Age', '5'],
  ['Access-Control-Allow-Private-Network', 'true'],
  ['X-A', '1'],
]

const ask = (policy: CorsPolicy, request: Partial<WireRequest>, headers: readonly HeaderLine[] | null = said) =>
  modelOf(createCors(policy as { origins: string[] }), () =>
    headers === null ? null : { status: 201, headers, statusText: 'Made' },
  )({
    method: 'GET',
    url: 'https://api.example.com/',
    headers: [],
    body: null,
    ...request,
  })

const from = (origin: string, ...more: HeaderLine[]) => ({ headers: [['Origin', origin], ...more] as const })

describe('modelOf()', () => {
  const policy = { origins: [PAGE], methods: ['PUT'] }

  it('writes the headers of the policy in the place of those of the handler', () => {
    expect(ask(policy, from(PAGE))).toEqual({
      status: 201,
      statusText: 'Made',
      headers: [
        ['Content-Type', 'text/plain'],
        ['X-A', '1'],
        ['Access-Control-Allow-Origin', PAGE],
        ['Vary', 'Origin'],
      ],
    })
  })

  it('takes those of the handler from a stranger', () => {
    expect(ask(policy, from('https://b.example'))?.headers).toEqual([
      ['Content-Type', 'text/plain'],
      ['X-A', '1'],
      ['Vary', 'Origin'],
    ])
  })

  it('answers a preflight by itself', () => {
    const preflight = { method: 'OPTIONS', ...from(PAGE, ['Access-Control-Request-Method', 'PUT']) }
    expect(ask(policy, preflight, null)).toEqual({
      status: 204,
      headers: expect.arrayContaining([
        ['Access-Control-Allow-Methods', 'PUT'],
        ['Access-Control-Allow-Origin', PAGE],
      ]),
    })
    expect(ask(policy, { method: 'OPTIONS', ...from(PAGE) })?.status).toBe(201)
  })

  it('refuses where the policy forbids', () => {
    const strict = { ...policy, refused: 'forbid' } as const
    expect(ask(strict, from('https://b.example'))).toEqual({
      status: 403,
      headers: expect.arrayContaining([['Vary', 'Origin']]),
    })
    expect([ask(strict, from(PAGE))?.status, ask(policy, from('https://b.example'))?.status]).toEqual([201, 201])
  })

  it('has no answer where the handler has none', () => expect(ask(policy, from(PAGE), null)).toBeNull())

  it('names the headers of the answer that a pattern exposes', () => {
    const exposing = { origins: [PAGE], exposedHeaders: ['X-*'] }
    expect(ask(exposing, from(PAGE))?.headers).toContainEqual(['Access-Control-Expose-Headers', 'x-a'])
  })
})

describe('headOf()', () => {
  it('joins repeated lines, and reads by the lower-case name', () => {
    const head = headOf('PUT', [
      ['X-A', '1'],
      ['x-a', '2'],
      ['X-B', ''],
    ])
    expect([head.method, head.headers.get('x-a'), head.headers.get('x-b'), head.headers.get('x-c')]).toEqual([
      'PUT',
      '1, 2',
      '',
      null,
    ])
  })
})
