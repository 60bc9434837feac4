import { describe, expect, it } from 'vitest'
import { listObstacles } from '../../src/diagnose/obstacles.ts'
import { type PageRequest, readCall } from '../../src/diagnose/page-request.ts'

type Lines = readonly (readonly [string, string])[]

const ORIGIN = 'https://app.example.com'
const MARK = ['Access-Control-Allow-Origin', ORIGIN] as const

/** Lists the failures that a page meets, one after the other, and what each is about. */
async function line(preflight: Lines, request: Partial<PageRequest> = {}, actual: Lines = [MARK], status = 204) {
  const call = readCall({ url: 'https://api.example.com/', origin: ORIGIN, ...request })
  const standings = await listObstacles(call, 'chromium', ({ method }) =>
    method === 'OPTIONS' ? { status, headers: preflight } : { status: 200, headers: actual },
  )
  return standings.map(({ failure }) => [failure.during, failure.code, failure.value])
}

describe('listObstacles()', () => {
  it('is empty where the response is shared', async () => expect(await line([], {}, [MARK])).toEqual([]))

  it.each([
    ['allow-origin-missing', []],
    ['allow-origin-multiple', [MARK, ['Access-Control-Allow-Origin', 'https://b.example.com']]],
    ['allow-origin-multiple', [['Access-Control-Allow-Origin', `${ORIGIN}, *`]]],
    ['allow-origin-malformed', [['Access-Control-Allow-Origin', 'nonsense']]],
    ['allow-origin-mismatch', [['Access-Control-Allow-Origin', 'https://b.example.com']]],
    ['allow-origin-wildcard', [['Access-Control-Allow-Origin', '*']]],
  ] as const)('goes on behind %s, whatever was said: %j', async (code, headers) => {
    const codes = (await line([], { credentials: 'include' }, headers)).map(([, each]) => each)
    expect(codes).toEqual([code, 'allow-credentials'])
  })

  it('goes on behind lists that cannot be read, and holds them for repaired', async () => {
    const headers = [
      MARK,
      ['Access-Control-Allow-Methods', 'PUT; POST'],
      ['Access-Control-Allow-Headers', '"x-a"'],
    ] as const
    expect(await line(headers, { method: 'PUT', headers: { 'X-A': '1' } })).toEqual([
      ['preflight', 'allow-methods-syntax', 'PUT; POST'],
      ['preflight', 'allow-headers-syntax', '"x-a"'],
    ])
  })

  it('names each header that is missing, and keeps those that are listed', async () => {
    const headers = [MARK, ['Access-Control-Allow-Headers', 'x-b']] as const
    const found = await line(headers, { method: 'PUT', headers: { 'X-A': '1', 'X-B': '1', 'X-C': '1' } })
    expect(found).toEqual([
      ['preflight', 'method-not-allowed', 'PUT'],
      ['preflight', 'header-not-allowed', 'x-a'],
      ['preflight', 'header-not-allowed', 'x-c'],
    ])
  })

  it('takes an empty list for none', async () => {
    const headers = [MARK, ['Access-Control-Allow-Methods', '']] as const
    expect(await line(headers, { method: 'PUT' })).toEqual([['preflight', 'method-not-allowed', 'PUT']])
  })

  it.each([308, 403, 500])('goes on behind the status %i of a preflight', async (status) => {
    const headers = [MARK, ['Location', 'https://b.example.com/']] as const
    const codes = (await line(headers, { method: 'PUT' }, [], status)).map(([during, code]) => [during, code])
    expect(codes).toEqual([
      ['preflight', status === 308 ? 'preflight-redirect' : 'preflight-status'],
      ['preflight', 'method-not-allowed'],
      ['response', 'allow-origin-missing'],
    ])
  })

  it('adds to what is listed', async () => {
    const headers = [MARK, ['Access-Control-Allow-Methods', 'GET'], ['Access-Control-Allow-Headers', 'x-b']] as const
    const call = readCall({ url: 'https://api.example.com/', origin: ORIGIN, method: 'PUT', headers: { 'X-A': '1' } })
    const standings = await listObstacles(call, 'chromium', ({ method }) =>
      method === 'OPTIONS' ? { status: 204, headers } : { status: 200, headers: [] },
    )
    expect(
      standings.map(({ failure, exchange }) => [failure.code, exchange?.kind, exchange?.response?.headers]),
    ).toEqual([
      ['method-not-allowed', 'preflight', headers],
      ['header-not-allowed', 'preflight', [MARK, headers[2], ['Access-Control-Allow-Methods', 'GET, PUT']]],
      ['allow-origin-missing', 'request', []],
    ])
  })

  it('has no exchange where nothing was sent', async () => {
    const call = readCall({ url: 'https://api.example.com/', origin: ORIGIN, mode: 'same-origin' })
    const standings = await listObstacles(call, 'chromium', () => ({ status: 200, headers: [] }))
    expect(standings.map(({ failure, exchange }) => [failure.code, exchange])).toEqual([['same-origin-mode', null]])
  })

  it('stops after ten', async () => {
    const headers = Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`X-${String.fromCharCode(65 + i)}`, '1']))
    expect(await line([MARK], { headers })).toHaveLength(10)
    expect(await line([MARK], { headers: Object.fromEntries(Object.entries(headers).slice(0, 9)) })).toHaveLength(9)
  })

  it('stops at what no header puts right', async () => {
    const call = readCall({ url: 'https://api.example.com/', origin: ORIGIN })
    const standings = await listObstacles(call, 'chromium', () => null)
    expect(standings.map(({ failure }) => failure.code)).toEqual(['network-error'])
  })
})
