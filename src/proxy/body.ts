/** A body that is known to be no larger than this is handed over as it is: it is sent long before anybody waits in vain. */
const SMALL = 65_536

/** Makes a stream that promises its length, for a runtime whose `fetch` does not take it from the headers. */
export type SizedStream = (length: number) => ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>

/** Gives back the body of a request, and tells of each part that is passed on. */
export function watchedBody(
  request: Request,
  onPart: () => void,
  sized: SizedStream | undefined,
): ReadableStream<Uint8Array<ArrayBuffer>> | null {
  const length = Number(request.headers.get('Content-Length') ?? Number.NaN)
  if (request.body === null || length <= SMALL) return request.body
  const watched = request.body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(part, controller) {
        onPart()
        controller.enqueue(part)
      },
    }),
  )
  return sized === undefined || Number.isNaN(length) ? watched : watched.pipeThrough(sized(length))
}
