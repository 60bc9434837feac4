// A server that has no Request yet asks for the policy that is at hand: making a Request costs Node more than the answer.
import { expect, it } from 'vitest'
import { createCors, perRequest } from '../../src/index.ts'
import { createPerRequest } from '../../src/server/per-request.ts'
import { keptPolicy, type PlainHead } from '../../src/server/resolve.ts'
import type { AsyncCors, Cors } from '../../src/server/types.ts'
import { APP } from '../support/exchanges.ts'

const policy = createCors({ origins: [APP] })
const head = (origin = APP): PlainHead => {
  return { method: 'GET', headers: new Headers({ Origin: origin }), host: 'api.test', path: '/items' }
}
const keeping = (peek: (head: PlainHead) => Cors | null | undefined) => createPerRequest(async () => policy, {}, peek)
const refusalOf = (cors: Cors | null) => cors?.decide(head()).refusal

it('is the policy that is at hand for the head', () => {
  const seen: PlainHead[] = []
  const asked = head()
  const kept = keptPolicy(
    keeping((each) => {
      seen.push(each)
      return policy
    }),
    asked,
  )
  expect(kept).toBe(policy)
  expect(seen).toEqual([asked])
})

it('refuses every origin where it is known that there is none', () => {
  expect(
    refusalOf(
      keptPolicy(
        keeping(() => null),
        head(),
      ),
    ),
  ).toBe('origin-not-allowed')
})

it.each(['null', 'nonsense', 'https://a.test, https://b.test'])('is not asked for about the origin %j', (origin) => {
  const kept = keptPolicy(
    keeping(() => {
      throw new Error('asked')
    }),
    head(origin),
  )
  expect(refusalOf(kept)).toBe('origin-not-allowed')
})

it('is lacking where the Request is needed, or the look fails', () => {
  const failing = keeping(() => {
    throw new Error('the store is gone')
  })
  expect(
    keptPolicy(
      keeping(() => undefined),
      head(),
    ),
  ).toBeNull()
  expect(keptPolicy(failing, head())).toBeNull()
  expect(
    keptPolicy(
      perRequest(() => policy),
      head(),
    ),
  ).toBeNull()
})

it('is lacking in a policy of a version that keeps none', () => {
  const older = { decide: async () => policy.decide(head()) } as unknown as AsyncCors
  expect(keptPolicy(older, head())).toBeNull()
})
