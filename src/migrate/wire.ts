import type { CorsPolicy } from '../policy/types.ts'
import { createCors } from '../server/create.ts'
import { ALLOW_ORIGIN, ORIGIN, REQUEST_HEADERS, REQUEST_METHOD } from '../spec/fields.ts'

/** A request as far as CORS middleware reads one. */
export interface AskedRequest {
  readonly method: string
  /** The `Origin` field; null for none. */
  readonly origin: string | null
  /** The `Access-Control-Request-Method` field; null for none. */
  readonly asked: string | null
  /** The `Access-Control-Request-Headers` field; null for none. */
  readonly names: string | null
}

/** An answer as far as it matters here. */
export interface GivenAnswer {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Whether the application's own handler ran. */
  readonly isReached: boolean
}

/** Answers requests as an application with CORS middleware does. */
export type Answerer = (request: AskedRequest) => GivenAnswer

/** The answer of an application to a request that reaches it. */
export const REACHED: GivenAnswer = { status: 200, headers: [], isReached: true }

/** The field lines of a request. */
export function fieldsOf({ origin, asked, names }: AskedRequest): Record<string, string> {
  return {
    ...(origin === null ? {} : { [ORIGIN]: origin }),
    ...(asked === null ? {} : { [REQUEST_METHOD]: asked }),
    ...(names === null ? {} : { [REQUEST_HEADERS]: names }),
  }
}

/** Tells whether a request is a CORS-preflight request. */
export function asksPreflight({ method, origin, asked }: AskedRequest): boolean {
  return method === 'OPTIONS' && origin !== null && asked !== null
}

/** Makes the answerer of a policy of ours. A policy that is null answers nothing. */
export function answererOf(policy: CorsPolicy | null): Answerer {
  if (policy === null) return () => REACHED
  const cors = createCors(policy)
  return (request) => {
    const head = { method: request.method, headers: new Headers(fieldsOf(request)) }
    const headers = cors.entries(head)
    if (asksPreflight(request)) {
      const isShared = headers.some(([name]) => name === ALLOW_ORIGIN)
      return { status: isShared ? (policy.preflightStatus ?? 204) : 403, headers, isReached: false }
    }
    const isForbidden = policy.refused === 'forbid' && cors.guard(head) !== null
    return isForbidden ? { status: 403, headers, isReached: false } : { ...REACHED, headers }
  }
}
