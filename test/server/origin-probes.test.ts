// Every origin probe, under both policies, in the three ways in which a value can arrive (test/vectors/origin-probes.json).
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCors } from '../../src/index.ts'
import { head } from '../support/exchanges.ts'
import { sendOrigins } from '../support/raw-origin.ts'

interface Probe {
  readonly id: string
  readonly class: string
  readonly value: string
  readonly note: string
  readonly expectWildcard: string
}

const file = new URL('../vectors/origin-probes.json', import.meta.url)
const { probes } = JSON.parse(readFileSync(file, 'utf8')) as { readonly probes: readonly Probe[] }

const T = 'https://app.example.com'
const exact = createCors({ origins: [T], credentials: true })
const wildcard = createCors({ origins: ['https://*.example.com'], credentials: true })

/** A serialized origin of names as browsers send them, IPv4 addresses or compressed IPv6 addresses. */
const SERIALIZED =
  /^(?!file:)[a-z][a-z0-9+.-]*:\/\/([a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*|\[[0-9a-f:]+\])(:[1-9][0-9]{0,4})?$/

/** Whether the answer to a value lets its sender read. */
function accepts(cors: typeof exact, value: string): boolean {
  const [, allowed] =
    cors.entries(head('GET', { origin: value })).find(([name]) => name === 'Access-Control-Allow-Origin') ?? []
  return allowed === value || allowed === '*'
}

/** `*` stands for one or more labels, so depth permits every probe that depends on it. */
function isSubdomain({ expectWildcard }: Probe): boolean {
  return expectWildcard === 'allow iff depth policy permits'
}

/** What `Headers` makes of a value; null where it takes none. */
function throughHeaders(value: string): string | null {
  try {
    return new Headers({ Origin: value }).get('Origin')
  } catch {
    return null
  }
}

describe('the probes', () => {
  it('are 135, of which five are subdomains', () => {
    expect(probes).toHaveLength(135)
    expect(probes.filter(isSubdomain)).toHaveLength(5)
  })

  it('have their positive controls', () => {
    expect(accepts(exact, T)).toBe(true)
    expect(accepts(wildcard, T)).toBe(true)
    expect(accepts(wildcard, 'https://a.b.example.com')).toBe(true)
    expect(accepts(wildcard, 'https://example.com')).toBe(false)
  })
})

describe.each(probes)('$id $class: $note', (probe) => {
  it('as a raw string is refused by the exact policy, and by the wildcard policy unless it is a subdomain', () => {
    expect(accepts(exact, probe.value)).toBe(false)
    expect(accepts(wildcard, probe.value)).toBe(isSubdomain(probe))
    expect(exact.decide(head('GET', { origin: probe.value })).shared).toBe(false)
  })

  it('is shown to a predicate only where it is one serialized origin of well-formed labels', () => {
    const seen: string[] = []
    createCors({ origins: (origin) => seen.push(origin) > 0 }).decide(head('GET', { origin: probe.value }))
    expect(seen.filter((origin) => !SERIALIZED.test(origin))).toEqual([])
  })

  it('through Headers is allowed only where it has become T, or is a subdomain', () => {
    const received = throughHeaders(probe.value)
    if (received === null) return
    expect(accepts(exact, received)).toBe(received === T)
    expect(accepts(wildcard, received)).toBe(received === T || isSubdomain(probe))
  })
})

describe('over the wire', () => {
  const received = new Map<Server, string | undefined>()
  const servers = [exact, wildcard].map((cors) => {
    const server: Server = createServer((request, response) => {
      const { origin } = request.headers
      received.set(server, origin)
      for (const [name, value] of cors.entries(head(request.method ?? '', { origin }))) response.setHeader(name, value)
      response.end('x')
    })
    return server
  }) as [Server, Server]
  const [exactServer, wildcardServer] = servers

  beforeAll(() =>
    Promise.all(servers.map((server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)))),
  )
  afterAll(() => Promise.all(servers.map((server) => new Promise((done) => server.close(done)))))

  async function send(server: Server, ...origins: string[]) {
    received.delete(server)
    const { status, allowOrigin } = await sendOrigins((server.address() as AddressInfo).port, origins)
    return { status, allowOrigin, received: received.get(server) }
  }

  it('T itself is accepted by both policies', async () => {
    expect(await send(exactServer, T)).toEqual({ status: 200, allowOrigin: T, received: T })
    expect(await send(wildcardServer, T)).toEqual({ status: 200, allowOrigin: T, received: T })
  })

  it('two Origin lines are refused, in either order', async () => {
    expect((await send(exactServer, T, 'https://attacker.test')).allowOrigin).toBeNull()
    expect((await send(exactServer, 'https://attacker.test', T)).allowOrigin).toBeNull()
    expect((await send(exactServer, T, T)).allowOrigin).toBeNull()
  })

  it.each(probes)('$id is refused by the exact policy, unless T is what arrived', async ({ value }) => {
    const answer = await send(exactServer, value)
    expect(answer.allowOrigin).toBe(answer.received === T ? T : null)
    if (answer.received === T) expect(value.split('\r\n')[0]?.trim()).toBe(T)
  })

  it.each(probes)('$id is refused by the wildcard policy, unless it is T or a subdomain', async (probe) => {
    const answer = await send(wildcardServer, probe.value)
    const isAllowed = answer.received === T || isSubdomain(probe)
    expect(answer.allowOrigin).toBe(isAllowed ? (answer.received ?? '') : null)
  })
})
