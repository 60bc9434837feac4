import {
  ALLOW_CREDENTIALS,
  ALLOW_HEADERS,
  ALLOW_METHODS,
  ALLOW_ORIGIN,
  CORS_RESPONSE_FIELDS,
} from '../../spec/fields.ts'
import { field } from '../evidence.ts'
import type { Observation } from '../recorder.ts'
import type { Row } from '../row.ts'
import { fetchSpec, mdnError } from './links.ts'
import { failedAnswer, matchIf } from './signature.ts'

/** The header that each failure misses. */
const MISSED: Readonly<Record<string, string>> = {
  'allow-origin-missing': ALLOW_ORIGIN,
  'method-not-allowed': ALLOW_METHODS,
  'header-not-allowed': ALLOW_HEADERS,
  'allow-credentials': ALLOW_CREDENTIALS,
}

/** With more edits than this, the name is another word. */
const MOST_SLIPS = 4

/** Causes around misspelled header names. */
export const HEADER_NAMES: readonly Row[] = [
  {
    code: 'header-name-misspelt',
    covers: ['header-name-unknown'],
    severity: 'error',
    at: 'response',
    explains: ['allow-origin-missing', 'method-not-allowed', 'header-not-allowed', 'allow-credentials'],
    weight: 89,
    when: (evidence, obstacle) => {
      const right = MISSED[obstacle?.failure.code ?? ''] ?? ''
      const at = failedAnswer(evidence, obstacle)
      const slips = misspelt(at)
      return matchIf(field(at, right) === null && slips.some(([, meant]) => meant === right), {
        names: slips.map(([name, meant]) => `${name} (${meant})`).join(', '),
      })
    },
    says: 'browsers do not know a header that the server sends; the right name follows in brackets: {names}',
    remedy: { where: 'server', advice: 'Use the names in brackets: {names}.', policy: true },
    link: fetchSpec('http-responses'),
  },
  {
    code: 'header-name-unknown',
    severity: 'warning',
    at: 'response',
    weight: 45,
    when: (evidence) => {
      const answers = [evidence.preflight, evidence.actual].filter((each) => each !== null)
      const names = answers.flatMap(misspelt)
      return matchIf(evidence.isCrossOrigin && names.length > 0, {
        names: [...new Set(names.map(([name, meant]) => `${name} (${meant})`))].join(', '),
      })
    },
    says: 'the server sends a header that browsers do not know; the intended name follows in brackets: {names}',
    remedy: { where: 'server', advice: 'Correct the name, or remove the header.' },
    link: mdnError('CORSMissingAllowOrigin'),
  },
]

/** Lists misspelled CORS headers, each with the name that was meant. */
function misspelt(observation: Observation | null): readonly (readonly [name: string, meant: string])[] {
  return (observation?.response?.headers ?? []).flatMap(([name]) => {
    const meant = meantBy(name)
    return meant === null ? [] : [[name, meant] as const]
  })
}

const KNOWN = CORS_RESPONSE_FIELDS.map((name) => [name, bare(name)] as const)

function meantBy(name: string): string | null {
  const given = bare(name)
  // A request header of the protocol, such as Access-Control-Request-Method, is a mix-up. A name
  // that shares no word with the protocol is another header.
  if (name.length > 60 || !/contro|allow|expose|a.?c.?ess/i.test(name) || isProper(name)) return null
  const asked = given.replace('accesscontrolrequest', 'accesscontrolallow').replace(/(method|header)$/, '$1s')
  const [best] = KNOWN.map(([right, letters]) => [right, slips(asked, letters)] as const).sort(([, a], [, b]) => a - b)
  return best === undefined || best[1] > allowance(given) ? null : best[0]
}

/**
 * Returns how many edits still count as a misspelling. A name without the whole prefix, such as
 * Allow-Origin, counts too.
 */
function allowance(given: string): number {
  return given.startsWith('accesscontrol') || given.length > 16 ? MOST_SLIPS : 1
}

/** Returns whether a name is right, or belongs to another protocol. */
function isProper(name: string): boolean {
  const lower = name.toLowerCase()
  return (
    CORS_RESPONSE_FIELDS.some((known) => known.toLowerCase() === lower) ||
    /^(allow|accept-ch|access-control-allow-local-network|x-robots-tag|x-content-type-options|.*-policy)$/.test(lower)
  )
}

/** Reduces a name to its letters, and completes its prefix: Allow-Control-…, Access-Origin. */
function bare(name: string): string {
  const letters = name
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/^xaccess/, 'access')
    .replace(/^(?:access(?:control)?|allowcontrol)(?:allow)?(?=origin|method|header|credential)/, 'accesscontrolallow')
  return /^(allow|expose)(origin|method|header|credential)/.test(letters) ? `accesscontrol${letters}` : letters
}

/** Counts the letters to insert, remove or replace. */
function slips(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)))
    }
    row = next
  }
  return row[b.length] ?? 0
}
