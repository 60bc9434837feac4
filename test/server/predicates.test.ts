import { afterEach, describe, expect, it, vi } from 'vitest'
import { checkPolicy, createCors } from '../../src/index.ts'
import { APP, actual, cors, head, preflight, present, STRANGER } from '../support/exchanges.ts'

const hello = () => new Response('hello')
const shared = { 'Access-Control-Allow-Origin': APP, Vary: 'origin' }

afterEach(() => vi.restoreAllMocks())

function refusal(predicate: (origin: string) => unknown) {
  return createCors({ origins: predicate as (origin: string) => boolean }).decide(actual(APP)).refusal
}

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
