import type { HeaderLine, WireRequest, WireResponse } from '../browser/wire.ts'
import type { CorsPolicy } from '../policy/types.ts'
import type { Cors, Decision, RequestHead } from '../server/types.ts'
import { CORS_RESPONSE_FIELDS } from '../spec/fields.ts'
import { examine } from './diagnose.ts'
import type { Diagnosis } from './diagnosis.ts'
import type { Finding } from './finding.ts'
import { EXPLAIN_ROWS } from './findings/explain-rows.ts'
import { snippet } from './fixes/snippets.ts'
import { policyFor as neededFor } from './fixes/widen.ts'
import { type PageRequest, readCall } from './page-request.ts'
import { createRecorder, isPreflight } from './recorder.ts'

/** A page's request, and what the handler behind the policy answers. */
export interface ExplainedRequest extends PageRequest {
  /** What the handler answers; default a 200 without headers. */
  readonly response?: { readonly status?: number; readonly headers?: readonly HeaderLine[] }
}

/** What a policy makes of a page's request. */
export interface Explanation extends Diagnosis {
  /** What the policy decides about the request, or about its preflight where there is one. */
  readonly decision: Decision
  /** Whether every browser lets the page read the response. */
  readonly shared: boolean
  /**
   * The policy that would share it, and every header that the page reads, with the least added; null where nothing is missing, or where
   * no policy helps.
   */
  readonly edit: CorsPolicy | null
}

/**
 * Explains what a policy makes of a page's request: the engine answers, the browsers judge, and the difference is named.
 *
 * @throws TypeError for a request that no page can make
 *
 * @example
 * const cors = createCors({ origins: ['https://app.example.com'] })
 * const { shared, findings, edit } = await explain(cors, {
 *   url: 'https://api.example.com/users/42',
 *   origin: 'https://app.example.com',
 *   method: 'PUT',
 * })
 * // shared: false · findings[0].code: 'method-not-listed' · edit.methods: ['PUT']
 */
export async function explain(cors: Cors, request: ExplainedRequest): Promise<Explanation> {
  const call = readCall(request)
  const answer = respond(cors, request)
  const recorder = createRecorder({
    transport: async (wire) => answer(wire),
    call,
    sendUnsafe: true,
    maxRequests: 100,
    extra: [],
    onObservation: () => {},
  })
  const diagnosis = await examine(call, recorder, { rows: EXPLAIN_ROWS, otherwise: 'fetch', probes: false, answer })
  const first = recorder.observations[0]
  const shared = diagnosis.conclusion === 'allowed'
  const edit = neededFor(cors.policy, diagnosis)
  return {
    ...diagnosis,
    findings: diagnosis.findings.map((finding) => withEdit(finding, edit)),
    decision: cors.decide(
      first === undefined ? headOf(call.method, []) : headOf(first.request.method, first.request.headers),
    ),
    shared,
    edit,
  }
}

const CORS_NAMES: ReadonlySet<string> = new Set(CORS_RESPONSE_FIELDS.map((name) => name.toLowerCase()))

/** The policy is known, so the change is made to it instead of to a guess from what it answered. */
function withEdit(finding: Finding, edit: CorsPolicy | null): Finding {
  if (finding.fix === null || finding.fix.policy === null) return finding
  return {
    ...finding,
    fix: { ...finding.fix, note: null, policy: edit, snippet: edit === null ? null : snippet('fetch', edit) },
  }
}

/** Writes the names of a `Headers` object, which are in lower case, as they are sent. */
function spelled(headers: Headers): HeaderLine[] {
  return [...headers].map(([name, value]) => [name.replace(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase()), value])
}

/** Answers as a server with this policy in front of its handler would. */
function respond(cors: Cors, { response }: ExplainedRequest): (request: WireRequest) => WireResponse {
  return (request) => {
    const head = headOf(request.method, request.headers)
    if (isPreflight(request)) {
      const answer = cors.preflight(head)
      if (answer !== null) return { status: answer.status, headers: spelled(answer.headers) }
    }
    const refusal = cors.policy.refused === 'forbid' ? cors.guard(head) : null
    if (refusal !== null) return { status: refusal.status, headers: spelled(refusal.headers) }
    const given = response?.headers ?? []
    const entries = cors.entries(
      head,
      given.map(([name]) => name),
    )
    // What a handler says of CORS itself is replaced or removed. The engine is asked what it leaves: by name, whatever the values.
    const spoken = given.filter(([name]) => CORS_NAMES.has(name.toLowerCase()))
    const left = cors.headers(
      head,
      spoken.map(([name]): [string, string] => [name, 'true']),
    )
    const written = new Set(entries.map(([name]) => name.toLowerCase()))
    const isLeft = (name: string) => !CORS_NAMES.has(name) || (left.has(name) && !written.has(name))
    const own = given.filter(([name]) => isLeft(name.toLowerCase()))
    return { status: response?.status ?? 200, headers: [...own, ...entries] }
  }
}

function headOf(method: string, headers: readonly HeaderLine[]): RequestHead {
  const values = new Map<string, string>()
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    const earlier = values.get(key)
    values.set(key, earlier === undefined ? value : `${earlier}, ${value}`)
  }
  return { method, headers: { get: (name) => values.get(name) ?? null } }
}
