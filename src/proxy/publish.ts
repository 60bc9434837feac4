import { TIMING_ALLOW_ORIGIN } from '../spec/fields.ts'
import { splitList } from '../spec/tokens.ts'
import { publicAddress, publicCookie, publicLinks, publicRefresh, type Site } from './addresses.ts'
import { dropHopByHop, namesOf } from './headers.ts'
import type { Runtime } from './options.ts'

/**
 * Makes the edge's answer from the origin API's: the same body and status, no CORS headers, and
 * addresses of the origin API replaced by public ones.
 *
 * @returns the answer; null if the body is not what its `Content-Encoding` says
 */
export async function publish(answer: Response, site: Site, { decodesBodies }: Runtime): Promise<Response | null> {
  const names = namesOf(answer.headers)
  const isEncoded = decodesBodies && names.includes('content-encoding')
  let isDecoded = isEncoded && isDecodedByFetch(answer.headers.get('Content-Encoding'))
  let { body } = answer
  if (isDecoded && body !== null) {
    try {
      const read = await readFirstPart(body)
      body = read.body
      isDecoded = read.isDecoded
    } catch {
      return null
    }
  }
  const response = rebuild(answer, body)
  const { headers } = response
  cleanHeaders(headers, names, isDecoded)
  rewriteAddresses(headers, names, site)
  return response
}

/** The constructor is given the answer itself, so the copy keeps what only the runtime knows. */
function rebuild(answer: Response, body: ReadableStream | null): Response {
  const { status, statusText, headers } = answer
  // A server may send a reason phrase that the constructor refuses.
  const isPhrase = /^[\t\x20-\x7e\x80-\xff]*$/.test(statusText)
  return new Response(body, isPhrase ? answer : { status, headers })
}

/**
 * Removes the headers of the connection to the origin API, and its CORS headers: the edge writes
 * those.
 */
function cleanHeaders(headers: Headers, names: readonly string[], isDecoded: boolean): void {
  dropHopByHop(headers, names, (name) => name.startsWith('access-control-') || name === TIMING)
  if (isDecoded) {
    headers.delete('Content-Encoding')
    headers.delete('Content-Length')
  }
}

const TIMING = TIMING_ALLOW_ORIGIN.toLowerCase()

/** The headers whose whole value is one address. */
const ADDRESSES: ReadonlySet<string> = new Set(['location', 'content-location'])

function rewriteAddresses(headers: Headers, names: readonly string[], site: Site): void {
  for (const name of names) {
    if (ADDRESSES.has(name)) rewrite(headers, name, (address) => publicAddress(address, site))
    if (name === 'link') rewrite(headers, name, (links) => publicLinks(links, site))
    if (name === 'refresh') rewrite(headers, name, (refresh) => publicRefresh(refresh, site))
  }
  if (!names.includes('set-cookie')) return
  const cookies = headers.getSetCookie()
  headers.delete('Set-Cookie')
  for (const cookie of cookies) headers.append('Set-Cookie', publicCookie(cookie, site))
}

function rewrite(headers: Headers, name: string, change: (value: string) => string): void {
  const value = headers.get(name)
  if (value !== null) headers.set(name, change(value))
}

/**
 * The codings that `fetch` decodes. A body in any other coding passes as it is, with its header.
 */
const DECODED: ReadonlySet<string> = new Set(['br', 'deflate', 'gzip', 'x-gzip', 'zstd'])

function isDecodedByFetch(encoding: string | null): boolean {
  return encoding !== null && splitList(encoding).every((coding) => DECODED.has(coding.toLowerCase()))
}

/** A body that `fetch` should have decoded. */
interface DecodedBody {
  readonly body: ReadableStream
  /** False where the body is still encoded, as its `Content-Encoding` says. */
  readonly isDecoded: boolean
}

/**
 * Waits for the first part of a body that `fetch` decodes. Only the first part shows whether the
 * body can be decoded, and whether it was: Deno does not decode when the request has its own
 * `Accept-Encoding`. Rejects if the body cannot be decoded.
 */
async function readFirstPart(body: ReadableStream): Promise<DecodedBody> {
  const reader = body.getReader()
  let first: { done: boolean; value?: unknown } | undefined = await reader.read()
  const isDecoded = !isEncoded(first.value)
  const rest = new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = first ?? (await reader.read())
        first = undefined
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
  return { body: rest, isDecoded }
}

/**
 * The first bytes of gzip and of zstd.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1952#page-6
 * @see https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1
 */
const MAGIC_NUMBERS: readonly (readonly number[])[] = [
  [0x1f, 0x8b, 0x08],
  [0x28, 0xb5, 0x2f, 0xfd],
]

function isEncoded(part: unknown): boolean {
  return part instanceof Uint8Array && MAGIC_NUMBERS.some((bytes) => bytes.every((byte, index) => part[index] === byte))
}
