import { ORIGIN, VARY } from '../spec/fields.ts'
import * as READ from '../spec/read.ts'
import { allowOriginFor, sentOrigin } from './decide.ts'
import type { Tables } from './tables.ts'
import type { RequestHead } from './types.ts'

/**
 * Answers a request from an origin that the policy does not allow; null for any other request.
 *
 * A browser may say that page and server have the same origin. Such a request is let through.
 *
 * @see https://w3c.github.io/webappsec-fetch-metadata/
 */
export function guard(tables: Tables, request: RequestHead): Response | null {
  const origin = sentOrigin(request)
  return origin === null ||
    allowOriginFor(tables, origin) !== null ||
    request.headers.get(READ.fetchSite) === 'same-origin'
    ? null
    : new Response(null, { status: 403, headers: [[VARY, ORIGIN]] })
}
