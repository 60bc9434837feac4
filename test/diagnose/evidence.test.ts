import { describe, expect, it } from 'vitest'
import {
  admits,
  bodyHas,
  cameFromCache,
  everMarked,
  field,
  fieldHas,
  hasAllowOrigin,
  linesOf,
  passedCdn,
  speaksCors,
  statusOf,
  variesByOrigin,
} from '../../src/diagnose/evidence.ts'
import { gather } from '../../src/diagnose/gather.ts'
import { readCall } from '../../src/diagnose/page-request.ts'
import { askBrowsers } from '../../src/diagnose/verdicts.ts'
import type { Observation } from '../../src/diagnose.ts'

type Line = readonly [string, string]

function seen(...headers: Line[]): Observation {
  const request = { method: 'GET', url: 'https://api.example.com/', headers: [], body: null }
  return { purpose: 'request', request, response: { status: 203, headers }, trouble: null, ms: 1 }
}

const NOTHING: Observation = { ...seen(), response: null, trouble: { kind: 'dns', detail: '' } }

describe('cameFromCache()', () => {
  it.each<Line>([
    ['Age', '1'],
    ['X-Cache', 'Hit from cloudfront'],
    ['X-Cache', 'MISS, HIT'],
    ['CF-Cache-Status', 'HIT'],
    ['X-Vercel-Cache', 'HIT'],
    ['Cache-Status', 'ExampleCache; hit'],
    ['X-Proxy-Cache', 'HIT'],
    ['X-Cache-Status', 'HIT'],
    ['X-Varnish', '32770 3'],
  ])('is told by %s: %s', (...line) => {
    expect(cameFromCache(seen(line))).toBe(true)
    expect(cameFromCache(seen(['Server', 'x'], line, ['X-Other', 'MISS']))).toBe(true)
  })

  it.each<Line>([
    ['Age', '0'],
    ['Age', 'x'],
    ['X-Cache', 'MISS'],
    ['X-Cache', 'Whitelisted'],
    ['CF-Cache-Status', 'DYNAMIC'],
    ['X-Something', 'HIT'],
    ['X-Varnish', '32770'],
    ['X-Varnish', 'a 32770 3'],
    ['X-Cache', 'white'],
  ])('is not told by %s: %s', (...line) => expect(cameFromCache(seen(line))).toBe(false))

  it('is not told by nothing', () => expect([cameFromCache(null), cameFromCache(seen())]).toEqual([false, false]))
})

describe('passedCdn()', () => {
  it.each<Line>([
    ['X-Cache', 'MISS'],
    ['X-Varnish', '32770'],
    ['X-Amz-Cf-Id', 'a'],
    ['CF-Ray', '1-FRA'],
    ['X-Served-By', 'cache-fra'],
    ['X-Fastly-Request-ID', 'a'],
    ['Akamai-Grn', '0.1'],
    ['X-Akamai-Request-ID', 'a'],
    ['Via', '1.1 varnish'],
    ['Via', '1.1 abc.cloudfront.net (CloudFront)'],
    ['Via', '1.1 google'],
    ['Via', '1.1 Fastly'],
  ])('is told by %s: %s', (...line) => {
    expect(passedCdn(seen(line))).toBe(true)
    expect(passedCdn(seen([line[0].toLowerCase(), line[1]]))).toBe(true)
  })

  it.each<Line>([
    ['Via', '1.1 squid'],
    ['Server', 'cloudfront'],
    ['Age', '3'],
  ])('is not told by %s: %s', (...line) => expect(passedCdn(seen(line))).toBe(false))
})

describe('variesByOrigin()', () => {
  it.each(['Origin', 'origin', 'Accept, ORIGIN', '*', 'Accept-Encoding,*'])('is said by Vary: %s', (value) =>
    expect(variesByOrigin(seen(['Vary', value]))).toBe(true),
  )
  it.each(['Accept', 'Origins', 'X-Origin', '', '**'])('is not said by Vary: %s', (value) =>
    expect(variesByOrigin(seen(['Vary', value]))).toBe(false),
  )
  it('is said by a second line', () => expect(variesByOrigin(seen(['Vary', 'Accept'], ['Vary', 'Origin']))).toBe(true))
})

describe('speaksCors()', () => {
  it('is told by a grant of any kind, or by what the answer depends on', () => {
    expect(speaksCors(seen(['access-control-allow-methods', 'PUT']))).toBe(true)
    expect(speaksCors(seen(['Access-Control-Allow-Origin', '*']))).toBe(true)
    expect(speaksCors(seen(['Vary', 'Origin']))).toBe(true)
  })
  it('is not told by what a page asks, or by what is exposed', () => {
    expect(speaksCors(seen(['Access-Control-Request-Method', 'PUT'], ['X-Access-Control-Allow-Origin', '*']))).toBe(
      false,
    )
    expect([speaksCors(null), speaksCors(NOTHING)]).toEqual([false, false])
  })
})

describe('the small words of evidence', () => {
  it('read what came back, and nothing of what did not', () => {
    const twice = seen(['X-A', '1'], ['x-a', '2'])
    expect([field(twice, 'X-A'), linesOf(twice, 'X-A'), statusOf(twice)]).toEqual(['1, 2', ['1', '2'], 203])
    for (const none of [null, NOTHING]) {
      expect([field(none, 'X-A'), linesOf(none, 'X-A'), statusOf(none), hasAllowOrigin(none)]).toEqual([
        null,
        [],
        0,
        false,
      ])
      expect([fieldHas(none, 'X-A', /^$/), fieldHas(none, 'X-A', /./)]).toEqual([true, false])
    }
  })

  it('know whom an answer admits', () => {
    const to = (value: string) => admits(seen(['Access-Control-Allow-Origin', value]), 'https://a.com')
    expect(['*', 'https://a.com', 'https://b.com', 'https://a.com/', 'null'].map(to)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
    expect(admits(seen(), 'https://a.com')).toBe(false)
  })

  it('search the beginning of a body', () => {
    const page = seen()
    const withBody = { ...page, response: { status: 200, headers: [], sample: 'Not found' } }
    expect([bodyHas(withBody, /found/), bodyHas(withBody, /lost/), bodyHas(page, /^$/), bodyHas(null, /^$/)]).toEqual([
      true,
      false,
      true,
      true,
    ])
  })

  it('know whether any answer was marked', async () => {
    const call = readCall({ url: 'https://api.example.com/', origin: 'https://a.com' })
    const verdicts = await askBrowsers(call, async () => null)
    const marked = seen(['access-control-allow-origin', ''])
    const isMarked = (...observations: Observation[]) => everMarked(gather(call, verdicts, observations))
    expect([isMarked(), isMarked(seen(), NOTHING), isMarked(seen(), marked)]).toEqual([false, false, true])
  })
})
