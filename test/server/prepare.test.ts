import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePolicy } from '../../src/policy/compile.ts'
import type { CorsPolicy } from '../../src/policy/types.ts'
import * as runtime from '../../src/runtime.ts'
import { PARTS } from '../../src/server/parts.ts'
import { soundPolicy } from '../policy/arbitraries.ts'
import { holds } from '../support/property.ts'

/** The names of the parts that the options of a policy name. */
function namedBy(policy: CorsPolicy): readonly string[] {
  const { parts, echo } = compilePolicy(policy)
  return [...parts, ...echo].map(([name]) => name)
}

describe('the parts that options name', () => {
  it('are in the table of parts, and each part is named by some policy', () => {
    const named = new Set<string>()
    holds(
      fc.property(soundPolicy, (policy) => {
        for (const name of namedBy(policy as unknown as CorsPolicy)) named.add(name)
      }),
      { numRuns: 1_000 },
    )
    expect([...named].toSorted()).toEqual(Object.keys(PARTS).toSorted())
  })

  it('are exports of corsmith/runtime, from which a compiled module imports them', () => {
    const exported: Readonly<Record<string, unknown>> = runtime
    for (const [name, make] of Object.entries(PARTS)) expect([make, make()], name).toContain(exported[name])
  })
})
