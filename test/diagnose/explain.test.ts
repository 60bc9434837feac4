import { describe, expect, it } from 'vitest'
import { explain } from '../../src/diagnose.ts'
import { type CorsPolicy, createCors } from '../../src/index.ts'

const URL = 'https://api.example.com/users/42'
const ORIGIN = 'https://app.example.com'
const codes = (findings: readonly { code: string }[]) => findings.map(({ code }) => code)

describe('explain()', () => {
  it('says what an allowed page gets, and why', async () => {
    const cors = createCors({ origins: ['https://*.example.com'], methods: ['PUT'] })
    const { shared, decision, verdicts, edit, observations } = await explain(cors, {
      url: URL,
      origin: ORIGIN,
      method: 'PUT',
    })
    expect([shared, decision.kind, decision.rule, edit]).toEqual([true, 'preflight', 'https://*.example.com', null])
    expect(verdicts.chromium.shared && verdicts.firefox.shared && verdicts.webkit.shared).toBe(true)
    expect(observations.map(({ request }) => request.method)).toEqual(['OPTIONS', 'PUT'])
  })

  it('names a stranger, and the entry that would let it in', async () => {
    const cors = createCors({ origins: ['https://other.example.org'] })
    const { shared, decision, findings, edit } = await explain(cors, { url: URL, origin: ORIGIN })
    expect([shared, decision.refusal, findings[0]?.code]).toEqual([false, 'origin-not-allowed', 'origin-not-listed'])
    expect(edit).toEqual({ origins: ['https://other.example.org', ORIGIN] })
  })

  it('names the method, the header and the credentials, and adds them all at once', async () => {
    const cors = createCors({ origins: [ORIGIN], maxAge: 600 })
    const request = {
      url: URL,
      origin: ORIGIN,
      method: 'PATCH',
      headers: { 'X-Tenant': '1' },
      credentials: 'include',
    } as const
    const { failure, next, findings, edit } = await explain(cors, request)
    expect([failure?.code, ...next.map(({ code }) => code)]).toEqual([
      'allow-credentials',
      'method-not-allowed',
      'header-not-allowed',
      'allow-credentials',
    ])
    expect(codes(findings)).toEqual(
      expect.arrayContaining(['allow-credentials-missing', 'method-not-listed', 'header-not-listed']),
    )
    expect(edit).toEqual({
      origins: [ORIGIN],
      maxAge: 600,
      credentials: true,
      methods: ['PATCH'],
      requestHeaders: ['X-Tenant'],
    })
    expect(findings[0]?.fix?.policy).toEqual(edit)
    expect(findings[0]?.fix?.target).toBe('fetch')
    expect((await explain(createCors(edit as CorsPolicy), request)).shared).toBe(true)
  })

  it('says that * does not go with credentials, and names the page instead', async () => {
    const { failure, edit } = await explain(createCors({ origins: '*' }), {
      url: URL,
      origin: ORIGIN,
      credentials: 'include',
    })
    expect([failure?.chromium, edit]).toEqual(['WildcardOriginNotAllowed', { origins: [ORIGIN], credentials: true }])
  })

  it('asks the policy about what was sent first, as an engine would be asked', async () => {
    const cors = createCors({ origins: [ORIGIN], methods: ['PUT'] })
    const kindOf = async (method: string, origin = ORIGIN) =>
      (await explain(cors, { url: URL, origin, method })).decision
    expect(await kindOf('GET')).toMatchObject({ kind: 'cors', shared: true })
    expect(await kindOf('PUT')).toMatchObject({ kind: 'preflight', shared: true })
    expect(await kindOf('PUT', 'https://b.example.com')).toMatchObject({ kind: 'preflight', shared: false })
    // Nothing is sent to a port that browsers refuse, or in that mode.
    const nothing = await explain(cors, { url: URL, origin: ORIGIN, mode: 'same-origin' })
    expect([nothing.shared, nothing.observations, nothing.decision.kind]).toEqual([false, [], 'non-cors'])
  })

  it('has no edit, no alternative and nothing to ask where nothing is missing', async () => {
    const { edit, alternative, asks, conclusion } = await explain(createCors({ origins: '*' }), {
      url: URL,
      origin: ORIGIN,
    })
    expect([edit, alternative, asks, conclusion]).toEqual([null, null, [], 'allowed'])
  })

  it('offers a pattern for a long family of headers', async () => {
    const headers = Object.fromEntries(['One', 'Two', 'Three', 'Four', 'Five', 'Six'].map((n) => [`X-Team-${n}`, '1']))
    const { edit, alternative } = await explain(createCors({ origins: [ORIGIN] }), {
      url: URL,
      origin: ORIGIN,
      headers,
    })
    expect(edit?.requestHeaders).toEqual(Object.keys(headers).sort())
    expect(alternative?.requestHeaders).toEqual(['X-Team-*'])
  })

  it('sends with the request what the handler answers', async () => {
    const cors = createCors({ origins: [ORIGIN], methods: ['DELETE'] })
    const { observations, shared } = await explain(cors, {
      url: URL,
      origin: ORIGIN,
      method: 'DELETE',
      response: { status: 418, headers: [['X-Brew', 'tea']] },
    })
    expect([shared, observations.map(({ request, response }) => [request.method, response?.status])]).toEqual([
      true,
      [
        ['OPTIONS', 204],
        ['DELETE', 418],
      ],
    ])
    expect(observations[1]?.response?.headers).toContainEqual(['X-Brew', 'tea'])
    const plain = await explain(cors, { url: URL, origin: ORIGIN, response: {} })
    expect(plain.observations.map(({ response }) => response?.status)).toEqual([200])
  })

  it('never proposes to allow null', async () => {
    const { shared, findings, edit } = await explain(createCors({ origins: [ORIGIN] }), { url: URL, origin: 'null' })
    expect([shared, findings[0]?.code, edit]).toEqual([false, 'origin-null', null])
  })

  it('shows what the page cannot read', async () => {
    const response = { status: 404, headers: [['X-Total-Count', '7']] as const }
    const request = { url: URL, origin: ORIGIN, reads: ['X-Total-Count'], response }
    const before = await explain(createCors({ origins: [ORIGIN] }), request)
    expect([before.shared, codes(before.findings)]).toEqual([true, ['header-not-exposed']])
    expect(before.edit).toEqual({ origins: [ORIGIN], exposedHeaders: ['X-Total-Count'] })
    expect(before.findings[0]?.fix?.policy).toEqual(before.edit)
    const repaired = await explain(createCors(before.edit as CorsPolicy), request)
    expect([repaired.findings, repaired.edit]).toEqual([[], null])
    const after = await explain(createCors({ origins: [ORIGIN], exposedHeaders: ['X-Total-*'] }), request)
    expect(after.findings).toEqual([])
  })

  it('answers as refused: "forbid" does', async () => {
    const { shared, observations } = await explain(createCors({ origins: [ORIGIN], refused: 'forbid' }), {
      url: URL,
      origin: 'https://stranger.example',
    })
    expect([shared, observations[0]?.response?.status]).toEqual([false, 403])
  })

  it('says that an https page gets nothing over http, whatever the policy says', async () => {
    const { shared, findings, edit } = await explain(createCors({ origins: '*' }), {
      url: 'http://api.example.com/',
      origin: ORIGIN,
    })
    expect([shared, codes(findings), edit]).toEqual([false, ['mixed-content'], null])
    expect(findings[0]?.fix?.request?.url).toBe('https://api.example.com/')
    const loopback = { url: 'http://127.0.0.1:9000/', origin: ORIGIN }
    expect((await explain(createCors({ origins: '*' }), loopback)).shared).toBe(true)
  })

  it('has nothing to say about a request within one origin', async () => {
    const { shared, decision, findings } = await explain(createCors({ origins: [ORIGIN] }), {
      url: `${ORIGIN}/x`,
      origin: ORIGIN,
    })
    expect([shared, decision.kind, codes(findings)]).toEqual([true, 'non-cors', ['same-origin']])
  })
})
