import { describe, expect, it } from 'vitest'
import { observe } from '../../src/log.ts'
import { hash } from '../../src/policy.ts'
import { createSwappable } from '../../src/swap.ts'
import { DOORS } from '../support/doors.ts'
import { ADMIN, APP, actual, cors, preflight } from '../support/exchanges.ts'

const hello = () => new Response('hello')
const allowed = (response: Response) => cors(response)['Access-Control-Allow-Origin'] ?? null

describe('a policy that is exchanged', () => {
  it.each(Object.entries(DOORS))('answers the next request by the new one, by %s', async (_, door) => {
    for (const [first, second] of [
      [{ origins: [APP] }, { origins: [ADMIN] }],
      [{ origins: '*' as const }, { origins: [ADMIN] }],
    ]) {
      const policy = createSwappable(first as { origins: string[] })
      const given = door.length > 0 && first?.origins === '*' ? () => policy : policy
      const fetch = door(given, hello)
      expect(allowed(await fetch(actual(APP)))).toBe(first?.origins === '*' ? '*' : APP)
      policy.swap(second as { origins: string[] })
      expect(allowed(await fetch(actual(APP)))).toBeNull()
      expect(allowed(await fetch(actual(ADMIN)))).toBe(ADMIN)
      expect((await fetch(preflight(APP, 'POST'))).status).toBe(403)
    }
  })

  it('answers a request that has begun by the old one', async () => {
    const policy = createSwappable({ origins: [APP], methods: ['PUT'] })
    const finish: ((response: Response) => void)[] = []
    const fetch = policy.wrap(() => new Promise<Response>((resolve) => finish.push(resolve)))
    const begun = fetch(actual(APP))
    policy.swap({ origins: [ADMIN] })
    const next = fetch(actual(APP))
    for (const resolve of finish) resolve(hello())
    expect([allowed(await begun), allowed(await next)]).toEqual([APP, null])

    const again = createSwappable({ origins: [APP] })
    const request = actual(APP)
    expect(again.decide(request).shared).toBe(true)
    again.swap({ origins: [ADMIN] })
    expect([again.decide(request).shared, allowed(again.apply(request, hello()))]).toEqual([true, APP])
    expect(again.decide(actual(APP)).shared).toBe(false)
  })

  it('stays as it is where the new one has a defect', () => {
    const policy = createSwappable({ origins: [APP] })
    expect(() => policy.swap({ origins: ['https://app.example.com/path'] as never })).toThrow('an origin has no path')
    expect([policy.version, policy.decide(actual(APP)).shared]).toEqual([hash({ origins: [APP] }), true])
  })

  it('says what changes', () => {
    const diff = createSwappable({ origins: [APP] }).swap({ origins: [ADMIN] })
    expect([diff.allowed, diff.stopped].map((changes) => changes.length)).toEqual([1, 1])
  })

  it('is named in the records by the version that answered', () => {
    const versions: (string | null)[] = []
    const policy = createSwappable({ origins: [APP] })
    const observed = observe(policy, { onDecision: (record) => versions.push(record.policy) })
    const old = actual(APP)
    policy.decide(old)
    policy.swap({ origins: [ADMIN] })
    observed.apply(actual(APP), hello())
    observed.apply(old, hello())
    expect(versions).toEqual([hash({ origins: [ADMIN] }), hash({ origins: [APP] })])
    expect(observed.policy.origins).toEqual([ADMIN])
  })
})
