import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { examine } from '../../examples/playground/src/examine.ts'
import { PRESETS, presetOf } from '../../examples/playground/src/presets.ts'
import { compare, expectedOf, type Seen, thisEngine } from '../../examples/playground/src/real.ts'
import { BASE, type Scenario } from '../../examples/playground/src/scenario.ts'
import { type Plan, placeOrigin, planTrial } from '../../examples/playground/src/trial.ts'
import { isAnswered, isSent } from '../../examples/playground/src/trial-bounds.ts'
import { type CorsPolicy, createCors } from '../../src/index.ts'
import { holds } from '../support/property.ts'

const STAGE = { page: 'http://127.0.0.1:8080', endpoint: 'http://127.0.0.1:8082' }

const entries = fc.constantFrom(
  'https://app.example.com',
  'https://*.example.com',
  'https://app-*.example.com',
  'http://localhost:*',
  'http://127.0.0.1:*',
  'http://127.0.0.1:8080',
  'https://other.example',
)
const policies: fc.Arbitrary<CorsPolicy> = fc.oneof(
  fc.constant<CorsPolicy>({ origins: '*' }),
  fc.record(
    {
      origins: fc.uniqueArray(entries, { minLength: 1 }),
      credentials: fc.boolean(),
      refused: fc.constantFrom('pass' as const, 'forbid' as const),
    },
    { requiredKeys: ['origins'] },
  ),
)
const origins = fc.constantFrom(
  'https://app.example.com',
  'https://app-1.example.com',
  'https://stranger.example',
  'http://localhost:5173',
  'http://127.0.0.1:8080',
  'null',
)
const isShared = (policy: CorsPolicy, origin: string) =>
  createCors(policy).decide({
    method: 'GET',
    headers: { get: (name) => (name.toLowerCase() === 'origin' ? origin : null) },
  }).shared

async function planned(scenario: Partial<Scenario>): Promise<Plan | string> {
  const { result, problem } = await examine({ ...BASE, ...scenario })
  if (result === null) throw new Error(problem ?? 'the policy has a defect')
  return planTrial(result, STAGE)
}
const notesOf = (plan: Plan | string) => (typeof plan === 'string' ? [plan] : plan.notes)

describe('placeOrigin()', () => {
  it('treats the real page as the policy treats the composed one, and changes nothing but origins', () => {
    holds(
      fc.property(policies, origins, (policy, composed) => {
        const placed = placeOrigin(policy, composed, STAGE.page)
        if (placed === null) throw new Error('every one of these can be placed')
        expect(isShared(placed.policy, STAGE.page)).toBe(isShared(policy, composed))
        expect({ ...placed.policy, origins: policy.origins }).toEqual(policy)
      }),
    )
  })

  it('puts the page in the place of the pattern that lets it in, and says so', () => {
    const placed = placeOrigin({ origins: ['https://*.example.com'] }, 'https://a.example.com', STAGE.page)
    expect(placed?.policy).toEqual({ origins: [STAGE.page] })
    expect(placed?.notes[0]).toContain('and for the pattern https://*.example.com that allows it')
  })

  it('keeps a stranger a stranger, also where an entry would let this page in', () => {
    const placed = placeOrigin({ origins: ['http://127.0.0.1:*'] }, 'https://stranger.example', STAGE.page)
    expect(isShared(placed?.policy ?? { origins: '*' }, STAGE.page)).toBe(false)
    expect(placed?.notes[1]).toContain('http://127.0.0.1:* would allow this page, and is left out')
  })
})

