import type { Bytes } from '../spec/bytes.ts'
import type { Clock } from './exchange.ts'
import type { Runtime } from './options.ts'

/** The body of a request, as a stream. */
export type Body = ReadableStream<Bytes>

/** Makes what a body goes through on its way to the origin API. `length` is null for unknown. */
export type Through = (length: number | null) => {
  readonly readable: Body
  readonly writable: WritableStream<Bytes>
}

/** What reads a body part by part. A part is done with when the next one is asked for. */
export interface BodyReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Bytes | undefined }>
  cancel(reason: unknown): Promise<void>
}

/** A body that is known to be no larger than this is handed over as it is: it is sent long before anybody waits in vain. */
const SMALL = 65_536

/**
 * Gives back the body of a request, and lets the clock run while the origin API has something to do: to take a part, or to answer
 * once it has all of them. While the client is what everybody waits for, the clock stands still.
 */
export function timedBody(
  request: Request,
  clock: Clock,
  { through = () => new TransformStream(), readerOf = (body) => body.getReader() }: Runtime,
): Body | null {
  const length = readLength(request.headers.get('Content-Length'))
  if (request.body === null || (length !== null && length <= SMALL)) return request.body
  const { readable, writable } = through(length)
  void passOn(readerOf(request.body), writable, clock)
  return readable
}

/** Never rejects: what could not be passed on ends the exchange by itself, and it says what happened. */
async function passOn(reader: BodyReader, writable: WritableStream<Bytes>, clock: Clock): Promise<void> {
  const writer = writable.getWriter()
  try {
    for (;;) {
      clock.stop()
      const { done, value } = await reader.read()
      clock.wind()
      if (done || value === undefined) break
      await writer.write(value)
    }
    await writer.close()
  } catch (error) {
    await Promise.allSettled([reader.cancel(error), writer.abort(error)])
  }
}

/** Null for what is not one plain number, which is no length either. */
function readLength(field: string | null): number | null {
  const length = Number(field)
  return Number.isSafeInteger(length) && String(length) === field ? length : null
}

/** A body that `fetch` may have decoded. */
export interface Decoded {
  readonly body: ReadableStream
  /** False where it is still encoded, as its `Content-Encoding` says. */
  readonly isDecoded: boolean
}

/**
 * Waits for the first part of a body that `fetch` decodes, because only then it is known whether it can be decoded at all, and
 * whether it was: Deno leaves a body encoded when the request named its codings itself. Rejects where it cannot be decoded.
 */
export async function decoded(body: ReadableStream): Promise<Decoded> {
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

/** How gzip and zstd begin. @see https://www.rfc-editor.org/rfc/rfc1952#page-6 and https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1 */
const BEGINNINGS: readonly (readonly number[])[] = [
  [0x1f, 0x8b, 0x08],
  [0x28, 0xb5, 0x2f, 0xfd],
]

function isEncoded(part: unknown): boolean {
  return part instanceof Uint8Array && BEGINNINGS.some((bytes) => bytes.every((byte, index) => part[index] === byte))
}
