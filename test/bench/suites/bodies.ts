/** Responses that libraries tend to copy: a body that is a stream, and headers that cannot be changed. The bodies stay unread. */
import { cors } from '../../../adapters/hono.ts'
import { app, type Handler, noop, peer, run } from '../hono-apps.ts'
import { get, origins } from '../inputs.ts'
import { corsOf, policyOf } from '../policies.ts'
import type { Row } from '../row.ts'
import { startUpstream } from '../upstream.ts'

function row(id: string, title: string, handler: Handler, prepare?: () => Promise<void>): Row {
  return {
    id,
    title,
    ...(prepare === undefined ? {} : { prepare }),
    cases() {
      const request = get('https://tenant-9.example.com')
      const bare = app(handler)
      return {
        bare: run(bare, request),
        'no-op middleware': run(app(handler, noop), request),
        'hono/cors': run(app(handler, peer(origins(10))), request),
        middleware: run(app(handler, cors(policyOf(origins(10)))), request),
        wrap: run(corsOf(origins(10)).wrap(bare), request),
      }
    },
  }
}

/** The headers of a response that `fetch()` gave are immutable. One is fetched for each batch, and given again and again: nobody reads it. */
let fetched: Response | undefined
/** A worker cannot listen: there the bench says where. */
let { benchUpstream: address } = globalThis as { benchUpstream?: string }

async function fetchOne(): Promise<void> {
  address ??= (await startUpstream()).address
  fetched = await fetch(address)
}

export const rows: readonly Row[] = [
  row(
    'streamed',
    'GET allowed, a stream as body',
    () =>
      new Response(new ReadableStream({ pull: (controller) => controller.close() }), {
        headers: { 'Content-Type': 'text/plain' },
      }),
  ),
  row('fetched', 'GET allowed, a response that fetch() gave', () => fetched ?? new Response('not fetched'), fetchOne),
]
