import { getField } from '../../browser/wire.ts'
import { checkPolicy } from '../../policy/check.ts'
import type { CorsPolicy } from '../../policy/types.ts'
import { REQUEST_HEADERS } from '../../spec/fields.ts'
import { isSafelistedMethod } from '../../spec/methods.ts'
import { isForbiddenResponseHeaderName, isSafelistedResponseHeaderName } from '../../spec/names.ts'
import { unsafeRequestHeaderNames } from '../../spec/safelist.ts'
import { isToken, splitList } from '../../spec/tokens.ts'
import type { Evidence } from '../evidence.ts'

type Draft = { -readonly [K in keyof CorsPolicy]: CorsPolicy[K] }

/** How long the policies that are proposed let a preflight hold: what every browser honours. */
export const MAX_AGE_SECONDS = 600

/**
 * Makes the smallest policy that shares this response with this page: what the page asks for, and nothing that the server said, which
 * may be a stranger's. Null where no policy does: for pages without an origin, and for URLs that are no CORS matter.
 */
export function policyFor(evidence: Evidence): CorsPolicy | null {
  const { call } = evidence
  if (call.origin === 'null' || !evidence.isCrossOrigin) return null
  const draft: Draft = { origins: [call.origin] }
  if (call.credentials === 'include') draft.credentials = true
  const methods = isSafelistedMethod(call.method) || call.method === 'OPTIONS' ? [] : [call.method]
  if (methods.length > 0) draft.methods = methods
  const names = requestHeaders(evidence)
  if (names.length > 0) draft.requestHeaders = unique(names)
  const exposed = call.reads.filter(
    (name) =>
      isToken(name) && name !== '*' && !isSafelistedResponseHeaderName(name) && !isForbiddenResponseHeaderName(name),
  )
  if (exposed.length > 0) draft.exposedHeaders = unique(exposed)
  if (methods.length > 0 || names.length > 0) draft.maxAge = MAX_AGE_SECONDS
  return admissible(draft)
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
