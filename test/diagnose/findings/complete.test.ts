import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ADDRESS_SPACES } from '../../../src/diagnose/findings/address-space.ts'
import { ASSETS } from '../../../src/diagnose/findings/assets.ts'
import { CACHES } from '../../../src/diagnose/findings/caches.ts'
import { CERTIFICATES } from '../../../src/diagnose/findings/certificates.ts'
import { CLIENT } from '../../../src/diagnose/findings/client.ts'
import { CONNECTION } from '../../../src/diagnose/findings/connection.ts'
import { CREDENTIALS } from '../../../src/diagnose/findings/credentials.ts'
import { ERRORS } from '../../../src/diagnose/findings/errors.ts'
import { EXPLAIN_ROWS } from '../../../src/diagnose/findings/explain-rows.ts'
import { EXPOSURE } from '../../../src/diagnose/findings/exposure.ts'
import { HEADER_NAMES } from '../../../src/diagnose/findings/header-names.ts'
import { INSTEADS } from '../../../src/diagnose/findings/instead.ts'
import { LIMITS } from '../../../src/diagnose/findings/limits.ts'
import { LISTS } from '../../../src/diagnose/findings/lists.ts'
import { ORIGIN_SPELLINGS } from '../../../src/diagnose/findings/origin-spelling.ts'
import { ORIGIN_VALUES } from '../../../src/diagnose/findings/origin-values.ts'
import { ORIGINS } from '../../../src/diagnose/findings/origins.ts'
import { PLATFORMS } from '../../../src/diagnose/findings/platforms.ts'
import { PREFLIGHTS } from '../../../src/diagnose/findings/preflight.ts'
import { PREFLIGHT_NEEDS } from '../../../src/diagnose/findings/preflight-needs.ts'
import { PRODUCT_ROWS } from '../../../src/diagnose/findings/products.ts'
import { REDIRECT_FAULTS } from '../../../src/diagnose/findings/redirect-faults.ts'
import { REDIRECTS } from '../../../src/diagnose/findings/redirects.ts'
import { ROWS } from '../../../src/diagnose/findings/rows.ts'
import { WALLS } from '../../../src/diagnose/findings/walls.ts'
import type { Remedy } from '../../../src/diagnose/row.ts'
import { bareEvidence, namedFor } from './bare.ts'

const folder = import.meta.dirname
const tests = readdirSync(folder)
  .filter((name) => name.endsWith('.test.ts') && name !== 'complete.test.ts')
  .map((name) => readFileSync(join(folder, name), 'utf8'))
  .join('\n')

/** The table, part by part. Each is asked for when a test runs. */
const PARTS = {
  connections: () => CONNECTION,
  certificates: () => CERTIFICATES,
  pages: () => CLIENT,
  'address spaces': () => ADDRESS_SPACES,
  preflights: () => PREFLIGHTS,
  'needs of preflights': () => PREFLIGHT_NEEDS,
  redirects: () => REDIRECTS,
  'faults of redirects': () => REDIRECT_FAULTS,
  'values of origins': () => ORIGIN_VALUES,
  'spellings of origins': () => ORIGIN_SPELLINGS,
  origins: () => ORIGINS,
  credentials: () => CREDENTIALS,
  lists: () => LISTS,
  exposure: () => EXPOSURE,
  errors: () => ERRORS,
  limits: () => LIMITS,
  'what answers instead': () => INSTEADS,
  products: () => PRODUCT_ROWS,
  'names of headers': () => HEADER_NAMES,
  platforms: () => PLATFORMS,
  walls: () => WALLS,
  assets: () => ASSETS,
  caches: () => CACHES,
} as const

const SEEN = {
  'nothing was sent': await bareEvidence(null),
  'no answer came': await bareEvidence('no answer'),
  'an empty answer came': await bareEvidence({ status: 200, headers: [] }),
  'an answer came that says nothing': await bareEvidence({ status: 200, statusText: '', headers: [], sample: '' }),
  'a refusal came': await bareEvidence({ status: 403, headers: [['Vary', 'Accept']] }),
  'a redirect came': await bareEvidence({ status: 302, headers: [['Location', '/x']] }),
  'an error came': await bareEvidence({ status: 500, headers: [] }),
  'no route was found': await bareEvidence({ status: 404, headers: [] }),
}

describe('the table of findings', () => {
  it('holds at least 100 rows, each with a code of its own', () => {
    const codes = ROWS.map(({ code }) => code)
    expect(codes.length).toBeGreaterThanOrEqual(100)
    expect(new Set(codes).size).toBe(codes.length)
    expect(Object.values(PARTS).flatMap((part) => part().map(({ code }) => code))).toEqual(codes)
  })

  it('has a staged case for every row', () => {
    const unstaged = ROWS.map(({ code }) => code).filter((code) => !tests.includes(`'${code}'`))
    expect(unstaged).toEqual([])
  })

  it('gives every row a sentence, a link, and a remedy unless it is good news', () => {
    const poor = ROWS.filter(
      ({ says, link, remedy, severity }) =>
        says === '' || !link.startsWith('https://') || (remedy === undefined && severity !== 'info'),
    )
    expect(poor.map(({ code }) => code)).toEqual([])
  })

  it('has the causes that a policy and a request alone can have', () => {
    expect(EXPLAIN_ROWS.map(({ code }) => code)).toEqual([
      'mixed-content',
      ...[CLIENT, ORIGIN_VALUES, ORIGINS, CREDENTIALS, LISTS, EXPOSURE].flatMap((part) => part.map(({ code }) => code)),
    ])
  })
})

describe.each(Object.entries(PARTS))('the causes in %s', (_, part) => {
  // Codes and links are API, and what a cause explains and covers decides what a person reads beside it.
  it('say what they are, what they explain, and what to do', () => {
    expect(
      part().flatMap((row) => (row.when(SEEN['nothing was sent'], null) === null ? [] : row.code)),
    ).toMatchSnapshot()
    const told = part().map(({ when: _when, remedy, ...row }) => ({
      ...row,
      ...(remedy && { remedy: wordsOf(remedy) }),
    }))
    expect(told).toMatchSnapshot()
  })

  // Nothing trips over what was not seen, and each cause is named for the failures that it explains.
  it.each(Object.entries(SEEN))('are named where %s', (_seen, evidence) => {
    const named = part().map((row) => namedFor(row, evidence))
    expect(named.filter(Boolean).join('\n')).toMatchSnapshot()
  })
})

/** What a remedy says. What it computes is seen in staged cases. */
function wordsOf({ where, advice, by, target, policy }: Remedy): object {
  return {
    where,
    advice,
    ...(by && { by }),
    ...(target !== undefined && { target: typeof target === 'function' ? 'computed' : target }),
    ...(policy !== undefined && { policy: typeof policy === 'function' ? 'computed' : policy }),
  }
}
