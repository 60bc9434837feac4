import type { PartialPageRequest } from './from-browser.ts'
import { argumentsAt } from './js-arguments.ts'
import { libraryCall } from './js-libraries.ts'
import { fromJs, type JsRequest } from './js-request.ts'
import { isMade, isUnknown, readLiteral } from './literal.ts'

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
  // A call inside a comment does not count.
  const source = pasted.replace(/^[ \t]*\/\/.*$/gm, '')
  try {
    return fromJs(fetchCall(source) ?? libraryCall(source) ?? requestAlone(source))
  } catch (error) {
    if (error instanceof TypeError) throw error
    throw new TypeError(
      'this call cannot be read: replace computed parts by their values, or use corsmith check <url> --origin … with -X and -H',
    )
  }
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
  if (isUnknown(init)) {
    throw new TypeError(
      `the options of the call are computed (${init.unknown}): write them out, or use corsmith check <url> --origin … with -X and -H`,
    )
  }
  const options = typeof init === 'object' && init !== null && !isMade(init) ? (init as Record<string, unknown>) : {}
  const request = isMade(input) && input.made === 'Request' ? described(input.of[0], input.of[1]) : { url: input }
  const spread = Object.keys(options).find((name) => name.startsWith('...'))
  if (spread !== undefined && isUnknown(options[spread])) {
    throw new TypeError(
      `some options of the call are computed (${options[spread].unknown}): write them out, or use corsmith check <url> --origin … with -X and -H`,
    )
  }
  const { method, headers, body, credentials, mode, referrer } = options
  const own = Object.entries({ method, headers, body, credentials, mode, referrer }).filter(
    ([, value]) => value !== undefined,
  )
  return { ...request, ...Object.fromEntries(own) }
}
