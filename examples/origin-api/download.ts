/** `/api/download`: as many bytes as wanted, made while they are sent, whole or a range of them. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sendJson, wholeNumber } from './exchange.ts'

/** The byte at an offset is that offset modulo this, so that a reader can check any part of what it got. */
export const PERIOD = 251

const CHUNK = PERIOD * 256

/** Sends `?bytes=` bytes (100 MB unless told). One range is honoured; several are answered with the whole, as RFC 9110 allows. */
export async function download(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const total = wholeNumber(request, 'bytes', 100_000_000, 100_000_000_000)
  if (total === null) return sendJson(response, 400, { error: 'bytes is a whole number up to 100000000000' })
  const etag = `"${total}-bytes"`
  response.setHeader('Accept-Ranges', 'bytes')
  response.setHeader('Content-Type', 'application/octet-stream')
  response.setHeader('ETag', etag)
  const ifRange = request.headers['if-range']
  const range = ifRange === undefined || ifRange === etag ? readRange(request.headers.range, total) : 'whole'
  if (range === 'outside') {
    response.setHeader('Content-Range', `bytes */${total}`)
    return sendJson(response, 416, { error: `there are ${total} bytes` })
  }
  const [start, end] = range === 'whole' ? [0, total] : range
  if (range !== 'whole') response.setHeader('Content-Range', `bytes ${start}-${end - 1}/${total}`)
  response.writeHead(range === 'whole' ? 200 : 206, { 'Content-Length': end - start })
  if (request.method === 'HEAD') return void response.end()
  // pipeline() waits for the reader: no more than a chunk or two is ever in memory.
  await pipeline(Readable.from(bytes(start, end), { objectMode: false }), response)
}

/** Reads a `Range` field value. The end is one past the last byte. */
function readRange(
  field: string | undefined,
  total: number,
): readonly [start: number, end: number] | 'whole' | 'outside' {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(field ?? '')
  const [, first = '', last = ''] = found ?? []
  if (first === '' && last === '') return 'whole'
  const start = first === '' ? Math.max(0, total - Number(last)) : Number(first)
  const end = first === '' || last === '' ? total : Math.min(total, Number(last) + 1)
  if (first !== '' && last !== '' && Number(last) < start) return 'whole'
  return start < end ? [start, end] : 'outside'
}

function* bytes(start: number, end: number): Generator<Buffer> {
  const pattern = Buffer.from(Array.from({ length: CHUNK + PERIOD }, (_, index) => index % PERIOD))
  for (let at = start; at < end; at += CHUNK) {
    const skip = at % PERIOD
    yield pattern.subarray(skip, skip + Math.min(CHUNK, end - at))
  }
}
