import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { examine } from '../../examples/playground/src/examine.ts'
import { toFixes, toSnippet } from '../../examples/playground/src/fix.ts'
import { readPasted } from '../../examples/playground/src/paste.ts'
import { FIRST, PRESETS, presetOf } from '../../examples/playground/src/presets.ts'
import { BASE, type Scenario } from '../../examples/playground/src/scenario.ts'
import { toSteps } from '../../examples/playground/src/steps.ts'
import { BROWSER_NAMES, CHOOSABLE } from '../../src/diagnose.ts'
import { policyFromEnv } from '../../src/index.ts'

const of = (group: string) =>
  PRESETS.filter((preset) => preset.group === group).map(({ id, scenario }) => [id, scenario] as const)

async function explained(scenario: Scenario) {
  const { result, problem } = await examine(scenario)
  if (result === null) throw new Error(problem ?? 'the policy has a defect')
  return result.explanation
}

describe('PRESETS', () => {
  it('have names of their own, and the first is one of them', () => {
    expect(new Set(PRESETS.map(({ id }) => id)).size).toBe(PRESETS.length)
    expect(new Set(PRESETS.map(({ name }) => name)).size).toBe(PRESETS.length)
    expect(presetOf(FIRST)?.group).toBe('Blocked')
  })

  it.each(of('Works'))('%s is shared, and every header is read', async (_, scenario) => {
    const explanation = await explained(scenario)
    const steps = toSteps(explanation)
    expect([explanation.shared, steps.filter(({ state }) => state === 'bad')]).toEqual([true, []])
    expect(steps.at(-1)).toMatchObject({ who: 'page', state: 'good' })
    expect((await examine(scenario)).thrown).toBeNull()
  })

  it.each(of('Blocked'))('%s is blocked in every engine, at a step that is marked', async (_, scenario) => {
    const explanation = await explained(scenario)
    const steps = toSteps(explanation)
    expect(explanation.shared).toBe(false)
    expect(BROWSER_NAMES.filter((engine) => explanation.verdicts[engine].shared)).toEqual([])
    expect(steps.some(({ fields }) => fields.some(({ isAtFault }) => isAtFault))).toBe(true)
    expect(steps.at(-1)).toMatchObject({ who: 'page', state: 'bad', title: 'The page gets a TypeError' })
  })

  it.each(of('Blocked').filter(([id]) => id !== 'file'))(
    '%s is shared once the fix is applied',
    async (_, scenario) => {
      const { change } = toFixes(scenario, await explained(scenario))
      expect(change?.lines.some(({ kind }) => kind === 'added')).toBe(true)
      const repaired = await explained(change?.scenario ?? scenario)
      expect([repaired.shared, toFixes(scenario, repaired).change]).toEqual([true, null])
    },
  )

  it('offers a pattern in the place of a long family of names', async () => {
    const headers = ['Lang', 'OS', 'Arch', 'Runtime'].map((name) => `X-Stainless-${name}: 1`).join('\n')
    const scenario = { ...BASE, headers }
    const { change, alternative } = toFixes(scenario, await explained(scenario))
    expect(change?.scenario.policy).toContain('X-Stainless-Arch')
    expect(alternative?.policy).toContain('"requestHeaders": ["X-Stainless-*"]')
    expect((await explained(alternative ?? scenario)).shared).toBe(true)
    expect(toFixes(BASE, await explained({ ...BASE, headers: 'X-A: 1' }))).toMatchObject({
      alternative: null,
      asks: [],
    })
  })

  it('says what to decide before a change that takes something away', async () => {
    const scenario: Scenario = { ...BASE, policy: '{ "origins": "*" }', credentials: 'include' }
    expect(toFixes(scenario, await explained(scenario)).asks).toEqual([expect.stringContaining('Any site may read')])
  })

  it.each(of('Surprises'))('%s constructs, and says something', async (id, scenario) => {
    const { findings, verdicts } = await explained(scenario)
    expect(findings.length > 0 || (verdicts.chromium.shared && verdicts.chromium.response.status === 500), id).toBe(
      true,
    )
  })

  it.each(of('Does not construct'))('%s does not construct', async (_, scenario) => {
    const { result, issues, thrown } = await examine(scenario)
    expect([result, thrown]).toEqual([null, expect.stringMatching(/^CorsPolicyError: this policy has \d/)])
    expect(issues.some(({ span }) => span !== null)).toBe(true)
  })

  it('hold the policy that npm start runs at the edge', () => {
    const lines = readFileSync('wrangler.toml', 'utf8').matchAll(/^(CORS_\w+) = "(.*)"$/gm)
    const running = policyFromEnv(Object.fromEntries([...lines].map(([, key, value]) => [key, value])))
    expect(JSON.parse(presetOf('edge')?.scenario.policy ?? '')).toEqual(running)
  })
})

