/** A server of its own process: node --expose-gc node-server.ts '{…}'. Answers `memory` on its channel. */
import type { Server } from 'node:http'
import { createProxyServer } from '../../adapters/node-proxy.ts'
import { createEdgeTenants, type Settings } from './edge.ts'

const settings: Settings = JSON.parse(process.argv[2] ?? '')
const { plant, upstream, timeoutMs } = settings
const options = { upstream, cors: createEdgeTenants(settings), timeoutMs }
// It is an http.Server; the package's type leaves out what needs the types of Node.
const server = createProxyServer(options) as unknown as Server
const kept: unknown[] = []
let requests = 0

server.prependListener('request', (_, response) => {
  requests += 1
  if (plant === 'leaks') kept.push(Buffer.alloc(200_000, 1).toString())
  if (plant === 'crashes' && requests === 100) process.exit(9)
  if (plant === 'hangs' && requests % 50 === 0) response.end = () => response
})

process.on('message', (message) => {
  if (message !== 'memory') return
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  process.send?.({ memory: heapUsed + external })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 })
})
