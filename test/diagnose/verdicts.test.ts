import { describe, expect, it } from 'vitest'
import type { WireRequest, WireResponse } from '../../src/browser/wire.ts'
import { type PageRequest, readCall } from '../../src/diagnose/page-request.ts'
import { askBrowsers, firstFailure, type Verdicts } from '../../src/diagnose/verdicts.ts'

const ORIGIN = 'https://app.example.com'
const ask = async (
  request: Partial<PageRequest>,
  answer: (request: WireRequest) => WireResponse | null,
): Promise<{ verdicts: Verdicts; sent: WireRequest[] }> => {
  const sent: WireRequest[] = []
  const call = readCall({ url: 'https://api.example.com/', origin: ORIGIN, ...request })
  const verdicts = await askBrowsers(call, (wire) => {
    sent.push(wire)
    return answer(wire)
  })
  return { verdicts, sent }
}
const codesOf = (verdicts: Verdicts) =>
  Object.fromEntries(
    Object.entries(verdicts).map(([name, verdict]) => [name, verdict.shared ? 'shared' : verdict.failure.code]),
  )

describe('the verdicts of browsers', () => {
  it('are those of each, where they differ', async () => {
    const { verdicts } = await ask({ method: 'PUT' }, () => ({ status: 401, headers: [] }))
    expect(codesOf(verdicts)).toEqual({
      chromium: 'allow-origin-missing',
      firefox: 'allow-origin-missing',
      webkit: 'preflight-status',
    })
  })

  it.each([
    ['GET', 'x', null],
    ['HEAD', 'x', null],
    ['POST', 'x', 'x'],
    ['POST', undefined, null],
  ])('are about the request of the page: %s with %s', async (method, body, sentBody) => {
    const { sent } = await ask({ method, ...(body !== undefined && { body }) }, () => ({
      status: 200,
      headers: [['Access-Control-Allow-Origin', '*']],
    }))
    expect(sent.map(({ method: as, body: bytes }) => [as, bytes && new TextDecoder().decode(bytes)])).toEqual(
      Array(3).fill([method, sentBody]),
    )
  })

  it('are first those of Chromium, and a request that was withheld is no failure', async () => {
    const { verdicts } = await ask({ method: 'PUT' }, () => ({ status: 401, headers: [] }))
    expect(firstFailure(verdicts, false)).toMatchObject({
      browser: 'chromium',
      failure: { code: 'allow-origin-missing' },
    })
    expect(firstFailure(verdicts, true)).toMatchObject({ browser: 'chromium' })
    const shared = (await ask({}, () => ({ status: 200, headers: [['Access-Control-Allow-Origin', '*']] }))).verdicts
    expect(firstFailure(shared, false)).toBeNull()
    const webkit = { ...shared, webkit: verdicts.webkit }
    expect(firstFailure(webkit, false)).toEqual({
      browser: 'webkit',
      failure: expect.objectContaining({ code: 'preflight-status' }),
    })
    const silent = (await ask({}, () => null)).verdicts
    expect(firstFailure(silent, true)).toBeNull()
    expect(firstFailure(silent, false)).toMatchObject({ browser: 'chromium', failure: { code: 'network-error' } })
  })
})
