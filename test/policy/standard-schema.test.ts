import { Elysia } from 'elysia'
import { describe, expect, it } from 'vitest'
import { checkPolicy } from '../../src/policy/check.ts'
import { policySchema } from '../../src/policy/data/standard-schema.ts'

const { validate } = policySchema['~standard']

describe('policySchema', () => {
  it('gives a frozen policy, from a text or a value', () => {
    const policy = { origins: ['https://app.example.com'], maxAge: 600 }
    for (const given of [policy, JSON.stringify(policy)]) {
      const result = validate(given)
      expect(result).toEqual({ value: policy })
      expect('value' in result && Object.isFrozen(result.value)).toBe(true)
    }
  })

  it('gives every defect with its path and sentence', () => {
    const policy = { origins: ['https://app.example.com/'], credentials: true, exposedHeaders: '*' }
    expect(validate(policy).issues).toEqual(checkPolicy(policy).map(({ message, path }) => ({ message, path })))
  })

  it.each([[undefined], [null], ['{'], [{ origins: () => true }], [{ origins: ['https://a.example'], origin: 1 }]])(
    'refuses %j',
    (value) => expect(validate(value).issues?.length).toBeGreaterThan(0),
  )

  it('is taken by a framework where a schema is wanted', async () => {
    const app = new Elysia().post('/policy', ({ body }) => body.origins, { body: policySchema })
    const post = (body: unknown) =>
      app.handle(
        new Request('http://localhost/policy', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        }),
      )
    expect(await (await post({ origins: ['https://app.example.com'] })).json()).toEqual(['https://app.example.com'])
    const refused = await post({ origins: ['https://app.example.com/'] })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain('trailing slash')
  })
})
