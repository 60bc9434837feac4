import { describe, expect, it } from 'vitest'
import { requestProofLine } from '../../../src/diagnose/report/proof-line.ts'
import { type Diagnosis, diagnose, diagnoseEntry, type PageRequest, parseHar } from '../../../src/diagnose.ts'
import { answer } from '../settles.ts'
import type { Handler } from '../stage.ts'

// A page of http: from one of https, a request over http would be mixed content.
const ORIGIN = 'http://app.example.com'

const SECRET = 'Bearer s3cr3t'
const MARK = ['Access-Control-Allow-Origin', ORIGIN] as const
const permits = [
  MARK,
  ['Access-Control-Allow-Methods', 'PUT'],
  ['Access-Control-Allow-Headers', 'authorization'],
] as const

/** Redirects what comes over http, or to the first host, and shares the rest. */
const moved =
  (to: string, rest: Handler = ({ isPreflight }) => ({ headers: isPreflight ? permits : [MARK] })): Handler =>
  (asked) =>
    asked.headers.host === 'old' ? { status: 308, headers: [['Location', to]] } : rest(asked)

interface Asked {
  readonly method: string
  readonly url: string
  readonly secret: boolean
}

async function check(
  handler: Handler,
  request: Partial<PageRequest> & { readonly probes?: boolean },
): Promise<Diagnosis & { readonly asked: readonly Asked[]; readonly line: string | null }> {
  const asked: Asked[] = []
  const diagnosis = await diagnose(request.url ?? 'http://api.example.com/items', {
    origin: ORIGIN,
    transport: async (wire) => {
      asked.push({ method: wire.method, url: wire.url, secret: wire.headers.some(([, value]) => value === SECRET) })
      const host = wire.url.startsWith('http:') ? 'old' : new URL(wire.url).host
      const said = answer(handler, { ...wire, headers: [...wire.headers, ['Host', host]] })
      return said ?? { kind: 'reset', detail: 'reset' }
    },
    ...request,
  })
  const proof = diagnosis.findings.find(({ fix }) => fix?.requestProof)?.fix?.requestProof ?? null
  return { ...diagnosis, asked, line: proof && requestProofLine(proof) }
}

const HTTPS = 'https://api.example.com/items'

describe('the proof of a changed request', () => {
  it('asks the address that the fix names, and says what stands in for what was not sent', async () => {
    const { line, asked } = await check(moved(HTTPS), { method: 'PUT' })
    expect(line).toBe(
      `proven: the changed request passes; the answer to PUT ${HTTPS} was not seen: the answer to GET stands in for it`,
    )
    const methods = asked.filter(({ url }) => url === HTTPS).map(({ method }) => method)
    // Browsers differ in what they call same-site, so a request may be sent twice.
    expect([...new Set(methods)]).toEqual(['OPTIONS', 'GET'])
  })

  it('says what would still block it', async () => {
    const { line, findings } = await check(
      moved(HTTPS, () => ({})),
      { method: 'PUT' },
    )
    expect([findings[0]?.code, line]).toEqual([
      'redirect-to-https',
      'not proven: the changed request stays blocked (allow-origin-missing)',
    ])
  })

  it('sends no header of the request to another host, which a redirect may have chosen', async () => {
    const other = 'https://elsewhere.example.net/items'
    const { line, asked } = await check(moved(other), { method: 'PUT', headers: { Authorization: SECRET } })
    expect(asked.filter(({ url }) => url.startsWith('https://elsewhere'))).toEqual([
      { method: 'OPTIONS', url: other, secret: false },
    ])
    expect(line).toBe(
      `not proven: it is unknown whether the changed request passes; the answer to PUT ${other} was not seen`,
    )
  })

  it('sends nothing where nothing but the own requests may be sent', async () => {
    const { line, asked } = await check(moved(HTTPS), { method: 'PUT', probes: false })
    expect(asked.some(({ url }) => url === HTTPS)).toBe(false)
    expect(line).toContain('it is unknown whether the changed request passes')
  })

  it('is made of what an archive holds', async () => {
    const lines = (...pairs: readonly (readonly [string, string])[]) => pairs.map(([name, value]) => ({ name, value }))
    const request = { method: 'GET', url: 'http://api.example.com/items', headers: lines(['Origin', ORIGIN]) }
    const response = { status: 301, headers: lines(['Location', HTTPS]), redirectURL: HTTPS }
    const [entry] = parseHar(JSON.stringify({ log: { entries: [{ request, response, _error: 'net::ERR_FAILED' }] } }))
    if (entry === undefined) throw new Error('no entry')
    const { diagnosis } = await diagnoseEntry(entry, { ...entry.request, origin: ORIGIN })
    const { request: changed, requestProof } = diagnosis.findings[0]?.fix ?? {}
    expect([changed?.url, requestProof?.passes]).toEqual([HTTPS, null])
  })

  it('belongs to the fix that is printed in full', async () => {
    const { findings } = await check(moved(HTTPS), { method: 'PUT' })
    const proofs = findings.flatMap(({ fix }) => (fix?.requestProof ? [fix.requestProof] : []))
    expect(proofs).toHaveLength(1)
  })
})
