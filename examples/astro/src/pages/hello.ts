import type { APIRoute } from 'astro'

export const GET: APIRoute = () => Response.json({ hello: 'world' }, { headers: { ETag: '"1"' } })

export const PUT: APIRoute = async ({ request }) =>
  Response.json({ hello: await request.text() }, { headers: { ETag: '"1"' } })
