import { afterEach, describe, expect, it, vi } from 'vitest'
import { checkPolicy, createCors } from '../../src/index.ts'
import { asking } from '../../src/runtime.ts'
import { APP, actual, cors, head, preflight, present, STRANGER } from '../support/exchanges.ts'

const hello = () => new Response('hello')
const shared = { 'Access-Control-Allow-Origin': APP, Vary: 'origin' }

afterEach(() => vi.restoreAllMocks())

function refusal(predicate: (origin: string) => unknown) {
  return createCors({ origins: predicate as (origin: string) => boolean }).decide(actual(APP)).refusal
}

describe('a predicate in the form of another library', () => {
  it('does not construct where it takes a callback', () => {
    const take = (origin: string, callback: (error: null, isAllowed: boolean) => void) => callback(null, origin === APP)
    expect(checkPolicy({ origins: take }).map(({ code }) => code)).toEqual(['predicate-answer'])
    expect(checkPolicy({ origins: [APP].includes.bind([APP]) })).toEqual([])
  })

  it.each([
    [(origin: string) => origin, 'predicate-answer', `it returned "${APP}"`],
    [() => [APP], 'predicate-answer', 'it returned a value of type object'],
    [
      () => Promise.resolve(true),
      'predicate-async',
      'use perRequest for a choice that waits: it returned a value of type object',
    ],
  ])('refuses, and says once what %s returned', (predicate, code, what) => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    const policy = createCors({ origins: predicate as unknown as (origin: string) => boolean })
    for (let i = 0; i < 3; i++) expect(policy.decide(actual(APP)).shared).toBe(false)
    expect(printed.mock.calls.map(([text]: unknown[]) => String(text))).toEqual([
      expect.stringMatching(
        new RegExp(`${what.replaceAll('.', '\\.')}; it is not shared\\n {2}more: npx corsmith why ${code}$`),
      ),
    ])
    printed.mockRestore()
  })

  it.each([[() => null], [() => undefined], [() => false]])('says nothing of a refusal: %s', (predicate) => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    createCors({ origins: predicate as unknown as (origin: string) => boolean }).decide(actual(APP))
    expect(printed).not.toHaveBeenCalled()
    printed.mockRestore()
  })
})

describe('a predicate of a compiled policy', () => {
  it('is asked as that of a written one is, and its look-alikes with it', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const exact = asking({ origins: (origin) => origin === APP, credentials: true })
    expect([exact(APP), exact(STRANGER)]).toEqual(['predicate', null])
    const loose = asking({ origins: (origin) => origin.startsWith(APP), credentials: true })
    expect([loose(APP), loose(STRANGER)]).toEqual([undefined, undefined])
  })
})

describe('a predicate of origins', () => {
  it('allows by returning true', () => {
    const policy = createCors({ origins: (origin) => origin === APP })
    expect(cors(policy.wrap(hello)(actual(APP)))).toEqual(shared)
    expect(cors(policy.wrap(hello)(actual(STRANGER)))).toEqual({ Vary: 'origin' })
    expect(cors(policy.wrap(hello)(actual(null)))).toEqual({ Vary: 'origin' })
    expect(present(policy.preflight(preflight(STRANGER))).status).toBe(403)
    expect(refusal(() => false)).toBe('origin-not-allowed')
  })

  it('allows by nothing else: not by what is truthy, not by a Boolean object', () => {
    expect(refusal(() => 1)).toBe('origin-predicate-failed')
    expect(refusal(() => 'true')).toBe('origin-predicate-failed')
    expect(refusal(() => ({}))).toBe('origin-predicate-failed')
    expect(refusal(() => Object(true))).toBe('origin-predicate-failed')
    expect(refusal(() => undefined)).toBe('origin-predicate-failed')
    expect(refusal((origin) => origin)).toBe('origin-predicate-failed')
  })

  it('refuses with a Promise, whatever it becomes', () => {
    expect(refusal(() => Promise.resolve(true))).toBe('origin-predicate-failed')
  })

  it('refuses with a Promise that is rejected, and leaves no rejection unhandled', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    expect(refusal(() => Promise.reject(new Error('database')))).toBe('origin-predicate-failed')
    await new Promise((resolve) => setTimeout(resolve, 5))
    process.off('unhandledRejection', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })

  it('refuses by throwing, and the request is answered all the same', () => {
    const predicate = () => {
      throw new Error('database')
    }
    const response = createCors({ origins: predicate }).wrap(hello)(actual(APP))
    expect([response.status, cors(response)]).toEqual([200, { Vary: 'origin' }])
    expect(refusal(predicate)).toBe('origin-predicate-failed')
  })

  it('sees one well-formed origin, and never null, two origins or what is none', () => {
    const predicate = vi.fn((origin: string) => origin.length > 0)
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    const policy = createCors({ origins: predicate })
    const ask = (origin: string) => policy.decide(head('GET', { origin })).shared
    expect(ask('null')).toBe(false)
    expect(ask('')).toBe(false)
    expect(ask(`${APP}, ${STRANGER}`)).toBe(false)
    expect(ask(`${APP}/`)).toBe(false)
    expect(ask(`${APP}.`)).toBe(false)
    expect(ask(`${APP}:443`)).toBe(false)
    expect(ask('https://user@app.example.com')).toBe(false)
    expect(ask('https://app.example.com{.attacker.test')).toBe(false)
    expect(ask('file://')).toBe(false)
    expect(ask(`https://${'a.'.repeat(2000)}com`)).toBe(false)
    expect(predicate).not.toHaveBeenCalled()
    expect(ask(APP)).toBe(true)
    expect(predicate.mock.calls[0]).toEqual([APP])
  })

  it('is asked nothing about a request without Origin', () => {
    const predicate = vi.fn(() => true)
    createCors({ origins: predicate }).wrap(hello)(actual(null))
    expect(predicate).not.toHaveBeenCalled()
  })

  it('that is asynchronous is a defect that names perRequest', () => {
    const origins = async () => true
    const issues = checkPolicy({ origins })
    expect(issues).toHaveLength(1)
    expect(issues[0]?.severity).toBe('error')
    expect(issues[0]?.message).toContain('perRequest')
  })
})
