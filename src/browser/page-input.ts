import type { PageInit } from './request.ts'

/** What a page asks for, apart from a `Request` that may have held it. */
export interface PageInput {
  readonly url: string | URL
  readonly init: PageInit
}

/**
 * Takes what `fetch()` takes: a URL, or a `Request` whose members `init` overrides. As in a browser, the body of the `Request` is
 * used up. Nothing tells a stream apart from other bodies there, so it counts as bytes.
 *
 * @throws TypeError for a `Request` whose body was used, and for what is neither a URL nor a `Request`
 * @see https://fetch.spec.whatwg.org/#dom-request
 */
export async function readPageInput(input: string | URL | Request, init: PageInit): Promise<PageInput> {
  if (typeof input === 'string' || input instanceof URL) return { url: input, init }
  if (!isRequest(input)) throw new TypeError('fetch() takes a URL or a Request: write one of them')
  const isReplaced = init.body !== undefined && init.body !== null
  // 39. If initBody is null and inputBody is non-null, and input is unusable, then throw a TypeError.
  if (!isReplaced && input.bodyUsed) throw new TypeError(`the body of the Request for ${input.url} was used already`)
  const body = isReplaced || input.body === null ? null : new Uint8Array(await input.arrayBuffer())
  const { method, headers } = input
  const held: Record<string, unknown> = { method, headers: [...headers], ...(body === null ? {} : { body }) }
  // Runtimes of servers leave some of these out, and one answers with an empty text.
  for (const name of ['mode', 'credentials', 'cache', 'redirect', 'referrerPolicy'] as const) {
    if (input[name]) held[name] = input[name]
  }
  // A member that is undefined is absent, and a body that is null leaves that of the Request.
  const given = Object.entries(init).filter(([name, value]) => value !== undefined && !(name === 'body' && !isReplaced))
  return { url: input.url, init: { ...held, ...Object.fromEntries(given) } as PageInit }
}

/** A `Request` of another realm or library is none to `instanceof`. */
function isRequest(input: unknown): input is Request {
  return (
    typeof input === 'object' &&
    input !== null &&
    'url' in input &&
    'headers' in input &&
    'method' in input &&
    typeof input.url === 'string'
  )
}
