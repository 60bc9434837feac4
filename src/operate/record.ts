import type { Decision, HeaderEntry, RefusalCode, RequestHead } from '../server/types.ts'
import { ALLOW_CREDENTIALS, ALLOW_HEADERS, ALLOW_METHODS, READ } from '../spec/fields.ts'
import { isSafelistedMethod } from '../spec/methods.ts'
import { isNonWildcardRequestHeaderName } from '../spec/names.ts'
import { splitList } from '../spec/tokens.ts'

/**
 * Why a browser blocks a request. The codes are API.
 *
 * - a {@link RefusalCode}: the policy does not allow the origin
 * - `method-not-permitted`: the preflight asked for a method that the policy does not permit
 * - `header-not-permitted`: the preflight asked for a header that the policy does not permit
 */
export type BlockCode = RefusalCode | 'method-not-permitted' | 'header-not-permitted'

/**
 * What a policy answered to one CORS request, as data for a log.
 *
 * Every text in it comes from a client. It is printable and short, and the lists are short too.
 */
export interface CorsRecord {
  /** A CORS-preflight request, or another request with an `Origin`. */
  readonly kind: 'preflight' | 'cors'
  /** Why a browser blocks this request; null where it does not. */
  readonly code: BlockCode | null
  /** The `Origin` field, as it was received. */
  readonly origin: string
  /** The method; of a preflight, the method that it asks for. */
  readonly method: string
  /** The path of the URL, without the query; null where the request has no URL. */
  readonly path: string | null
  /** The entry of `origins` that matched; null for a refused origin. */
  readonly rule: string | null
  /** What a preflight asked for and the policy does not permit. */
  readonly missing: {
    /** The method; null where it is permitted. */
    readonly method: string | null
    /** The header names, in lower case. At most 16. */
    readonly headers: readonly string[]
  }
  /** What the option `tenant` of `observe` gave; null without it. */
  readonly tenant: string | null
  /** The hash of the policy that answered; null where no policy could be had. */
  readonly policy: string | null
}

/** A record of a request that a browser blocks. */
export type RefusalRecord = CorsRecord & { readonly code: BlockCode }

const [MAX_TEXT, MAX_NAMES] = [200, 16]

/** What the record of a request is made of. */
interface Observed {
  readonly request: RequestHead
  readonly decision: Decision
  /** The header set of the answer. Only that of a preflight is read. */
  readonly entries: () => readonly HeaderEntry[]
  readonly tenant: string | null
  readonly policy: string | null
}

/** Makes the record of a request; null for a request without `Origin`. */
export function toRecord({ request, decision, entries, tenant, policy }: Observed): CorsRecord | null {
  const { kind, origin, rule, refusal } = decision
  if (kind === 'non-cors' || origin === null) return null
  const asked = kind === 'preflight' ? (request.headers.get(READ.requestMethod) ?? '') : request.method
  const missing =
    kind === 'preflight' && refusal === null ? missingOf(request, asked, entries()) : { method: null, headers: [] }
  const notPermitted =
    missing.method !== null ? 'method-not-permitted' : missing.headers.length > 0 ? 'header-not-permitted' : null
  return {
    kind,
    code: refusal ?? notPermitted,
    origin: short(origin),
    method: short(asked),
    path: pathOf(request),
    rule,
    missing,
    tenant: tenant === null ? null : short(tenant),
    policy,
  }
}

/**
 * Compares what a preflight asked for with its answer, as a browser does. A `*` of an answer with
 * `Access-Control-Allow-Credentials` is a name like any other.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
function missingOf(request: RequestHead, method: string, entries: readonly HeaderEntry[]): CorsRecord['missing'] {
  const listed = (field: string) => new Set(splitList(entries.find(([name]) => name === field)?.[1] ?? ''))
  const isLiteral = entries.some(([name]) => name === ALLOW_CREDENTIALS)
  const methods = listed(ALLOW_METHODS)
  const names = listed(ALLOW_HEADERS)
  const permitsMethod = isSafelistedMethod(method) || methods.has(method) || (methods.has('*') && !isLiteral)
  const isPermitted = (name: string) =>
    names.has(name) || (names.has('*') && !isLiteral && !isNonWildcardRequestHeaderName(name))
  const asked = splitList((request.headers.get(READ.requestHeaders) ?? '').toLowerCase())
  return {
    method: permitsMethod ? null : short(method),
    headers: asked
      .filter((name) => !isPermitted(name))
      .slice(0, MAX_NAMES)
      .map(short),
  }
}

/** A Fetch request has an absolute `url`, and one of Node a path. */
function pathOf(request: RequestHead & { readonly url?: unknown }): string | null {
  const { url } = request
  if (typeof url !== 'string') return null
  const parsed = URL.parse(url, 'http://localhost')
  return parsed === null ? null : short(parsed.pathname)
}

/** Makes a client's text safe for a terminal and a log: printable ASCII, and short. */
function short(text: string): string {
  const cut = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text
  return cut.replaceAll(/[^\x20-\x7e…]/g, '?')
}
