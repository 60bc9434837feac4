import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as inWindow from '../../../src/cypress.ts'
import type { DrivenPage } from '../../../src/playwright.ts'
import * as driven from '../../../src/playwright.ts'

const URL_ = 'https://api.example.com/items'
const MISSING = `Access to fetch at '${URL_}' from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`

const answering = () => async () => new Response('body', { status: 202, headers: { 'X-A': 'a' } })
const failing = () => async (): Promise<Response> => {
  throw new TypeError('Failed to fetch')
}
const GOT = {
  status: 202,
  type: 'default',
  url: '',
  headers: { 'content-type': 'text/plain;charset=UTF-8', 'x-a': 'a' },
  body: 'body',
}

describe('a page that is driven', () => {
  type Listener = (message: { text(): string }) => void

  /** A page in this process: its console says one line, as late as is told. */
  function pageOf(line: string | null, lateMs = 0): DrivenPage & { readonly listening: () => number } {
    const listeners = new Set<Listener>()
    const say = () => {
      for (const listener of listeners) listener({ text: () => line ?? '' })
    }
    return {
      url: () => 'https://app.example.com/list',
      evaluate: async (act, argument) => {
        const result = await act(argument)
        if (line !== null && lateMs === 0) say()
        if (line !== null && lateMs > 0) setTimeout(say, lateMs)
        return result
      },
      on: (event, listener) => event === 'console' && listeners.add(listener),
      off: (event, listener) => event === 'console' && listeners.delete(listener),
      listening: () => listeners.size,
    }
  }

  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('gives the response at once, and is listened to no longer', async () => {
    const asked = vi.fn(answering())
    vi.stubGlobal('fetch', asked)
    const page = pageOf(null)
    expect(await driven.expectShared(page, URL_, { method: 'PUT' })).toEqual(GOT)
    expect(await driven.expectShared(page, URL_)).toEqual(GOT)
    expect(asked.mock.calls).toEqual([
      [URL_, { method: 'PUT' }],
      [URL_, {}],
    ])
    expect(page.listening()).toBe(0)
  })

  it.each([0, 149])('gives the line of the console that comes %i ms after the error', async (lateMs) => {
    vi.stubGlobal('fetch', failing())
    const page = pageOf(MISSING, lateMs)
    const act = driven.expectRefused(page, URL_, {}, 'allow-origin-missing')
    await vi.advanceTimersByTimeAsync(149)
    expect(page.listening()).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(await act).toMatchObject({ error: 'TypeError: Failed to fetch', message: { code: 'allow-origin-missing' } })
    expect(page.listening()).toBe(0)
  })

  it('says why the page got nothing, and where it was', async () => {
    vi.stubGlobal('fetch', failing())
    const act = expect(driven.expectShared(pageOf(MISSING), URL_)).rejects.toThrow(
      `expected the page https://app.example.com/list to get ${URL_}, but it got: TypeError: Failed to fetch\n  ${MISSING}\n`,
    )
    await vi.advanceTimersByTimeAsync(150)
    await act
  })

  it('fails where the page got what it should not get', async () => {
    vi.stubGlobal('fetch', answering())
    await expect(driven.expectRefused(pageOf(null), URL_)).rejects.toThrow('but the page got 202 (default)')
  })

  it('is listened to no longer where it is gone', async () => {
    const page = pageOf(null)
    const gone = { ...page, evaluate: () => Promise.reject(new Error('closed')) }
    await expect(driven.expectShared(gone, URL_)).rejects.toThrow('closed')
    expect(page.listening()).toBe(0)
  })
})

describe('the window of a page', () => {
  const windowOf = (fetch: inWindow.PageWindow['fetch']) => ({
    location: { href: 'https://app.example.com/list' },
    fetch: vi.fn(fetch),
  })

  it('gives the response', async () => {
    const window = windowOf(answering())
    expect(await inWindow.expectShared(window, URL_, { method: 'PUT' })).toEqual(GOT)
    expect(await inWindow.expectShared(window, URL_)).toEqual(GOT)
    expect(window.fetch.mock.calls).toEqual([
      [URL_, { method: 'PUT' }],
      [URL_, {}],
    ])
  })

  it('says that the page got nothing, and how to find the cause', async () => {
    await expect(inWindow.expectShared(windowOf(failing()), URL_, { method: 'PUT' })).rejects.toThrow(
      [
        `expected the page https://app.example.com/list to get ${URL_}, but it got: TypeError: Failed to fetch`,
        `  Find the cause: npx corsmith check ${URL_} --origin https://app.example.com -X PUT`,
      ].join('\n'),
    )
  })

  it('gives the error that was expected, or fails', async () => {
    const window = windowOf(failing())
    expect(await inWindow.expectRefused(window, URL_)).toEqual({ error: 'TypeError: Failed to fetch', message: null })
    expect(window.fetch.mock.calls).toEqual([[URL_, {}]])
    await expect(inWindow.expectRefused(windowOf(answering()), URL_)).rejects.toThrow('but the page got 202 (default)')
  })
})
