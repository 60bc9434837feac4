import { describe, expect, it } from 'vitest'
import type { HeaderLine, WireRequest } from '../../src/browser/wire.ts'
import { gather } from '../../src/diagnose/gather.ts'
import { type PageRequest, readCall } from '../../src/diagnose/page-request.ts'
import { FOREIGN_ORIGIN, NO_PROBES, probe } from '../../src/diagnose/probes.ts'
import { createRecorder, isPreflight } from '../../src/diagnose/recorder.ts'
import type { Answer } from '../../src/diagnose/transport.ts'
import { askBrowsers } from '../../src/diagnose/verdicts.ts'

const PAGE = 'https://app.example'
const API = 'https://api.example/a/b?c=d'

const originOf = ({ headers }: WireRequest) => headers.find(([name]) => name === 'Origin')?.[1]
const say = (status: number, ...headers: HeaderLine[]): Answer => ({ status, headers })
const allow = (origin: string): HeaderLine => ['Access-Control-Allow-Origin', origin]
const none: Answer = { kind: 'reset', detail: '' }

/** Lets the browsers ask a server, probes it, and tells what was sent for it. */
async function probing(answer: (request: WireRequest) => Answer, over: Partial<PageRequest> = {}, sendUnsafe = true) {
  const call = readCall({ url: API, origin: PAGE, ...over })
  const recorder = createRecorder({
    transport: async (request) => answer(request),
    call,
    sendUnsafe,
    maxRequests: 30,
    extra: [],
    onObservation: () => {},
  })
  const verdicts = await askBrowsers(call, recorder.send)
  const { preflight, final } = gather(call, verdicts, recorder.observations)
  const first = recorder.observations.length
  const probes = await probe({ call, verdicts, preflight, final, now: () => 36 * 36 + 1 }, recorder)
  const sent = recorder.observations
    .slice(first)
    .map(({ purpose, request }) => `${purpose} ${request.method} ${request.url} ${originOf(request)}`)
  return { probes, sent, observations: recorder.observations, variants: probes.variants.map(variant) }
}

const variant = ({ difference, origin, isShared }: { difference: string; origin: string; isShared: boolean }) =>
  `${difference} ${origin}${isShared ? ' shared' : ''}`

const STRANGER = `foreign-origin GET ${API} ${FOREIGN_ORIGIN}`
const NO_ORIGIN = `no-origin GET ${API} undefined`
const MISSING = `missing-path GET https://api.example/a/corsmith-no-such-path ${PAGE}`
const ROOT = `root GET https://api.example/ ${PAGE}`
const FRESH = `fresh GET https://api.example/a/b?c=d&corsmith=101 ${PAGE}`

/** Spellings of the page's origin, each sent as an `origin-variant`. */
const spelled = (...origins: string[]) => origins.map((origin) => `origin-variant GET ${API} ${origin}`)
const SPELLINGS = spelled(`${PAGE}/`, `"${PAGE}"`, 'http://app.example', 'https://www.app.example')

