import { describe, expect, it } from 'vitest'
import { examine } from '../../../src/diagnose/diagnose.ts'
import type { Evidence } from '../../../src/diagnose/evidence.ts'
import { planned } from '../../../src/diagnose/fixes/planned.ts'
import { prove } from '../../../src/diagnose/fixes/proof.ts'
import { readCall } from '../../../src/diagnose/page-request.ts'
import { createRecorder } from '../../../src/diagnose/recorder.ts'
import { proofLine } from '../../../src/diagnose/report/proof-line.ts'
import type { PageRequest } from '../../../src/diagnose.ts'
import type { CorsPolicy } from '../../../src/index.ts'
import { everyForm } from '../report/forms.ts'
import { answer } from '../settles.ts'
import { examine as check, type Handler } from '../stage.ts'

const ORIGIN = 'https://app.example.com'
const OTHER = 'https://b.example.com'

/** Gathers what `check` knows of a server, without a fix. */
async function evidenceOf(handler: Handler, request: Partial<PageRequest> = {}, send = true): Promise<Evidence> {
  const call = readCall({ url: 'https://api.example.com/items', origin: ORIGIN, ...request })
  const recorder = createRecorder({
    transport: async (wire) => answer(handler, wire) ?? { kind: 'reset', detail: 'reset' },
    call,
    sendUnsafe: send,
    maxRequests: 40,
    extra: [],
    onObservation: () => {},
  })
  const seen: Evidence[] = []
  await examine(call, recorder, {
    rows: [],
    otherwise: 'server',
    plan: async (evidence) => {
      seen.push(evidence)
      return null
    },
  })
  const [evidence] = seen
  if (evidence === undefined) throw new Error('no evidence was gathered')
  return evidence
}

const acao = (value: string) => ['Access-Control-Allow-Origin', value] as const
const open: Handler = ({ isPreflight }) => ({
  status: isPreflight ? 204 : 200,
  headers: [acao('*'), ...(isPreflight ? [['Access-Control-Allow-Methods', 'PUT, DELETE'] as const] : [])],
})
const closed: Handler = () => ({})
const named: Handler = () => ({ headers: [acao(OTHER), ['Access-Control-Allow-Credentials', 'true']] })

/** A redirect that the page may follow, to a server that does not share. */
const elsewhere: Handler = ({ path }) =>
  path === '/items' ? { status: 302, headers: [acao(ORIGIN), ['Location', 'https://c.example.org/there']] } : {}

