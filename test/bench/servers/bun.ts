/** Serves one variant with Bun, and prints its port. */
import { fetchOf } from './apps.ts'

interface BunServer {
  serve(options: { port: number; hostname: string; fetch: (request: Request) => unknown }): { readonly port: number }
}

const { Bun: bun } = globalThis as unknown as { Bun: BunServer }
const fetch = fetchOf(process.argv[2] ?? 'bare')
console.log(bun.serve({ port: 0, hostname: '127.0.0.1', fetch: (request) => fetch(request) }).port)
