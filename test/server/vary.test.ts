// The union of Vary, as a property.
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createCors } from '../../src/index.ts'
import { APP, actual, list } from '../support/exchanges.ts'
import { holds } from '../support/property.ts'

// Many runs, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 60_000 })

describe('Vary', () => {
  const name = fc.constantFrom(
    'Origin',
    'origin',
    'ORIGIN',
    'Accept',
    'Accept-Encoding',
    'Cookie',
    '*',
    'X-Origin',
    'foo',
    'a',
    '',
  )
  const space = fc.constantFrom('', ' ', '\t')
  const varied = fc
    .array(fc.tuple(space, name, space), { maxLength: 5 })
    .map((elements) => elements.map((parts) => parts.join('')).join(','))
  const elements = (value: string) =>
    list(value)
      .split(', ')
      .filter((element) => element !== '')
  const merged = (value: string) =>
    createCors({ origins: [APP] })
      .headers(actual(APP), { Vary: value })
      .get('Vary') ?? ''

  it('is a union of sets without case: nothing is lost, nothing is doubled, and * wins', () => {
    holds(
      fc.property(varied, (value) => {
        const before = new Set(elements(value))
        const after = elements(merged(value))
        expect([...before].filter((element) => !after.includes(element))).toEqual([])
        if (before.has('*')) expect(after).toEqual(elements(value))
        else expect(new Set(after)).toEqual(new Set([...before, 'origin']))
        expect(after.filter((element) => element === 'origin').length).toBe(
          Math.max(elements(value).filter((element) => element === 'origin').length, before.has('*') ? 0 : 1),
        )
      }),
    )
  })

  it('is the same after a second time', () => {
    holds(
      fc.property(varied, (value) => {
        expect(merged(merged(value))).toBe(merged(value))
      }),
    )
  })
})

describe('the Vary of a preflight that the application answers itself', () => {
  it('is united with all the names that the answer depends on, each on its own', () => {
    const echoing = createCors({ origins: [APP], credentials: true, methods: '*' })
    const request = actual(APP, { method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'PUT' } })
    const vary = (value: string) =>
      echoing.apply(request, new Response(null, { headers: { Vary: value } })).headers.get('Vary')
    const names = 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers'
    expect(vary('Accept-Encoding')).toBe(`Accept-Encoding, ${names}`)
    expect(vary('origin, Accept')).toBe('origin, Accept, Access-Control-Request-Method, Access-Control-Request-Headers')
    expect(vary('*')).toBe('*')
  })
})
