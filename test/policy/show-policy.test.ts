import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createCors } from '../../src/index.ts'

const many = Array.from({ length: 2_000 }, (_, i) => `https://tenant-${i}.example.com`)

describe('cors.policy', () => {
  it('is logged with what it says', () => {
    const { policy } = createCors({ origins: ['https://a.com'], methods: ['PUT'], maxAge: 60 })
    expect(inspect(policy)).toBe(
      "[Object: null prototype] {\n  origins: [ 'https://a.com' ],\n  methods: [ 'PUT' ],\n  maxAge: 60\n}",
    )
  })

  it('is frozen, a long list of it too', () => {
    const { policy } = createCors({ origins: many, methods: ['PUT'] })
    expect(Object.isFrozen(policy)).toBe(true)
    expect(Object.isFrozen(policy.methods)).toBe(true)
    expect(Object.isFrozen(policy.origins)).toBe(true)
    expect(policy.origins).toBe(policy.origins)
    expect({ ...policy }).toEqual({ origins: many, methods: ['PUT'] })
    expect(JSON.parse(JSON.stringify(policy))).toEqual({ origins: many, methods: ['PUT'] })
  })

  it('is not what the caller holds', () => {
    const list = [...many]
    const { policy } = createCors({ origins: list })
    list.push('https://late.example.com')
    expect(policy.origins).toHaveLength(2_000)
    expect(Object.isFrozen(list)).toBe(false)
  })
})
