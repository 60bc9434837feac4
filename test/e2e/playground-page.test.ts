import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildPlayground } from '../../examples/playground/build.ts'
import { PRESETS } from '../../examples/playground/src/presets.ts'
import { BASE } from '../../examples/playground/src/scenario.ts'
import { toHash } from '../../examples/playground/src/share.ts'
import { findChromium, launchChromium } from '../support/chromium.ts'
import { describeWith } from '../support/component.ts'
import { listen } from '../support/loopback.ts'
import { send } from '../support/raw-http.ts'
import { type Started, startAll } from '../support/started.ts'

const chromium = await findChromium()

const LONG = 'x'.repeat(700)
const HOSTILE = toHash({
  ...BASE,
  policy: `{ "origins": ["https://${LONG}.example"], "${LONG}": "${LONG}" }`,
  url: `https://api.example.com/${LONG}`,
  headers: `X-${LONG}: ${LONG}`,
})
const LONG_REQUEST = toHash({
  ...BASE,
  method: 'PUT',
  url: `https://api.example.com/${LONG}?${LONG}`,
  headers: `X-${LONG}: ${LONG}`,
  answer: `X-${LONG}: ${LONG}`,
  reads: `X-${LONG}`,
})

/** States that show every part of the page between them. */
const STATES = ['json-cookies', 'all-at-once', 'slash', 'no-cors', 'not-exposed', 'same-origin'] as const

/** Text whose contrast with what is behind it is below 4.5 (below 3 where it is large), with both colours. */
const LOW_CONTRAST = `(() => {
  const channels = (colour) => {
    const numbers = colour.match(/[\\d.]+/g).map(Number)
    const scale = colour.startsWith('color(') ? 255 : 1
    return [...numbers.slice(0, 3).map((value) => value * scale), numbers[3] ?? 1]
  }
  const over = ([r, g, b, a], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1]
  const luminance = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const behind = (element) => {
    const colour = channels(getComputedStyle(element).backgroundColor)
    if (colour[3] === 1 || element.parentElement === null) return colour
    return over(colour, behind(element.parentElement))
  }
  const found = []
  for (const element of document.querySelectorAll('body *')) {
    const text = typeof element.value === 'string' ? element.value : [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join('')
    const box = element.getBoundingClientRect()
    if (text.trim() === '' || box.width < 2 || ['OPTION', 'OPTGROUP', 'NOSCRIPT', 'SCRIPT'].includes(element.tagName)) continue
    const style = getComputedStyle(element)
    const back = behind(element)
    const [light, dark] = [luminance(over(channels(style.color), back)), luminance(back)].sort((a, b) => b - a)
    const size = parseFloat(style.fontSize)
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
    const contrast = (light + 0.05) / (dark + 0.05)
    if (contrast < (isLarge ? 3 : 4.5)) found.push([contrast.toFixed(2), style.color, element.tagName, element.className, text.trim().slice(0, 40)].join(' '))
  }
  return found
})()`

