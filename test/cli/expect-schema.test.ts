import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { expectSchema, expectSchemaText } from '../../scripts/expect-schema.ts'
import { readExpectations } from '../../src/cli/expectations.ts'

type Schema = { readonly [keyword: string]: unknown }

/** The keywords that the schema uses. An unknown one throws. */
const KEYWORDS: { readonly [keyword: string]: (argument: never, value: unknown, whole: Schema) => boolean } = {
  $schema: () => true,
  title: () => true,
  description: () => true,
  default: () => true,
  format: (_format: string, value) => typeof value !== 'string' || URL.canParse(value),
  type: (type: string, value) =>
    type === 'array' ? Array.isArray(value) : type === 'object' ? isObject(value) : typeof value === type,
  enum: (words: readonly unknown[], value) => words.includes(value),
  minLength: (least: number, value) => typeof value !== 'string' || value.length >= least,
  minItems: (least: number, value) => !Array.isArray(value) || value.length >= least,
  items: (schema: Schema, value) => !Array.isArray(value) || value.every((item) => matches(schema, item)),
  anyOf: (schemas: readonly Schema[], value) => schemas.some((schema) => matches(schema, value)),
  required: (names: readonly string[], value) => !isObject(value) || names.every((name) => Object.hasOwn(value, name)),
  properties: (schemas: Record<string, Schema>, value) =>
    !isObject(value) ||
    Object.entries(schemas).every(([name, schema]) => !Object.hasOwn(value, name) || matches(schema, value[name])),
  additionalProperties: (schema: Schema | false, value, { properties = {} }) =>
    !isObject(value) ||
    Object.keys(value).every(
      (name) => Object.hasOwn(properties as object, name) || (schema !== false && matches(schema, value[name])),
    ),
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function matches(schema: Schema, value: unknown): boolean {
  return Object.entries(schema).every(([keyword, argument]) => {
    const rule = KEYWORDS[keyword]
    if (rule === undefined) throw new Error(`the schema uses ${keyword}, which this test does not know`)
    return rule(argument as never, value, schema)
  })
}

const CHECK = { origin: 'https://app.example.com', url: 'https://api.example.com/', expect: 'shared' }
const isRead = (data: unknown) => {
  try {
    readExpectations(data, 'cors.expect.json', undefined)
    return true
  } catch {
    return false
  }
}

describe('docs/expect.schema.json', () => {
  it('is what the table says', () => {
    const text = readFileSync(join(import.meta.dirname, '../../docs/expect.schema.json'), 'utf8')
    expect(text, 'run npm run docs').toBe(expectSchemaText())
  })

  it.each<[unknown, boolean]>([
    [[CHECK], true],
    [{ checks: [CHECK] }, true],
    [{ $schema: 'x', base: 'https://a.com', checks: [{ ...CHECK, url: '/x' }] }, true],
    [
      {
        checks: [
          {
            ...CHECK,
            name: 'n',
            method: 'PUT',
            headers: { A: 'b' },
            credentials: 'include',
            mode: 'cors',
            reads: ['ETag'],
            body: 'x',
            send: true,
            expect: 'refused',
            code: 'allow-origin-missing',
          },
        ],
      },
      true,
    ],
    [{ checks: [] }, false],
    [{}, false],
    ['x', false],
    [null, false],
    [{ checks: [CHECK], extra: 1 }, false],
    [{ base: 'nonsense', checks: [CHECK] }, false],
    [{ checks: [{ url: CHECK.url, expect: 'shared' }] }, false],
    [{ checks: [{ url: CHECK.url, origin: CHECK.origin }] }, false],
    ...Object.entries({
      name: 1,
      url: 1,
      origin: 1,
      method: 1,
      headers: { A: 1 },
      credentials: 'no',
      mode: 'navigate',
      reads: 'ETag',
      expect: 'yes',
      code: 'nonsense',
      body: {},
      send: 'true',
      stray: 1,
    }).map(([key, value]): [unknown, boolean] => [{ checks: [{ ...CHECK, [key]: value }] }, false]),
  ])('accepts what the command reads, and nothing else: %j', (data, isSound) => {
    expect([matches(expectSchema(), data), isRead(data)]).toEqual([isSound, isSound])
  })
})
