import type { CompiledPolicy } from '../policy/compile.ts'
import { ALLOW_ORIGIN, ALLOW_PRIVATE_NETWORK, ORIGIN, READ, VARY } from '../spec/fields.ts'
import { copy, isOurs, isSignal, isUntouchable, type Reading, readResponse, surveyResponse } from './apply.ts'
import { decide, isSameOrigin, preflightOrigin, type Sharing, sharedActually, sharedWith } from './decide.ts'
import { createPreflight } from './preflight.ts'
import { createStamp } from './stamp.ts'
import type { Cors, RequestHead } from './types.ts'
import { mergeVary } from './vary.ts'
import { wrapHandler } from './wrap.ts'

/** Puts the engine together for a compiled policy. */
export function createEngine(compiled: CompiledPolicy): Cors {
  const answers = createPreflight(compiled)
  const stamp = createStamp(compiled)

  function preflight(request: RequestHead): Response | null {
    const origin = preflightOrigin(request)
    return origin === null ? null : answers.respond(request, origin)
  }

  function guard(request: RequestHead): Response | null {
    const origin = request.headers.get(READ.origin) ?? null
    if (origin === null || sharedWith(compiled, origin) !== null || isSameOrigin(request)) return null
    return new Response(null, { status: 403, headers: [[VARY, ORIGIN]] })
  }

  /** Only from a stranger's answer must everything go that a handler said of CORS. */
  function read(headers: Headers, origin: Sharing): Reading {
    return origin === null ? surveyResponse(headers) : readResponse(headers)
  }

  /** Writes over whatever stood there. `asking` is the origin of a preflight, which the application answered itself. */
  function write(
    headers: Headers,
    request: RequestHead,
    asking: string | null,
    origin: Sharing,
    status: number,
    reading: Reading,
  ): void {
    if (asking === null) {
      stamp.write(headers, origin, status, reading)
      return
    }
    const entries = answers.entries(request, asking)
    const own = entries[0]?.[0] === ALLOW_ORIGIN ? headers.get(ALLOW_PRIVATE_NETWORK) : null
    stamp.write(headers, origin, status, reading)
    for (const [name, value] of entries) headers.set(name, name === VARY ? mergeVary(reading.vary, value) : value)
    if (own !== null) headers.set(ALLOW_PRIVATE_NETWORK, own)
  }

  /** `method` is the request's: in workerd every look at a request crosses into another language. */
  function treat(request: RequestHead, response: Response, method: string): Response {
    const { status } = response
    if (isUntouchable(status)) return response
    const asking = method === 'OPTIONS' ? preflightOrigin(request) : null
    const origin = asking === null ? sharedActually(compiled, request) : null
    const reading = read(response.headers, origin)
    if (isOurs(method, response, status, reading)) {
      try {
        // Not the headers that were read: a lighter class of a server may have built the real Response since.
        write(response.headers, request, asking, origin, status, reading)
        return response
      } catch {
        // Immutable, and not to be seen from outside: a response from a cache, or from a service binding.
      }
    }
    if (isSignal(response)) return response
    const copied = copy(method, response)
    write(copied.headers, request, asking, origin, status, reading)
    return copied
  }

  return {
    policy: compiled.policy,
    decide: (request) => decide(compiled, request),
    entries(request, names) {
      const origin = preflightOrigin(request)
      return origin === null
        ? stamp.entries(sharedActually(compiled, request), names)
        : answers.entries(request, origin)
    },
    headers(request, init) {
      const headers = new Headers(init)
      const asking = preflightOrigin(request)
      const origin = asking === null ? sharedActually(compiled, request) : null
      write(headers, request, asking, origin, 200, read(headers, origin))
      return headers
    },
    preflight,
    guard,
    apply: (request, response) => treat(request, response, request.method),
    wrap: (handler, options) =>
      wrapHandler(
        {
          before: (request, method) =>
            (method === 'OPTIONS' ? preflight(request) : null) ?? (compiled.forbid ? guard(request) : null),
          after: treat,
        },
        handler,
        options,
      ),
  }
}
