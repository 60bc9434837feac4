// What every route.ts of the Next application exports.
import { withCors } from 'corsmith/next'
import { answer, createConstants } from '../../../conformance/app.ts'
import { nameOf } from '../../../conformance/policies.ts'
import { sourceOf } from '../sources.ts'

const constants = createConstants()

export async function handle(request: Request): Promise<Response> {
  return (await answer(request, constants)) as Response
}

/** The same with the wrapper for route handlers, for a path that no proxy covers. */
export const wrapped: {
  GET(request: Request, context: never): Response | Promise<Response>
  POST(request: Request, context: never): Response | Promise<Response>
  OPTIONS(request: Request, context: never): Response | Promise<Response>
} = withCors((request: Request) => sourceOf(nameOf(request.url)) as never, { GET: handle, POST: handle })

export const wrappedOpt: typeof wrapped = withCors((request: Request) => sourceOf(nameOf(request.url)) as never, {
  GET: handle,
  POST: handle,
  OPTIONS: handle,
})
