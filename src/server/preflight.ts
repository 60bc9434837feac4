import type { CompiledPolicy, NameTest } from '../policy/compile.ts'
import {
  ALLOW_CREDENTIALS,
  ALLOW_HEADERS,
  ALLOW_METHODS,
  ALLOW_ORIGIN,
  MAX_AGE,
  ORIGIN,
  READ,
  REQUEST_HEADERS,
  REQUEST_METHOD,
  VARY,
} from '../spec/fields.ts'
import { isForbiddenMethod } from '../spec/methods.ts'
import { isForbiddenRequestHeader } from '../spec/names.ts'
import { isToken, splitList } from '../spec/tokens.ts'
import { allowOriginFor } from './decide.ts'
import { createTemplates, type Templates } from './templates.ts'
import type { HeaderEntry, RequestHead } from './types.ts'

/** An echo reads at most this much of what a client sent. Longer fields are not echoed at all. */
const MAX_ECHO_LENGTH = 4096
const MAX_ECHO_NAMES = 256

/** Answers CORS-preflight requests. */
export interface Preflight {
  /**
   * Gives the header set of the answer as data.
   *
   * @param origin the request's `Origin`
   */
  entries(request: RequestHead, origin: string): readonly HeaderEntry[]
  /** Gives the answer: a new Response each time. */
  respond(request: RequestHead, origin: string): Response
}

/**
 * Prepares the answers to preflights.
 *
 * An allowed origin gets the whole policy, whatever its preflight asked for: the browser compares,
 * and names what is missing in its console. So nothing that a client sent is parsed. There are two
 * exceptions, `*` next to credentials and name patterns, because browsers have no notation for
 * them: there the answer names what was asked for and is covered.
 */
export function createPreflight(compiled: CompiledPolicy): Preflight {
  const { echoMethod, echoHeaders } = compiled
  const declared = declare(compiled)
  const vary = varyOf(compiled)
  const varies: readonly HeaderEntry[] = vary === null ? [] : [Object.freeze([VARY, vary] as const)]
  // Made at the first preflight, not before: on Node the first use of `Response` loads all of
  // fetch.
  let accept: Templates | undefined
  let refused: Response | undefined

  function echo(request: RequestHead): HeaderEntry[] {
    const entries: HeaderEntry[] = []
    const method = echoMethod ? permittedMethod(request) : null
    if (method !== null) entries.push([ALLOW_METHODS, method])
    const names = echoHeaders === null ? null : permittedNames(request, echoHeaders, compiled.requestHeaders)
    if (names !== null) entries.push([ALLOW_HEADERS, names])
    return entries
  }

  return {
    entries(request, origin) {
      const shared = allowOriginFor(compiled, origin)
      return shared === null ? [...varies] : [[ALLOW_ORIGIN, shared], ...declared, ...echo(request), ...varies]
    },
    respond(request, origin) {
      if (allowOriginFor(compiled, origin) === null) {
        refused ??= template(403, varies)
        return refused.clone()
      }
      accept ??= createTemplates(
        template(compiled.preflightStatus, [
          ...(compiled.anyOrigin ? [[ALLOW_ORIGIN, '*'] as const] : []),
          ...declared,
          ...varies,
        ]),
      )
      const response = compiled.anyOrigin ? accept.common() : accept.to(origin)
      if (echoMethod || echoHeaders !== null)
        for (const [name, value] of echo(request)) response.headers.set(name, value)
      return response
    },
  }
}

/**
 * Makes a Response to clone. A clone skips the validation of header values that `new Response`
 * does.
 */
function template(status: number, entries: readonly HeaderEntry[]): Response {
  const response = new Response(null, { status })
  for (const [name, value] of entries) response.headers.set(name, value)
  return response
}

function declare(compiled: CompiledPolicy): readonly HeaderEntry[] {
  const entries: HeaderEntry[] = []
  if (compiled.credentials) entries.push([ALLOW_CREDENTIALS, 'true'])
  if (compiled.methods !== null) entries.push([ALLOW_METHODS, compiled.methods])
  if (compiled.requestHeaders !== null && compiled.echoHeaders === null)
    entries.push([ALLOW_HEADERS, compiled.requestHeaders])
  if (compiled.maxAge !== null) entries.push([MAX_AGE, compiled.maxAge])
  // entries() returns these again and again, so callers must not change them.
  for (const entry of entries) Object.freeze(entry)
  return entries
}

function varyOf({ varyByOrigin, varyByMethod, echoMethod, echoHeaders }: CompiledPolicy): string | null {
  if (echoMethod || echoHeaders !== null) return `${ORIGIN}, ${REQUEST_METHOD}, ${REQUEST_HEADERS}`
  if (varyByMethod) return varyByOrigin ? `${ORIGIN}, ${REQUEST_METHOD}` : REQUEST_METHOD
  return varyByOrigin ? ORIGIN : null
}

function permittedMethod(request: RequestHead): string | null {
  const method = request.headers.get(READ.method) ?? ''
  return method.length <= MAX_ECHO_LENGTH && isEchoable(method) && !isForbiddenMethod(method) ? method : null
}

/**
 * Lists the policy's explicit names, and those of the request that a pattern covers. Only valid
 * header names come back.
 */
function permittedNames(request: RequestHead, isCovered: NameTest, explicit: string | null): string | null {
  const names = new Set(explicit === null ? [] : explicit.split(','))
  const asked = request.headers.get(READ.headers) ?? ''
  const elements = asked.length > MAX_ECHO_LENGTH ? [] : splitList(asked.toLowerCase())
  if (elements.length <= MAX_ECHO_NAMES) {
    for (const name of elements) {
      if (isEchoable(name) && isCovered(name) && !isForbiddenRequestHeader(name)) names.add(name)
    }
  }
  return names.size === 0 ? null : [...names].join(',')
}

/**
 * `*` is a valid token, but an answer of `*` would allow every name to requests without
 * credentials.
 */
function isEchoable(value: string): boolean {
  return value !== '*' && isToken(value)
}
