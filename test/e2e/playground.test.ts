import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PRESETS, presetOf } from '../../examples/playground/src/presets.ts'
import { BASE, type Scenario } from '../../examples/playground/src/scenario.ts'
import { toHash } from '../../examples/playground/src/share.ts'
import { checkPolicy } from '../../src/index.ts'
import { findChromium } from '../support/chromium.ts'
import { describeWith } from '../support/component.ts'
import { findFirefox } from '../support/firefox.ts'
import { type Playground, playgroundOf } from '../support/playground.ts'
import { type Started, startAll } from '../support/started.ts'
import { type Visitor, visitWithChromium, visitWithFirefox } from '../support/visitor.ts'

const chromium = await findChromium()
const firefox = findFirefox()

const BROWSERS = [
  { component: chromium, engine: 'chromium', visit: () => visitWithChromium(chromium) },
  { component: firefox, engine: 'firefox', visit: () => visitWithFirefox(firefox) },
] as const

/** Blocked by every browser, or without a trial at all. */
const UNTRIED: readonly string[] = ['same-origin', 'mixed-content']
const TRIED = PRESETS.filter(({ group, id }) => group !== 'Does not construct' && !UNTRIED.includes(id))

const some = <T>(...values: readonly T[]): fc.Arbitrary<readonly T[]> => fc.subarray([...values])
const POLICIES = fc.record(
  {
    origins: some(
      'https://app.example.com',
      'https://*.example.com',
      'http://127.0.0.1:*',
      'https://other.example',
    ).map((origins) => (origins.length === 0 ? '*' : origins)),
    credentials: fc.boolean(),
    methods: fc.oneof(fc.constant('*'), some('PUT', 'DELETE', 'PATCH', 'OPTIONS')),
    requestHeaders: fc.oneof(fc.constant('*'), some('Content-Type', 'Authorization', 'X-*', 'Range')),
    exposedHeaders: fc.oneof(fc.constant('*'), some('ETag', 'X-*', 'Location')),
    maxAge: fc.constantFrom(0, 600),
    preflightStatus: fc.constantFrom(200, 204),
    refused: fc.constantFrom('pass', 'forbid'),
    timingAllowOrigin: fc.boolean(),
  },
  { requiredKeys: ['origins'] },
)

/** Scenarios of every kind, that construct. */
const SCENARIOS: fc.Arbitrary<Scenario> = fc
  .record({
    policy: POLICIES.filter((policy) => !checkPolicy(policy).some(({ severity }) => severity === 'error')).map(
      (policy) => JSON.stringify(policy),
    ),
    origin: fc.constantFrom('https://app.example.com', 'https://www.example.com', 'https://stranger.example', 'null'),
    url: fc.constantFrom('https://api.example.com/users/42?page=2', 'https://api.example.org/'),
    method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'patch'),
    headers: some(
      'Content-Type: application/json',
      'Authorization: Bearer t',
      'X-Tenant: 7',
      'Range: bytes=0-9',
      'Accept: a',
    ).map((lines) => lines.join('\n')),
    credentials: fc.constantFrom('same-origin' as const, 'include' as const, 'omit' as const),
    mode: fc.constant('cors' as const),
    reads: fc.constant('ETag'),
    status: fc.constantFrom('200', '201', '204', '404', '500', '503'),
    answer: some('Content-Type: text/html', 'ETag: "1"', 'X-Total: 7', 'Location: /x', 'Cache-Control: no-store').map(
      (lines) => lines.join('\n'),
    ),
  })
  // What Node's parser refuses never gets as far as a handler.
  .filter(({ method, policy }) => method !== 'patch' || !policy.includes('"methods":"*"'))

const PUT_LINE =
  "Access to fetch at 'https://api.example.com/users/42' from origin 'https://app.example.com' has been blocked by CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response."

