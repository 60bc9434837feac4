/** A store on loopback that fails: errors, resets, stalls, lag, old and broken documents, partitions, restarts. */
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Ledger } from './ledger.ts'
import { oneOf } from './random.ts'

export interface FaultyStore {
  readonly url: string
  readonly reads: number
  readonly faults: number
  /** Refuses every connection for a while. */
  restart(ms: number): Promise<void>
  /** Fails no more. */
  heal(): void
  close(): void
}

const FAULTS = ['error', 'reset', 'stall', 'lag', 'old', 'broken', 'half', 'forbidden'] as const

const BROKEN = [
  '{',
  '[]',
  '{"version":9007199254740993,"policy":{}}',
  '{"version":9,"policy":{"origins":["*.example"]}}',
  '\u0000',
]

/** Starts the store. Of its reads, `share` are faults. */
export async function startStore(ledger: Ledger, random: () => number, share: number): Promise<FaultyStore> {
  let reads = 0
  let faults = 0
  let isHealthy = false
  let isAway = false

  function answer(tenant: number, response: ServerResponse): void {
    reads += 1
    if (isAway) {
      faults += 1
      response.destroy()
      return
    }
    const fault = !isHealthy && random() < share ? oneOf(random, FAULTS) : null
    const send = (text: string) => response.end(text)
    if (fault !== null) faults += 1
    if (fault === 'error') response.writeHead(500).end('no')
    else if (fault === 'forbidden') response.writeHead(429).end()
    else if (fault === 'reset') response.destroy()
    else if (fault === 'half')
      response.writeHead(200, { 'Content-Length': '9999' }).write('{', () => response.destroy())
    else if (fault === 'stall') setTimeout(() => response.destroy(), 5000).unref()
    else if (fault === 'lag') setTimeout(send, 400, ledger.document(tenant)).unref()
    else if (fault === 'broken') send(oneOf(random, BROKEN as unknown as [string, ...string[]]))
    else send(ledger.document(tenant, fault === 'old'))
  }

  const server: Server = createServer((request, response) => answer(Number(request.url?.slice(2)), response))
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get reads() {
      return reads
    },
    get faults() {
      return faults
    },
    async restart(ms) {
      isAway = true
      server.closeAllConnections()
      await new Promise((resolve) => setTimeout(resolve, ms))
      isAway = false
    },
    heal() {
      isHealthy = true
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
