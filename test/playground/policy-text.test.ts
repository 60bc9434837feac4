import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type JsonNode, readJson } from '../../examples/playground/src/json-text.ts'
import { diffLines } from '../../examples/playground/src/line-diff.ts'
import { readPolicyText, rewrite, takeSuggestions, writePolicy } from '../../examples/playground/src/policy-text.ts'
import { type CorsPolicy, checkPolicy } from '../../src/index.ts'
import { applySuggestion } from '../policy/apply-suggestions.ts'
import { holds } from '../support/property.ts'

const json = () => fc.jsonValue({ maxDepth: 4 })
const origin = fc.constantFrom(
  'https://a.example',
  'https://*.b.example',
  'http://localhost:*',
  'https://c.example:8443',
)
const name = fc.constantFrom('X-A', 'Content-Type', 'X-B-*')
const policies: fc.Arbitrary<CorsPolicy> = fc.record(
  {
    origins: fc.uniqueArray(origin, { minLength: 1 }),
    credentials: fc.boolean(),
    methods: fc.uniqueArray(fc.constantFrom('PUT', 'DELETE', 'PATCH')),
    requestHeaders: fc.uniqueArray(name),
    maxAge: fc.nat(86_400),
    refused: fc.constantFrom('pass', 'forbid'),
  },
  { requiredKeys: ['origins'] },
)

/** Every value, with the text at its place. */
function pairs(node: JsonNode, value: unknown, text: string): readonly (readonly [unknown, unknown])[] {
  const own = [[JSON.parse(text.slice(node.start, node.end)), value] as const]
  const items = (node.items ?? []).flatMap((item, index) => pairs(item, (value as unknown[])[index], text))
  const members = (node.members ?? []).flatMap((member) =>
    pairs(member.value, (value as Record<string, unknown>)[member.key], text),
  )
  return [...own, ...items, ...members]
}

describe('readPolicyText()', () => {
  it('names a key that stands twice', () => {
    const { policy, issues, thrown } = readPolicyText('{"origins": ["https://a.example"],\n"origins": "*"}')
    expect(policy).toBeNull()
    expect(issues.map(({ issue }) => issue.code)).toEqual(['key-twice'])
    expect(thrown).toContain('this key occurs twice')
  })

  it('passes $schema over, and keeps it', () => {
    const text = '{"$schema": "policy.schema.json", "origins": ["https://a.example"]}'
    expect(readPolicyText(text).issues).toEqual([])
    expect(rewrite(text, { origins: ['https://b.example'] })).toContain('"$schema": "policy.schema.json"')
  })
})

describe('readJson()', () => {
  it('finds every value where it stands', () => {
    holds(
      fc.property(json(), fc.constantFrom(0, 2, '\t', ' \r\n'), (value, indent) => {
        const text = ` ${JSON.stringify(value, null, indent)}\n`
        for (const [found, meant] of pairs(readJson(text), JSON.parse(text), text)) expect(found).toEqual(meant)
      }),
    )
  })

  it('takes no text that JSON.parse refuses', () => {
    const scraps = fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', "'a'", '1', '01', 'true', ' ', '"'))
    holds(
      fc.property(scraps, (parts) => {
        const text = parts.join('')
        const isJson = passes(() => JSON.parse(text))
        expect(passes(() => readJson(text))).toBe(isJson)
      }),
    )
  })

  it('gives up on a text that is nested without end', () => {
    expect(() => readJson('['.repeat(100_000))).toThrow('a flatter value is missing')
    expect(readPolicyText('['.repeat(100_000)).policy).toBeNull()
  })
})