describe('examine()', () => {
  it.each([
    [{ url: 'nowhere' }, '"nowhere" is not a URL'],
    [{ url: 'ftp://a.example/' }, 'not http or https'],
    [{ origin: 'https://a.example/' }, 'is not a serialized origin: write "https://a.example"'],
    [{ method: 'TRACE' }, 'the method TRACE is forbidden'],
    [{ method: 'a b' }, '"a b" is not a method'],
    [{ status: '99' }, 'status: "99": a status is a number from 200 to 599'],
    [{ headers: 'X-A: 1\nnonsense' }, 'request headers, line 2: "nonsense": a header is a name, a colon and a value'],
    [{ answer: 'Ä: 1' }, 'response headers, line 1: "Ä: 1": a name is letters'],
    [{ mode: 'no-cors', method: 'PUT' }, 'PUT cannot be sent in the mode "no-cors"'],
  ] as const)('says why no page makes %j', async (change, sentence) => {
    const { problem, result } = await examine({ ...BASE, ...change })
    expect([problem?.includes(sentence) || problem, result]).toEqual([true, null])
  })

  it('reports defects of the policy and of the request at once', async () => {
    const { problem, issues } = await examine({ ...BASE, policy: '{}', url: '' })
    expect([problem === null, issues.length]).toEqual([false, 1])
  })
})

describe('toSteps()', () => {
  it('tells a preflighted exchange from the page to the server and back', async () => {
    const steps = toSteps(await explained(presetOf('json-cookies')?.scenario ?? BASE))
    expect(steps.map(({ who, to }) => (to === null ? who : `${who} → ${to}`))).toEqual([
      'page → browser',
      'browser',
      'browser → server',
      'server → browser',
      'browser',
      'browser → server',
      'server → browser',
      'browser',
      'page',
    ])
  })

  it('ends at the preflight that fails, and names the header that is missing', async () => {
    const steps = toSteps(await explained(presetOf('put-not-listed')?.scenario ?? BASE))
    expect(steps.at(3)?.fields.at(-1)).toEqual({
      name: 'Access-Control-Allow-Methods',
      value: null,
      matters: true,
      isAtFault: true,
    })
    expect(steps.at(4)?.title).toBe('Blocked at CORS-preflight fetch, step 7.5')
    expect(steps.at(5)?.text).toContain('The PUT is never sent')
  })

  it.each([
    ['http://api.example.com/', 'Blocked'],
    ['https://api.example.com:6667/', 'Blocked at main fetch, step 7'],
  ])('sends nothing to %s', async (url, title) => {
    const steps = toSteps(await explained({ ...BASE, url }))
    expect(steps.map(({ who }) => who)).toEqual(['page', 'browser', 'page'])
    expect(steps[1]?.title).toContain(title)
  })

  it('shows what the page cannot read', async () => {
    const last = toSteps(await explained(presetOf('not-exposed')?.scenario ?? BASE)).at(-1)
    expect(last?.fields).toEqual([{ name: 'ETag', value: null, matters: true, isAtFault: true }])
    expect(last?.text).toContain('Hidden from it: ETag')
  })
})

describe('toSnippet()', () => {
  it('writes the fixed policy for every target that can be chosen', async () => {
    const { result } = await examine(presetOf('put-not-listed')?.scenario ?? BASE)
    for (const target of CHOOSABLE)
      expect(result && toSnippet(target, result.explanation, result.policy)).toMatch(
        /https:\/\/app\\*\.example\\*\.com/,
      )
  })
})

