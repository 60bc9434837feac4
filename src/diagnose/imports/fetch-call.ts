import type { PartialPageRequest } from './from-browser.ts'
import { argumentsAt } from './js-arguments.ts'
import { libraryCall } from './js-libraries.ts'
import { fromJs, type JsRequest } from './js-request.ts'
import { isMade, isUnknown, readLiteral } from './literal.ts'

/**
 * Reads "Copy as fetch", or a call from source code: of `fetch()`, axios, ky, jQuery or `XMLHttpRequest`. Nothing is evaluated. Values of
 * headers and bodies may be computed; what decides about CORS must be written out.
 *
 * @throws TypeError for what is no such call, and for what is not written out, with the option that says it
 *
 * @example
 * parseFetch('fetch("https://api.example.com/", { "method": "PUT", "credentials": "include" })').method // 'PUT'
 */
export function parseFetch(pasted: string): PartialPageRequest {
  // A call that is commented out is no call.
  const source = pasted.replace(/^[ \t]*\/\/.*$/gm, '')
  try {
    return fromJs(fetchCall(source) ?? libraryCall(source) ?? requestAlone(source))
  } catch (error) {
    if (error instanceof TypeError) throw error
    throw new TypeError(
      'this call cannot be read: put values in the place of what is computed, or use corsmith check <url> --origin … with -X and -H',
    )
  }
}

/** The call, not the word in a name such as `prefetch`. */
const CALL = /(?<![\w$.])(?:(?:window|globalThis|self|this)\.)?fetch\s{0,9}\(/

function fetchCall(source: string): JsRequest | null {
  const call = CALL.exec(source)
  if (call === null) return null
  const [input, init] = argumentsAt(source, call.index + call[0].length)
  return described(input, init)
}

/** `new Request(…)` without a call of fetch. */
function requestAlone(source: string): JsRequest {
  const at = source.search(/\bnew\s{1,9}Request\s{0,9}\(/)
  if (at < 0)
    throw new TypeError(
      'this is no fetch(…) call: paste "Copy as fetch" whole, or use corsmith check <url> --origin … with -X and -H',
    )
  return described(readLiteral(source, at).value, undefined)
}

function described(input: unknown, init: unknown): JsRequest {
  if (isUnknown(init)) {
    throw new TypeError(
      `the options of the call are computed (${init.unknown}): write them there, or use corsmith check <url> --origin … with -X and -H`,
    )
  }
  const options = typeof init === 'object' && init !== null && !isMade(init) ? (init as Record<string, unknown>) : {}
  const request = isMade(input) && input.made === 'Request' ? described(input.of[0], input.of[1]) : { url: input }
  const spread = Object.keys(options).find((name) => name.startsWith('...'))
  if (spread !== undefined && isUnknown(options[spread])) {
    throw new TypeError(
      `some options of the call are computed (${options[spread].unknown}): write them there, or use corsmith check <url> --origin … with -X and -H`,
    )
  }
  const { method, headers, body, credentials, mode, referrer } = options
  const own = Object.entries({ method, headers, body, credentials, mode, referrer }).filter(
    ([, value]) => value !== undefined,
  )
  return { ...request, ...Object.fromEntries(own) }
}
