import type { CorsFailure } from './failure.ts'
import type { FailureCode } from './failures.ts'
import { explainOutcome, indented, log, unread } from './outcome-text.ts'
import { OUTCOME, type Outcome } from './page/outcome.ts'

/** What {@link expectShared} checks of a response, besides that the page may read it. */
export interface SharedExpectation {
  /** The status that the page sees. By default any. */
  readonly status?: number
  /** Header names that the page can read. */
  readonly exposes?: readonly string[]
  /** Header names that the server sends and the page cannot read. */
  readonly hides?: readonly string[]
  /** Whether a preflight was sent. By default both are right. */
  readonly preflighted?: boolean
}

/**
 * What `page.fetch` or `page.request` gives, awaited or not. `undefined` stands for a request that
 * was never made.
 */
export type Fetched = Outcome | Response | undefined

/**
 * Expects that a page gets a response, and gives it.
 *
 * It works in every test runner: a failed expectation throws an Error whose message says what each
 * browser would print and which header was wrong.
 *
 * @param fetched what `page.fetch` or `page.request` gives, or an entry of `page.outcomes`
 * @param expected what else to check; nothing by default
 * @returns the response as the page sees it
 * @throws {Error} where the browser keeps the response from the page, or the response is not as
 * expected
 * @example
 * ```ts
 * import { createBrowser, expectShared } from 'corsmith/testing'
 *
 * const headers = {
 *   'Access-Control-Allow-Origin': '*',
 *   'Access-Control-Expose-Headers': 'ETag',
 *   ETag: '"1"',
 * }
 * const browser = createBrowser({ fetch: () => new Response('hello', { headers }) })
 * const fetched = browser.page('https://app.example.com').fetch('https://api.example.com/items')
 * const response = await expectShared(fetched, { exposes: ['ETag'], preflighted: false })
 * await response.text() // 'hello'
 * ```
 */
export async function expectShared(
  fetched: Fetched | Promise<Fetched>,
  expected: SharedExpectation = {},
): Promise<Response> {
  const seen = await outcomeOf(fetched)
  if (!seen.shared)
    throw new Error(
      `expected a shared response, but the browser refused it\n${explainOutcome(seen.failure, seen.exchanges)}`,
    )
  const { response } = seen
  const wrong: string[] = []
  if (expected.status !== undefined && response.status !== expected.status) {
    wrong.push(`status: expected ${expected.status}, got ${response.status}`)
  }
  for (const name of expected.exposes ?? []) {
    if (!response.headers.has(name)) wrong.push(unread(name, seen.exchanges))
  }
  for (const name of expected.hides ?? []) {
    if (response.headers.has(name)) wrong.push(`${name}: expected to be hidden, but the page can read it`)
  }
  const wasPreflighted = seen.exchanges.some(({ kind }) => kind === 'preflight')
  if (expected.preflighted !== undefined && expected.preflighted !== wasPreflighted) {
    wrong.push(wasPreflighted ? 'expected no preflight, but one was sent' : 'expected a preflight, but none was sent')
  }
  if (wrong.length > 0)
    throw new Error(`the response is shared, but not as expected\n${indented(wrong)}\n${log(seen.exchanges)}`)
  return response
}

/**
 * Expects that the browser keeps a response from a page, and gives the failure.
 *
 * @param fetched what `page.fetch` or `page.request` gives, or an entry of `page.outcomes`
 * @param code the reason that is expected; any reason by default
 * @returns the failure, in every browser's words
 * @throws {Error} where the page gets the response, or the reason is another
 * @example
 * ```ts
 * import { createBrowser, expectRefused } from 'corsmith/testing'
 *
 * const browser = createBrowser({ fetch: () => new Response('hello') })
 * const fetched = browser.page('https://stranger.example').fetch('https://api.example.com/items')
 * const { consoleMessage } = await expectRefused(fetched, 'allow-origin-missing')
 * ```
 */
export async function expectRefused(fetched: Fetched | Promise<Fetched>, code?: FailureCode): Promise<CorsFailure> {
  const seen = await outcomeOf(fetched)
  if (seen.shared) {
    const found = `the page got ${seen.response.status} (${seen.response.type})`
    throw new Error(`expected the browser to refuse the response, but ${found}\n${log(seen.exchanges)}`)
  }
  if (code !== undefined && seen.failure.code !== code) {
    const found = explainOutcome(seen.failure, seen.exchanges)
    throw new Error(`expected the reason ${code}, but it was ${seen.failure.code}\n${found}`)
  }
  return seen.failure
}

/**
 * Expects that a page gets its response and that no preflight was sent: the request needs none, or
 * the preflight cache allows it.
 *
 * @param fetched what `page.fetch` or `page.request` gives, or an entry of `page.outcomes`
 * @returns the response as the page sees it
 * @throws {Error} where a preflight was sent, or the browser keeps the response from the page
 * @example
 * ```ts
 * import { createBrowser, expectNoPreflight } from 'corsmith/testing'
 *
 * const headers = { 'Access-Control-Allow-Origin': '*' }
 * const browser = createBrowser({ fetch: () => new Response('hello', { headers }) })
 * const page = browser.page('https://app.example.com')
 * await expectNoPreflight(page.fetch('https://api.example.com/users'))
 * ```
 */
export async function expectNoPreflight(fetched: Fetched | Promise<Fetched>): Promise<Response> {
  return expectShared(fetched, { preflighted: false })
}

/** Finds the outcome behind a response of `page.fetch`, or behind the error that it throws. */
export async function outcomeOf(fetched: Fetched | Promise<Fetched>): Promise<Outcome> {
  let found: unknown
  try {
    found = await fetched
  } catch (error) {
    found = error
    if (markOf(error) === undefined) throw error
  }
  if (found === undefined) throw new Error('expected an outcome of a page, but it made no request')
  const outcome = markOf(found) ?? found
  if (typeof outcome === 'object' && outcome !== null && 'shared' in outcome) return outcome as Outcome
  throw new Error('expected an outcome of a page of createBrowser(), but this is another object')
}

function markOf(object: unknown): unknown {
  return typeof object === 'object' && object !== null ? Reflect.get(object, OUTCOME) : undefined
}
