/** An API behind the edge worker of `wrangler.toml`, a page that the policy names and one that it does not. */

import type { Browser, Page } from 'playwright-core'
import { createPageServer } from '../../examples/page/server.ts'
import { startEdge } from '../../examples/start/edge.ts'
import { listen } from '../../examples/start/listen.ts'

/** Something that answers at a URL and can be ended. */
export interface Answering {
  readonly url: string
  close(): Promise<void>
}

/** What a page learned from a call: the answer, or that there is none to be had. */
export type Seen = { readonly status: number; readonly text: string } | { readonly refused: string }

/** The part of fetch's options that tests use, all of it data that can be handed to a page. */
export interface Call {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
  readonly credentials?: 'include'
}

/** The API, the edge before it, and the origins of two pages. */
export interface BehindEdge {
  readonly upstream: string
  readonly edge: string
  readonly page: string
  readonly stranger: string
  close(): Promise<void>
}

/** Starts the edge before an API. Ending it ends the API too. */
export async function putBehindEdge(upstream: Answering): Promise<BehindEdge> {
  const running: { close(): Promise<void> }[] = [upstream]
  const close = async (): Promise<void> => {
    await Promise.all(running.map((each) => each.close()))
  }
  try {
    const serve = async (): Promise<string> => {
      const listening = await listen(
        createPageServer(() => ({ edge: 'http://127.0.0.1', origin: upstream.url, listed: true, endpoint: '' })),
        0,
      )
      running.push(listening)
      return listening.url
    }
    const [page, stranger] = [await serve(), await serve()]
    const vars = { UPSTREAM: upstream.url, CORS_ORIGINS: page }
    const signal = new AbortController().signal
    const edge = await startEdge({ port: 0, vars, signal, onLine: (line) => console.error(line) })
    running.push(edge)
    return { upstream: upstream.url, edge: edge.url, page, stranger, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Opens a page and returns what makes calls from it. */
export async function openPage(browser: Browser, origin: string): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(origin)
  return page
}

/** Makes a call as a script of the page would. */
export function callFrom(page: Page, url: string, init: Call = {}): Promise<Seen> {
  return page.evaluate(
    async ({ url, init }) => {
      try {
        const response = await fetch(url, init)
        return { status: response.status, text: await response.text() }
      } catch (error) {
        return { refused: String(error) }
      }
    },
    { url, init },
  )
}
