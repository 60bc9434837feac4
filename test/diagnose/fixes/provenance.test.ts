import { describe, expect, it } from 'vitest'
import { CHOOSABLE, type Diagnosis, explain, formatReport, snippet, toJson } from '../../../src/diagnose.ts'
import { checkPolicy, createCors } from '../../../src/index.ts'
import { everyForm } from '../report/forms.ts'
import { examine, type Handler, ORIGIN, type Said } from '../stage.ts'

const NAMES = {
  methods: ['PROPFIND', 'DELETE'],
  request: ['X-Evil-Request', 'DNT'],
  exposed: ['X-Evil-Exposed', 'X-Total'],
} as const

const lists = (origin: string): Said => ({
  headers: [
    ['Access-Control-Allow-Origin', origin],
    ['Access-Control-Allow-Methods', `GET, ${NAMES.methods.join(', ')}, OPTIONS, $(id), \`x\``],
    ['Access-Control-Allow-Headers', [...NAMES.request, 'content-type', '"quoted"'].join(', ')],
    ['Access-Control-Expose-Headers', [...NAMES.exposed, 'x-evil; rm'].join(', ')],
    ['Vary', 'Origin'],
  ],
})

const asking = (target: (typeof CHOOSABLE)[number]) =>
  examine(({ isPreflight }) => ({ ...lists('https://other.example.com'), status: isPreflight ? 204 : 200 }), {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', 'X-Mine': '1' },
    reads: ['X-Read'],
    send: true,
    target,
  })

const first = ({ findings }: Diagnosis) => findings.find(({ fix }) => fix?.policy)?.fix

describe('what a server says of itself', () => {
  it.each(CHOOSABLE)('is pasted where it is sound, and nothing else of it: %s', async (target) => {
    const fix = first(await asking(target))
    expect(fix?.policy).toEqual({
      origins: ['https://other.example.com', ORIGIN],
      methods: ['PROPFIND', 'DELETE', 'PUT'],
      requestHeaders: ['X-Evil-Request', 'content-type', 'X-Mine'],
      exposedHeaders: ['X-Evil-Exposed', 'X-Total', 'X-Read'],
      maxAge: 600,
    })
    expect(fix?.snippet).toEqual(expect.any(String))
    expect(fix?.snippet).not.toMatch(/\$\(id\)|`x`|quoted|x-evil;|\brm\b|\bdnt\b/i)
  })

  it('is marked as the server’s own word', async () => {
    const diagnosis = await asking('nginx')
    const note =
      'Kept because the server sends it today: origins https://other.example.com; methods PROPFIND, DELETE; request headers X-Evil-Request; exposed headers X-Evil-Exposed, X-Total. Remove names that are not yours.'
    expect(first(diagnosis)?.note).toBe(note)
    const forms = everyForm(diagnosis)
    expect(forms.get('text')).toContain(note)
    expect(forms.get('markdown')).toContain(note)
    expect(toJson(diagnosis, '0').findings.some(({ fix }) => fix?.note === note)).toBe(true)
  })

  it('is counted where it is too much to check', async () => {
    const many = Array.from({ length: 60 }, (_, i) => `X-N${i}`)
    const sites = Array.from({ length: 30 }, (_, i) => `https://n${i}.example.com`)
    const diagnosis = await examine(() => ({
      headers: [
        ['Access-Control-Expose-Headers', many.join(', ')],
        ['Access-Control-Allow-Origin', sites.join(' ')],
      ],
    }))
    const fix = first(diagnosis)
    expect(fix?.policy?.exposedHeaders).toHaveLength(40)
    expect(fix?.policy?.origins).toHaveLength(13)
    expect(fix?.asks).toEqual([
      expect.stringContaining('names 18 more origins, too many to check'),
      expect.stringContaining('lists 20 more names in Access-Control-Expose-Headers'),
    ])
  })

  it('lets no stranger of a scan in', async () => {
    const leaks: Handler = ({ origin }) => ({
      headers: origin?.includes('example.com') ? [['Access-Control-Allow-Origin', origin]] : [],
    })
    const diagnosis = await examine(leaks, { security: true, method: 'PUT', send: true })
    expect(diagnosis.security?.accepted.length).toBeGreaterThan(0)
    const fix = first(diagnosis)
    const strangers = diagnosis.security?.accepted.map(({ origin }) => origin) ?? []
    const listed = Array.isArray(fix?.policy?.origins) ? fix.policy.origins : ['*']
    expect(listed.filter((origin) => strangers.includes(origin))).toEqual([])
    expect(fix?.proof?.strangers).toBeGreaterThan(10)
    expect(fix?.proof?.gained).toEqual([])
  })

  it('is not mentioned where there is nothing of it', async () => {
    const diagnosis = await examine(() => ({ headers: [['Access-Control-Allow-Methods', 'GET, POST, OPTIONS']] }))
    expect(first(diagnosis)?.note).toBeNull()
    const cors = createCors({ origins: [ORIGIN], exposedHeaders: ['X-Total'] })
    const explained = await explain(cors, { url: 'https://api.example.com/', origin: ORIGIN, method: 'PUT' })
    expect(first(explained)).toMatchObject({ note: null, policy: { exposedHeaders: ['X-Total'] } })
  })

  it('ends no string of the page’s code', async () => {
    const location = "https://evil.example/');alert('1"
    const diagnosis = await examine(
      ({ isPreflight }) => (isPreflight ? { status: 308, headers: [['Location', location]] } : { headers: [] }),
      { method: 'PUT' },
    )
    const call = /^ {4}fetch.*$/m.exec(everyForm(diagnosis).get('text') ?? '')?.[0]
    expect(call).toContain("fetch('https://evil.example/\\');alert(\\'1', …)")
    expect(call).toContain('// the target of the redirect: check that it is yours')
  })
})

describe('every fix', () => {
  it('has a policy about which there is nothing to say', async () => {
    const policy = first(await asking('fetch'))?.policy ?? null
    expect(checkPolicy(policy)).toEqual([])
  })

  it.each(CHOOSABLE)('has no max-age that a browser shortens: %s', (target) => {
    const text = snippet(target, { origins: [ORIGIN], methods: ['PUT'] }) ?? ''
    expect(text).not.toMatch(/\b(7200|86400)\b/)
  })

  it('is written by name for pull requests', async () => {
    const diagnosis = await asking('nginx')
    const items = [{ title: 'x', diagnosis, isFine: false, expected: null }]
    expect(formatReport('markdown', items, '0')).toContain('map $http_origin $cors_origin')
  })
})
