// Compiled texts in real products, before pages in Chromium: the page of the policy reads, a stranger does not.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CorsPolicy } from '../../src/index.ts'
import { compileText } from '../../src/targets.ts'
import { type Stage, stage } from '../diagnose/stage.ts'
import { findChromium, launchChromium } from '../support/chromium.ts'
import { describeWith } from '../support/component.ts'
import type { Farm } from '../targets/real/farm.ts'
import { provenTargets } from '../targets/real/farms.ts'
import { IN_CHROMIUM } from '../targets/real/in-chromium.ts'
import { wrongApi } from '../targets/real/wrong-api.ts'

/** Two sites, whose names Chromium itself takes for loopback. */
const [PAGE, STRANGER] = ['app.localhost', 'stranger.localhost'] as const
const BLOCKED = 'blocked'

let api: Stage
let pages: Stage
let browser: Browser
const open = new Map<string, Page>()

const chromium = await findChromium()
const proven = await provenTargets(() => api.origin)
const siteOf = (host: string): string => `http://${host}:${new URL(pages.origin).port}`

beforeAll(async () => {
  if (!chromium.present) return
  api = await wrongApi()
  pages = await stage(() => ({ headers: [['Content-Type', 'text/html']], body: '<!doctype html><title>x</title>' }))
  browser = await launchChromium(chromium)
  for (const host of [PAGE, STRANGER]) {
    const page = await browser.newPage()
    await page.goto(siteOf(host))
    open.set(host, page)
  }
})
afterAll(() => Promise.all([browser?.close(), pages?.close(), api?.close()]))

type Sent = { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string }

const PUT: Sent = { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: '{}' }

/** Sends a request with credentials from each site, and returns its status there, or that Chromium blocks it. */
async function reads(url: string, { method = 'GET', ...sent }: Sent = {}) {
  const said = await Promise.all(
    [...open].map(async ([host, page]) => {
      const seen = await page.evaluate(
        ([target, options, blocked]) =>
          fetch(target, options).then(
            ({ status }) => status,
            () => blocked,
          ),
        [url, { method, credentials: 'include', ...sent }, BLOCKED] as const,
      )
      return [host, seen] as const
    }),
  )
  return Object.fromEntries(said)
}

/** A policy that shares with some of the sites. */
function sharingWith(...hosts: readonly string[]): CorsPolicy {
  return { origins: hosts.map(siteOf), credentials: true, methods: ['PUT'], requestHeaders: ['Content-Type'] }
}

it('asks every target of its list', () => {
  expect(proven.map(({ target }) => target)).toEqual(expect.arrayContaining([...IN_CHROMIUM]))
})

for (const { target, needs, open: start } of proven.filter((each) => IN_CHROMIUM.includes(each.target))) {
  describeWith([chromium, ...needs], `what is compiled for ${target}, before Chromium`, () => {
    let farm: Farm
    beforeAll(async () => {
      // The second policy shares with both sites: where it does not, a block by the first would prove nothing.
      farm = await start([sharingWith(PAGE), sharingWith(PAGE, STRANGER)].map((each) => compileText(each, target)))
    })
    afterAll(() => farm?.close())

    it.each([
      ['GET', '/x', {}, 200],
      ['GET of what is missing', '/missing', {}, 404],
      ['GET of what fails', '/error', {}, 500],
      ['PUT after a preflight', '/x', PUT, 200],
    ] as const)('lets the page of the policy read %s, and no stranger', async (_, path, sent, status) => {
      const [own = '', both = ''] = farm.origins
      expect(await reads(own + path, sent)).toEqual({ [PAGE]: status, [STRANGER]: BLOCKED })
      expect(await reads(both + path, sent)).toEqual({ [PAGE]: status, [STRANGER]: status })
    })

    it('lets the page of the policy send no other method, and no other header', async () => {
      const [own = ''] = farm.origins
      const blocked = { [PAGE]: BLOCKED, [STRANGER]: BLOCKED }
      expect(await reads(`${own}/x`, { method: 'DELETE' })).toEqual(blocked)
      expect(await reads(`${own}/x`, { headers: { 'X-Secret': '1' } })).toEqual(blocked)
    })
  })
}