describe('readPolicyText()', () => {
  it.each([
    ['{\n  "origins": [\n    "https://a.example/",\n    "https://b.example"\n  ]\n}', 3, '"https://a.example/"'],
    ['{ "origins": ["https://a.example"],\n"maxAge": "600" }', 2, '"maxAge": "600"'],
    ['{ "origins": ["https://a.example"],\n\n"allowedHeaders": [] }', 3, '"allowedHeaders": []'],
  ])('places a defect of %j', (text, line, stretch) => {
    const [placed] = readPolicyText(text).issues
    expect([placed?.line, text.slice(placed?.span?.start, placed?.span?.end)]).toEqual([line, stretch])
  })

  it.each([
    ['{ "origins": [ }', 'line 1, column 16: a value is missing before "}"'],
    ['{\n  origins: [] }', 'line 2, column 3: a key in double quotes is missing before "o"'],
    ['{ "origins": "*"', 'line 1, column 17: "," or "}" is missing before the end'],
    ['', 'line 1, column 1: a value is missing before the end'],
    ['{} x', 'line 1, column 4: the end of the policy is missing before "x"'],
  ])('says where %j is no JSON', (text, sentence) => {
    const { policy, issues, thrown } = readPolicyText(text)
    expect([policy, issues[0]?.issue.code, issues[0]?.syntax]).toEqual([null, 'policy-not-json', sentence])
    expect(thrown).toMatch(/^CorsPolicyError: /)
  })

  it('corrects the text as the suggestion says, and nothing besides', () => {
    const policy = {
      origins: ['https://a.example/', 'https://B.example', 'https://a.example/'],
      allowedHeaders: ['X-A'],
      methods: ['put', 'GET', 'DELETE'],
      maxAge: '600',
    }
    const texts = [JSON.stringify(policy), writePolicy(policy as never), JSON.stringify(policy, null, 2)]
    for (const text of texts) {
      const corrected = readPolicyText(text).issues.filter((placed) => placed.corrected !== null)
      expect(corrected.length).toBeGreaterThan(4)
      for (const placed of corrected)
        expect(JSON.parse(placed.corrected ?? '')).toEqual(applySuggestion(policy, placed.issue))
      const taken = takeSuggestions(text)
      expect(
        checkPolicy(JSON.parse(taken)).filter(({ suggestion, review }) => suggestion !== undefined && review !== true),
      ).toEqual([])
    }
  })

  it('takes no suggestion that somebody should read first', () => {
    const text = '{ "origins": "*", "methods": ["patch", "GET"] }'
    expect(takeSuggestions(text)).toBe('{ "origins": "*", "methods": ["patch"] }')
  })

  it('never throws', () => {
    holds(
      fc.property(
        fc.oneof(
          fc.string(),
          json().map((value) => JSON.stringify(value)),
        ),
        (text) => void readPolicyText(text),
      ),
    )
  })
})

describe('rewrite()', () => {
  it('makes a text say another policy, and keeps what is the same', () => {
    holds(
      fc.property(policies, policies, fc.constantFrom(0, 2), (before, after, indent) => {
        const text = JSON.stringify(before, null, indent)
        expect(JSON.parse(rewrite(text, after))).toEqual(JSON.parse(JSON.stringify(after)))
        expect(rewrite(text, before)).toBe(text)
      }),
    )
  })
})

describe('diffLines()', () => {
  it('holds both texts', () => {
    holds(
      fc.property(policies, policies, (before, after) => {
        const [a, b] = [writePolicy(before), writePolicy(after)]
        const lines = diffLines(a, b)
        const of = (kind: string) => lines.filter((line) => line.kind === 'same' || line.kind === kind)
        expect(
          of('added')
            .map(({ text }) => text)
            .join('\n'),
        ).toBe(b)
        const bare = (text: string) => text.replaceAll(/,$/gm, '')
        expect(
          bare(
            of('removed')
              .map(({ text }) => text)
              .join('\n'),
          ),
        ).toBe(bare(a))
      }),
    )
  })

  it('shows one line for one option', () => {
    const lines = diffLines(writePolicy({ origins: '*' }), writePolicy({ origins: '*', methods: ['PUT'] }))
    expect(lines.map(({ kind }) => kind)).toEqual(['same', 'same', 'added', 'same'])
  })
})

function passes(run: () => void): boolean {
  try {
    run()
    return true
  } catch {
    return false
  }
}
