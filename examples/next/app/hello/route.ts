export function GET(): Response {
  return Response.json({ hello: 'world' }, { headers: { ETag: '"1"' } })
}

export async function PUT(request: Request): Promise<Response> {
  return Response.json({ hello: await request.text() }, { headers: { ETag: '"1"' } })
}
