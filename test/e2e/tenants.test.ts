// The multi-tenant example in Chromium: a customer's administrator adds a page, removes it, errs, and is kept from locking the page out.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Running, startTenants } from '../../examples/multi-tenant/start.ts'
import { findChromium, launchChromium } from '../support/chromium.ts'
import { describeWith } from '../support/component.ts'

const chromium = await findChromium()

describeWith([chromium], 'examples/multi-tenant', () => {
  let running: Running
  let browser: Browser
  let admin: Page
  let shop: Page

  beforeAll(async () => {
    running = await startTenants({ tenants: 300 })
    browser = await launchChromium(chromium)
    admin = await browser.newPage()
    shop = await browser.newPage()
    await admin.goto(running.page('admin'))
    await shop.goto(running.page('shop.acme'))
    await admin.fill('#token', running.token)
  })
  afterAll(async () => {
    await browser?.close()
    await running?.close()
  })

  /** Presses a button of the admin page, and gives what it then says. */
  async function press(id: string): Promise<string> {
    await admin.click(`#${id}`)
    await admin.waitForSelector('#outcome:not([data-status="busy"])')
    return admin.inputValue('#outcome').catch(() => admin.textContent('#outcome').then(String))
  }

  async function edit(change: (origins: string[]) => string[]): Promise<void> {
    const policy = JSON.parse(await admin.inputValue('#policy'))
    await admin.fill('#policy', JSON.stringify({ ...policy, origins: change(policy.origins) }))
  }

  /** What a customer's page gets to see of a tenant. */
  async function reads(page: Page, tenant = 'acme'): Promise<string> {
    await page.fill('#tenant', tenant)
    await page.click('#read')
    await page.waitForFunction("document.querySelector('#outcome').value !== ''")
    return String(await page.evaluate("document.querySelector('#outcome').value"))
  }

  it('refuses without the token, with problem details', async () => {
    const headers = { Origin: running.page('admin'), Authorization: 'Bearer wrong' }
    const response = await fetch(`${running.api('acme')}/_tenant`, { headers }).catch(() => null)
    // Not every resolver knows *.localhost; Chromium does.
    const page = await browser.newPage()
    await page.goto(running.page('admin'))
    await page.click('#load')
    await page.waitForSelector('#outcome[data-status="refused"]')
    expect(await page.evaluate("document.querySelector('#outcome').value")).toBe('send the token of an administrator')
    if (response !== null) expect(response.headers.get('content-type')).toBe('application/problem+json')
    await page.close()
  })

  it('adds a page of a customer, which then reads the API, and no other tenant', async () => {
    expect(await reads(shop)).toBe('refused')
    expect(await press('load')).toBe('loaded')
    await edit((origins) => [...origins, running.page('shop.acme')])
    await admin.fill('#origin', running.page('shop.acme'))
    expect(await press('try')).toMatch(
      /^allowed: "http:\/\/shop\.acme\.localhost:\d+" may read answers\n.* may read, by /,
    )
    expect(await reads(shop)).toBe('refused')
    expect(await press('save')).toMatch(/^widening: .*: confirm "widening"$/)
    expect(await press('confirm')).toBe('saved as version 2')
    expect(await reads(shop)).toMatch(/^read: .*Ada/)
    expect(await reads(shop, 'globex')).toBe('refused')
  })

  it('removes it, and it is refused', async () => {
    await edit((origins) => origins.filter((origin) => origin !== running.page('shop.acme')))
    expect(await press('save')).toBe('saved as version 3')
    expect(await reads(shop)).toBe('refused')
  })

  it('refuses a wrong edit with the sentence and the correction', async () => {
    await edit((origins) => [...origins, 'https://shop.example/'])
    expect(await press('save')).toBe(
      'policy-defect: origins[2]: an origin has no trailing slash: write "https://shop.example"',
    )
    expect(await press('try')).toContain('write "https://shop.example"')
  })

  it('stops a lock-out of the admin page', async () => {
    await press('load')
    await edit((origins) => origins.filter((origin) => origin !== running.page('admin')))
    expect(await press('save')).toMatch(/^lock-out: this page, .* would be refused, and could not undo it/)
    expect(await press('load')).toBe('loaded')
  })

  it('tells an editor who comes second', async () => {
    const second = await browser.newPage()
    await second.goto(running.page('admin'))
    await second.fill('#token', running.token)
    await second.click('#load')
    await second.waitForSelector('#outcome[data-status="done"]')
    await edit((origins) => [...origins, 'https://first.example'])
    await press('save')
    expect(await press('confirm')).toBe('saved as version 4')
    await second.click('#save')
    await second.waitForSelector('#outcome[data-status="refused"]')
    expect(await second.evaluate("document.querySelector('#outcome').value")).toMatch(
      /^version-conflict: the tenant has version 4 now/,
    )
    await second.close()
  })

  it('allows an announced preview, and refuses a pattern', async () => {
    const preview = await browser.newPage()
    await preview.goto(running.page('pr-7.acme'))
    expect(await reads(preview)).toBe('refused')
    const announce = (origin: string) =>
      admin.evaluate(
        async ([url = '', token = '', origin = '']) => {
          const expires = new Date(Date.now() + 60_000).toISOString()
          const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
          const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ origin, expires }) })
          return response.status
        },
        [`${running.api('acme')}/_tenant/previews`, running.token, origin],
      )
    expect(await announce('https://*.vercel.app')).toBe(422)
    expect(await announce(running.page('pr-7.acme'))).toBe(200)
    expect(await reads(preview)).toMatch(/^read: /)
    await preview.close()
  })

  it('has a crowd of tenants in the store', async () => {
    await running.seeded
    const page = await browser.newPage()
    await page.goto(running.page('app.globex'))
    expect(await reads(page, 'globex')).toMatch(/^read: /)
    expect(await reads(page, 't297')).toBe('refused')
    await page.close()
  })
})
