// What is known of an exchange of which little was seen, with one failure that a browser reports.
import { FAILURE_CODES } from '../../../src/browser/failures.ts'
import type { Evidence } from '../../../src/diagnose/evidence.ts'
import { findAll } from '../../../src/diagnose/find.ts'
import { gather } from '../../../src/diagnose/gather.ts'
import { type PageRequest, readCall } from '../../../src/diagnose/page-request.ts'
import type { Observation } from '../../../src/diagnose/recorder.ts'
import type { Row } from '../../../src/diagnose/row.ts'
import type { Received } from '../../../src/diagnose/transport.ts'
import { askBrowsers } from '../../../src/diagnose/verdicts.ts'
import { ORIGIN } from '../stage.ts'

export const BARE: PageRequest = { url: 'https://api.example.com/items', origin: ORIGIN, method: 'PUT' }

/** Evidence of one request, which was answered so, and of nothing else. Null: nothing was sent. */
export async function bareEvidence(
  response: Received | 'no answer' | null,
  asked: PageRequest = BARE,
): Promise<Evidence> {
  const call = readCall(asked)
  const observation: Observation = {
    purpose: 'request',
    request: { method: call.method, url: call.url.href, headers: [], body: null },
    response: response === 'no answer' ? null : response,
    trouble: response === 'no answer' ? { kind: 'failed', detail: 'it broke' } : null,
    ms: 0,
  }
  const verdicts = await askBrowsers(call, async () => null)
  return gather(call, verdicts, response === null ? [] : [observation])
}

/** The failures for which a row alone is named, in each part of the exchange, and what it then says. */
export function namedFor(row: Row, evidence: Evidence): string {
  const verdict = evidence.verdicts.chromium
  if (verdict.shared) throw new Error('something must fail')
  const request = evidence.observations[0]?.request
  const exchange =
    request === undefined ? null : { kind: 'request' as const, request, response: null, credentials: false }
  const named = (['preflight', 'response'] as const).flatMap((during) => {
    const found = FAILURE_CODES.flatMap((code) => {
      const obstacles = [{ failure: { ...verdict.failure, code, during, value: 'x-y' }, exchange }]
      const [finding] = findAll([row], { ...evidence, obstacles }, TARGETS)
      return finding === undefined ? [] : [{ code, text: `${finding.message} | ${finding.fix?.advice}` }]
    })
    const [first] = found
    return first === undefined ? [] : [`  ${during}: ${found.map(({ code }) => code).join(' ')}`, `    ${first.text}`]
  })
  return named.length === 0 ? '' : [row.code, ...new Set(named)].join('\n')
}

const TARGETS = { chosen: null, recognized: null, otherwise: 'server' } as const
