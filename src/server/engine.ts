import type { CompiledPolicy } from '../policy/compile.ts'
import { ORIGIN, READ, VARY } from '../spec/fields.ts'
import { createApplier } from './apply.ts'
import { actualSituation, allowOriginFor, decide, preflightOrigin, saysSameOrigin } from './decide.ts'
import { createPreflight } from './preflight.ts'
import { createStamp } from './stamp.ts'
import type { Cors, RequestHead } from './types.ts'
import { wrapHandler } from './wrap.ts'

/**
 * Makes the engine of a compiled policy: what answers its preflights and puts its header set on
 * responses. Everything that does not depend on the request is prepared here, once.
 */
export function createEngine(compiled: CompiledPolicy): Cors {
  const answers = createPreflight(compiled)
  const stamp = createStamp(compiled)
  const applier = createApplier(compiled, answers, stamp)

  function preflight(request: RequestHead): Response | null {
    const origin = preflightOrigin(request)
    return origin === null ? null : answers.respond(request, origin)
  }

  function guard(request: RequestHead): Response | null {
    const origin = request.headers.get(READ.origin) ?? null
    if (origin === null || allowOriginFor(compiled, origin) !== null || saysSameOrigin(request)) return null
    return new Response(null, { status: 403, headers: [[VARY, ORIGIN]] })
  }

  return {
    policy: compiled.policy,
    decide: (request) => decide(compiled, request),
    entries(request, names) {
      const origin = preflightOrigin(request)
      return origin === null
        ? stamp.entries(actualSituation(compiled, request).allowOrigin, names)
        : answers.entries(request, origin)
    },
    headers(request, init) {
      const headers = new Headers(init)
      applier.toHeaders(request, headers)
      return headers
    },
    preflight,
    guard,
    apply: (request, response) => applier.toResponse(request, response, request.method),
    wrap: (handler, options) =>
      wrapHandler(
        {
          before: (request, method) =>
            (method === 'OPTIONS' ? preflight(request) : null) ?? (compiled.forbid ? guard(request) : null),
          after: applier.toResponse,
        },
        handler,
        options,
      ),
  }
}
