import { cors, withCors } from 'corsmith/astro'
import { answer, createConstants } from '../../../conformance/app.ts'
import { tryAll } from '../../../conformance/construct.ts'
import { nameOf } from '../../../conformance/policies.ts'
import { sourceOf } from '../sources.ts'

const constants = createConstants()

/** For src/middleware.ts. */
export const onRequest: ReturnType<typeof cors> = cors(({ request }) => sourceOf(nameOf(request.url)) as never)

/** For src/fetch.ts. */
export function around(fetch: (request: Request) => Promise<Response>): {
  fetch(request: Request): Response | Promise<Response>
} {
  return withCors((request: Request) => sourceOf(nameOf(request.url)) as never, { fetch })
}

/** What every endpoint exports. */
export async function endpoint({ request }: { request: Request }): Promise<Response> {
  return (await answer(request, constants)) as Response
}

export function constructed(): Response {
  return Response.json(tryAll((policy) => [cors(policy), withCors(policy, { fetch: () => new Response() })]))
}
