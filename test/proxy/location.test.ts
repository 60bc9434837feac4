import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { varsFor } from '../support/edge.ts'
import { type Loopback, send } from '../support/loopback.ts'
import { PAGE } from '../support/pages.ts'
import { ALL_RUNTIMES } from '../support/runtimes.ts'
import { startUpstream, type Upstream } from '../support/upstream.ts'

describe.each(ALL_RUNTIMES)('the Location behind a proxy in %s', (_, start) => {
  let upstream: Upstream
  let location: string | undefined
  const edges = new Map<string, Pick<Loopback, 'port' | 'origin' | typeof Symbol.asyncDispose>>()
  beforeAll(async () => {
    upstream = await startUpstream((_, response) => {
      response.writeHead(307, location === undefined ? {} : { Location: location }).end()
    })
    for (const base of ['', '/v1']) edges.set(base, await start(varsFor(upstream.origin + base)))
  })
  afterAll(async () => {
    for (const server of [...edges.values(), upstream]) await server[Symbol.asyncDispose]()
  })

  /** Asks for `/users/1` and gives back the Location, with names in the place of hosts. */
  async function redirect(base: string, given: string): Promise<{ as: unknown; followed: string }> {
    const edge = edges.get(base)
    if (edge === undefined) throw new Error(`no edge for ${base}`)
    location = given.replace('UPSTREAM', new URL(upstream.origin).host).replace('EDGE', new URL(edge.origin).host)
    const answer = await send(edge, { path: '/users/1', headers: { Origin: PAGE } })
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([307, PAGE])
    const named = (text: string) => text.replace(edge.origin, 'EDGE').replace(new URL(upstream.origin).host, 'UPSTREAM')
    const as = answer.headers.location ?? ''
    return { as: named(as), followed: named(new URL(as, `${edge.origin}/users/1`).href) }
  }

  it.each([
    ['', 'http://UPSTREAM/login?next=%2F#top', 'EDGE/login?next=%2F#top'],
    ['', '//UPSTREAM/login', 'EDGE/login'],
    ['', 'http://UPSTREAM', 'EDGE/'],
    ['', 'HTTP://UPSTREAM/a/../b', 'EDGE/b'],
    ['/v1', 'http://UPSTREAM/v1/users/2?a=b', 'EDGE/users/2?a=b'],
    ['/v1', 'http://UPSTREAM/v1', 'EDGE/'],
    ['/v1', '/v1/users/2', 'EDGE/users/2'],
    ['/v1', '//UPSTREAM/v1/', 'EDGE/'],
    // What lies outside keeps its path, as a relative one does, and tells nobody where the origin API lives.
    ['/v1', 'http://UPSTREAM/v10/users', 'EDGE/v10/users'],
    ['/v1', 'http://UPSTREAM/v1%2f..', 'EDGE/v1%2f..'],
    ['/v1', 'http://UPSTREAM/', 'EDGE/'],
    ['/v1', 'http://user:word@UPSTREAM/login', 'EDGE/login'],
    // An origin API that believes X-Forwarded-Host.
    ['/v1', 'http://EDGE/v1/users/2', 'EDGE/users/2'],
    ['/v1', 'http://EDGE/users/2', 'EDGE/users/2'],
  ])('below %j is rewritten where it leads to the upstream: %s', async (base, given, followed) => {
    expect((await redirect(base, given)).followed).toBe(followed)
  })

  it.each([
    ['', '/users/2', 'EDGE/users/2'],
    ['', '2?a=b', 'EDGE/users/2?a=b'],
    ['', '../', 'EDGE/'],
    ['/v1', '2', 'EDGE/users/2'],
    ['/v1', '?page=2', 'EDGE/users/1?page=2'],
  ])('below %j is left as it is where it leads to the right place: %s', async (base, given, followed) => {
    expect(await redirect(base, given)).toEqual({ as: given, followed })
  })

  it.each([
    ['', 'https://login.example/authorize'],
    ['', 'http://UPSTREAM.evil.example/'],
    ['', 'https://UPSTREAM/'],
    ['', '//login.example/'],
    ['', 'http://:not a url'],
    ['', 'mailto:a@b.example'],
  ])('below %j is left as it is where it leads elsewhere: %s', async (base, given) => {
    const host = new URL(upstream.origin).host
    const edge = edges.get(base)
    location = given.replace('UPSTREAM', host)
    const answer = await send(edge ?? { port: 0 }, { path: '/users/1' })
    expect(answer.headers.location).toBe(location)
  })
})
