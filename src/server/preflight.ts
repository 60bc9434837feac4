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
import { sharedWith } from './decide.ts'
import { createTemplates, type Templates } from './templates.ts'
import type { HeaderEntry, RequestHead } from './types.ts'

/** Echoing reads no more than this of what a client sent. Beyond it nothing is echoed. */
const MAX_ECHO_LENGTH = 4096
const MAX_ECHO_NAMES = 256

/** Answers CORS-preflight requests. */
export interface Preflight {
  /** The header set of the answer. `origin` is the request's, which was read to know it for a preflight. */
  entries(request: RequestHead, origin: string): readonly HeaderEntry[]
  /** The answer itself, a fresh Response each time. */
  respond(request: RequestHead, origin: string): Response
}

/**
 * Makes the answers to preflights once, and hands out copies.
 *
 * To an allowed origin the whole policy is declared, whatever was asked for: the browser compares, and names the culprit.
 * So nothing the client sent is parsed, unless `*` next to credentials or a name pattern leaves no other way.
 */
export function createPreflight(compiled: CompiledPolicy): Preflight {
  const { echoMethod, echoHeaders } = compiled
  const declared = declare(compiled)
  const vary = varyOf(compiled)
  const varies: readonly HeaderEntry[] = vary === null ? [] : [Object.freeze([VARY, vary] as const)]
  // No fetch global is touched before the first preflight: on Node the first touch loads the whole of fetch.
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
      const shared = sharedWith(compiled, origin)
      return shared === null ? [...varies] : [[ALLOW_ORIGIN, shared], ...declared, ...echo(request), ...varies]
    },
    respond(request, origin) {
      if (sharedWith(compiled, origin) === null) {
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

/** Cloning a Response without a body skips what building one costs, and each clone is the caller's own. */
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
  // Handed out by entries() again and again, and so not to be changed.
  for (const entry of entries) Object.freeze(entry)
  return entries
}

function varyOf({ varyByOrigin, echoMethod, echoHeaders }: CompiledPolicy): string | null {
  if (echoMethod || echoHeaders !== null) return `${ORIGIN}, ${REQUEST_METHOD}, ${REQUEST_HEADERS}`
  return varyByOrigin ? ORIGIN : null
}

function permittedMethod(request: RequestHead): string | null {
  const method = request.headers.get(READ.method) ?? ''
  return method.length <= MAX_ECHO_LENGTH && isEchoable(method) && !isForbiddenMethod(method) ? method : null
}

/** The explicit names, and of those asked for the ones that are covered. What is no header name never comes back. */
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

/** A `*` is a token like any other, but where no credentials are sent browsers read it as all, `Authorization` included. */
function isEchoable(value: string): boolean {
  return value !== '*' && isToken(value)
}