for (const { component, engine, visit } of BROWSERS) {
  describeWith([component], `the playground in ${component.name}`, () => {
    let started: Started
    let visitor: Visitor
    let playground: Playground
    beforeAll(async () => {
      ;[started, visitor] = await Promise.all([startAll(), visit()])
      playground = playgroundOf(visitor)
    })
    afterAll(async () => {
      await Promise.all([visitor?.close(), started?.command.close()])
    })

    it('is one click from the page of npm start', async () => {
      await visitor.goto(started.page)
      await visitor.click('a[href="playground/"]')
      await playground.settled()
      expect(await visitor.run('return location.href.split("#")[0]')).toBe(started.playground)
      expect(await playground.outcome()).toBe('blocked')
      expect(await playground.consoleLine('chromium')).toBe(PUT_LINE)
    })

    it('judges an edited policy, tries it for real, fixes it, and tries that', async () => {
      await playground.open(started.playground)
      await playground.choose('json-cookies')
      expect(await playground.outcome()).toBe('shared')
      const policy = await playground.value('policy')
      await playground.type('policy', policy.replace('"PUT", ', ''))
      expect([await playground.outcome(), await playground.consoleLine('chromium')]).toEqual(['blocked', PUT_LINE])
      expect(await playground.consoleLine('firefox')).toContain('Did not find method in CORS header')

      const blocked = await playground.attempt()
      expect([blocked.outcome, blocked.rows.Verdict, blocked.rows['Server saw']]).toEqual([
        'equal',
        ['✕ blocked', '✕ blocked'],
        ['OPTIONS', 'OPTIONS'],
      ])
      expect(blocked.text).toContain('TypeError: ')

      await playground.click('#apply-fix')
      expect([await playground.outcome(), JSON.parse(await playground.value('policy')).methods]).toEqual([
        'shared',
        ['DELETE', 'PUT'],
      ])
      const shared = await playground.attempt()
      expect([shared.outcome, shared.rows.Verdict, shared.rows['Server saw']]).toEqual([
        'equal',
        ['✓ shared', '✓ shared'],
        ['OPTIONS, then PUT', 'OPTIONS, then PUT'],
      ])

      await playground.click('#notice button')
      expect(await playground.outcome()).toBe('blocked')
    })

    it.each(TRIED.map(({ id }) => id))('computes %s as this browser does it', async (id) => {
      await playground.open(started.playground)
      await playground.choose(id)
      const verdict = await visitor.run<string>(
        `return document.querySelector('[data-engine=${engine}]').dataset.outcome`,
      )
      await visitor.corsLines()
      const attempt = await playground.attempt()
      expect([attempt.outcome, attempt.text]).toEqual(['equal', expect.any(String)])
      expect(attempt.line === null).toBe(verdict !== 'blocked')
      // Firefox says the same thing in several lines; Chromium says it once.
      const lines = await visitor.corsLines()
      if (attempt.line !== null) expect(lines).toContain(attempt.line)
      else if (id !== 'authorization-star') expect(lines).toEqual([])
      for (const [computed, real] of Object.values(attempt.rows)) expect(real).toBe(computed)
      expect(attempt.rows.Verdict?.[1]).toContain(verdict)
    })

    it('computes scenarios that nobody chose as this browser does them', async () => {
      await playground.open(started.playground)
      const outcomes: string[] = []
      for (const scenario of fc.sample(SCENARIOS, { seed: 7, numRuns: 60 })) {
        await playground.load(scenario)
        const { outcome, text } = await playground.attempt()
        outcomes.push(outcome)
        if (outcome !== 'equal') expect([outcome, scenario, text]).toEqual(['equal', scenario, ''])
      }
      expect(outcomes).toHaveLength(60)
      expect(new Set(outcomes)).toEqual(new Set(['equal']))
    })

    it('says that a method cannot arrive, where the policy would let it through', async () => {
      await playground.open(started.playground)
      await playground.choose('lower-case')
      await playground.type('policy', '{ "origins": ["https://app.example.com"], "methods": ["patch"] }')
      expect(await playground.attempt()).toMatchObject({
        outcome: 'untried',
        text: expect.stringContaining('receive the method patch'),
      })
    })

    it.each(UNTRIED)('says why %s is not tried', async (id) => {
      await playground.open(started.playground)
      await playground.choose(id)
      const { outcome, text } = await playground.attempt()
      expect([outcome, text]).toEqual(['untried', expect.stringMatching(/^Not tried\. .+/)])
    })

    it("works on the stranger's page, and under the machine's other name", async () => {
      for (const page of [started.stranger, started.page.replace('127.0.0.1', 'localhost')]) {
        await playground.open(`${page}/playground/`)
        for (const id of ['put-not-listed', 'bearer', 'stranger', 'local']) {
          await playground.choose(id)
          expect([page, id, (await playground.attempt()).outcome]).toEqual([page, id, 'equal'])
        }
      }
    })

    it('takes suggestions until the policy constructs', async () => {
      await playground.open(started.playground)
      await playground.choose('slash')
      expect([await playground.outcome(), await playground.text('#policy-state')]).toEqual([
        'none',
        '✕ 4 defects  ! 2 warnings',
      ])
      expect(await playground.text('#verdict-body pre')).toMatch(/^CorsPolicyError: this policy has 4 defects\n/)
      await playground.click('[data-apply="origin-trailing-slash"]')
      expect(await playground.text('#policy-state')).toBe('✕ 3 defects  ! 2 warnings')
      await playground.click('#take-all')
      // What completes a guess stays, to be read first.
      expect(await playground.text('#policy-state')).toBe('✕ 1 defect  ! 1 warning')
      expect(await playground.text('[data-apply="method-lower-case"]')).toBe('Write "PATCH"?')
    })

    it('shares a scenario by its link', async () => {
      await playground.open(started.playground)
      await playground.choose('all-at-once')
      await playground.type('url', 'https://api.example.com/ünï/“x”')
      await visitor.run(`await new Promise((resolve) => setTimeout(resolve, 400))`)
      const link = await visitor.run<string>('return location.href')
      await playground.open(link)
      expect([await playground.value('url'), await playground.value('headers')]).toEqual([
        'https://api.example.com/ünï/“x”',
        presetOf('all-at-once')?.scenario.headers,
      ])
      await visitor.run(`location.hash = ${JSON.stringify(toHash({ ...BASE, method: 'DELETE' }))}`)
      await visitor.run(
        `for (let i = 0; i < 100 && document.querySelector('#method').value !== 'DELETE'; i++) await new Promise((r) => setTimeout(r, 20))`,
      )
      expect(await playground.value('method')).toBe('DELETE')
    })

    it('shows what a hostile link holds as text, or says that it is none', async () => {
      const evil = '<img src=x onerror="window.pwned = 1"><script>window.pwned = 1</script>'
      const scenario = {
        ...BASE,
        policy: `{ "origins": [${JSON.stringify(evil)}], ${JSON.stringify(evil)}: ${JSON.stringify(evil)} }`,
      }
      const everywhere = {
        ...BASE,
        url: `https://api.example.com/${evil}`,
        headers: `X-A: ${evil}`,
        answer: `X-B: ${evil}`,
        reads: evil,
      }
      for (const hostile of [scenario, everywhere, { ...BASE, origin: evil }, { ...BASE, method: evil }]) {
        await playground.open(`${started.playground}${toHash(hostile)}`)
        if (hostile === everywhere) await playground.attempt()
      }
      for (const hash of ['#1.', '#1.e', '#2.e30', `#1.${'A'.repeat(40_000)}`, '#1.bnVsbA']) {
        await playground.open(`${started.playground}${hash}`)
        expect(await playground.text('#notice')).toMatch(/^This link .+ Shown instead: PUT is not in the policy\.$/)
        expect(await playground.value('method')).toBe('PUT')
      }
      const found = await visitor.run(`return ['pwned' in window, document.images.length, document.scripts.length]`)
      expect(found).toEqual([false, 0, 1])
    })

    it('reads a console line, and brings it about', async () => {
      await playground.open(started.playground)
      const line =
        "Access to fetch at 'https://api.example.com/cart' from origin 'https://shop.example.com' has been blocked by CORS policy: Request header field x-tenant is not allowed by Access-Control-Allow-Headers in preflight response."
      await playground.type('paste', line)
      await visitor.click('#read-paste')
      await visitor.run(
        `for (let i = 0; i < 200 && !document.querySelector('#pasted').textContent; i++) await new Promise((r) => setTimeout(r, 20))`,
      )
      await playground.settled()
      expect(await playground.text('#pasted')).toContain(
        "This line is Chrome's HeaderDisallowedByPreflightResponse, about the preflight: header-not-allowed.",
      )
      expect(await playground.consoleLine('chromium')).toBe(line)
      expect((await playground.attempt()).outcome).toBe('equal')
    })

    it('is worked by the keyboard alone, and shows where it is', async () => {
      await playground.open(started.playground)
      const unmarked: string[] = []
      for (let i = 0; i < 60; i++) {
        await visitor.press('Tab')
        const [id, hasAllowOrigin] = await visitor.run<[string, boolean]>(`
          const element = document.activeElement
          const around = element.closest('.editor') ?? element
          return [element.id, getComputedStyle(around).outlineStyle !== 'none']`)
        if (!hasAllowOrigin) unmarked.push(id)
        if (id === 'try') break
      }
      expect(unmarked).toEqual([])
      expect(await visitor.run('return document.activeElement.id')).toBe('try')
      await visitor.press('Enter')
      await visitor.run(
        `for (let i = 0; i < 500 && document.querySelector('#trial').dataset.outcome !== 'equal'; i++) await new Promise((r) => setTimeout(r, 20))`,
      )
      expect(await visitor.run(`return document.querySelector('#trial').dataset.outcome`)).toBe('equal')
    })

    it('says so when the endpoint is gone', async () => {
      await playground.open(started.playground)
      expect((await playground.attempt()).outcome).toBe('equal')
      await started.command.close()
      const { outcome, text } = await playground.attempt()
      expect([outcome, text]).toEqual(['failed', expect.stringContaining(`${started.endpoint} does not answer`)])
    })

    it('complains of nothing in the console', async () => {
      expect(await visitor.complaints()).toEqual([])
    })
  })
}
