// Uploads from a page to a bucket, through the edge: presigned URLs, multipart, and resumable ones.

import type { IncomingMessage, Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { describe, expect, it } from 'vitest'
import { createBrowser } from '../../src/browser.ts'
import { createProxy } from '../../src/proxy.ts'
import { listen, readAll, ready, send } from '../support/loopback.ts'
import { PAGE } from '../support/pages.ts'

interface Upload {
  readonly request: IncomingMessage
  readonly bytes: number
}

/** A bucket that insists on a length, as S3 does. */
async function bucket() {
  const uploads: Upload[] = []
  const server = await listen(async (request, response) => {
    const bytes = (await readAll(request)).length
    uploads.push({ request, bytes })
    const isChunked = request.headers['transfer-encoding'] !== undefined
    response.writeHead(isChunked ? 501 : 200, { ETag: '"part-1"' }).end()
  })
  return { server, uploads }
}

const cors = {
  origins: [PAGE],
  methods: ['PUT', 'PATCH'],
  requestHeaders: ['Content-Type', 'x-amz-*', 'Tus-Resumable', 'Upload-*'],
  exposedHeaders: ['ETag', 'Location', 'Upload-*', 'Tus-*'],
}

describe('an upload through the edge', () => {
  it('keeps path, query and length, so that the signature of the URL still holds', async () => {
    const { server, uploads } = await bucket()
    await using _ = server
    const proxy = createProxy({ upstream: server.origin, cors })
    await using edge = await ready(createAdaptorServer({ fetch: proxy }) as Server)
    const path = '/photos/a%20b.png?X-Amz-Signature=a%2Fb&X-Amz-SignedHeaders=host'
    const answer = await send(edge, {
      method: 'PUT',
      path,
      headers: { Origin: PAGE, 'Content-Type': 'image/png' },
      body: Buffer.alloc(300_000),
    })
    expect([answer.status, answer.headers.etag]).toEqual([200, '"part-1"'])
    expect(answer.headers['access-control-expose-headers']?.split(',')).toContain('etag')
    const [upload] = uploads
    expect([upload?.request.url, upload?.bytes]).toEqual([path, 300_000])
    expect(upload?.request.headers['content-length']).toBe('300000')
    expect(upload?.request.headers.host).toBe(`127.0.0.1:${server.port}`)
  })

  it('passes the preflights of S3 clients and of tus', async () => {
    const { server } = await bucket()
    await using _ = server
    const browser = createBrowser({ fetch: createProxy({ upstream: server.origin, cors }) })
    for (const [method, headers] of [
      ['PUT', { 'Content-Type': 'image/png', 'x-amz-acl': 'private', 'x-amz-meta-name': 'a' }],
      ['PATCH', { 'Content-Type': 'application/offset+octet-stream', 'Tus-Resumable': '1.0.0', 'Upload-Offset': '0' }],
    ] as const) {
      const outcome = await browser.page(PAGE).request('https://files.example/k', { method, headers, body: 'bytes' })
      expect(outcome.shared || outcome.failure.code).toBe(true)
    }
  })
})
