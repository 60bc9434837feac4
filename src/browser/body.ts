import type { Bytes } from '../spec/bytes.ts'
import type { BodyOf } from './fetch-types.ts'
import type { RequestRules } from './request.ts'

/** A body as a request holds it, and the media type that it brings along. */
export interface ReadBody {
  readonly bytes: Bytes
  readonly type: string | null
  /** Whether the body cannot be sent twice: a redirect that keeps it fails. */
  readonly isStream: boolean
}

/**
 * Extracts a body and its type. `Response` does it in every runtime, in the same way as a request would.
 *
 * @see https://fetch.spec.whatwg.org/#concept-bodyinit-extract
 */
export async function readBody(body: BodyOf, streams: RequestRules['uploadStreams']): Promise<ReadBody | null> {
  if (body === null) return null
  const isStream = body instanceof ReadableStream
  if (isStream && streams === 'refused') throw new TypeError('this engine cannot upload a ReadableStream')
  // A browser without upload streams converts the object to a string.
  const isString = isStream && streams === 'string'
  const source = isString ? String(body) : body
  const holder = new Response(source)
  const type = holder.headers.get('content-type')
  return { bytes: new Uint8Array(await holder.arrayBuffer()), type, isStream: isStream && !isString }
}
