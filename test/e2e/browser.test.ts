import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findChromium, launchChromium } from '../support/chromium.ts'
import { describeWith } from '../support/component.ts'
import { type Started, startAll } from '../support/started.ts'

const RED_LINE = "No 'Access-Control-Allow-Origin' header is present on the requested resource."

/** What each call of the page comes to through the edge: the outcome, the status, and a part of what was read. */
const THROUGH_THE_EDGE = [
  ['list', 'read', '200', 'Ada'],
  ['create', 'read', '201', /Location: \S*\/api\/users\/\d/],
  ['create-text', 'read', '201', 'Dorothy'],
  ['replace', 'read', '200', 'Grace Hopper'],
  ['remove', 'read', '204', ''],
  ['fail', 'status', '500', 'holiday'],
  ['missing', 'status', '404', 'nothing at /api/nothing'],
  ['redirect', 'read', '200', 'redirected to'],
  ['slow', 'read', '200', '1500'],
  ['events', 'read', '200', 'events 1, 2, 3, then done'],
  ['download', 'read', '200', '20000000 bytes'],
  ['range', 'read', '206', 'Content-Range: bytes 100-199/100000000'],
  ['login', 'read', '200', 'Ada'],
  ['me', 'read', '200', '"theme":"dark"'],
  ['socket', 'read', '101', 'heard back: hello'],
] as const

const chromium = await findChromium()

interface Outcome {
  readonly call: string
  readonly outcome: string
  readonly status: string | undefined
  readonly text: string
  /** What corsmith says that the console says. */
  readonly line: string | undefined
}

interface Visit {
  readonly page: Page
  /** The console's lines, with the URL each is about. */
  readonly console: readonly { readonly text: string; readonly url: string }[]
  outcomes(via: 'edge' | 'origin'): Promise<readonly Outcome[]>
}

async function visit(browser: Browser, url: string): Promise<Visit> {
  const page = await browser.newPage({ viewport: { width: 390, height: 800 } })
  const lines: { text: string; url: string }[] = []
  page.on('console', (message) => lines.push({ text: message.text(), url: message.location().url }))
  await page.goto(url)
  await page.waitForSelector('body[data-ready]')
  return {
    page,
    console: lines,
    outcomes: (via) =>
      page.$$eval(`[data-via="${via}"]`, (ways) =>
        ways.map((way) => ({
          call: (way as HTMLElement).dataset.call ?? '',
          outcome: (way as HTMLElement).dataset.outcome ?? '',
          status: (way as HTMLElement).dataset.status,
          line: (way as HTMLElement).dataset.line,
          text: way.querySelector('output')?.textContent ?? '',
        })),
      ),
  }
}

async function runAll(visited: Visit): Promise<void> {
  await visited.page.click('#run-all')
  await visited.page.waitForSelector('body[data-run="done"]', { timeout: 60_000 })
}

describeWith([chromium], 'the page in Chromium', () => {
  let browser: Browser
  let started: Started
  let visited: Visit
  beforeAll(async () => {
    ;[browser, started] = await Promise.all([launchChromium(chromium), startAll()])
    visited = await visit(browser, started.page)
    await runAll(visited)
  })
  afterAll(async () => {
    await Promise.all([browser?.close(), started?.command.close()])
  })

  it.each(THROUGH_THE_EDGE)('through the edge, %s is %s with status %s', async (call, outcome, status, text) => {
    const found = (await visited.outcomes('edge')).find((each) => each.call === call)
    expect(found).toMatchObject({ outcome, status })
    expect(found?.text).toMatch(text)
  })

  it('shows every call of the page, and no other', async () => {
    const names = THROUGH_THE_EDGE.map(([call]) => call)
    expect((await visited.outcomes('edge')).map(({ call }) => call)).toEqual(names)
    expect((await visited.outcomes('origin')).map(({ call }) => call)).toEqual(
      names.filter((name) => name !== 'socket'),
    )
  })

  it('follows a redirect to the edge, not to the origin', async () => {
    const found = (await visited.outcomes('edge')).find((each) => each.call === 'redirect')
    expect(found?.text).toContain(`redirected to ${started.edge}/api/users`)
  })

  it('straight to the API, every call is refused with a TypeError', async () => {
    const found = await visited.outcomes('origin')
    expect(found.filter(({ outcome, text }) => outcome !== 'refused' || !text.includes('TypeError'))).toEqual([])
  })

  it('prints the red line of the guides once for each call at the origin, and for none through the edge', async () => {
    const blocked = visited.console.filter(({ text }) => text.includes('blocked by CORS policy'))
    expect(blocked.filter(({ text }) => !text.endsWith(RED_LINE))).toEqual([])
    expect(blocked.filter(({ text }) => !text.includes(`at '${started.origin}/`))).toEqual([])
    expect(blocked).toHaveLength((await visited.outcomes('origin')).length)
    expect(blocked.map(({ text }) => text)).toContain(
      `Access to fetch at '${started.origin}/api/users' from origin '${started.page}' has been blocked by CORS policy: ${RED_LINE}`,
    )
  })

  it('says below each refused call what the console says', async () => {
    const printed = visited.console.map(({ text }) => text).filter((text) => text.includes('blocked by CORS policy'))
    const computed = (await visited.outcomes('origin')).filter(({ line }) => line !== '')
    expect(computed.length).toBeGreaterThanOrEqual(11)
    expect(computed.filter(({ line }) => !printed.includes(line ?? ''))).toEqual([])
  })

  it('fits a narrow screen', async () => {
    expect(await visited.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })

  it("refuses everything on a stranger's page, and lets none of it write", async () => {
    const users = async (): Promise<string> => (await fetch(`${started.origin}/api/users`)).text()
    const stranger = await visit(browser, started.stranger)
    const before = await users()
    for (const [call] of THROUGH_THE_EDGE) {
      await stranger.page.click(`[data-call="${call}"][data-via="edge"] button`)
      await stranger.page.waitForSelector(`[data-call="${call}"][data-via="edge"][data-outcome="refused"]`)
    }
    expect(await users()).toBe(before)
    const blocked = stranger.console.filter(({ text }) => text.includes('blocked by CORS policy'))
    expect(blocked.filter(({ text }) => !text.endsWith(RED_LINE))).toEqual([])
    expect(blocked.length).toBeGreaterThanOrEqual(THROUGH_THE_EDGE.length - 1)
  })
})
