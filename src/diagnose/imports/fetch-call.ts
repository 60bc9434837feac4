import type { PartialPageRequest } from './from-browser.ts'
import { argumentsAt, readArguments } from './js-arguments.ts'
import { libraryCall } from './js-libraries.ts'
import { fromJs, type JsRequest, optionsOf } from './js-request.ts'
import { isMade, readLiteral } from './literal.ts'

/**
 * Reads "Copy as fetch", or a call in source code: `fetch()`, axios, ky, jQuery or
 * `XMLHttpRequest`. It evaluates nothing. Values of headers and bodies may be computed; parts that
 * decide about CORS must be written out.
 *
 * @param pasted The text.
 * @returns The page's request; without `origin` if the call has none.
 * @throws {TypeError} for a text without such a call, and for a computed part; the message names
 * the option to use
 *
 * @example
 * ```ts
 * import { parseFetch } from 'corsmith/diagnose'
 *
 * const call = 'fetch("https://api.example.com/", { "method": "PUT", "credentials": "include" })'
 * parseFetch(call).method // 'PUT'
 * ```
 */
export function parseFetch(pasted: string): PartialPageRequest {
  const source = withoutComments(pasted)
  try {
    return fromJs(fetchCall(source) ?? libraryCall(source) ?? requestAlone(source))
  } catch (error) {
    throw readable(error)
  }
}

/** A limit on the calls of one text. */
const MAX_CALLS = 200

/**
 * Reads every `fetch()` call of a text, as "Copy all as fetch" gives them. Of another library it
 * reads the first call. A call that cannot be read is left out, unless it is the only one.
 *
 * @param pasted The text.
 * @returns The requests, in the order of the text; at least one.
 * @throws {TypeError} for a text without a call that can be read
 *
 * @example
 * ```ts
 * import { parseCalls } from 'corsmith/diagnose'
 *
 * const copied = 'fetch("https://api.example.com/a"); ; fetch("https://api.example.com/b");'
 * parseCalls(copied).length // 2
 * ```
 */
export function parseCalls(pasted: string): readonly PartialPageRequest[] {
  const source = withoutComments(pasted)
  const found: PartialPageRequest[] = []
  for (let at = 0; found.length < MAX_CALLS; ) {
    const call = CALL.exec(source.slice(at))
    if (call === null) break
    at += call.index + call[0].length
    try {
      const { values, end } = readArguments(source, at)
      found.push(fromJs(described(values[0], values[1])))
      // A body may quote another call.
      at = end
    } catch {
      // It is left out.
    }
  }
  return found.length > 0 ? found : [parseFetch(pasted)]
}

/** A call inside a comment does not count. */
function withoutComments(pasted: string): string {
  return pasted.replace(/^[ \t]*\/\/.*$/gm, '')
}

function readable(error: unknown): TypeError {
  if (error instanceof TypeError) return error
  return new TypeError(
    'this call cannot be read: replace computed parts by their values, or use corsmith check <url> --origin … with -X and -H',
  )
}

/** Matches the call, and not a name such as `prefetch`. */
const CALL = /(?<![\w$.])(?:(?:window|globalThis|self|this)\.)?fetch\s{0,9}\(/

function fetchCall(source: string): JsRequest | null {
  const call = CALL.exec(source)
  if (call === null) return null
  const [input, init] = argumentsAt(source, call.index + call[0].length)
  return described(input, init)
}

/** Reads `new Request(…)` without a call of fetch. */
function requestAlone(source: string): JsRequest {
  const at = source.search(/\bnew\s{1,9}Request\s{0,9}\(/)
  if (at < 0)
    throw new TypeError(
      'this is not a fetch(…) call: paste "Copy as fetch" whole, or use corsmith check <url> --origin … with -X and -H',
    )
  return described(readLiteral(source, at).value, undefined)
}

function described(input: unknown, init: unknown): JsRequest {
  const request = isMade(input) && input.made === 'Request' ? described(input.of[0], input.of[1]) : { url: input }
  const { method, headers, body, credentials, mode, referrer } = optionsOf(init)
  const own = Object.entries({ method, headers, body, credentials, mode, referrer }).filter(
    ([, value]) => value !== undefined,
  )
  return { ...request, ...Object.fromEntries(own) }
}