describe('probe()', () => {
  it('asks little of a server that shares', async () => {
    const { sent, probes, observations } = await probing(() => say(200, allow('*')))
    expect(sent).toEqual([STRANGER, NO_ORIGIN, MISSING])
    const [, foreign, noOrigin, missing] = observations
    expect(probes).toEqual({ ...NO_PROBES, foreign, noOrigin, missing })
  })

  it('asks more of one that does not', async () => {
    const { sent, probes, variants } = await probing(() => say(200))
    expect(sent).toEqual([STRANGER, NO_ORIGIN, MISSING, ROOT, FRESH, ...SPELLINGS])
    expect(probes).toMatchObject({ standIn: null, authorized: null, withoutMetadata: null })
    expect(
      [probes.foreign, probes.noOrigin, probes.missing, probes.root, probes.fresh].map((each) => each?.purpose),
    ).toEqual(['foreign-origin', 'no-origin', 'missing-path', 'root', 'fresh'])
    expect(variants).toEqual([
      `trailing-slash ${PAGE}/`,
      `quoted "${PAGE}"`,
      'scheme http://app.example',
      'www https://www.app.example',
    ])
  })

  it('ends where nothing is answered', async () => {
    const { sent, probes } = await probing(() => none)
    expect(sent).toEqual([`stand-in GET ${API} ${PAGE}`])
    expect(probes).toEqual({ ...NO_PROBES, standIn: expect.objectContaining({ response: null }) })
    const put = await probing(() => none, { method: 'PUT' })
    expect(put.sent).toEqual([`stand-in GET ${API} ${PAGE}`])
    expect(put.probes).toEqual({ ...NO_PROBES, standIn: expect.objectContaining({ purpose: 'stand-in' }) })
  })

  it('goes on where only the preflight, or only the stand-in, is answered', async () => {
    const onlyPreflight = await probing((request) => (isPreflight(request) ? say(204) : none), { method: 'PUT' })
    expect(onlyPreflight.sent.slice(0, 3)).toEqual([`stand-in GET ${API} ${PAGE}`, STRANGER, NO_ORIGIN])
    const onlyStandIn = await probing((request) => (isPreflight(request) ? none : say(200)), { method: 'PUT' })
    expect(onlyStandIn.sent).toEqual([`stand-in GET ${API} ${PAGE}`, STRANGER, NO_ORIGIN, MISSING, ROOT, FRESH])
    expect(onlyStandIn.probes.standIn?.response).toEqual(say(200))
  })

  it('leaves out the headers of a body, and what the URL has behind a hash', async () => {
    const headers = { 'Content-Type': 'application/json', 'CONTENT-LANGUAGE': 'en', 'X-A': '1' }
    const { observations, sent } = await probing(() => say(204), {
      method: 'PUT',
      headers,
      url: `${API}#top`,
      body: '{}',
    })
    const foreign = observations.find(({ purpose }) => purpose === 'foreign-origin')?.request
    expect(foreign).toEqual({
      method: 'GET',
      url: API,
      headers: [
        ['X-A', '1'],
        ['Origin', FOREIGN_ORIGIN],
      ],
      body: null,
    })
    expect(sent[0]).toBe(`stand-in GET ${API} ${PAGE}`)
    const head = await probing(() => say(200, allow('*')), { method: 'HEAD' })
    expect(head.sent[0]).toBe(`foreign-origin HEAD ${API} ${FOREIGN_ORIGIN}`)
  })

  it('does not ask the root where a missing path is marked', async () => {
    const { sent, probes } = await probing(({ url }) => (url === API ? say(200) : say(404, allow('*'))))
    expect(sent).not.toContain(ROOT)
    expect(probes.root).toBeNull()
  })

  it('asks past a cache that answered', async () => {
    const cached = await probing(() => say(200, allow('*'), ['Age', '5']))
    expect(cached.sent).toEqual([STRANGER, NO_ORIGIN, MISSING, FRESH])
    expect(cached.probes.fresh?.request.url).toBe('https://api.example/a/b?c=d&corsmith=101')
    // What stands in for the request is asked in its place.
    const standIn = await probing((request) => (isPreflight(request) ? say(204) : say(200, allow(PAGE))), {
      method: 'PUT',
    })
    expect(standIn.sent).not.toContain(FRESH)
  })

  it('repeats a refused preflight with the authorization that it lacks', async () => {
    const over = { headers: { AUTHORIZATION: 'Bearer x', 'X-A': '1' } }
    const refusing = (status: number) => (request: WireRequest) => say(isPreflight(request) ? status : 200)
    for (const status of [401, 403]) {
      const { observations, probes } = await probing(refusing(status), over)
      const [preflight] = observations
      const headers = [...(preflight?.request.headers ?? []), ['AUTHORIZATION', 'Bearer x']]
      expect(probes.authorized).toMatchObject({
        purpose: 'authorized-preflight',
        request: { ...preflight?.request, headers },
      })
    }
    for (const status of [400, 404, 200]) expect((await probing(refusing(status), over)).probes.authorized).toBeNull()
    expect((await probing(refusing(401), { headers: { 'X-A': '1' } })).probes.authorized).toBeNull()
    expect((await probing((request) => (isPreflight(request) ? none : say(200)), over)).probes.authorized).toBeNull()
  })

  it('repeats a refused request without Fetch metadata', async () => {
    const refusing = (status: number) => (request: WireRequest) => say(status, allow(originOf(request) ?? '*'))
    for (const status of [400, 401, 403, 404]) {
      const { observations, probes } = await probing(refusing(status))
      const own = observations[0]?.request
      const headers = own?.headers.filter(([name]) => !name.startsWith('Sec-Fetch-'))
      expect(headers?.length).toBeLessThan(own?.headers.length ?? 0)
      expect(probes.withoutMetadata).toMatchObject({ purpose: 'without-metadata', request: { ...own, headers } })
    }
    for (const status of [200, 402, 405, 500])
      expect((await probing(refusing(status))).probes.withoutMetadata).toBeNull()
    const written = (request: WireRequest) =>
      isPreflight(request) ? say(204, allow(PAGE), ['Access-Control-Allow-Methods', 'PUT']) : say(403, allow(PAGE))
    expect((await probing(written, { method: 'PUT' })).probes.withoutMetadata).toBeNull()
    const preflight = await probing((request) => say(isPreflight(request) ? 403 : 200), { method: 'PUT' })
    expect(preflight.probes.withoutMetadata?.request.method).toBe('OPTIONS')
  })
})

