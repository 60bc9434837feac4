import { describe, expect, it } from 'vitest'
import { varsFor } from '../support/edge.ts'
import { corsNames, send } from '../support/loopback.ts'
import { PAGE, STRANGER } from '../support/pages.ts'
import { RUNTIMES } from '../support/runtimes.ts'
import { startUpstream } from '../support/upstream.ts'

const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND'] as const

describe.each(RUNTIMES)('the Origin behind a proxy in %s', (_, start) => {
  it.each([
    ['is stripped by default', undefined, undefined],
    ["is stripped with 'strip'", 'strip', undefined],
    ["is kept with 'keep'", 'keep', PAGE],
    ["is the upstream's own with 'rewrite'", 'rewrite', 'upstream'],
  ])('%s', async (_, mode, expected) => {
    await using upstream = await startUpstream()
    await using edge = await start(varsFor(upstream.origin, { FORWARD_ORIGIN: mode }))
    for (const method of ['GET', 'POST']) {
      await send(edge, { method, headers: { Origin: PAGE }, ...(method === 'POST' && { body: 'text' }) })
      expect(upstream.hits.at(-1)?.headers.origin).toBe(expected === 'upstream' ? upstream.origin : expected)
    }
    await send(edge, { method: 'POST', body: 'no origin' })
    expect(upstream.hits.at(-1)?.headers).not.toHaveProperty('origin')
  })

  it.each(['strip', 'rewrite'])("stops a stranger's writes at the edge with '%s'", async (mode) => {
    await using upstream = await startUpstream()
    await using edge = await start(varsFor(upstream.origin, { FORWARD_ORIGIN: mode }))
    for (const method of WRITES) {
      for (const origin of [STRANGER, 'null', [PAGE, STRANGER]]) {
        const headers = { Origin: origin, 'Content-Type': 'text/plain', 'Sec-Fetch-Site': 'cross-site' }
        const answer = await send(edge, { method, path: '/users', headers, body: '{"name":"evil"}' })
        expect([method, answer.status, corsNames(answer.headers), answer.headers.vary]).toEqual([
          method,
          403,
          [],
          'Origin',
        ])
      }
    }
    expect(upstream.hits).toEqual([])
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      expect((await send(edge, { method, headers: { Origin: STRANGER } })).status).toBe(200)
    }
    expect(upstream.hits).toHaveLength(3)
  })

  it.each(['strip', 'rewrite'])("lets a page's own server, and who is no browser, write with '%s'", async (mode) => {
    await using upstream = await startUpstream()
    await using edge = await start(varsFor(upstream.origin, { FORWARD_ORIGIN: mode }))
    for (const headers of [{}, { Origin: edge.origin, 'Sec-Fetch-Site': 'same-origin' }, { Origin: PAGE }]) {
      const answer = await send(edge, { method: 'POST', headers, body: 'text' })
      expect([answer.status, answer.body]).toEqual([200, 'hello'])
    }
    expect(upstream.hits.map(({ body }) => body)).toEqual(['text', 'text', 'text'])
    const sameSite = { Origin: STRANGER, 'Sec-Fetch-Site': 'same-site' }
    expect((await send(edge, { method: 'POST', headers: sameSite, body: 'text' })).status).toBe(403)
  })

  it("leaves a stranger's writes to the upstream with 'keep'", async () => {
    await using upstream = await startUpstream()
    await using edge = await start(varsFor(upstream.origin, { FORWARD_ORIGIN: 'keep' }))
    for (const method of WRITES) {
      const answer = await send(edge, { method, headers: { Origin: STRANGER }, body: 'text' })
      expect([answer.status, corsNames(answer.headers), answer.headers.vary]).toEqual([200, [], 'Origin'])
      expect(upstream.hits.at(-1)).toMatchObject({ method, headers: { origin: STRANGER }, body: 'text' })
    }
  })
})
