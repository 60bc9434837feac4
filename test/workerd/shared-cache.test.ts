import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { withCors } from 'corsmith/workers'
import { expect, it } from 'vitest'
import worker from '../../examples/shared-cache/worker.ts'
import { allowed, from } from './requests.ts'

const [APP, ADMIN] = ['https://app.example.com', 'https://admin.example.com']

/** Asks, and waits until the cache has the answer. */
async function ask(fetch: typeof worker.fetch, origin: string | null, path: string): Promise<Response> {
  const context = createExecutionContext()
  const response = await fetch(from(origin, {}, path), {}, context)
  await waitOnExecutionContext(context)
  return response
}

it('gives every page its own headers from one entry of the cache', async () => {
  const path = `/${crypto.randomUUID()}`
  const answers = []
  for (const origin of [APP, ADMIN, null, 'https://evil.example', APP])
    answers.push(await ask(worker.fetch, origin, path))
  expect(answers.map(allowed)).toEqual([APP, ADMIN, null, null, APP])
  expect(answers.map(({ headers }) => headers.get('Vary'))).toEqual(answers.map(() => 'Origin'))
  const made = await Promise.all(answers.map(async (answer) => (await answer.json<{ made: string }>()).made))
  // All but the first came from the cache.
  expect(new Set(made).size).toBe(1)
})

it('would give a page the headers of another one with the policy inside the cache', async () => {
  const path = `/${crypto.randomUUID()}`
  const inner = withCors({ origins: [APP, ADMIN], credentials: true }, () =>
    Response.json({}, { headers: { 'Cache-Control': 'public, max-age=60' } }),
  ) as unknown as (request: Request) => Promise<Response>
  // The platform's cache does not keep answers apart by Vary.
  const naive = async (request: Request, _env: unknown, context: { waitUntil(promise: Promise<unknown>): void }) => {
    const known = await caches.default.match(request.url)
    if (known !== undefined) return known
    const answer = await inner(request)
    context.waitUntil(caches.default.put(request.url, answer.clone()))
    return answer
  }
  const first = await ask(naive as typeof worker.fetch, APP, path)
  const second = await ask(naive as typeof worker.fetch, ADMIN, path)
  expect([allowed(first), allowed(second)]).toEqual([APP, APP])
})
