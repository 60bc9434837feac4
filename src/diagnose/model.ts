import type { HeaderLine, WireRequest, WireResponse } from '../browser/wire.ts'
import type { Cors, RequestHead } from '../server/types.ts'
import { CORS_RESPONSE_FIELDS } from '../spec/fields.ts'
import { isPreflight } from './recorder.ts'

const CORS_NAMES: ReadonlySet<string> = new Set(CORS_RESPONSE_FIELDS.map((name) => name.toLowerCase()))

/**
 * Models a server with a policy in front of its handler. The engine writes the CORS headers;
 * everything else comes from the handler. The model returns null where the handler has no answer.
 */
export function modelOf(
  cors: Cors,
  handler: (request: WireRequest) => WireResponse | null,
): (request: WireRequest) => WireResponse | null {
  return (request) => {
    const head = headOf(request.method, request.headers)
    if (isPreflight(request)) {
      const answer = cors.preflight(head)
      if (answer !== null) return { status: answer.status, headers: spelled(answer.headers) }
    }
    const refusal = cors.policy.refused === 'forbid' ? cors.guard(head) : null
    if (refusal !== null) return { status: refusal.status, headers: spelled(refusal.headers) }
    const said = handler(request)
    if (said === null) return null
    const entries = cors.entries(
      head,
      said.headers.map(([name]) => name),
    )
    // The engine replaces or removes CORS headers of the handler. It decides by name, so the values
    // do not matter.
    const spoken = said.headers.filter(([name]) => CORS_NAMES.has(name.toLowerCase()))
    const left = cors.headers(
      head,
      spoken.map(([name]): [string, string] => [name, 'true']),
    )
    const written = new Set(entries.map(([name]) => name.toLowerCase()))
    const isLeft = (name: string) => !CORS_NAMES.has(name) || (left.has(name) && !written.has(name))
    const own = said.headers.filter(([name]) => isLeft(name.toLowerCase()))
    return { ...said, headers: [...own, ...entries] }
  }
}

/** Restores the usual spelling of names. `Headers` returns them in lower case. */
function spelled(headers: Headers): HeaderLine[] {
  return [...headers].map(([name, value]) => [name.replace(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase()), value])
}

/** Turns header lines into the request that the engine reads. */
export function headOf(method: string, headers: readonly HeaderLine[]): RequestHead {
  const values = new Map<string, string>()
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    const earlier = values.get(key)
    values.set(key, earlier === undefined ? value : `${earlier}, ${value}`)
  }
  return { method, headers: { get: (name) => values.get(name) ?? null } }
}
