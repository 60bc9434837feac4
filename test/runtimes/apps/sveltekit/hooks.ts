import { cors } from 'corsmith/sveltekit'
import { answer, createConstants } from '../../../conformance/app.ts'
import { tryAll } from '../../../conformance/construct.ts'
import { nameOf } from '../../../conformance/policies.ts'
import { sourceOf } from '../sources.ts'

const constants = createConstants()

export const handle: ReturnType<typeof cors> = cors(({ request }) => sourceOf(nameOf(request.url)) as never)

/** What every +server.ts exports. */
export async function endpoint({ request }: { request: Request }): Promise<Response> {
  return (await answer(request, constants)) as Response
}

export function constructed(): Response {
  return Response.json(tryAll((policy) => cors(policy)))
}
