import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { cors } from '../../adapters/hono.ts'
import { createBrowser, expectNoPreflight, expectRefused, expectShared } from '../../src/testing.ts'

const PAGE = 'https://app.example.com'
const ITEM = 'https://api.example.com/items/1'

function browser() {
  const app = new Hono()
  app.use('*', cors({ origins: [PAGE], methods: ['PUT'], exposedHeaders: ['ETag'] }))
  app.all('/items/1', (c) => c.json({ ok: true }, 200, { ETag: '"1"', 'X-Hidden': '1' }))
  return createBrowser({ fetch: app.fetch })
}

async function message(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no error',
    (error: Error) => error.message,
  )
}

describe('expectShared()', () => {
  it('gives the response that the page sees', async () => {
    const outcome = browser().page(PAGE).fetch(ITEM, { method: 'PUT' })
    const response = await expectShared(outcome, {
      status: 200,
      exposes: ['ETag'],
      hides: ['X-Hidden'],
      preflighted: true,
    })
    expect(await response.json()).toEqual({ ok: true })
  })

  it('says what every browser prints, and which header was wrong', async () => {
    const text = await message(expectShared(browser().page('https://stranger.example').fetch(ITEM, { method: 'PUT' })))
    expect(text).toContain("No 'Access-Control-Allow-Origin' header is present on the requested resource.")
    expect(text).toContain('CORS header ‘Access-Control-Allow-Origin’ missing')
    expect(text).toContain('Preflight response is not successful. Status code: 403')
    expect(text).toContain(
      '- (no Access-Control-Allow-Origin)\n  + Access-Control-Allow-Origin: https://stranger.example',
    )
    expect(text).toContain(`OPTIONS ${ITEM} → 403`)
  })

  it('says why a header cannot be read', async () => {
    const text = await message(expectShared(browser().page(PAGE).fetch(ITEM), { exposes: ['X-Hidden'] }))
    expect(text).toMatch(/X-Hidden: sent, but not in Access-Control-Expose-Headers \(etag\)/i)
  })

  it('says that a header is not hidden', async () => {
    const text = await message(expectShared(browser().page(PAGE).fetch(ITEM), { hides: ['ETag', 'X-Hidden'] }))
    expect(text).toContain('ETag: expected to be hidden, but the page can read it')
    expect(text).not.toContain('X-Hidden: expected')
  })

  it('says that a status or a preflight is not as expected', async () => {
    const text = await message(expectShared(browser().page(PAGE).fetch(ITEM), { status: 201, preflighted: true }))
    expect(text).toContain('status: expected 201, got 200')
    expect(text).toContain('expected a preflight, but none was sent')
  })
})

describe('expectRefused()', () => {
  it('gives the failure', async () => {
    const failure = await expectRefused(browser().page('https://stranger.example').fetch(ITEM), 'allow-origin-missing')
    expect([failure.chromium, failure.firefox]).toEqual(['MissingAllowOriginHeader', 'CORSMissingAllowOrigin2'])
  })

  it('fails when the page gets the response', async () => {
    expect(await message(expectRefused(browser().page(PAGE).fetch(ITEM)))).toContain('the page got 200 (cors)')
  })

  it('fails when the reason is another', async () => {
    const text = await message(
      expectRefused(browser().page(PAGE).fetch(ITEM, { method: 'DELETE' }), 'allow-origin-missing'),
    )
    expect(text).toContain('expected the reason allow-origin-missing, but it was method-not-allowed')
    expect(text).toContain('+ Access-Control-Allow-Methods: DELETE')
  })
})

describe('expectNoPreflight()', () => {
  it('passes for a simple request and fails for another', async () => {
    await expectNoPreflight(browser().page(PAGE).fetch(ITEM))
    expect(await message(expectNoPreflight(browser().page(PAGE).fetch(ITEM, { method: 'PUT' })))).toContain(
      'expected no preflight',
    )
  })
})