describeWith([chromium], 'the page of the playground', () => {
  let browser: Browser
  let started: Started
  beforeAll(async () => {
    ;[browser, started] = await Promise.all([launchChromium(chromium), startAll()])
  })
  afterAll(async () => {
    await Promise.all([browser?.close(), started?.command.close()])
  })

  async function open(width: number, colorScheme: 'light' | 'dark', hash = ''): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme })
    await page.goto(`${started.playground}${hash}`)
    await page.waitForSelector('body[data-state="ready"]')
    return page
  }
  const choose = async (page: Page, id: string): Promise<void> => {
    await page.selectOption('#preset', id)
    await page.waitForSelector('body[data-state="ready"]')
  }
  const attempt = async (page: Page): Promise<void> => {
    if (!(await page.isVisible('#try'))) return
    await page.click('#try')
    await page.waitForSelector('#trial:is([data-outcome="equal"], [data-outcome="untried"])')
  }
  const overflow = (page: Page): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

  it.each([320, 390, 768])('is never wider than %i px', async (width) => {
    const page = await open(width, 'light')
    const wide: string[] = []
    for (const { id } of PRESETS) {
      await choose(page, id)
      await attempt(page)
      if ((await overflow(page)) > 0) wide.push(id)
    }
    await page.close()
    for (const hash of [HOSTILE, LONG_REQUEST]) {
      const long = await open(width, 'light', hash ?? '')
      await attempt(long)
      if ((await overflow(long)) > 0) wide.push(`${hash?.slice(0, 20)}`)
      await long.close()
    }
    expect(wide).toEqual([])
  })

  it.each(['light', 'dark'] as const)('can be read in the %s, each letter of it', async (scheme) => {
    const page = await open(1280, scheme)
    const back = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(back).toBe(scheme === 'light' ? 'rgb(246, 245, 241)' : 'rgb(19, 21, 24)')
    for (const id of STATES) {
      await choose(page, id)
      await attempt(page)
      expect([id, await page.evaluate(LOW_CONTRAST)]).toEqual([id, []])
    }
    await page.fill('#paste', 'hello')
    await page.click('#read-paste')
    await page.fill('#url', 'nowhere')
    await page.waitForSelector('#problem:not([hidden])')
    expect(await page.evaluate(LOW_CONTRAST)).toEqual([])
    await page.close()
  })

  it('names every control, and goes down its headings one by one', async () => {
    const page = await open(1280, 'light')
    for (const id of STATES) {
      await choose(page, id)
      await attempt(page)
      const nameless = await page.$$eval('input, select, textarea, button, a, [role="region"]', (elements) =>
        elements
          .filter((element) => {
            const labels = (element as HTMLInputElement).labels ?? []
            const named = element.getAttribute('aria-label') ?? element.textContent ?? ''
            const isField = /^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName)
            return isField ? labels.length === 0 || !labels[0]?.textContent?.trim() : named.trim() === ''
          })
          .map((element) => element.outerHTML.slice(0, 80)),
      )
      expect([id, nameless]).toEqual([id, []])
      const levels = await page.$$eval('h1, h2, h3, h4', (all) =>
        all.filter((one) => (one as HTMLElement).checkVisibility()).map((one) => Number(one.tagName.slice(1))),
      )
      expect(levels[0]).toBe(1)
      expect(levels.filter((level) => level === 1)).toHaveLength(1)
      expect(levels.filter((level, index) => level > (levels[index - 1] ?? 1) + 1)).toEqual([])
    }
    expect(await page.$$eval('[id]', (all) => all.length - new Set(all.map(({ id }) => id)).size)).toBe(0)
    expect(await page.$$eval('header, main, form[aria-label]', (all) => all.map(({ tagName }) => tagName))).toEqual([
      'HEADER',
      'MAIN',
      'FORM',
    ])
    await page.close()
  })

  it('says the verdict once it is settled, and does not chatter while somebody types', async () => {
    const page = await open(1280, 'light')
    const said = () => page.textContent('#live')
    await page.waitForFunction(() => document.querySelector('#live')?.textContent?.startsWith('Blocked. '))
    await page.locator('#method').fill('')
    await page.locator('#method').pressSequentially('DELETE', { delay: 60 })
    expect(await said()).toContain('PUT')
    await page.waitForFunction(() => document.querySelector('#live')?.textContent?.includes('DELETE'))
    expect(await page.getAttribute('#live', 'role')).toBe('status')
    await page.close()
  })

  it('puts the focus where the outcome is, when the button that was pressed is gone', async () => {
    const page = await open(1280, 'light')
    await page.focus('#apply-fix')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#verdict[data-outcome="shared"]')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('verdict')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('try')
    await page.close()
  })

  it('leads on a phone to the verdict, which is below the form', async () => {
    const page = await open(390, 'light')
    expect(await page.textContent('#peek')).toBe('✕ Blocked')
    await page.click('#peek')
    await page.waitForSelector('#peek', { state: 'hidden' })
    expect(await page.isVisible('#verdict-body .title')).toBe(true)
    await page.close()
  })

  it('wraps the policy on a phone, and begins with what people have: a line to paste', async () => {
    const page = await open(390, 'light')
    const [width, content] = await page.$eval('#policy', (editor) => [editor.clientWidth, editor.scrollWidth])
    expect(content).toBe(width)
    expect(await page.$eval('#form textarea', ({ id }) => id)).toBe('paste')
    await page.close()
  })

  it('judges the server of an archive, on a phone too, and goes back to the form when it is edited', async () => {
    const page = await open(390, 'light')
    const entry = {
      request: {
        method: 'GET',
        url: 'https://shop.example.com/cart',
        headers: [
          { name: 'Origin', value: 'https://www.example.com' },
          { name: 'Sec-Fetch-Mode', value: 'cors' },
        ],
      },
      response: { status: 200, headers: [] },
    }
    const har = Buffer.from(JSON.stringify({ log: { entries: [entry] } }))
    await page.setInputFiles('#paste-file', { name: 'a.har', mimeType: 'application/json', buffer: har })
    await page.waitForSelector('#theirs:not([hidden])')
    expect(await page.textContent('#theirs .title')).toBe('Blocked')
    expect(await page.textContent('#theirs')).toContain('npx corsmith check https://shop.example.com/cart')
    expect(await page.textContent('#peek')).toBe('✕ Blocked')
    expect([await overflow(page), await page.evaluate(LOW_CONTRAST)]).toEqual([0, []])
    await page.fill('#url', 'https://api.example.com/x')
    await page.waitForSelector('#theirs', { state: 'hidden' })
    await page.close()
  })

  it('says without JavaScript what is missing', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(started.playground)
    expect(await page.locator('noscript p').boundingBox()).not.toBeNull()
    expect(await page.textContent('noscript p')).toContain('The playground computes with JavaScript')
    await context.close()
  })

  it('computes wherever its files lie, and says that trials need the endpoint', async () => {
    const files = await buildPlayground()
    const types: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' }
    await using server = await listen((request, response) => {
      const name = (request.url ?? '').replace('/some/where/', '') || 'index.html'
      const body = files.get(name)
      response.writeHead(body === undefined ? 404 : 200, {
        'Content-Type': types[name.split('.').at(-1) ?? ''] ?? 'text/plain',
      })
      response.end(body)
    })
    const page = await browser.newPage()
    await page.goto(`${server.origin}/some/where/`)
    await page.waitForSelector('body[data-state="ready"]')
    expect(await page.getAttribute('#verdict', 'data-outcome')).toBe('blocked')
    await page.click('#try')
    await page.waitForSelector('#trial[data-outcome="untried"]')
    expect(await page.textContent('#trial-body')).toBe('There is no test endpoint here: it comes with npm start.')
    await page.close()
  })

  it('is served with a policy that lets nobody add a script, and runs under it', async () => {
    const answer = await send(started.playground)
    expect(answer.all('Content-Security-Policy')[0]).toContain("script-src 'self'")
    const page = await open(1280, 'light')
    const isRefused = await page.evaluate(() => {
      try {
        document.body.innerHTML = '<b>x</b>'
        return false
      } catch {
        return true
      }
    })
    expect(isRefused).toBe(true)
    await page.close()
  })
})
