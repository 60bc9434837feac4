// Writes docs/policy.schema.json and the table of options in README.md from the tables in
// src/policy/options.ts. `--check` tells whether they are in sync.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Schema, WILDCARD } from '../src/policy/data/schema.ts'
import { DESCRIPTIONS, OPTIONS, POLICY_KEYS } from '../src/policy/options.ts'
import type { CorsPolicy } from '../src/policy/types.ts'

const ROOT = join(import.meta.dirname, '..')

/**
 * Returns the JSON Schema of a policy's JSON form, for editors and configuration stores.
 *
 * It accepts every policy that `checkPolicy` accepts. It does not know public suffixes, `http:`
 * next to credentials, addresses in another form, Punycode, the lengths of hosts and a second `*`.
 * `checkPolicy` does.
 *
 * @see https://json-schema.org/draft/2020-12
 */
export function policySchema(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'CORS policy',
    description: 'Who may read an API’s answers from another origin, and how.',
    type: 'object',
    properties: {
      $schema: { description: 'Where this schema is, for editors.', type: 'string' },
      ...Object.fromEntries(POLICY_KEYS.map((option) => [option, schemaOf(option)])),
    },
    required: ['origins'],
    additionalProperties: false,
    allOf: [
      {
        if: { properties: { credentials: { const: true } }, required: ['credentials'] },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
        then: { properties: { origins: { not: WILDCARD }, exposedHeaders: { not: WILDCARD } } },
      },
      {
        if: { properties: { refused: { const: 'forbid' } }, required: ['refused'] },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
        then: { properties: { origins: { not: WILDCARD } } },
      },
    ],
  }
}

function schemaOf(option: keyof CorsPolicy): Schema {
  const { doc, schema } = DESCRIPTIONS[option]
  const standard: unknown = OPTIONS[option].default
  const isWritten = standard !== undefined && !Array.isArray(standard)
  return { description: doc.replaceAll('`', ''), ...schema, ...(isWritten && { default: standard }) }
}

/** Returns the table of options for the README. */
export function optionTable(): string {
  const rows = POLICY_KEYS.map((option) => `| \`${option}\` | ${DESCRIPTIONS[option].doc} | ${defaultOf(option)} |`)
  return ['| option | meaning | default |', '|---|---|---|', ...rows, ''].join('\n')
}

function defaultOf(option: keyof CorsPolicy): string {
  const { absent } = DESCRIPTIONS[option]
  const standard: unknown = OPTIONS[option].default
  if (absent !== undefined) return absent
  return Array.isArray(standard) ? 'none' : `\`${JSON.stringify(standard).replaceAll('"', "'")}\``
}

const BEGIN = '<!-- options: npm run docs -->\n'
const END = '<!-- /options -->'

/** The files that these tables generate, by their path from the root. */
export function policyDocs(): Map<string, string> {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
  const [start, end] = [readme.indexOf(BEGIN), readme.indexOf(END)]
  if (start < 0 || end < start) throw new Error(`README.md has lost ${BEGIN.trim()} … ${END}`)
  return new Map([
    ['docs/policy.schema.json', `${JSON.stringify(policySchema(), null, 2)}\n`],
    ['README.md', `${readme.slice(0, start + BEGIN.length)}\n${optionTable()}\n${readme.slice(end)}`],
  ])
}

/** The paths of what is missing or out of date. */
export function policyDocsOutOfSync(): string[] {
  const isStale = (path: string, text: string) => readFileSync(join(ROOT, path), 'utf8') !== text
  return [...policyDocs()].filter(([path, text]) => isStale(path, text)).map(([path]) => path)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv.includes('--check')) {
    for (const path of policyDocsOutOfSync()) console.error(`${path} is out of date: npm run docs`)
    process.exitCode = policyDocsOutOfSync().length === 0 ? 0 : 1
  } else {
    for (const [path, text] of policyDocs()) writeFileSync(join(ROOT, path), text)
  }
}
