// Writes docs/expect.schema.json, the form of a file for `corsmith check --expect`.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { KEYS } from '../src/cli/expectations.ts'
import { KNOWN_CODES } from '../src/diagnose/report/codes.ts'

const FILE = join(import.meta.dirname, '../docs/expect.schema.json')

type Schema = { readonly [keyword: string]: unknown }

/** The form of each key of a check. The type demands a row for every key that the reader knows. */
const CHECK: Readonly<Record<(typeof KEYS)[number], Schema>> = {
  name: { description: 'The title of the check in reports.', type: 'string' },
  url: { description: 'The address, absolute or relative to `base`.', type: 'string', default: '/' },
  origin: { description: 'The origin or the address of the page.', type: 'string', minLength: 1 },
  method: { description: 'The method of the request.', type: 'string', default: 'GET' },
  headers: {
    description: 'Headers that the page sets.',
    type: 'object',
    additionalProperties: { type: 'string' },
  },
  credentials: { description: 'The credentials mode.', enum: ['omit', 'same-origin', 'include'] },
  mode: { description: 'The mode of the request.', enum: ['cors', 'no-cors', 'same-origin'] },
  reads: { description: 'Response headers that the page reads.', type: 'array', items: { type: 'string' } },
  expect: { description: 'Whether the page gets the response.', enum: ['shared', 'refused'] },
  code: { description: 'The failure or the finding that is expected.', enum: [...KNOWN_CODES].sort() },
  body: { description: 'The body of the request.', type: 'string' },
  send: { description: 'Send the request itself although it has side effects.', type: 'boolean', default: false },
}

/** The JSON Schema of a file of expectations. */
export function expectSchema(): Schema {
  const checks = {
    description: 'What must come out, in the order of the report.',
    type: 'array',
    minItems: 1,
    items: { type: 'object', properties: CHECK, required: ['origin', 'expect'], additionalProperties: false },
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'CORS expectations',
    description: 'What pages may read of a server, for `corsmith check --expect`.',
    anyOf: [
      {
        type: 'object',
        properties: {
          $schema: { description: 'Where this schema is, for editors.', type: 'string' },
          base: { description: 'The address that relative ones start from.', type: 'string', format: 'uri' },
          checks,
        },
        required: ['checks'],
        additionalProperties: false,
      },
      checks,
    ],
  }
}

/** The text of docs/expect.schema.json. */
export function expectSchemaText(): string {
  return `${JSON.stringify(expectSchema(), null, 2)}\n`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(FILE, expectSchemaText())
