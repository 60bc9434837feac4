import {
  fetchInPage,
  type PageFetchInit,
  type PageRefusal,
  type PageResponse,
  requireRefused,
  requireShared,
} from './fetched.ts'

/** What is used of a page of Playwright. Puppeteer's has it too. */
export interface DrivenPage {
  url(): string
  evaluate<R, A>(act: (argument: A) => R | Promise<R>, argument: A): Promise<R>
  on(event: 'console', listener: (message: { text(): string }) => void): unknown
  off(event: 'console', listener: (message: { text(): string }) => void): unknown
}

/** The line of the console may arrive after the error that the page got, in milliseconds. */
const LATE_LINE_MS = 150

/**
 * Expects that a page in a real browser gets a response, and gives it.
 *
 * @param page a page of Playwright, which is open at the origin that the request comes from
 * @param url the address to fetch
 * @param init options of `fetch()`; a GET by default
 * @returns the response as the page sees it
 * @throws {Error} where the page gets none: with the line of the console, its meaning and the command
 * that finds the cause
 *
 * @example
 * ```ts
 * import { type DrivenPage, expectShared } from 'corsmith/playwright'
 *
 * export async function saves(page: DrivenPage): Promise<void> {
 *   const { status } = await expectShared(page, 'https://api.example.com/items/1', { method: 'PUT' })
 *   if (status !== 204) throw new Error(`not saved: ${status}`)
 * }
 * ```
 */
export async function expectShared(page: DrivenPage, url: string, init: PageFetchInit = {}): Promise<PageResponse> {
  return requireShared(await judge(page, url, init))
}

/**
 * Expects that a real browser keeps a response from a page, and gives what the browser said.
 *
 * @param page a page of Playwright, which is open at the origin that the request comes from
 * @param url the address to fetch
 * @param init options of `fetch()`; a GET by default
 * @param code the code of the console line that is expected; any by default. Chromium's console can
 *   be read, that of other browsers not always.
 * @returns the error of the page, and the console line with its meaning
 * @throws {Error} where the page gets the response, or the reason is another
 *
 * @example
 * ```ts
 * import { type DrivenPage, expectRefused } from 'corsmith/playwright'
 *
 * export async function keepsStrangersOut(stranger: DrivenPage): Promise<void> {
 *   await expectRefused(stranger, 'https://api.example.com/items', {}, 'allow-origin-missing')
 * }
 * ```
 */
export async function expectRefused(
  page: DrivenPage,
  url: string,
  init: PageFetchInit = {},
  code?: string,
): Promise<PageRefusal> {
  return requireRefused(await judge(page, url, init), code)
}

async function judge(page: DrivenPage, url: string, init: PageFetchInit) {
  const lines: string[] = []
  const listen = (message: { text(): string }) => void lines.push(message.text())
  page.on('console', listen)
  try {
    const fetched = await page.evaluate(fetchInPage, { url, init })
    if ('error' in fetched) await new Promise((resolve) => setTimeout(resolve, LATE_LINE_MS))
    return { fetched, url, init, page: page.url(), lines }
  } finally {
    page.off('console', listen)
  }
}
