import {
  type PageFetched,
  type PageFetchInit,
  type PageRefusal,
  type PageResponse,
  requireRefused,
  requireShared,
} from './fetched.ts'

/** What is used of the window of a page, as `cy.window()` gives it. */
export interface PageWindow {
  readonly location: { readonly href: string }
  fetch(url: string, init?: PageFetchInit): Promise<Response>
}

/**
 * Expects that the page of a window gets a response, and gives it.
 *
 * @param window the window of the page under test: what `cy.window()` gives
 * @param url the address to fetch
 * @param init options of `fetch()`; a GET by default
 * @returns the response as the page sees it
 * @throws {Error} where the page gets none, with the command that finds the cause
 *
 * @example
 * ```ts
 * import { expectShared, type PageWindow } from 'corsmith/cypress'
 *
 * declare const cy: { window(): { then(act: (window: PageWindow) => unknown): void } }
 *
 * cy.window().then((window) => expectShared(window, 'https://api.example.com/items'))
 * ```
 */
export async function expectShared(window: PageWindow, url: string, init: PageFetchInit = {}): Promise<PageResponse> {
  return requireShared(await judge(window, url, init))
}

/**
 * Expects that the browser keeps a response from the page of a window.
 *
 * @param window the window of the page under test: what `cy.window()` gives
 * @param url the address to fetch
 * @param init options of `fetch()`; a GET by default
 * @returns the error that the page got; the reason stands in the console alone
 * @throws {Error} where the page gets the response
 *
 * @example
 * ```ts
 * import { expectRefused, type PageWindow } from 'corsmith/cypress'
 *
 * declare const cy: { window(): { then(act: (window: PageWindow) => unknown): void } }
 *
 * cy.window().then((window) => expectRefused(window, 'https://api.example.com/admin'))
 * ```
 */
export async function expectRefused(window: PageWindow, url: string, init: PageFetchInit = {}): Promise<PageRefusal> {
  return requireRefused(await judge(window, url, init))
}

async function judge(window: PageWindow, url: string, init: PageFetchInit) {
  const page = window.location.href
  return { fetched: await fetchIn(window, url, init), url, init, page, lines: [] }
}

async function fetchIn(window: PageWindow, url: string, init: PageFetchInit): Promise<PageFetched> {
  try {
    const answer = await window.fetch(url, init)
    const { status, type, url: last } = answer
    const headers = Object.fromEntries(answer.headers)
    return { response: { status, type, url: last, headers, body: await answer.text() } }
  } catch (error) {
    return { error: String(error) }
  }
}
