/**
 * A streamed upload from a page, which forces a preflight. Only Chromium sends one, and only over HTTP/2, so over TLS: the server is
 * `node:http2` behind `corsmith/node`, with a certificate made for this run.
 */
import { createSecureServer, type Http2ServerRequest } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { chromium } from 'playwright-core'
import { cors } from '../../adapters/node.ts'
import { makeCertificate } from './certificate.ts'

/** What came of it: how many bytes the server counted, and whether it was asked first. */
export interface StreamedUpload {
  readonly outcome: string
  readonly preflights: number
}

/** Uploads a stream from a page at `pageUrl`. */
export async function uploadStream(executablePath: string, pageUrl: string): Promise<StreamedUpload> {
  const { server, methods } = createUploadServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] })
  try {
    const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage()
    await page.goto(pageUrl)
    const outcome = await page.evaluate(sendStream, `https://127.0.0.1:${port}/`)
    return { outcome, preflights: methods.filter((method) => method === 'OPTIONS').length }
  } finally {
    await browser.close()
    server.close()
  }
}

function createUploadServer() {
  const methods: string[] = []
  const share = cors({ origins: ['http://127.0.0.1:*'], credentials: true, requestHeaders: ['Content-Type'] })
  const server = createSecureServer(makeCertificate(), async (req, res) => {
    share(req as never, res as never, async () => {
      res.setHeader('Content-Type', 'text/plain')
      res.end(String(await countBytes(req)))
    })
  })
  server.on('stream', (_stream, headers) => methods.push(String(headers[':method'])))
  return { server, methods }
}

async function countBytes(request: Http2ServerRequest): Promise<number> {
  let count = 0
  for await (const chunk of request) count += (chunk as Buffer).length
  return count
}

/** Runs in the page. */
async function sendStream(url: string): Promise<string> {
  let left = 16
  const body = new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      controller.enqueue(new Uint8Array(64 * 1024))
      if (--left === 0) controller.close()
    },
  })
  try {
    const init = { method: 'POST', body, duplex: 'half', credentials: 'include' } as RequestInit
    const response = await fetch(url, init)
    return `read ${await response.text()}`
  } catch (error) {
    return `refused: ${error}`
  }
}
