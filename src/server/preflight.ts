import { VARY } from '../spec/fields.ts'
import { allowOriginFor } from './decide.ts'
import { setLines } from './stamp.ts'
import type { Tables } from './tables.ts'
import { createTemplates, type Templates } from './templates.ts'
import type { HeaderEntry, RequestHead } from './types.ts'

/**
 * Prepares the answers to preflights: a new Response for each.
 *
 * An allowed origin gets the whole policy. What its preflight asked for makes no difference: the
 * browser compares, and names what is missing in its console. So nothing that a client sent is
 * parsed. There are two exceptions, `*` next to credentials and name patterns, because browsers have
 * no notation for them: there `echo` answers with what was asked for and is covered.
 */
export function createPreflight(tables: Tables): (request: RequestHead, origin: string) => Response {
  // Made at the first preflight, not before: on Node the first use of `Response` loads all of
  // fetch.
  let accept: Templates | undefined
  let refuse: Response | undefined

  return (request, origin) => {
    const allowOrigin = allowOriginFor(tables, origin)
    if (allowOrigin === null) {
      refuse ??= template(403, [], tables)
      return refuse.clone()
    }
    accept ??= createTemplates(template(tables.status, tables.preflight, tables))
    const response = accept(allowOrigin)
    if (tables.echo !== null) setLines(response.headers, tables.echo.lines(request))
    return response
  }
}

/**
 * Makes a Response to clone. A clone skips the validation of header values that `new Response`
 * does.
 */
function template(status: number, entries: readonly HeaderEntry[], tables: Tables): Response {
  const response = new Response(null, { status })
  setLines(response.headers, entries)
  const { vary } = tables.echo ?? tables
  if (vary !== null) response.headers.set(VARY, vary)
  return response
}
