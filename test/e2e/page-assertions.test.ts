// `corsmith/playwright` and `corsmith/cypress` in pages of the real Chromium.
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type * as InWindow from '../../src/cypress.ts'
import { createCors } from '../../src/index.ts'
import { expectRefused, expectShared } from '../../src/playwright.ts'
import { findChromium, launchChromium } from '../support/chromium.ts'
import { describeWith } from '../support/component.ts'
import type { Loopback } from '../support/loopback.ts'
import { serve } from '../support/serve-fetch.ts'

const chromium = await findChromium()

describeWith([chromium], 'assertions about a real page', () => {
  let api: Loopback
  let app: Loopback
  let browser: Browser
  let page: Page
  let stranger: Page

  beforeAll(async () => {
    app = await serve(() => new Response('<title>page</title>', { headers: { 'Content-Type': 'text/html' } }))
    const cors = createCors({ origins: [app.origin], methods: ['PUT'], exposedHeaders: ['ETag'] })
    api = await serve(cors.wrap(() => Response.json({ saved: true }, { headers: { ETag: '"1"', 'X-Other': '1' } })))
    browser = await launchChromium(chromium)
    ;[page, stranger] = await Promise.all([browser.newPage(), browser.newPage()])
    await page.goto(app.origin)
    await stranger.goto(app.origin.replace('127.0.0.1', 'localhost'))
  })
  afterAll(async () => {
    await browser?.close()
    await Promise.all([api?.[Symbol.asyncDispose](), app?.[Symbol.asyncDispose]()])
  })

  it('give the response as the page sees it', async () => {
    const response = await expectShared(page, `${api.origin}/items/1`, { method: 'PUT', body: 'x' })
    expect(response).toMatchObject({ status: 200, type: 'cors', body: '{"saved":true}' })
    expect([response.headers.etag, response.headers['x-other']]).toEqual(['"1"', undefined])
  })

  it('say what the console says, what it means, and what to ask next', async () => {
    const act = expectShared(page, `${api.origin}/items/1`, { headers: { 'X-Tenant': '1' } })
    const { message } = await act.then(
      () => expect.fail('shared'),
      (error: Error) => error,
    )
    expect(message).toContain('TypeError: Failed to fetch')
    expect(message).toContain('Access to fetch at')
    expect(message).toContain('x-tenant')
    expect(message).toContain(`npx corsmith check ${api.origin}/items/1 --origin ${app.origin}`)
  })

  it('expect a refusal, with the reason', async () => {
    const { error, message } = await expectRefused(stranger, api.origin, {}, 'allow-origin-missing')
    expect([error, message?.origin]).toEqual(['TypeError: Failed to fetch', new URL(stranger.url()).origin])
    await expect(expectRefused(stranger, api.origin, {}, 'method-not-allowed')).rejects.toThrow(
      'it was allow-origin-missing',
    )
    await expect(expectRefused(page, api.origin)).rejects.toThrow('the page got 200 (cors)')
  })

  it('work in the window of the page, as Cypress calls them', async () => {
    const { outputFiles } = await build({
      entryPoints: [new URL('../../src/cypress.ts', import.meta.url).pathname],
      bundle: true,
      format: 'iife',
      globalName: 'assertions',
      write: false,
    })
    const script = outputFiles[0]?.text ?? ''
    for (const it of [page, stranger]) await it.addScriptTag({ content: script })
    // Runs in the page, where the script left `assertions`.
    const ask = async ({ url, name }: { url: string; name: 'expectShared' | 'expectRefused' }) => {
      const { assertions } = globalThis as unknown as { assertions: typeof InWindow }
      return assertions[name](globalThis as never, url).then(
        (found) => ('status' in found ? String(found.status) : found.error),
        (error: Error) => error.message,
      )
    }
    const asked = (name: 'expectShared' | 'expectRefused') => ({ url: api.origin, name })
    expect(await page.evaluate(ask, asked('expectShared'))).toBe('200')
    expect(await stranger.evaluate(ask, asked('expectRefused'))).toBe('TypeError: Failed to fetch')
    expect(await page.evaluate(ask, asked('expectRefused'))).toContain('the page got 200 (cors)')
    expect(await stranger.evaluate(ask, asked('expectShared'))).toContain(`npx corsmith check ${api.origin}`)
  })
})
