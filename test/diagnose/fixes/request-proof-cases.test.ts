import { describe, expect, it } from 'vitest'
import { withRequestProof } from '../../../src/diagnose/fixes/request-proof.ts'
import { createRecorder } from '../../../src/diagnose/recorder.ts'
import { securityFindings } from '../../../src/diagnose/security/findings.ts'
import type { Finding, PageRequest } from '../../../src/diagnose.ts'
import { type Exchange, evidenceOf, PAGE, preflight, seen, URL_ } from './exchange.ts'

type Line = readonly [string, string]

const acao: Line = ['Access-Control-Allow-Origin', '*']
const MOVED = 'https://api.example.com/v2/items'
/** What every browser adds to a request between two hosts of one site. */
const ADDED: readonly Line[] = [
  ['Sec-Fetch-Site', 'same-site'],
  ['Sec-Fetch-Mode', 'cors'],
  ['Sec-Fetch-Dest', 'empty'],
]

/** A finding whose fix changes the request of the page; null for a fix that does not. */
function finding(request: Partial<PageRequest> | null, severity: Finding['severity'] = 'error'): Finding {
  const [found] = securityFindings({
    tried: 1,
    ownIsAccepted: true,
    reflectsAnyone: false,
    accepted: [],
    echoesHeaders: true,
    echoesMethods: false,
  })
  if (found?.fix == null) throw new Error('no finding')
  const changed = request && { url: MOVED, origin: PAGE, ...request }
  return { ...found, severity, fix: { ...found.fix, request: changed } }
}

interface Asked {
  readonly observations?: readonly Exchange[]
  readonly mayAsk?: boolean
  /** What a server answers; nothing by default. */
  readonly says?: Exchange | ((url: string) => Exchange)
}

/** Proves a changed request, and notes what was sent for it. */
async function prove(request: Partial<PageRequest>, { observations = [], mayAsk = true, says }: Asked) {
  const sent: { method: string; url: string; headers: readonly string[] }[] = []
  const evidence = evidenceOf(
    observations.map((each) => (each.method === 'OPTIONS' ? preflight(each) : seen(each))),
    { request },
  )
  const recorder = createRecorder({
    transport: async ({ method, url, headers, body }) => {
      sent.push({ method, url, headers: headers.map(([name]) => name) })
      expect(body).toBeNull()
      const said = typeof says === 'function' ? says(url) : says
      return said === undefined
        ? { kind: 'reset', detail: '' }
        : { status: said.status ?? 200, headers: said.headers ?? [] }
    },
    call: evidence.call,
    sendUnsafe: false,
    maxRequests: 40,
    extra: [],
    onObservation: ({ purpose }) => expect(purpose).toBe('changed-request'),
  })
  const [found] = await withRequestProof([finding(request)], evidence, recorder, mayAsk)
  return { proof: found?.fix?.requestProof, sent }
}

const PASSES = { passes: true, remains: null, unproven: [] }
const unseen = (method = 'GET', url = MOVED) => `the answer to ${method} ${url} was not seen`
const standIn = (method: string) => `${unseen(method)}: the answer to GET stands in for it`