describe('prove()', () => {
  it('holds for what shares the response, and takes and gives nothing else', async () => {
    const evidence = await evidenceOf(open, { method: 'PUT', headers: { 'X-A': '1' } })
    const proof = await prove({ origins: '*', methods: ['PUT', 'DELETE'], requestHeaders: ['X-A'] }, evidence)
    expect(proof).toMatchObject({
      holds: true,
      passes: true,
      remains: null,
      lost: [],
      gained: [],
      strangers: 1,
    })
    expect(proof.passed).toBeGreaterThan(2)
    expect(proofLine({ ...proof, unproven: [] })).toBe(
      `proven: this request passes; ${proof.passed} of ${proof.passed} that passed still pass; 0 strangers gain`,
    )
  })

  const faults: readonly (readonly [string, Handler, Partial<PageRequest>, CorsPolicy, object])[] = [
    [
      'leaves the method out',
      closed,
      { method: 'PUT' },
      { origins: [ORIGIN] },
      { passes: false, remains: { code: 'method-not-allowed', value: 'PUT' } },
    ],
    [
      'forgets what only some browsers ask for',
      closed,
      { headers: { 'User-Agent': 'x' } },
      { origins: [ORIGIN] },
      { passes: false, remains: { code: 'header-not-allowed', value: 'user-agent' } },
    ],
    [
      'does not expose what is read',
      closed,
      { reads: ['X-Total'] },
      { origins: [ORIGIN] },
      { passes: false, remains: null },
    ],
    [
      'narrows * to one origin',
      open,
      {},
      { origins: [ORIGIN] },
      { passes: true, lost: ['GET from any other site (omit)'], gained: [] },
    ],
    [
      'drops a method',
      open,
      { method: 'PUT' },
      { origins: '*', methods: ['PUT'] },
      { passes: true, lost: [expect.stringMatching(/^DELETE with no header from https:\/\/app/)] },
    ],
    [
      'drops the site that is let in',
      named,
      {},
      { origins: [ORIGIN], credentials: true },
      { lost: [`GET from ${OTHER} (omit)`, `GET from ${OTHER} (include)`] },
    ],
    ['drops its credentials', named, {}, { origins: [ORIGIN, OTHER] }, { lost: [`GET from ${OTHER} (include)`] }],
    ['lets everybody in', closed, {}, { origins: '*' }, { passes: true, gained: ['GET from any other site (omit)'] }],
  ]

  it.each(faults)('finds a planted fault: it %s', async (_, server, request, policy, found) => {
    const proof = await prove(policy, await evidenceOf(server, request))
    expect(proof).toMatchObject({ holds: false, ...found })
    expect(proofLine(proof)).toMatch(/^not proven: /)
  })

  it('says what was not seen', async () => {
    const proof = await prove(
      { origins: [ORIGIN], methods: ['PUT'] },
      await evidenceOf(closed, { method: 'PUT' }, false),
    )
    expect(proof.unproven).toEqual([
      'the answer to PUT https://api.example.com/items was not seen: the answer to GET stands in for it',
    ])
    const leads: Handler = ({ path, isPreflight }) =>
      path === '/items' && !isPreflight
        ? { status: 307, headers: [acao(ORIGIN), ['Location', 'https://c.example.org/']] }
        : { status: 0, hang: true }
    const away = await prove({ origins: [ORIGIN] }, await evidenceOf(leads))
    expect([away.passes, away.remains]).toEqual([null, null])
    expect(proofLine(away)).toContain('it is unknown whether this request passes')
  })

  it('puts the policy on this server alone', async () => {
    const { passes, remains } = await prove({ origins: [ORIGIN] }, await evidenceOf(elsewhere))
    expect([passes, remains?.url]).toEqual([false, 'https://c.example.org/there'])
  })
})

describe('planned()', () => {
  it('gives no policy where it would not be enough, and says what remains', async () => {
    const evidence = await evidenceOf(elsewhere)
    const policy = { origins: [ORIGIN] }
    const proof = await prove(policy, evidence)
    const plan = { policy, alternative: null, note: 'note', asks: ['ask'], proof }
    expect(planned(true, { ...evidence, plan })).toEqual({
      policy: null,
      alternative: null,
      note: null,
      asks: [],
      proof,
      rest: ' No policy on this server is enough: allow-origin-missing remains, at https://c.example.org/there.',
    })
  })

  it('gives no policy that lets a stranger in', async () => {
    const evidence = await evidenceOf(closed)
    const proof = await prove({ origins: '*' }, evidence)
    const given = planned(true, {
      ...evidence,
      plan: { policy: { origins: '*' }, alternative: null, note: null, asks: [], proof },
    })
    expect(given).toMatchObject({ policy: null, rest: expect.stringContaining('would let strangers in') })
  })
})

describe('a report', () => {
  it('puts the question before what is pasted, and the proof behind it', async () => {
    const forms = everyForm(await check(open, { credentials: 'include' }))
    const text = forms.get('text') ?? ''
    const at = (part: string) => text.indexOf(part)
    expect(at('Decide first: Any site may read today')).toBeGreaterThan(0)
    expect(at('Decide first:')).toBeLessThan(at('# on every answer'))
    expect(at('# on every answer')).toBeLessThan(at('not proven: this request passes; 1 of'))
    expect(forms.get('markdown')).toContain('Any site may read today')
    expect(forms.get('json')).toContain('"proof":{"holds":false,"passes":true')
  })

  it('offers the pattern of a family beside its names', async () => {
    const headers = Object.fromEntries(['Lang', 'OS', 'Arch', 'Runtime'].map((name) => [`X-Stainless-${name}`, '1']))
    const text = everyForm(await check(closed, { headers })).get('text') ?? ''
    expect(text).toContain('X-Stainless-Lang, X-Stainless-OS')
    expect(text).toContain('Or, for all similar names: requestHeaders X-Stainless-*')
  })
})