describe('probe(), of spellings', () => {
  const knows =
    (known: string, ...more: HeaderLine[]) =>
    (request: WireRequest) =>
      originOf(request) === known ? say(200, allow(known), ...more) : say(200)

  it.each<readonly [page: string, difference: string, known: string]>([
    [PAGE, 'trailing-slash', `${PAGE}/`],
    [PAGE, 'quoted', `"${PAGE}"`],
    [PAGE, 'scheme', 'http://app.example'],
    ['http://app.example', 'scheme', PAGE],
    [PAGE, 'www', 'https://www.app.example'],
    ['https://www.app.example', 'www', PAGE],
    ['https://app.example:8443', 'port', PAGE],
    ['http://localhost:4200', 'loopback-name', 'http://127.0.0.1:4200'],
    ['http://127.0.0.1:4200', 'loopback-name', 'http://localhost:4200'],
    ['http://localhost:4200', 'port', 'http://localhost:3000'],
    ['http://localhost:4200', 'port', 'http://localhost:5173'],
    ['http://localhost:4200', 'port', 'http://localhost:8080'],
  ])('of %s finds the %s', async (origin, difference, known) => {
    const { variants } = await probing(knows(known), { origin })
    expect(variants.filter((text) => text.endsWith(' shared'))).toEqual([`${difference} ${known} shared`])
  })

  it('tries all that people confuse', async () => {
    const tried = async (origin: string) => (await probing(() => say(200), { origin })).variants
    expect(await tried('http://localhost:5173')).toEqual([
      'trailing-slash http://localhost:5173/',
      'quoted "http://localhost:5173"',
      'scheme https://localhost:5173',
      'loopback-name http://127.0.0.1:5173',
      'port http://localhost:3000',
      'port http://localhost:8080',
    ])
    expect(await tried('https://app.example:8443')).toEqual([
      'trailing-slash https://app.example:8443/',
      'quoted "https://app.example:8443"',
      'scheme http://app.example:8443',
      'www https://www.app.example:8443',
      'port https://app.example',
    ])
    expect(await tried('null')).toEqual([])
    expect(await tried('capacitor://localhost')).toEqual([])
  })

  it('tries none where the page is admitted, or where one value is always sent', async () => {
    const tried = async (answer: (request: WireRequest) => Answer, over: Partial<PageRequest> = {}) =>
      (await probing(answer, over)).variants
    expect(await tried(() => say(200, allow('https://b.example')))).toEqual([])
    const admitted = { credentials: 'include' } as const
    expect(await tried((request) => say(200, allow(originOf(request) ?? '*')), admitted)).toEqual([])
    // A stranger can read: the spelling of the page is at fault.
    const strangers = (request: WireRequest) =>
      originOf(request) === FOREIGN_ORIGIN ? say(200, allow(FOREIGN_ORIGIN)) : say(200)
    expect(await tried(strangers)).toHaveLength(4)
    const any = (request: WireRequest) => (originOf(request) === FOREIGN_ORIGIN ? say(200, allow('*')) : say(200))
    expect(await tried(any)).toEqual([])
  })

  it('tries them by preflight where that is what failed', async () => {
    const known = `${PAGE}/`
    const answer = (request: WireRequest) =>
      isPreflight(request) && originOf(request) === known ? say(204, allow(known)) : say(200)
    const { sent, probes } = await probing(answer, { method: 'PUT', headers: { 'X-A': '1' } })
    const methods = sent.filter((text) => text.startsWith('origin-variant')).map((text) => text.split(' ')[1])
    expect(methods).toEqual(['OPTIONS', 'OPTIONS', 'OPTIONS', 'OPTIONS'])
    expect(probes.variants.map(({ isShared }) => isShared)).toEqual([true, false, false, false])
    expect(probes.variants[0]?.observation.request.headers).toContainEqual(['Access-Control-Request-Headers', 'x-a'])
    const open = (request: WireRequest) => (isPreflight(request) ? say(403) : say(200, allow(originOf(request) ?? '*')))
    expect((await probing(open, { method: 'PUT' })).variants).toEqual([])
    expect((await probing((request) => (isPreflight(request) ? none : say(200)), { method: 'PUT' })).variants).toEqual(
      [],
    )
  })
})
