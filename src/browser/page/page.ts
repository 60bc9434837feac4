import { toResponse } from '../conversions.ts'
import type { CorsFailure } from '../failure.ts'
import type { PageInit } from '../request.ts'
import type { BrowserModel } from '../rules.ts'
import type { SimulatedPage } from '../simulator.ts'
import { installGlobals } from './install.ts'
import { OUTCOME, type Outcome } from './outcome.ts'
import { xmlHttpRequestOf } from './xml-http-request.ts'

/**
 * The `fetch()` of a page, assignable to `typeof fetch`.
 *
 * @example
 * ```ts
 * import { createBrowser } from 'corsmith/testing'
 *
 * const page = createBrowser({ fetch: () => Response.json({ ok: true }) }).page('https://app.example.com')
 * const response = await page.fetch('https://app.example.com/api')
 * await response.json() // { ok: true }
 * ```
 * @see https://fetch.spec.whatwg.org/#fetch-method
 */
export interface PageFetch {
  /**
   * Fetches as a page would.
   *
   * @param input a URL, relative to the page's origin, or a `Request`, whose body is used up
   * @param init as in `fetch()`; `initiator` and `uploadListener` say what `fetch()` cannot
   * @returns the response as the page sees it
   * @throws {TypeError} as a browser does: for a network error, whose `cause` is the {@link
   * CorsFailure}, and for wrong arguments
   * @throws the reason of an aborted `signal`
   */
  (input: string | URL | Request, init?: PageInit): Promise<Response>
  /** Does nothing. The `typeof fetch` of Bun has it. */
  preconnect(url: string | URL): void
}

/** A page of one origin in a simulated browser. */
export interface Page {
  /** The serialized origin of the page. */
  readonly origin: string
  /**
   * The outcome of every request of the page so far: by `fetch`, `request` or an
   * installed `XMLHttpRequest`.
   */
  readonly outcomes: readonly Outcome[]
  /** The `fetch()` of the page, for code that takes a `fetch`. It needs no `this`. */
  readonly fetch: PageFetch
  /**
   * Fetches like `fetch`, and resolves to the outcome in both cases.
   *
   * @param input a URL, relative to the page's origin, or a `Request`, whose body is used up
   * @param init as in `fetch()`
   * @returns the response, or the failure in every browser's words, with everything that was sent
   * @throws {TypeError} for arguments that `fetch()` itself refuses
   * @throws the reason of an aborted `signal`
   * @example
   * ```ts
   * import { createBrowser } from 'corsmith/testing'
   *
   * const page = createBrowser({ fetch: () => new Response('hello') }).page('https://app.example.com')
   * const outcome = await page.request('https://api.example.com/')
   * if (!outcome.shared) console.log(outcome.failure.consoleMessage.chromium)
   * ```
   */
  request(input: string | URL | Request, init?: PageInit): Promise<Outcome>
  /**
   * Puts the page's `fetch` and `XMLHttpRequest` in place of the global ones, for code that takes
   * none, and with them a `Request` that resolves relative URLs, `location` and `self`. Install
   * before you import a library that keeps the global `fetch` when it loads.
   *
   * The server function shares the global objects: there, `fetch(request)` with the very request
   * that it was given goes to the network.
   *
   * @returns a function that restores what was there before
   * @example
   * ```ts
   * import { createBrowser } from 'corsmith/testing'
   *
   * const page = createBrowser({ fetch: () => Response.json({ ok: true }) }).page('https://app.example.com')
   * const restore = page.install()
   * try {
   *   await fetch('/api') // https://app.example.com/api, asked as the page would
   * } finally {
   *   restore()
   * }
   * ```
   */
  install(): () => void
}

/** What a browser's `fetch()` says of every network error. */
const MESSAGES: Readonly<Record<BrowserModel, string>> = {
  spec: 'Failed to fetch',
  chromium: 'Failed to fetch',
  firefox: 'NetworkError when attempting to fetch resource.',
  webkit: 'Load failed',
}

/** What a page is made of. */
export interface PageParts {
  readonly origin: string
  readonly browser: BrowserModel
  readonly simulated: SimulatedPage
  /** Tells whether a request is one that the simulator handed to the server function. */
  readonly isHandedOver: (input: unknown) => boolean
}

/** Makes a page that speaks `Request` and `Response` of one that speaks header lines. */
export function createPage({ origin, browser, simulated, isHandedOver }: PageParts): Page {
  const outcomes: Outcome[] = []
  const request: Page['request'] = async (input, given) => {
    // A script may pass null, which is an empty dictionary.
    const init = given ?? {}
    const own = typeof input === 'object' && 'signal' in input ? input.signal : null
    const signal = init.signal === undefined ? own : init.signal
    signal?.throwIfAborted()
    const verdict = await untilAborted(simulated.fetch(input, init), signal)
    const outcome: Outcome = verdict.shared
      ? {
          shared: true,
          response: toResponse(verdict, signal),
          exposedHeaders: verdict.exposedHeaders,
          exchanges: verdict.exchanges,
          notes: verdict.notes,
        }
      : verdict
    outcomes.push(outcome)
    return outcome
  }
  const fetch = async (input: string | URL | Request, init?: PageInit): Promise<Response> => {
    const outcome = await request(input, init)
    if (outcome.shared) return marked(outcome.response, outcome)
    throw marked(networkErrorOf(browser, outcome.failure), outcome)
  }
  return {
    origin,
    outcomes,
    fetch: Object.assign(fetch, { preconnect() {} }),
    request,
    install: () => installGlobals({ origin, fetch, isHandedOver, XMLHttpRequest: xmlHttpRequestOf(origin, request) }),
  }
}

/**
 * Waits for a result, or for a signal. After an abort the server function goes on, and its response
 * is dropped.
 */
function untilAborted<T>(result: Promise<T>, signal: AbortSignal | null): Promise<T> {
  if (signal === null) return result
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/**
 * Makes the error that a browser's `fetch()` throws. Libraries know it by its message, and Safari's
 * by the stack that it lacks.
 */
function networkErrorOf(browser: BrowserModel, cause: CorsFailure): TypeError {
  const error = new TypeError(MESSAGES[browser], { cause })
  return browser === 'webkit' ? Object.defineProperty(error, 'stack', { value: undefined }) : error
}

/** Lets assertions find the outcome behind a response or an error. */
function marked<T extends object>(object: T, outcome: Outcome): T {
  return Object.defineProperty(object, OUTCOME, { value: outcome, configurable: true })
}
