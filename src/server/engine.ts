import type { CompiledPolicy } from '../policy/compile.ts'
import { ORIGIN, READ, VARY } from '../spec/fields.ts'
import { copy, isUntouchable, ownResponse, type Reading, readResponse } from './apply.ts'
import { decide, isSameOrigin, preflightOrigin, sharedActually, sharedWith } from './decide.ts'
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

  function write(headers: Headers, request: RequestHead, status: number, reading: Reading): void {
    const origin = preflightOrigin(request)
    stamp.write(headers, origin === null ? sharedActually(compiled, request) : null, status, reading)
    if (origin === null) return
    for (const [name, value] of answers.entries(request, origin)) {
      headers.set(name, name === VARY ? mergeVary(reading.vary, value) : value)
    }
  }

  function apply(request: RequestHead, response: Response): Response {
    if (isUntouchable(response)) return response
    const reading = readResponse(response)
    const owned = ownResponse(request, response, reading)
    try {
      write(owned.headers, request, owned.status, reading)
      return owned
    } catch (error) {
      // Immutable, and not to be seen from outside: a response from a cache, or from a service binding.
      if (owned !== response) throw error
      const copied = copy(request, response)
      write(copied.headers, request, copied.status, reading)
      return copied
    }
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
      write(headers, request, 200, { vary: headers.get(VARY), isMarked: true, hasContentType: false })
      return headers
    },
    preflight,
    guard,
    apply,
    wrap: (handler, options) =>
      wrapHandler(
        {
          before: (request) =>
            (request.method === 'OPTIONS' ? preflight(request) : null) ?? (compiled.forbid ? guard(request) : null),
          after: apply,
        },
        handler,
        options,
      ),
  }
}
