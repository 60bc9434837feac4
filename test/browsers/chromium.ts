/** Chromium over the DevTools protocol, which names the CORS error of every failed load. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { MissingBrowser, type RealBrowser, type Reason } from './engine.ts'
import { type PageScenario, runAll, runStep } from './in-page.ts'
import type { StepResult } from './scenario.ts'

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A sandboxed frame, or one of another site, in a process of its own would need a session of its own.
  '--disable-features=IsolateSandboxedIframes,IsolateOrigins,site-per-process',
  '--disable-site-isolation-trials',
]

/** Where Chromium is. */
export function chromiumPath(): string {
  return process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
}

/** Starts Chromium with a page open. */
export async function startChromium(pageUrl: string): Promise<RealBrowser> {
  const executablePath = chromiumPath()
  if (!existsSync(executablePath)) throw new MissingBrowser(executablePath)
  const profile = makeProfile()
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: ARGS,
    ignoreHTTPSErrors: true,
  })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  const urls = new Map<string, string>()
  let reasons: Reason[] = []
  let lines: string[] = []
  page.on('console', (message) => {
    if (message.text().includes('CORS policy')) lines.push(message.text())
  })
  devtools.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (!urls.has(requestId)) urls.set(requestId, request.url)
  })
  devtools.on('Network.loadingFailed', ({ requestId, errorText, corsErrorStatus }) => {
    const url = urls.get(requestId) ?? ''
    if (errorText !== 'net::ERR_ABORTED') reasons.push([url, corsErrorStatus?.corsError ?? errorText])
  })
  await devtools.send('Network.enable')
  await page.goto(pageUrl)
  return {
    name: 'chromium',
    version: context.browser()?.version() ?? '',
    run: async (scenarios: readonly PageScenario[]) =>
      (await page.evaluate(
        `(${runAll})(${JSON.stringify(`(${runStep})`)}, ${JSON.stringify(scenarios)}, 24)`,
      )) as StepResult[][],
    evaluate: (expression) => page.evaluate(expression),
    reasons: async () => {
      await new Promise((resolve) => setTimeout(resolve, 150))
      const taken = { codes: reasons, lines }
      reasons = []
      lines = []
      return taken
    },
    close: async () => {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

/** Makes a profile that keeps cookies of other sites, as Chrome does. Debian's Chromium and incognito windows block them. */
function makeProfile(): string {
  const profile = mkdtempSync(join(tmpdir(), 'corsmith-chromium-'))
  mkdirSync(join(profile, 'Default'))
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify({ profile: { cookie_controls_mode: 0 } }))
  return profile
}
