import { expect, it } from 'vitest'
import { ROWS } from '../../../src/diagnose/findings/rows.ts'
import { CHOOSABLE, type Diagnosis } from '../../../src/diagnose.ts'
import type { TargetName } from '../../../src/targets/table.ts'
import { settles } from '../settles.ts'
import { examine, type Handler, ORIGIN, type Request, type Said } from '../stage.ts'
import { variationsOf } from './variations.ts'

/** A cause, staged, and something that looks like it and is another thing. */
export interface Case {
  readonly code: string
  readonly server: Handler
  readonly request?: Request
  /** The near miss: what differs. */
  readonly miss: { readonly server?: Handler; readonly request?: Request }
}

export const MARK: readonly [string, string] = ['Access-Control-Allow-Origin', ORIGIN]
export const VARY: readonly [string, string] = ['Vary', 'Origin']
export const PUT: Request = { method: 'PUT' }
export const JSON_POST: Request = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' }

/** Answers everything alike. */
export function always(status: number, headers: readonly (readonly [string, string])[] = [], body = ''): Handler {
  return () => ({ status, headers, body })
}

/** Answers preflights one way and everything else another. */
export function two(preflight: ReturnType<Handler>, rest: ReturnType<Handler>): Handler {
  return ({ isPreflight }) => (isPreflight ? preflight : rest)
}

/** A server that does everything right. */
export const right: Handler = ({ isPreflight, origin }) => ({
  status: isPreflight ? 204 : 200,
  headers:
    origin === ORIGIN
      ? [
          MARK,
          VARY,
          ['Access-Control-Allow-Credentials', 'true'],
          ['Access-Control-Allow-Methods', 'PUT, PATCH, DELETE'],
          ['Access-Control-Allow-Headers', 'content-type, authorization, x-requested-with'],
          ['Access-Control-Max-Age', '600'],
        ]
      : [VARY],
})

/** All that is said about a cause, and what is named beside it and in its near miss, in order. */
function told({ findings }: Diagnosis, code: string, near: Diagnosis): string {
  const codes = (list: Diagnosis['findings']) => list.map((finding) => finding.code).join(', ')
  const finding = findings.find((each) => each.code === code)
  if (finding === undefined) return ''
  const { severity, at, message, header, actual, expected, explains, fix, link } = finding
  return [
    `${severity}, ${at}, explains ${explains ?? 'nothing'}`,
    message,
    ...(header === null ? [] : [`${header}: ${actual ?? '-'} → ${expected ?? '-'}`]),
    ...(fix === null
      ? ['no fix']
      : [`${fix.where}, ${fix.target}: ${fix.advice}`, ...(fix.note === null ? [] : [fix.note])]),
    ...(fix?.snippet ? [`pastes ${JSON.stringify(fix.policy)}`] : []),
    ...(fix?.request ? [`requests ${JSON.stringify(fix.request)}`] : []),
    link,
    `in order: ${codes(findings)}`,
    `near miss: ${codes(near.findings)}`,
  ].join('\n')
}

export function run(cases: readonly Case[]): void {
  it.each(cases)(
    '$code is found where it is staged, and not in its near miss',
    async ({ code, server, request, miss }) => {
      const hit = await examine(server, request)
      expect(hit.findings.map((finding) => finding.code)).toContain(code)
      const finding = hit.findings.find((each) => each.code === code)
      expect(finding?.message).not.toMatch(/\{\w+\}|undefined/)
      expect(finding?.fix?.advice ?? '').not.toMatch(/\{\w+\}|undefined/)
      const near = await examine(miss.server ?? server, { ...request, ...miss.request })
      expect(near.findings.map((each) => each.code)).not.toContain(code)
      expect(told(hit, code, near)).toMatchSnapshot()
      await settles(code, server, request ?? {}, hit)
    },
  )
  it.each(cases)('$code is told by its signs', async ({ code, server, request }) => {
    expect(await variationsOf(code, server, request)).toMatchSnapshot()
  })

  it('say what to do in the words of each target that has its own', async () => {
    const said: string[] = []
    const first = cases.filter(({ code }, place) => cases.findIndex((other) => other.code === code) === place)
    for (const { code, server, request } of first) {
      const remedy = ROWS.find((row) => row.code === code)?.remedy
      for (const target of Object.keys(remedy?.by ?? {}).filter(isChoosable)) {
        const { findings } = await examine(server, { ...request, target })
        const fix = findings.find((finding) => finding.code === code)?.fix
        said.push(`${code}, ${fix?.target}: ${fix?.advice}`)
      }
    }
    expect(said.join('\n')).toMatchSnapshot()
  })
}

function isChoosable(target: string): target is TargetName {
  return CHOOSABLE.some((name) => name === target)
}

/** Answers the page, strangers, and requests without Origin. */
export const per =
  (page: Said, stranger: Said = {}, withoutOrigin: Said = stranger): Handler =>
  ({ origin }) =>
    origin === ORIGIN ? page : origin === undefined ? withoutOrigin : stranger
