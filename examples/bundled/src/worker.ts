// A Worker whose policy is written out. The plugin compiles it: what is deployed has no check, and starts without one.
import { withCors } from 'corsmith/workers'

export default withCors(
  { origins: ['https://app.example.com'], methods: ['PUT'] },
  { fetch: (request: Request) => Response.json({ path: new URL(request.url).pathname }) },
)