describe('readPasted()', () => {
  it.each(of('Blocked').filter(([id]) => id !== 'file'))(
    'brings about the line of Chromium for %s',
    async (_, scenario) => {
      const before = await explained(scenario)
      const line = before.failure?.consoleMessage.chromium ?? ''
      const { scenario: found, what, filled, theirs } = await readPasted(line, BASE)
      const { chromium, during, code } = before.failure ?? {}
      expect(what).toBe(`This line is Chrome's ${chromium}, about the ${during}: ${code}.`)
      expect(filled).toMatch(/^A scenario that causes the same line is filled into the form/)
      expect(theirs).toMatchObject({ outcome: 'blocked', title: 'Blocked' })
      expect(theirs.command).toMatch(/^npx corsmith check https:/)
      const after = await explained(found)
      expect(after.failure?.consoleMessage.chromium).toBe(line)
    },
  )

  it('fills in what was copied, and takes nothing of the request before', async () => {
    const old = { ...BASE, method: 'DELETE', headers: 'X-Old: 1', credentials: 'include' } as const
    const curl = await readPasted(
      `curl 'https://shop.example.com/cart' -X PUT -H 'Origin: https://www.example.com' -H 'Content-Type: application/json' --data '{}'`,
      old,
    )
    expect(curl.scenario).toMatchObject({
      url: 'https://shop.example.com/cart',
      origin: 'https://www.example.com',
      method: 'PUT',
      headers: 'Content-Type: application/json',
      credentials: 'same-origin',
      policy: old.policy,
    })
    const call = await readPasted(
      'await fetch("https://shop.example.com/", { "mode": "cors", "credentials": "omit" });',
      old,
    )
    expect(call.scenario).toMatchObject({ method: 'GET', headers: '', credentials: 'omit', origin: old.origin })
  })

  it('says of a copied request that its answer is not known, and how to ask for it', async () => {
    const { theirs } = await readPasted(
      `curl 'https://shop.example.com/cart' -X PUT -H 'Authorization: Bearer s3cr3t' -H 'Content-Type: application/json'`,
      BASE,
    )
    expect(theirs).toMatchObject({ outcome: 'none', title: 'Not known yet' })
    expect(theirs.command).toBe(
      "npx corsmith check https://shop.example.com/cart --origin https://app.example.com -X PUT -H 'Authorization: x' -H 'Content-Type: application/json'",
    )
  })

  const recorded = (path: string, headers: Readonly<Record<string, string>>) => ({
    request: {
      method: 'GET',
      url: `https://shop.example.com${path}`,
      headers: [
        { name: 'Origin', value: 'https://www.example.com' },
        { name: 'Sec-Fetch-Mode', value: 'cors' },
      ],
    },
    response: { status: 200, headers: Object.entries(headers).map(([name, value]) => ({ name, value })) },
  })
  const archive = (...entries: object[]) => JSON.stringify({ log: { entries } })

  it('judges the server of an archive by the answers in it', async () => {
    const open = recorded('/open', { 'Access-Control-Allow-Origin': '*' })
    const shut = recorded('/shut', { 'Access-Control-Allow-Origin': 'https://other.example.com' })
    const { scenario, theirs } = await readPasted(archive(open, shut, recorded('/none', {})), BASE)
    expect(scenario).toMatchObject({ url: 'https://shop.example.com/shut', origin: 'https://www.example.com' })
    expect(theirs).toMatchObject({ outcome: 'blocked', title: 'Blocked' })
    expect(theirs.text).toContain('https://other.example.com')
    expect(theirs.more).toContain('1 more request fails for CORS in this archive.')
    expect(theirs.diagnosis?.findings[0]?.fix?.policy).toMatchObject({
      origins: expect.arrayContaining(['https://www.example.com']),
    })
    expect((await readPasted(archive(open), BASE)).theirs).toMatchObject({ outcome: 'shared', title: 'Shared' })
    await expect(readPasted(archive(), BASE)).rejects.toThrow('this archive holds no CORS request')
  })

  it('invents no scenario for what is not about CORS, and says how to go on', async () => {
    const line =
      "Refused to connect to 'https://api.example.com/x' because it violates the following Content Security Policy directive: \"connect-src 'self'\"."
    const { scenario, filled, theirs } = await readPasted(line, BASE)
    expect(scenario).toEqual({ ...BASE, url: 'https://api.example.com/x' })
    expect(filled).toContain('The policy there is not that of your server.')
    expect(theirs).toMatchObject({
      title: 'Blocked, and not by CORS',
      command: 'npx corsmith why content-security-policy',
    })
  })

  it.each([
    ['', 'paste something first'],
    ['hello', '"hello" is no console line about CORS, no curl command and no fetch() call'],
    ['{}', 'this is not a HAR file'],
    ['fetch(url)', 'the URL is computed (url)'],
    ['curl', 'is no console line'],
  ])('refuses %j in one sentence', async (text, sentence) => {
    await expect(readPasted(text, BASE)).rejects.toThrow(sentence)
  })
})
