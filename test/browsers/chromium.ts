/** Chromium over the DevTools protocol, which names the CORS error of every failed load. */
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { MissingBrowser, type RealBrowser, type Reason, scenarioOf } from './engine.ts'
import { type PageScenario, runAll, runStep } from './in-page.ts'

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A sandboxed frame in a process of its own would need a session of its own.
  '--disable-features=IsolateSandboxedIframes',
]

/** Starts Chromium with a page open. */
export async function startChromium(pageUrl: string): Promise<RealBrowser> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  if (!existsSync(executablePath)) throw new MissingBrowser(executablePath)
  const browser = await chromium.launch({ executablePath, args: ARGS })
  const page = await (await browser.newContext()).newPage()
  const devtools = await page.context().newCDPSession(page)
  const urls = new Map<string, string>()
  let reasons: Reason[] = []
  devtools.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (!urls.has(requestId)) urls.set(requestId, request.url)
  })
  devtools.on('Network.loadingFailed', ({ requestId, errorText, corsErrorStatus }) => {
    const id = scenarioOf(urls.get(requestId) ?? '')
    if (id !== null && errorText !== 'net::ERR_ABORTED') reasons.push([id, corsErrorStatus?.corsError ?? errorText])
  })
  await devtools.send('Network.enable')
  await page.goto(pageUrl)
  return {
    name: 'chromium',
    version: browser.version(),
    run: (scenarios: readonly PageScenario[]) =>
      page.evaluate(([run, code, list, width]) => globalThis.eval(`(${run})`)(code, list, width), [
        String(runAll),
        `(${runStep})`,
        scenarios,
        24,
      ] as const),
    evaluate: (expression) => page.evaluate(expression),
    reasons: async () => {
      await new Promise((resolve) => setTimeout(resolve, 150))
      const taken = reasons
      reasons = []
      return taken
    },
    close: () => browser.close(),
  }
}