describe('planTrial()', () => {
  const tried = PRESETS.filter(
    ({ id, group }) => group !== 'Does not construct' && id !== 'same-origin' && id !== 'mixed-content',
  )

  it.each(tried.map(({ id, scenario }) => [id, scenario] as const))(
    'plans %s as the same case',
    async (_, scenario) => {
      const { result } = await examine(scenario)
      if (result === null) throw new Error('it does not construct')
      const plan = await planTrial(result, STAGE)
      if (typeof plan === 'string') throw new Error(plan)
      const after = await plan.explainAt(`${STAGE.endpoint}/try/1`)
      expect([after.shared, after.failure?.code]).toEqual([result.explanation.shared, result.explanation.failure?.code])
      expect(after.call.origin).toBe(STAGE.page)
      expect(plan.notes.join(' ')).toContain(STAGE.endpoint)
    },
  )

  it.each([
    [presetOf('same-origin')?.scenario ?? {}, 'The page and the server have the same origin'],
    [{ status: '302', answer: 'Location: https://b.example/' }, 'does not answer 302'],
    [{ status: '304' }, 'does not answer 304'],
    [{ status: '407' }, 'does not answer 407'],
    [{ url: 'https://api.example.com:6667/' }, 'it would be another case: here it is "bad-port", there "shared"'],
    [{ url: 'http://api.example.com/' }, 'it would be another case: here it is "mixed-content"'],
    [{ headers: `X-Long: ${'x'.repeat(7_000)}` }, 'longer than servers read'],
  ])('says why %j is not tried', async (scenario, sentence) => {
    const plan = await planned(scenario)
    expect(plan).toEqual(expect.stringContaining(sentence))
  })

  it('leaves out what would outlast the trial, and says so', async () => {
    const answer = 'Set-Cookie: a=b\nClear-Site-Data: "*"\nETag: "1"\nLocation: /x'
    const plan = await planned({ answer, headers: 'Cookie: a=b' })
    expect(typeof plan === 'string' || plan.registration.headers).toEqual([
      ['ETag', '"1"'],
      ['Location', '/x'],
    ])
    expect(notesOf(plan)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('does not send Set-Cookie, Clear-Site-Data'),
        expect.stringContaining('The cookie is left out'),
      ]),
    )
  })
})

describe('the bounds of a trial', () => {
  it('are answers that browsers hand to the page', () => {
    expect([200, 204, 299, 400, 404, 401, 500, 599].filter((status) => !isAnswered(status))).toEqual([])
    expect([100, 101, 199, 301, 304, 399, 407, 408, 421, 425, 600, 200.5, Number.NaN].filter(isAnswered)).toEqual([])
    expect(['ETag', 'X-A', 'Link', 'Content-Type'].filter((name) => !isSent(name))).toEqual([])
    expect(
      ['set-cookie', 'Connection', 'WWW-Authenticate', 'Proxy-X', 'Content-Security-Policy-Report-Only'].filter(isSent),
    ).toEqual([])
  })
})

describe('compare()', () => {
  const seen: Seen = { shared: true, type: 'cors', status: 200, readable: ['ETag'], arrived: ['GET'] }
  const blocked: Seen = { shared: false, type: null, status: null, readable: [], arrived: ['GET'] }

  it('finds each difference, and none where there is none', () => {
    expect(compare(seen, { ...seen })).toEqual([])
    expect(compare(seen, blocked)).toEqual(['computed: shared; this browser: blocked'])
    expect(compare(blocked, seen)).toEqual(['computed: blocked; this browser: shared'])
    expect(compare(seen, { ...seen, readable: [] })).toEqual(['readable: computed ETag; this browser none'])
    expect(compare(seen, { ...seen, arrived: ['OPTIONS', 'GET'] })).toEqual([
      'arrived: computed GET; this browser OPTIONS,GET',
    ])
    expect(compare(seen, { ...seen, status: 0, type: 'opaque' })).toHaveLength(2)
  })
})

describe('expectedOf()', () => {
  it('is what the page would see', async () => {
    const { result } = await examine(presetOf('pagination')?.scenario ?? BASE)
    if (result === null) throw new Error('it does not construct')
    expect(expectedOf(result.explanation, 'firefox')).toEqual({
      shared: true,
      type: 'cors',
      status: 200,
      readable: ['Content-Type', 'Link', 'X-RateLimit-Remaining'],
      arrived: ['GET'],
    })
  })
})

describe('thisEngine()', () => {
  it.each([
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
      'chromium',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', 'firefox'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15',
      'webkit',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/140.0 Mobile Safari/605.1.15',
      'webkit',
    ],
  ])('reads %s', (userAgent, engine) => {
    expect(thisEngine(userAgent)).toBe(engine)
  })
})
