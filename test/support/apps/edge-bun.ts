// The proxy under Bun, from the sources. Options come as variables, in one argument.
import { createProxy, proxyOptionsFromEnv } from '../../../src/proxy.ts'

declare const Bun: { serve(options: object): { port: number } }

const proxy = createProxy(proxyOptionsFromEnv(JSON.parse(process.argv[2] ?? '{}')))
const server = Bun.serve({ hostname: '127.0.0.1', port: 0, idleTimeout: 0, fetch: proxy })
console.log(server.port)