describe('the proof of a changed request', () => {
  it('is made of what the same request got', async () => {
    const { proof, sent } = await prove({}, { observations: [{ url: MOVED, asks: ADDED, headers: [acao] }] })
    expect([proof, sent]).toEqual([PASSES, []])
    const blocked = await prove({}, { observations: [{ url: MOVED, asks: ADDED }] })
    expect(blocked.proof).toEqual({
      passes: false,
      remains: { code: 'allow-origin-missing', value: '', url: MOVED },
      unproven: [],
    })
  })

  it('asks for what was not seen', async () => {
    const { proof, sent } = await prove(
      { headers: { 'X-A': '1' } },
      {
        says: { headers: [acao, ['Access-Control-Allow-Headers', '*']] },
      },
    )
    expect(proof).toEqual(PASSES)
    expect(new Set(sent.map(({ method, url }) => `${method} ${url}`))).toEqual(
      new Set([`OPTIONS ${MOVED}`, `GET ${MOVED}`]),
    )
  })

  it('asks GET in the place of what has side effects, without its body', async () => {
    const headers = { 'X-A': '1', 'X-Content-A': '1', 'Content-Type': 'text/plain' }
    const allowed: readonly Line[] = [
      acao,
      ['Access-Control-Allow-Headers', '*'],
      ['Access-Control-Allow-Methods', '*'],
    ]
    const { proof, sent } = await prove({ method: 'PUT', headers, body: 'x' }, { says: { headers: allowed } })
    expect(proof).toEqual({ ...PASSES, unproven: [standIn('PUT')] })
    const got = sent.find(({ method }) => method === 'GET')?.headers.map((name) => name.toLowerCase())
    expect(got).toEqual(expect.arrayContaining(['x-a', 'x-content-a']))
    expect(got).not.toContain('content-type')
  })

  it('keeps the headers of a safe request', async () => {
    const { sent } = await prove(
      { method: 'HEAD', headers: { 'Content-Language': 'de' } },
      { says: { headers: [acao] } },
    )
    expect(sent[0]?.method).toBe('HEAD')
    expect(sent[0]?.headers.map((name) => name.toLowerCase())).toContain('content-language')
  })

  it('makes do with what is nearest, where nothing may be sent or nothing comes back', async () => {
    const near: Exchange = { url: MOVED, headers: [acao], asks: [['X-Other', '1']] }
    for (const mayAsk of [true, false]) {
      const { proof, sent } = await prove({}, { observations: [near], mayAsk })
      expect(proof).toEqual({ ...PASSES, unproven: [unseen()] })
      expect(sent.length > 0).toBe(mayAsk)
      const post = await prove({ method: 'POST' }, { observations: [near], mayAsk })
      expect(post.proof).toEqual({ ...PASSES, unproven: [standIn('POST')] })
    }
  })

  it('does not take a request without an answer for one', async () => {
    const observations: readonly Exchange[] = [
      { url: MOVED, asks: ADDED, trouble: 'reset' },
      { url: MOVED, headers: [acao], asks: [['X-Other', '1']] },
    ]
    expect((await prove({}, { observations })).proof).toEqual({ ...PASSES, unproven: [unseen()] })
  })

  it('leaves open what was not seen at all', async () => {
    expect((await prove({}, {})).proof).toEqual({ passes: null, remains: null, unproven: [unseen()] })
    const other = await prove({}, { observations: [{ url: URL_ }], mayAsk: false })
    expect(other.proof).toMatchObject({ passes: false, unproven: [unseen()] })
  })

  it('asks another host, which a redirect may have chosen, for preflights alone', async () => {
    const there = 'https://other.example.net/x'
    const observations: readonly Exchange[] = [
      { url: MOVED, asks: ADDED, status: 307, headers: [acao, ['Location', there]] },
      { url: MOVED, asks: ADDED, status: 307, headers: [acao, ['Location', there]], method: 'PUT' },
      { url: there, headers: [acao], asks: [['X-Other', '1']] },
    ]
    const get = await prove({}, { observations, says: { headers: [acao] } })
    expect([get.proof, get.sent]).toEqual([{ passes: null, remains: null, unproven: [unseen('GET', there)] }, []])
    const put = await prove(
      { method: 'PUT' },
      {
        observations,
        says: (url) => (url === there ? { status: 404 } : { headers: [acao, ['Access-Control-Allow-Methods', '*']] }),
      },
    )
    expect(put.proof?.remains).toEqual({ code: 'allow-origin-missing', value: '', url: there })
    expect(new Set(put.sent.map(({ method, url }) => `${method} ${url}`))).toEqual(
      new Set([`OPTIONS ${MOVED}`, `OPTIONS ${there}`]),
    )
  })

  it('asks for every header that the page reads', async () => {
    const says = (names: string) => ({ says: { headers: [acao, ['Access-Control-Expose-Headers', names]] as const } })
    const reads = ['X-A', 'ETag']
    expect((await prove({ reads }, says('X-A'))).proof).toEqual({ passes: false, remains: null, unproven: [] })
    expect((await prove({ reads }, says('X-A, ETag'))).proof).toEqual(PASSES)
    // Firefox alone takes a star beside a name that is not a token.
    expect((await prove({ reads }, says('*, a b'))).proof).toEqual({ passes: false, remains: null, unproven: [] })
  })
})

describe('the fix that has a proof', () => {
  const of = async (...findings: Finding[]) => {
    const evidence = evidenceOf([seen({ url: MOVED, asks: ADDED, headers: [acao] })])
    const recorder = createRecorder({
      transport: async () => expect.fail('nothing is asked'),
      call: evidence.call,
      sendUnsafe: false,
      maxRequests: 1,
      extra: [],
      onObservation: () => {},
    })
    const found = await withRequestProof(findings, evidence, recorder, true)
    expect(found.map(({ fix, ...rest }) => ({ ...rest, fix: fix && { ...fix, requestProof: null } }))).toEqual(findings)
    return found.map(({ fix }) => fix?.requestProof ?? null)
  }
  const changes = finding({})

  it('is the first that is printed in full', async () => {
    expect(await of(changes, finding({}))).toEqual([PASSES, null])
    expect(await of(finding({}, 'info'), { ...changes, fix: null }, changes)).toEqual([null, null, PASSES])
    expect(await of(finding({}, 'warning'))).toEqual([PASSES])
  })

  it('is none, where the first changes no request, or leaves its address open', async () => {
    expect(await of()).toEqual([])
    expect(await of(finding(null), changes)).toEqual([null, null])
    expect(await of(finding({ url: '' }), changes)).toEqual([null, null])
    expect(await of(finding({}, 'info'))).toEqual([null])
  })
})
