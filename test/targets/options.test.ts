import { describe, expect, it } from 'vitest'
import { DESCRIPTIONS, DIFFS, OPTIONS, POLICY_KEYS } from '../../src/policy/options.ts'
import type { CorsPolicy } from '../../src/policy/types.ts'
import { PROGRAMMABLE_SERVER } from '../../src/targets/can.ts'
import { fitTo } from '../../src/targets/fit.ts'

/** Values of the options that are more than a list of words or a switch. */
const VALUES: { readonly [option in keyof CorsPolicy]?: unknown } = {
  origins: ['https://other.example.com'],
  methods: ['PUT'],
  requestHeaders: ['X-One'],
  exposedHeaders: ['X-One'],
  maxAge: 600,
}

/** A value that is not the default: the other word of an enumeration, or the other position of a switch. */
function otherValue(option: keyof CorsPolicy): unknown {
  if (Object.hasOwn(VALUES, option)) return VALUES[option]
  const { schema } = DESCRIPTIONS[option]
  const words = Array.isArray(schema.enum) ? schema.enum : [true, false]
  return words.find((word) => word !== OPTIONS[option].default)
}

const CHANGING = POLICY_KEYS.filter((option) => Object.keys(DIFFS[option]).length > 0)

describe('what is written for a target', () => {
  it.each(CHANGING)('says %s, or lists it as a loss', (option) => {
    const policy: CorsPolicy = { origins: ['https://app.example.com'] }
    const changed = { ...policy, [option]: otherValue(option) } as CorsPolicy
    expect(fitTo(changed, PROGRAMMABLE_SERVER)).not.toEqual(fitTo(policy, PROGRAMMABLE_SERVER))
  })

  it('lists an option that no target writes as a loss, unless it has its default', () => {
    const policy = { origins: ['https://app.example.com'], later: 'yes' }
    expect(fitTo(policy, PROGRAMMABLE_SERVER).losses).toEqual([
      expect.objectContaining({ code: 'option', value: 'later', what: 'this target cannot express later' }),
    ])
    expect(fitTo({ ...policy, later: undefined } as CorsPolicy, PROGRAMMABLE_SERVER).losses).toEqual([])
  })

  it('leaves out only what lets more policies construct', () => {
    expect(POLICY_KEYS.filter((option) => !CHANGING.includes(option))).toEqual([
      'dangerouslyAllowInsecureOrigins',
      'dangerouslyAllowPublicSuffixes',
    ])
  })
})
