import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { checkPolicy } from '../../src/index.ts'
import { holds } from '../support/property.ts'
import { policy, soundPolicy } from './arbitraries.ts'

// Many runs, or a compiler's: slower on a busy machine than a unit test may be.
vi.setConfig({ testTimeout: 60_000 })

type Schema = { readonly [keyword: string]: unknown }

const FILE = join(import.meta.dirname, '..', '..', 'docs', 'policy.schema.json')
const schema: Schema = JSON.parse(readFileSync(FILE, 'utf8'))

/** Errors that take more than a schema to see. */
const UNSEEN = new Set([
  'origin-address',
  'origin-host-punycode',
  'origin-host-too-long',
  'origin-insecure',
  'origin-public-suffix',
  'wildcard-not-alone',
])

/** The keywords of JSON Schema that the schema uses, and no others: an unknown one throws. */
const KEYWORDS: { readonly [keyword: string]: (argument: never, value: unknown, whole: Schema) => boolean } = {
  $schema: () => true,
  $id: () => true,
  title: () => true,
  description: () => true,
  default: () => true,
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
  then: () => true,
  type: (type: string, value) =>
    type === 'array'
      ? Array.isArray(value)
      : type === 'object'
        ? isObject(value)
        : type === 'integer'
          ? Number.isInteger(value)
          : typeof value === type,
  const: (expected: unknown, value) => isDeepStrictEqual(value, expected),
  enum: (expected: readonly unknown[], value) => expected.some((each) => isDeepStrictEqual(value, each)),
  pattern: (pattern: string, value) => typeof value !== 'string' || new RegExp(pattern, 'u').test(value),
  minimum: (minimum: number, value) => typeof value !== 'number' || value >= minimum,
  maximum: (maximum: number, value) => typeof value !== 'number' || value <= maximum,
  minItems: (least: number, value) => !Array.isArray(value) || value.length >= least,
  maxItems: (most: number, value) => !Array.isArray(value) || value.length <= most,
  items: (each: Schema, value) => !Array.isArray(value) || value.every((element) => isValid(each, element)),
  properties: (properties: Record<string, Schema>, value) =>
    !isObject(value) ||
    Object.entries(properties).every(([key, each]) => !Object.hasOwn(value, key) || isValid(each, value[key])),
  required: (keys: readonly string[], value) => !isObject(value) || keys.every((key) => Object.hasOwn(value, key)),
  additionalProperties: (allowed: boolean, value, whole) =>
    allowed || !isObject(value) || Object.keys(value).every((key) => Object.hasOwn(whole.properties as object, key)),
  not: (other: Schema, value) => !isValid(other, value),
  anyOf: (others: readonly Schema[], value) => others.some((other) => isValid(other, value)),
  allOf: (others: readonly Schema[], value) => others.every((other) => isValid(other, value)),
  if: (condition: Schema, value, whole) => !isValid(condition, value) || isValid(whole.then as Schema, value),
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isValid(part: Schema, value: unknown): boolean {
  return Object.entries(part).every(([keyword, argument]) => {
    const judge = KEYWORDS[keyword]
    if (judge === undefined) throw new Error(`the test does not know ${keyword}`)
    return judge(argument as never, value, part)
  })
}

function errorsOf(value: unknown): string[] {
  return checkPolicy(value)
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code)
}

/** The JSON form of what has one. */
const jsonPolicy = policy
  .filter(({ origins }) => typeof origins !== 'function')
  .map((value): Record<string, unknown> => {
    const { nonsense: _, ...rest } = value
    const isJson = (key: string, each: unknown) => typeof each !== 'bigint' && (key !== '' || typeof each === 'object')
    return JSON.parse(JSON.stringify(rest, (key, each) => (isJson(key, each) ? each : undefined)))
  })

describe('policy.schema.json', () => {
  it('never refuses what checkPolicy() takes', () => {
    holds(
      fc.property(fc.oneof(soundPolicy, jsonPolicy), (value) => {
        if (errorsOf(value).length === 0) expect(isValid(schema, value), JSON.stringify(value)).toBe(true)
      }),
      { numRuns: 5_000 },
    )
  })

  it('takes nothing that checkPolicy() refuses, but for what a schema cannot see', () => {
    let taken = 0
    holds(
      fc.property(fc.oneof(soundPolicy, jsonPolicy), (value) => {
        if (!isValid(schema, value)) return
        taken += 1
        expect(
          errorsOf(value).filter((code) => !UNSEEN.has(code)),
          JSON.stringify(value),
        ).toEqual([])
      }),
      { numRuns: 5_000 },
    )
    expect(taken).toBeGreaterThan(100)
  })

  it.each([
    ['an origin with a slash', { origins: ['https://a.com/'] }],
    ['a key of another library', { origins: ['https://a.com'], allowHeaders: [] }],
    ['"*" with credentials', { origins: '*', credentials: true }],
    ['no origins', { credentials: true }],
    ['a lower-case method', { origins: ['https://a.com'], methods: ['put'] }],
    ['a cookie among the request headers', { origins: ['https://a.com'], requestHeaders: ['Cookie'] }],
  ])('refuses %s', (_, value) => {
    expect(isValid(schema, value)).toBe(false)
  })

  it('takes a whole policy', () => {
    expect(
      isValid(schema, {
        origins: [
          'https://app.example.com',
          'https://*.preview.example.com',
          'http://localhost:*',
          'capacitor://localhost',
        ],
        credentials: true,
        methods: ['PUT', 'x-custom'],
        requestHeaders: ['Content-Type', 'X-App-*'],
        exposedHeaders: ['ETag'],
        maxAge: 600,
        preflightStatus: 204,
        refused: 'forbid',
        timingAllowOrigin: true,
      }),
    ).toBe(true)
  })
})
