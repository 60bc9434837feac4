import { expectRefused, expectShared, type Fetched, outcomeOf, type SharedExpectation } from './assertions.ts'
import type { FailureCode } from './failures.ts'

/** What a matcher gives to the test runner. */
export interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

/** The value under test: what `page.fetch` or `page.request` gives, awaited or not. */
export type PageOutcome = Fetched | Promise<Fetched>

/**
 * The matchers as they stand after `expect(…)`. A declaration file of your own gives them to the
 * `expect` of your test runner. Each returns a Promise: write `await`.
 *
 * @typeParam R what the test runner returns from a matcher
 */
export interface CorsMatchers<R = unknown> {
  /**
   * Expects that the page gets the response.
   *
   * @param expected what else to check of the response; nothing by default
   */
  toBeShared(expected?: SharedExpectation): R
  /**
   * Expects that the browser keeps the response from the page.
   *
   * @param code the reason that is expected; any reason by default
   */
  toBeRefused(code?: FailureCode): R
  /** Expects that a preflight was sent. */
  toBePreflighted(): R
}

/**
 * Matchers about what a page gets, for `expect.extend()` of Vitest, Jest and Bun.
 *
 * @example
 * ```ts
 * import { corsMatchers, createBrowser } from 'corsmith/vitest'
 *
 * // In a set-up file: expect.extend(corsMatchers)
 * const headers = { 'Access-Control-Allow-Origin': '*' }
 * const browser = createBrowser({ fetch: () => new Response('hello', { headers }) })
 * const page = browser.page('https://app.example.com')
 * const { pass } = await corsMatchers.toBeShared(page.fetch('https://api.example.com/'), { status: 200 })
 * ```
 */
export const corsMatchers: {
  readonly toBeShared: (received: PageOutcome, expected?: SharedExpectation) => Promise<MatcherResult>
  readonly toBeRefused: (received: PageOutcome, code?: FailureCode) => Promise<MatcherResult>
  readonly toBePreflighted: (received: PageOutcome) => Promise<MatcherResult>
} = {
  async toBeShared(received, expected) {
    // A value that is not an outcome is a mistake of the test, which `.not` must not hide.
    const outcome = await outcomeOf(received)
    const fault = await faultOf(() => expectShared(outcome, expected))
    return fault === null
      ? { pass: true, message: () => 'expected the browser to keep the response from the page, but the page got it' }
      : { pass: false, message: () => fault }
  },
  async toBeRefused(received, code) {
    const outcome = await outcomeOf(received)
    const fault = await faultOf(() => expectRefused(outcome, code))
    if (fault !== null) return { pass: false, message: () => fault }
    const shared = await faultOf(() => expectShared(outcome))
    const reason = code === undefined ? '' : ` for another reason than ${code}`
    return { pass: true, message: () => `expected no refusal${reason}\n${shared}` }
  },
  async toBePreflighted(received) {
    const { exchanges } = await outcomeOf(received)
    const pass = exchanges.some(({ kind }) => kind === 'preflight')
    return {
      pass,
      message: () => (pass ? 'expected no preflight, but one was sent' : 'expected a preflight, but none was sent'),
    }
  },
}

async function faultOf(act: () => Promise<unknown>): Promise<string | null> {
  try {
    await act()
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
