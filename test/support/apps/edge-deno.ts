// The proxy under Deno, from the sources. Options come as variables, in one argument.
import { createProxy, proxyOptionsFromEnv } from '../../../src/proxy.ts'

declare const Deno: {
  args: string[]
  serve(options: object, handler: (request: Request) => Promise<Response>): unknown
}

const proxy = createProxy(proxyOptionsFromEnv(JSON.parse(Deno.args[0] ?? '{}')))
const onListen = ({ port }: { port: number }) => console.log(port)
Deno.serve({ hostname: '127.0.0.1', port: 0, onListen }, proxy)
