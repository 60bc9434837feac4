/** Two pages of a real browser: one of an allowed origin, one of a stranger. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { findChromium, launchChromium } from '../support/chromium.ts'
import type { Call } from './framework.ts'

export interface Pages {
  /** The origin of the allowed page. */
  readonly origin: string
  /** Calls from the allowed page, or from the stranger. Gives the status that the page read, or null. */
  call(from: 'allowed' | 'stranger', server: string, call: Call): Promise<number | null>
  close(): Promise<void>
}

export async function openPages(): Promise<Pages> {
  const found = await findChromium()
  if (!found.present) throw new Error(found.cure)
  const servers = [await servePage(), await servePage()]
  const browser = await launchChromium(found)
  const origins = servers.map(originOf)
  const [allowed, stranger] = await Promise.all(
    origins.map(async (origin) => {
      const page = await browser.newPage()
      await page.goto(origin)
      return page
    }),
  )
  return {
    origin: origins[0] ?? '',
    call: (from, server, call) => callFrom((from === 'allowed' ? allowed : stranger) as Page, server, call),
    async close() {
      await browser.close()
      for (const server of servers) server.close()
    },
  }
}

function callFrom(page: Page, server: string, { path, ...init }: Call): Promise<number | null> {
  return page.evaluate(
    ([url, options]) =>
      fetch(url, { ...options, signal: AbortSignal.timeout(30_000) }).then(
        async (response) => {
          await response.text()
          return response.status
        },
        () => null,
      ),
    [server + path, init] as const,
  )
}

async function servePage(): Promise<Server> {
  const server = createServer((_, response) =>
    response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>page</title>'),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const originOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
