import type { RequestHandler } from './$types'

export const GET: RequestHandler = () => Response.json({ hello: 'world' }, { headers: { ETag: '"1"' } })

export const PUT: RequestHandler = async ({ request }) =>
  Response.json({ hello: await request.text() }, { headers: { ETag: '"1"' } })
