import { describe, expect, it } from 'vitest'
import { createCors } from '../../src/index.ts'
import { corsMatchers, createBrowser, type Page } from '../../src/vitest.ts'

const API = 'https://api.example.com/items'
const cors = createCors({ origins: ['https://app.example.com'], methods: ['PUT'], exposedHeaders: ['ETag'] })
const fetch = cors.wrap(() => new Response('x', { headers: { ETag: '"1"', 'X-Other': '1' } }))
const pages = (): { app: Page; stranger: Page } => {
  const browser = createBrowser({ fetch })
  return { app: browser.page('https://app.example.com'), stranger: browser.page('https://stranger.example') }
}

/** `expect` with the matchers, without types of their own: docs/ci.md shows the declaration. */
const own = (value: unknown) => {
  expect.extend(corsMatchers)
  return expect(value) as unknown as Matchers & { readonly not: Matchers }
}
type Matchers = { readonly [name in keyof typeof corsMatchers]: (...args: unknown[]) => Promise<void> }

describe('corsMatchers', () => {
  it('pass for what the page gets', async () => {
    const { app, stranger } = pages()
    await own(app.fetch(API)).toBeShared()
    await own(app.fetch(API, { method: 'PUT' })).toBeShared({
      exposes: ['ETag'],
      hides: ['X-Other'],
      preflighted: true,
    })
    await own(await app.request(API)).not.toBePreflighted()
    await own(app.fetch(API, { method: 'PUT', headers: { 'X-A': '1' } })).toBePreflighted()
    await own(stranger.fetch(API)).toBeRefused('allow-origin-missing')
    await own(stranger.fetch(API)).not.toBeShared()
    await own(stranger.fetch(API)).not.toBeRefused('method-not-allowed')
    await own(app.fetch(API)).not.toBeRefused()
  })

  it.each<[string, (pages: { app: Page; stranger: Page }) => Promise<void>, RegExp]>([
    ['toBeShared', ({ stranger }) => own(stranger.fetch(API)).toBeShared(), /Chromium: Access to fetch at .* blocked/],
    [
      'not.toBeRefused',
      ({ stranger }) => own(stranger.fetch(API)).not.toBeRefused(),
      /^expected no refusal\nexpected a shared response/,
    ],
    [
      'not.toBeRefused for a reason',
      ({ stranger }) => own(stranger.fetch(API)).not.toBeRefused('allow-origin-missing'),
      /^expected no refusal for another reason than allow-origin-missing\n/,
    ],
    ['toBeShared with a status', ({ app }) => own(app.fetch(API)).toBeShared({ status: 404 }), /expected 404, got 200/],
    ['not.toBeShared', ({ app }) => own(app.fetch(API)).not.toBeShared(), /but the page got it/],
    ['toBeRefused', ({ app }) => own(app.fetch(API)).toBeRefused(), /the page got 200/],
    [
      'toBeRefused with a reason',
      ({ stranger }) => own(stranger.fetch(API)).toBeRefused('method-not-allowed'),
      /it was allow-origin-missing/,
    ],
    ['not.toBeRefused', ({ stranger }) => own(stranger.fetch(API)).not.toBeRefused(), /expected no refusal/],
    ['toBePreflighted', ({ app }) => own(app.fetch(API)).toBePreflighted(), /none was sent/],
    ['not.toBePreflighted', ({ app }) => own(app.fetch(API, { method: 'PUT' })).not.toBePreflighted(), /one was sent/],
  ])('%s fails, and says why', async (_name, act, message) => {
    await expect(act(pages())).rejects.toThrow(message)
  })

  it.each(['toBeShared', 'toBeRefused', 'toBePreflighted'] as const)(
    '%s and its opposite refuse what is no outcome',
    async (name) => {
      for (const value of [undefined, 5, {}, Promise.reject(new Error('boom'))]) {
        await expect(own(value)[name]()).rejects.toThrow(/expected an outcome|boom/)
        await expect(own(value).not[name]()).rejects.toThrow(/expected an outcome|boom/)
      }
    },
  )
})
