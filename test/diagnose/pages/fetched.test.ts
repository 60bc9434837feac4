import { afterEach, describe, expect, it, vi } from 'vitest'
import { fetchInPage, type Judged, requireRefused, requireShared } from '../../../src/diagnose/pages/fetched.ts'

const URL_ = 'https://api.example.com/items'
const FAILED = 'TypeError: Failed to fetch'
const MISSING = `Access to fetch at '${URL_}' from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`
const REFUSED = `GET ${URL_} net::ERR_CONNECTION_REFUSED`

/** A request of a page that was refused, with what the console said. */
const refused = (
  lines: readonly string[],
  { url = URL_, init = {}, page = 'https://app.example.com/list' }: Partial<Judged> = {},
): Judged => ({
  fetched: { error: FAILED },
  url,
  init,
  page,
  lines,
})

const RESPONSE = { status: 201, type: 'cors', url: URL_, headers: { etag: '"1"' }, body: 'x' }
const shared: Judged = { ...refused([]), fetched: { response: RESPONSE } }

/** The message of the error that an act ends in. */
function errorOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return (error as Error).message
  }
  return expect.fail('nothing was thrown')
}

describe('fetchInPage()', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('gives the response as the page sees it', async () => {
    const asked: unknown[] = []
    vi.stubGlobal('fetch', async (...given: unknown[]) => {
      asked.push(given)
      return new Response('body', { status: 202, headers: { ETag: '"1"', 'X-A': 'a' } })
    })
    const init = { method: 'POST', headers: { 'X-A': '1' } }
    expect(await fetchInPage({ url: URL_, init })).toEqual({
      response: {
        status: 202,
        type: 'default',
        url: '',
        headers: { 'content-type': 'text/plain;charset=UTF-8', etag: '"1"', 'x-a': 'a' },
        body: 'body',
      },
    })
    expect(asked).toEqual([[URL_, init]])
  })

  it('gives the text of the error', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch')
    })
    expect(await fetchInPage({ url: URL_, init: {} })).toEqual({ error: FAILED })
  })
})

describe('requireShared()', () => {
  it('gives the response', () => expect(requireShared(shared)).toBe(RESPONSE))

  it('tells what the console says of CORS, what it means, and what to do first', () => {
    expect(errorOf(() => requireShared(refused(['a line of the page', REFUSED, MISSING]))).split('\n')).toEqual([
      `expected the page https://app.example.com/list to get ${URL_}, but it got: ${FAILED}`,
      `  ${REFUSED}`,
      `  ${MISSING}`,
      expect.stringMatching(/^ {2}A response has no Access-Control-Allow-Origin\./),
      expect.stringMatching(/^ {2}First: \w/),
      `  npx corsmith check ${URL_} --origin https://app.example.com`,
    ])
  })

  it.each<readonly [string, Partial<Judged>, string]>([
    ['a GET', {}, `check ${URL_} --origin https://app.example.com`],
    ['a GET by name', { init: { method: 'GET' } }, `check ${URL_} --origin https://app.example.com`],
    ['a path of the page', { url: '/a?b=1' }, "check 'https://app.example.com/a?b=1' --origin https://app.example.com"],
    [
      'every option',
      { init: { method: 'PUT', headers: { 'X-A': '1', 'X-B': "it's" }, credentials: 'include' } },
      `check ${URL_} --origin https://app.example.com -X PUT -H 'X-A: 1' -H 'X-B: it'\\''s' --credentials include`,
    ],
    [
      'credentials that are left out',
      { init: { credentials: 'omit' } },
      `check ${URL_} --origin https://app.example.com --credentials omit`,
    ],
    ['a page without an address', { page: 'nowhere' }, `check ${URL_} --origin nowhere`],
    ['an address that cannot be read', { url: '//', page: 'nowhere' }, 'check // --origin nowhere'],
  ])('names the command that finds the cause where the console says nothing: %s', (_, given, command) => {
    const { url = URL_, page = 'https://app.example.com/list' } = given
    expect(errorOf(() => requireShared(refused(['x'], given)))).toBe(
      `expected the page ${page} to get ${url}, but it got: ${FAILED}\n  Find the cause: npx corsmith ${command}`,
    )
  })
})

describe('requireRefused()', () => {
  it('gives the error, and the line about CORS before others', () => {
    expect(requireRefused(refused([]))).toEqual({ error: FAILED, message: null })
    expect(requireRefused(refused(['x']))).toEqual({ error: FAILED, message: null })
    const code = (...lines: string[]) => requireRefused(refused(lines)).message?.code
    expect(code(REFUSED, MISSING)).toBe('allow-origin-missing')
    expect(code(MISSING, REFUSED)).toBe('allow-origin-missing')
    expect(code('x', REFUSED)).toBe('network-error')
  })

  it('expects the reason that is named', () => {
    expect(requireRefused(refused([MISSING]), 'allow-origin-missing').message?.origin).toBe('https://app.example.com')
    expect(errorOf(() => requireRefused(refused([MISSING]), 'method-not-allowed'))).toBe(
      'expected the reason method-not-allowed, but it was allow-origin-missing',
    )
    expect(errorOf(() => requireRefused(refused([]), 'method-not-allowed'))).toBe(
      `expected the reason method-not-allowed, but the console gives no reason (${FAILED})`,
    )
  })

  it('fails where the page got the response', () => {
    expect(errorOf(() => requireRefused(shared))).toBe(
      `expected the browser to keep ${URL_} from the page https://app.example.com/list, but the page got 201 (cors)`,
    )
  })
})
