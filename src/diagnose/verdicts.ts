import type { CorsFailure } from '../browser/failure.ts'
import type { Send } from '../browser/fetch-params.ts'
import type { PageInit } from '../browser/request.ts'
import type { BrowserModel, BrowserName } from '../browser/rules.ts'
import { createSimulator, type Verdict } from '../browser/simulator.ts'
import type { Call } from './page-request.ts'

/** The browsers, in the order of reports. */
export const BROWSER_NAMES: readonly BrowserName[] = ['chromium', 'firefox', 'webkit']

/** The verdict of each browser. */
export type Verdicts = Readonly<Record<BrowserName, Verdict>>

/** Asks every browser, one after the other. They share the requests that were sent. */
export async function askBrowsers(call: Call, send: Send): Promise<Verdicts> {
  return {
    chromium: await askBrowser('chromium', call, send),
    firefox: await askBrowser('firefox', call, send),
    webkit: await askBrowser('webkit', call, send),
  }
}

/** Asks one browser, with an empty preflight cache. */
export function askBrowser(browser: BrowserModel, call: Call, send: Send): Promise<Verdict> {
  return createSimulator({ browser: browser, send }).page(call.origin).fetch(call.url, pageInit(call))
}

function pageInit(call: Call): PageInit {
  return {
    method: call.method,
    headers: call.headers.map(([name, value]): [string, string] => [name, value]),
    credentials: call.credentials,
    mode: call.mode,
    initiator: call.initiator,
    uploadListener: call.uploadListener,
    ...(call.body === null || call.method === 'GET' || call.method === 'HEAD' ? {} : { body: call.body }),
  }
}

/**
 * Finds the first failure, Chromium's before the others. Returns null if every browser shares. A
 * request that was withheld on purpose is not a failure.
 */
export function firstFailure(
  verdicts: Verdicts,
  isWithheld: boolean,
): { browser: BrowserName; failure: CorsFailure } | null {
  for (const browser of BROWSER_NAMES) {
    const verdict = verdicts[browser]
    if (!verdict.shared && !(isWithheld && verdict.failure.code === 'network-error'))
      return { browser: browser, failure: verdict.failure }
  }
  return null
}
