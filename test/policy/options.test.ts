// The tables of src/policy/options.ts, and what follows from them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { policyDocsOutOfSync } from '../../scripts/policy-schema.ts'
import { type CorsPolicy, checkPolicy, createCors, policyFromEnv } from '../../src/index.ts'
import { DESCRIPTIONS, DIFFS, OPTIONS } from '../../src/policy/options.ts'
import { diffPolicies, serialize } from '../../src/policy.ts'

const TYPES = readFileSync(join(import.meta.dirname, '..', '..', 'src', 'policy', 'types.ts'), 'utf8')
const CORS_POLICY = TYPES.slice(TYPES.indexOf('export interface CorsPolicy'), TYPES.indexOf('\n}\n'))

/** The options of `CorsPolicy` with their doc comments, as they stand in the source. */
const documented = Array.from(
  CORS_POLICY.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*readonly (\w+)\??:/g),
  ([, comment = '', option = '']) => ({ option: option as keyof CorsPolicy, comment }),
)

const ORIGINS = ['https://app.example.com']

/** The default of an option as code. */
function defaultText(option: keyof CorsPolicy): string {
  const { absent } = DESCRIPTIONS[option]
  return absent ?? JSON.stringify(OPTIONS[option].default).replaceAll('"', "'")
}

describe('the tables of options', () => {
  it('have the same rows in the same order, which is that of CorsPolicy', () => {
    const order = documented.map(({ option }) => option)
    expect(order.length).toBeGreaterThan(10)
    expect(Object.keys(OPTIONS)).toEqual(order)
    expect(Object.keys(DIFFS)).toEqual(order)
    expect(Object.keys(DESCRIPTIONS)).toEqual(order)
  })

  it('generate what README.md and docs/policy.schema.json hold', () => {
    expect(policyDocsOutOfSync()).toEqual([])
  })
})

describe('the policy in docs/guides.md that names its schema', () => {
  const root = join(import.meta.dirname, '..', '..')
  const read = (file: string) => readFileSync(join(root, file), 'utf8')
  const block = /^```json\n(\{\n {2}"\$schema".*?)^```/ms.exec(read('docs/guides.md'))?.[1] ?? ''

  it('constructs', () => expect(checkPolicy(JSON.parse(block))).toEqual([]))

  it('leads to a file of the package, which knows every option', () => {
    const path: string = JSON.parse(block).$schema.replace('./node_modules/corsmith/', '')
    expect(JSON.parse(read('package.json')).files).toContain(path)
    expect(Object.keys(JSON.parse(read(path)).properties)).toEqual(expect.arrayContaining(Object.keys(OPTIONS)))
  })
})

describe.each(documented.filter(({ option }) => option !== 'origins'))('$option', ({ option, comment }) => {
  const standard: unknown = OPTIONS[option].default
  const explicit = { origins: ORIGINS, [option]: standard } as unknown as CorsPolicy

  it('names its default in its doc comment, as the table has it', () => {
    expect(comment).toContain('@default')
    if (OPTIONS[option].default !== undefined) expect(comment).toContain(`@default ${defaultText(option)}`)
  })

  it('shows an example and names the standard', () => {
    expect(comment).toContain('```ts')
    expect(comment).toMatch(/@see https:\/\//)
  })

  it('means its default where it is absent', () => {
    if (standard === undefined) return
    expect(checkPolicy(explicit)).toEqual([])
    expect(diffPolicies({ origins: ORIGINS }, explicit)).toEqual({ allowed: [], stopped: [], other: [] })
    expect(serialize(explicit)).toBe(serialize({ origins: ORIGINS }))
    const head = (method: string) => ({
      method,
      headers: new Headers({ Origin: ORIGINS[0] ?? '', 'Access-Control-Request-Method': 'PUT' }),
    })
    for (const method of ['GET', 'OPTIONS'])
      expect(createCors(explicit).entries(head(method))).toEqual(createCors({ origins: ORIGINS }).entries(head(method)))
  })

  it('is read from the variable of its name', () => {
    const name = `CORS_${option.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
    const text = Array.isArray(standard) ? 'X-A' : String(standard ?? 7)
    const value = Array.isArray(standard) ? ['X-A'] : (standard ?? 7)
    expect(policyFromEnv({ CORS_ORIGINS: ORIGINS[0], [name]: text })).toEqual({ origins: ORIGINS, [option]: value })
  })

  it('refuses a value of another kind', () => {
    const issues = checkPolicy({ origins: ORIGINS, [option]: { wrong: true } })
    expect(issues.filter(({ severity }) => severity === 'error').map(({ path }) => path[0])).toEqual([option])
  })
})
