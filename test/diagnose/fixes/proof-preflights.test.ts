import { describe, expect, it } from 'vitest'
import type { CorsPolicy } from '../../../src/index.ts'
import { type Exchange, PAGE, URL_ } from './exchange.ts'
import { acao, CREDENTIALS, HOLDS, type Line, many, OPEN, OWN, permits, proof, says } from './proving.ts'

describe('what a preflight permits', () => {
  const request = { method: 'PUT' }
  const today = (...headers: Line[]) => [permits(...headers), says(acao('*'))]
  const lost = async (policy: CorsPolicy, exchanges: readonly Exchange[]) =>
    (await proof(policy, exchanges, { request })).lost

  it('is lost with a method or a header', async () => {
    const exchanges = today(
      ['Access-Control-Allow-Methods', 'PUT, PATCH'],
      ['Access-Control-Allow-Headers', 'X-A, X-B'],
    )
    const with_ = `with X-A, X-B from ${PAGE} (omit)`
    expect(
      await proof({ ...OPEN, methods: ['PUT', 'PATCH'], requestHeaders: ['X-A', 'X-B'] }, exchanges, { request }),
    ).toEqual({
      ...HOLDS,
      passed: 4,
      kept: 4,
      unproven: [`the answer to PUT ${URL_} was not seen: the answer to GET stands in for it`],
    })
    expect(await lost({ ...OPEN, methods: ['PUT'], requestHeaders: ['X-A', 'X-B'] }, exchanges)).toEqual([
      `PATCH ${with_}`,
    ])
    expect(await lost({ ...OPEN, methods: ['PUT', 'PATCH'], requestHeaders: ['X-A'] }, exchanges)).toEqual(
      ['GET', 'PUT', 'PATCH'].map((method) => `${method} ${with_}`),
    )
  })

  it('is said on several lines, and for credentials too', async () => {
    const exchanges = [
      {
        method: 'OPTIONS',
        headers: [
          acao(PAGE),
          CREDENTIALS,
          ['Access-Control-Allow-Methods', 'PUT'],
          ['Access-Control-Allow-Methods', 'DELETE, PUT'],
        ],
      },
      says(acao(PAGE), CREDENTIALS),
    ] as const
    expect(await lost({ ...OWN, credentials: true, methods: ['PUT'] }, exchanges)).toEqual([
      `DELETE with no header from ${PAGE} (omit)`,
      `DELETE with no header from ${PAGE} (include)`,
    ])
  })

  it.each<readonly [string, Line]>([
    ['a method that needs no permission', ['Access-Control-Allow-Methods', 'GET, HEAD, POST']],
    ['OPTIONS', ['Access-Control-Allow-Methods', 'OPTIONS']],
    ['a method that no page may use', ['Access-Control-Allow-Methods', 'TRACE, CONNECT']],
    ['a method in lower case', ['Access-Control-Allow-Methods', 'patch, 1PUT, PUTx']],
    ['a text', ['Access-Control-Allow-Methods', '`id`, A B']],
    ['a header that no page may set', ['Access-Control-Allow-Headers', 'Cookie, Host, DNT']],
    ['a header that is a text', ['Access-Control-Allow-Headers', `$(id), ${'a'.repeat(65)}`]],
  ])('is not %s', async (_, line) => {
    expect(await proof({ ...OPEN, methods: ['PUT'] }, today(line), { request })).toMatchObject({
      passed: 2,
      kept: 2,
      lost: [],
    })
  })

  it('names the headers that a page may set', async () => {
    const exchanges = today(['Access-Control-Allow-Headers', 'X-A, Cookie, X-B'])
    expect(await lost({ ...OPEN, methods: ['PUT'] }, exchanges)).toEqual([`GET with X-A, X-B from ${PAGE} (omit)`])
  })

  it('is nothing, where the request itself was not answered, or nothing was asked', async () => {
    const methods: Line = ['Access-Control-Allow-Methods', 'PATCH']
    expect(await proof(OPEN, [permits(methods)], { request })).toMatchObject({ passed: 0 })
    expect(await proof(OPEN, [says(acao('*'), methods)], { request })).toMatchObject({ passed: 1, lost: [] })
  })

  it('is tried for as many methods and headers as cost a moment', async () => {
    const letters = 'ABCDEFGHIJ'
    const methods = many(8, (i) => `M${letters.charAt(i)}`)
    const headers = many(41, (i) => `X-N${i}`)
    const exchanges = today(
      ['Access-Control-Allow-Methods', methods.join()],
      ['Access-Control-Allow-Headers', headers.join()],
    )
    const found = await proof({ ...OPEN, requestHeaders: '*', methods: ['PUT'] }, exchanges, { request })
    expect(found.passed).toBe(1 + 1 + 6)
    expect(found.lost).toEqual(
      methods.slice(0, 6).map((method) => `${method} with ${headers.slice(0, 40).join(', ')} from ${PAGE} (omit)`),
    )
  })
})
