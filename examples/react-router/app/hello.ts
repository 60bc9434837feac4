// A resource route. For this one alone: export const middleware = [cors(policy)], from corsmith/react-router.
export function loader(): Response {
  return Response.json({ hello: 'world' }, { headers: { ETag: '"1"' } })
}

export async function action({ request }: { request: Request }): Promise<Response> {
  return Response.json({ hello: await request.text() }, { headers: { ETag: '"1"' } })
}
