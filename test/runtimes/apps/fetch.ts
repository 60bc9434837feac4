// The Fetch application of Deno, Bun and Workers: one handler, and one adapter call per policy.
import { answer, createConstants } from '../../conformance/app.ts'
import { tryAll } from '../../conformance/construct.ts'
import { NAMES, nameOf, type PolicyName, pathOf } from '../../conformance/policies.ts'
import { sourceOf } from './sources.ts'

export type Handler = (request: Request) => Promise<Response | undefined>

const constants = createConstants()

/** Knows nothing of CORS. */
export async function app(request: Request): Promise<Response | undefined> {
  const answered = await answer(request, constants)
  return answered === null ? new Response('not found', { status: 404 }) : answered
}

/** Makes what wraps for each policy, and hands a request to the one its path names. */
export function byPolicy<A extends unknown[], R>(
  withCors: (source: never) => (request: Request, ...rest: A) => R,
): (request: Request, ...rest: A) => R | Promise<Response> {
  const wrapped = Object.fromEntries(NAMES.map((name) => [name, withCors(sourceOf(name) as never)])) as Record<
    PolicyName,
    (request: Request, ...rest: A) => R
  >
  // Deno calls a function that declares no parameter without any.
  return (request, ...rest) =>
    pathOf(request.url) === '/constructed'
      ? Promise.resolve(Response.json(tryAll(withCors)))
      : wrapped[nameOf(request.url)](request, ...rest)
}
