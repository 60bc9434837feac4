/** Serves one variant with Deno, and prints its port. */
import { fetchOf } from './apps.ts'

interface DenoServer {
  readonly args: readonly string[]
  serve(
    options: { port: number; hostname: string; onListen(at: { port: number }): void },
    handler: (request: Request) => unknown,
  ): unknown
}

const { Deno: deno } = globalThis as unknown as { Deno: DenoServer }
const fetch = fetchOf(deno.args[0] ?? 'bare')
deno.serve({ port: 0, hostname: '127.0.0.1', onListen: ({ port }) => console.log(port) }, (request) => fetch(request))
