import { getField } from '../../browser/wire.ts'
import { checkPolicy } from '../../policy/check.ts'
import type { CorsPolicy } from '../../policy/types.ts'
import { ALLOW_METHODS, EXPOSE_HEADERS, REQUEST_HEADERS } from '../../spec/fields.ts'
import { isSafelistedMethod } from '../../spec/methods.ts'
import { isForbiddenResponseHeaderName, isSafelistedResponseHeaderName } from '../../spec/names.ts'
import { unsafeRequestHeaderNames } from '../../spec/safelist.ts'
import { isToken, splitList } from '../../spec/tokens.ts'
import { type Evidence, linesOf } from '../evidence.ts'

type Draft = { -readonly [K in keyof CorsPolicy]: CorsPolicy[K] }

/** How long the policies that are proposed let a preflight hold: what most browsers honour. */
const MAX_AGE_SECONDS = 7200

/**
 * Makes the smallest policy that shares this response with this page: what the page asks for, and what the server already allows.
 * Null where no policy does: for pages without an origin, and for URLs that are no CORS matter.
 */
export function policyFor(evidence: Evidence): CorsPolicy | null {
  const { call } = evidence
  if (call.origin === 'null' || !evidence.isCrossOrigin) return null
  const draft: Draft = { origins: [call.origin] }
  if (call.credentials === 'include') draft.credentials = true
  const methods = [call.method, ...allowedMethods(evidence)].filter(
    (method) => !isSafelistedMethod(method) && method !== 'OPTIONS',
  )
  if (methods.length > 0) draft.methods = unique(methods)
  const names = requestHeaders(evidence)
  if (names.length > 0) draft.requestHeaders = unique(names)
  const exposed = [...call.reads, ...linesOf(evidence.actual, EXPOSE_HEADERS).flatMap(splitList)].filter(
    (name) =>
      (isPlain(name) || call.reads.includes(name)) &&
      isToken(name) &&
      name !== '*' &&
      !isSafelistedResponseHeaderName(name) &&
      !isForbiddenResponseHeaderName(name),
  )
  if (exposed.length > 0) draft.exposedHeaders = unique(exposed)
  if (methods.length > 0 || names.length > 0) draft.maxAge = MAX_AGE_SECONDS
  return admissible(draft)
}

/**
 * Tells whether a name that the server chose may stand in text that people paste into shells and configuration: tokens may hold
 * backticks, quotes and dollar signs.
 */
function isPlain(name: string): boolean {
  return /^[\w.-]{1,64}$/.test(name)
}

/** The methods that the server lists today, if they can be read. */
function allowedMethods(evidence: Evidence): readonly string[] {
  const listed = linesOf(evidence.preflight, ALLOW_METHODS).flatMap(splitList)
  return listed.every(isToken) ? listed.filter((method) => isPlain(method) && method === method.toUpperCase()) : []
}

/** The names that the preflight asks for, spelled as the page spells them. */
function requestHeaders({ call, preflight }: Evidence): readonly string[] {
  const asked = preflight === null ? null : getField(preflight.request.headers, REQUEST_HEADERS)
  const names = asked === null ? unsafeRequestHeaderNames(call.headers) : splitList(asked)
  return names
    .filter(isToken)
    .map((name) => call.headers.find(([key]) => key.toLowerCase() === name)?.[0] ?? canonical(name))
}

/** Lets the policy's own checks have the last word. */
function admissible(draft: Draft): CorsPolicy | null {
  for (const { severity, code, path } of checkPolicy(draft)) {
    if (severity !== 'error') continue
    if (code === 'origin-insecure') draft.dangerouslyAllowInsecureOrigins = true
    else if (path[0] === 'origins') return null
    else if (path[0] !== undefined) delete draft[path[0] as keyof Draft]
  }
  return checkPolicy(draft).some(({ severity }) => severity === 'error') ? null : draft
}

function unique(names: readonly string[]): string[] {
  return names.filter((name, i) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === i)
}

function canonical(name: string): string {
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())
}
