/** A person at a page, in a real Chromium or Firefox: the few things that a test of the playground does, the same in both. */

import { startMarionette } from '../browsers/marionette.ts'
import { type Chromium, launchChromium } from './chromium.ts'
import type { Firefox } from './firefox.ts'

/** A browser with one page open. */
export interface Visitor {
  /** Opens a URL, past what is remembered of the page before. */
  goto(url: string): Promise<void>
  /** Runs the body of an async function in the page. */
  run<T>(body: string): Promise<T>
  /** Clicks as a pointer does. */
  click(selector: string): Promise<void>
  /** Types a text into a field, in the place of what is in it. */
  fill(selector: string, text: string): Promise<void>
  /** Presses a key. */
  press(key: keyof typeof KEYS): Promise<void>
  /** Everything in the console that is an error and not about CORS or the network. */
  complaints(): Promise<readonly string[]>
  /** The lines in the console that are about CORS, since this was last asked. */
  corsLines(): Promise<readonly string[]>
  close(): Promise<void>
}

/** Keys by their code points in WebDriver. */
const KEYS = { Tab: '\uE004', Enter: '\uE007' } as const

/** Opens Chromium. */
export async function visitWithChromium(chromium: Chromium): Promise<Visitor> {
  const browser = await launchChromium(chromium)
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  const complaints: string[] = []
  let lines: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    const text = message.text()
    if (text.includes('CORS policy')) lines.push(text)
    if (message.type() === 'error' && !/^Access to fetch at|^Failed to load resource/.test(text)) complaints.push(text)
  })
  return {
    goto: async (url) => {
      await page.goto('about:blank')
      await page.goto(url)
    },
    run: (body) => page.evaluate(`(async () => { ${body} })()`),
    click: (selector) => page.click(selector),
    fill: (selector, text) => page.fill(selector, text),
    press: (key) => page.keyboard.press(key),
    complaints: async () => complaints,
    corsLines: async () => {
      const taken = lines
      lines = []
      return taken
    },
    close: () => browser.close(),
  }
}

const LISTEN = `
  window.complaints = []
  window.corsLines = []
  window.complaintListener = { observe(message) {
    if (message instanceof Ci.nsIScriptError && message.category.startsWith('CORS')) window.corsLines.push(message.errorMessage)
    if (message instanceof Ci.nsIScriptError && !(message.flags & Ci.nsIScriptError.warningFlag) && /^http/.test(message.sourceName))
      window.complaints.push([message.category, message.errorMessage])
  } }
  Services.console.registerListener(window.complaintListener)`

/** Opens Firefox. */
export async function visitWithFirefox({ executablePath }: Firefox): Promise<Visitor> {
  const firefox = await startMarionette(executablePath)
  const inChrome = async (script: string): Promise<unknown> => {
    await firefox.command('Marionette:SetContext', { value: 'chrome' })
    const { value } = await firefox.command('WebDriver:ExecuteScript', { script, args: [], sandbox: 'system' })
    await firefox.command('Marionette:SetContext', { value: 'content' })
    return value
  }
  const find = async (selector: string): Promise<string> => {
    const { value } = await firefox.command('WebDriver:FindElement', { using: 'css selector', value: selector })
    return Object.values(value as Record<string, string>)[0] ?? ''
  }
  await inChrome(LISTEN)
  return {
    goto: async (url) => {
      await firefox.command('WebDriver:Navigate', { url: 'about:blank' })
      await firefox.command('WebDriver:Navigate', { url })
    },
    run: async <T>(body: string): Promise<T> => {
      const script = `const done = arguments[0]; (async () => { ${body} })().then((value) => done([value]), (error) => done(String(error)))`
      const { value } = await firefox.command('WebDriver:ExecuteAsyncScript', { script, args: [], sandbox: null })
      if (!Array.isArray(value)) throw new Error(String(value))
      return value[0] as T
    },
    click: async (selector) => {
      await firefox.command('WebDriver:ElementClick', { id: await find(selector) })
    },
    fill: async (selector, text) => {
      const id = await find(selector)
      await firefox.command('WebDriver:ElementClear', { id })
      await firefox.command('WebDriver:ElementSendKeys', { id, text })
    },
    press: async (key) => {
      const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value: KEYS[key] }))
      await firefox.command('WebDriver:PerformActions', { actions: [{ type: 'key', id: 'keyboard', actions }] })
    },
    complaints: async () => {
      const all = (await inChrome('return window.complaints')) as readonly (readonly [string, string])[]
      return all.filter(([category]) => !category.startsWith('CORS')).map(([category, text]) => `${category}: ${text}`)
    },
    corsLines: async () =>
      (await inChrome('const taken = window.corsLines; window.corsLines = []; return taken')) as readonly string[],
    close: () => firefox.close(),
  }
}
