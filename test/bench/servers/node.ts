/** Serves one variant with @hono/node-server, and prints its port. */
import { serve } from '@hono/node-server'
import { fetchOf } from './apps.ts'

serve({ fetch: fetchOf(process.argv[2] ?? 'bare') as never, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
  console.log(port),
)
