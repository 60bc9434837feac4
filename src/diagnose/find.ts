import { type Evidence, field, statusOf } from './evidence.ts'
import type { Finding, Hit, Remedy, Row } from './finding.ts'
import { culprit } from './findings/signature.ts'
import { detectTarget } from './fixes/detect.ts'
import { planned } from './fixes/planned.ts'
import { snippet } from './fixes/snippets.ts'
import type { Target } from './fixes/targets.ts'
import type { Standing } from './in-line.ts'
import { clip, toPageRequest } from './page-request.ts'
import { printable } from './report/printable.ts'

const RANK = { error: 0, security: 1, warning: 2, info: 3 } as const

interface Match {
  readonly row: Row
  readonly hit: Hit
  readonly standing: Standing | null
  /** Which failure in line it explains; the length of the line for what explains none. */
  readonly turn: number
}

/**
 * Finds every cause whose signature is seen, the one to put right first before the others: causes of the failure that the browser
 * reports, the particular before the general, then those of the next failure in line, then what blocks nothing.
 *
 * @param chosen the target to write fixes for; without it, what the server gives away about itself
 */
export function findAll(rows: readonly Row[], evidence: Evidence, chosen: Target | null): readonly Finding[] {
  const { standings } = evidence
  const matches = rows.flatMap((row) => {
    const match = matchRow(row, evidence)
    return match === null ? [] : [match]
  })
  const kept = matches.filter(
    ({ row, turn }) =>
      row.weight > 10 ||
      !matches.some((other) => other.turn === turn && other.row.weight > 10 && turn < standings.length),
  )
  const told = kept.filter((match) => !isEcho(match, kept, evidence))
  told.sort((a, b) => order(a, b))
  const target = chosen ?? detectTarget(evidence)
  return told.map((match) => toFinding(match, evidence, target, chosen))
}

function matchRow(row: Row, evidence: Evidence): Match | null {
  const { standings } = evidence
  if (row.explains === undefined) {
    const hit = row.when(evidence, null)
    // What is wrong whatever the browser reports stands before what it reports.
    return hit === null ? null : { row, hit, standing: null, turn: row.severity === 'error' ? -1 : standings.length }
  }
  for (const [turn, standing] of standings.entries()) {
    if (!row.explains.includes(standing.failure.code)) continue
    if (row.during !== undefined && row.during !== standing.failure.during) continue
    const hit = row.when(evidence, standing)
    if (hit !== null) return { row, hit, standing, turn }
  }
  return null
}

/**
 * Tells whether a cause only repeats an earlier one. Where nobody spoke CORS at all, every list is missing too; and what answered
 * with the wrong status is put right together with its headers.
 */
function isEcho({ row, standing, turn }: Match, kept: readonly Match[], evidence: Evidence): boolean {
  if (standing === null || turn === 0) return false
  const at = culprit(evidence, standing)
  const isSilent = at?.response?.headers.every(([name]) => !/^access-control-/i.test(name)) === true
  const isSame = at === culprit(evidence, evidence.standings[0] ?? null)
  // A row is matched once, so what stands at an earlier turn is another.
  const isCovered = kept.some((other) => other.turn < turn && other.row.explains?.includes(standing.failure.code))
  return isSame && (isSilent || (isCovered && row.weight <= 50))
}

function order(a: Match, b: Match): number {
  return RANK[a.row.severity] - RANK[b.row.severity] || a.turn - b.turn || b.row.weight - a.row.weight
}

function toFinding(
  { row, hit, standing }: Match,
  evidence: Evidence,
  target: Target | null,
  chosen: Target | null,
): Finding {
  const slots = { ...baseSlots(evidence, standing), ...hit }
  const at = culprit(evidence, standing)
  return {
    code: row.code,
    severity: row.severity,
    at: standing !== null && row.at === 'response' ? standing.failure.during : row.at,
    message: fill(row.says, slots),
    header: row.header ?? null,
    // A cookie's name is said in the message; its value is nobody's business.
    actual: row.header === undefined || row.header === 'Set-Cookie' ? null : field(at ?? evidence.actual, row.header),
    expected:
      row.header === 'Access-Control-Allow-Origin'
        ? evidence.call.origin
        : row.header === 'Access-Control-Allow-Credentials'
          ? 'true'
          : null,
    explains: standing?.failure.code ?? null,
    fix: row.remedy === undefined ? null : toFix(row.remedy, evidence, slots, hit, target, chosen),
    link: row.link,
  }
}

function toFix(
  remedy: Remedy,
  evidence: Evidence,
  slots: Hit,
  hit: Hit,
  detected: Target | null,
  chosen: Target | null,
): Finding['fix'] {
  const target = targetOf(remedy, detected, chosen)
  const plan = planned(remedy, evidence)
  const { policy } = plan
  const change = remedy.request?.(evidence, hit)
  return {
    where: remedy.where,
    target,
    advice: `${fill(remedy.by?.[target] ?? remedy.advice, slots)}${plan.rest}`,
    snippet:
      policy === null
        ? null
        : snippet(target === 'client' || target === 'gateway' || target === 'server' ? 'fetch' : target, policy),
    policy,
    alternative: plan.alternative,
    note: plan.note,
    asks: plan.asks,
    proof: plan.proof,
    request: change === undefined ? null : { ...toPageRequest(evidence.call), ...change },
  }
}

/** A chosen target wins, except over what the server cannot put right. */
function targetOf(remedy: Remedy, detected: Target | null, chosen: Target | null): Target {
  if (remedy.where === 'client') return 'client'
  if (remedy.where === 'network') return 'network'
  if (chosen !== null && remedy.where === 'server') return chosen
  return remedy.target ?? detected ?? (remedy.policy === true ? 'fetch' : 'server')
}

function baseSlots(evidence: Evidence, standing: Standing | null): Hit {
  const { call } = evidence
  const at = culprit(evidence, standing)
  return {
    origin: call.origin,
    url: call.url.href,
    host: call.url.host,
    port: call.url.port || (call.url.protocol === 'https:' ? '443' : '80'),
    path: call.url.pathname,
    method: call.method,
    status: String(statusOf(at) || statusOf(evidence.actual)),
    actualStatus: String(statusOf(evidence.actual)),
    location: field(at, 'Location') ?? '',
  }
}

/** Fills the slots of a sentence. What a server said is shown printable and short. */
function fill(text: string, slots: Hit): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (slots[name] === undefined ? whole : short(slots[name])))
}

function short(value: string): string {
  return printable(clip(value, 160))
}
