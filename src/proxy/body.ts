import type { Clock } from './exchange.ts'

/** The body of a request, as a stream. */
export type Body = ReadableStream<Uint8Array<ArrayBuffer>>

/** Passes a body on inside the runtime, so that no part of it becomes an object of JavaScript. `length` is null for unknown. */
export type Pump = (body: Body, length: number | null) => { readonly body: Body; readonly sent: Promise<void> }

/** A body that is known to be no larger than this is handed over as it is: it is sent long before anybody waits in vain. */
const SMALL = 65_536

/**
 * Gives back the body of a request, and keeps the clock from running out while it is being passed on: the clock is wound up with
 * each part, or, where the runtime passes it on by itself, stands still until all of it has been.
 */
export function timedBody(request: Request, clock: Clock, pump: Pump | undefined): Body | null {
  const length = readLength(request.headers.get('Content-Length'))
  if (request.body === null || (length !== null && length <= SMALL)) return request.body
  if (pump === undefined) return request.body.pipeThrough(windingStream(clock))
  const { body, sent } = pump(request.body, length)
  clock.stop()
  // Where it could not be sent, the exchange has failed and knows it.
  sent.then(clock.wind, () => {})
  return body
}

/** Null for what is not one plain number, which is no length either. */
function readLength(field: string | null): number | null {
  const length = Number(field)
  return Number.isSafeInteger(length) && String(length) === field ? length : null
}

function windingStream(clock: Clock): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  return new TransformStream({
    transform(part, controller) {
      clock.wind()
      controller.enqueue(part)
    },
  })
}
