import { type Evidence, field, statusOf } from './evidence.ts'
import type { Finding } from './finding.ts'
import { failedAnswer } from './findings/signature.ts'
import { planned } from './fixes/planned.ts'
import { snippet, type Target } from './fixes/targets.ts'
import { inHeaderTerms } from './header-terms.ts'
import type { Obstacle } from './obstacles.ts'
import { clip, toPageRequest } from './page-request.ts'
import { printable } from './report/printable.ts'
import type { Remedy, Row, SlotValues } from './row.ts'

const RANK = { error: 0, security: 1, warning: 2, info: 3 } as const

/** The candidates for the target of a fix. */
interface Targets {
  /** The target that the user chose. It wins. */
  readonly chosen: Target | null
  /** The target that the answers show. */
  readonly recognized: Target | null
  /** The target if the other two are unknown. */
  readonly otherwise: Target
}

/** A row whose signature matches. */
interface Match {
  readonly row: Row
  readonly values: SlotValues
  /**
   * The places of the failures that it explains in `evidence.standings`, in order. Empty if it
   * explains none.
   */
  readonly explains: readonly number[]
}

/**
 * Finds every cause whose signature matches, in the order in which to repair them.
 *
 * The order is: severity; then the place of the failure that a cause explains, because a browser
 * reports one failure at a time; then `weight`, so that a particular cause stands before a general
 * one. Four kinds of causes are left out:
 *
 * - causes that follow from another one (`covers`);
 * - after a match of `isInstead`, what the same answer suggests about the application;
 * - fallbacks and general causes of a failure that also has a particular cause;
 * - causes that repeat an earlier one ({@link isRepetition}).
 *
 * An example: a POST with JSON gets a preflight answer of 404 without CORS headers. The browsers
 * report `allow-origin-missing`; the failures in order are `allow-origin-missing`,
 * `preflight-status` and `header-not-allowed`. Rows for all three match. One repair, to answer
 * OPTIONS, puts all three right, so only the row for the unanswered preflight is left.
 *
 * @param rows The table of causes.
 * @param evidence The recorded exchange.
 * @param targets The candidates for the target of the fixes.
 * @returns The findings, the first to repair at the top.
 */
export function findAll(rows: readonly Row[], evidence: Evidence, targets: Targets): readonly Finding[] {
  const matches = rows.flatMap((row) => {
    const match = matchRow(row, evidence)
    return match === null ? [] : [match]
  })
  const covered = new Set(matches.flatMap(({ row }) => row.covers ?? []))
  const apart = withoutRest(matches).filter(({ row }) => !covered.has(row.code))
  const kept = apart.filter((match) => !isSaidByAnother(match, apart))
  const known = kept.filter((match) => !isRepetition(match, kept, evidence))
  known.sort(order)
  return known.map((match) => toFinding(match, evidence, targets))
}

function matchRow(row: Row, evidence: Evidence): Match | null {
  if (row.explains === undefined) {
    const values = row.when(evidence, null)
    return values === null ? null : { row, values: values, explains: [] }
  }
  const matches = evidence.obstacles.flatMap((obstacle, place) => {
    const { code, during } = obstacle.failure
    const isMeant = row.explains?.includes(code) && (row.during === undefined || row.during === during)
    const values = isMeant ? row.when(evidence, obstacle) : null
    return values === null ? [] : [{ hit: values, place }]
  })
  const first = matches[0]
  return first === undefined ? null : { row, values: first.hit, explains: matches.map(({ place }) => place) }
}

/** If a firewall or a login page answered, the answer says nothing about the application. */
function withoutRest(matches: readonly Match[]): readonly Match[] {
  const [instead] = matches
    .filter(({ row, explains }) => row.isInstead === true && explains[0] === 0)
    .sort((a, b) => b.row.weight - a.row.weight)
  if (instead === undefined) return matches
  return matches.filter((match) => match.row.severity !== 'error' || match === instead || isAbove(match))
}

/**
 * Returns whether a cause blocks although it explains no failure. Such a cause stands before the
 * failure that the browser reports.
 */
function isAbove({ row, explains }: Match): boolean {
  return row.severity === 'error' && explains.length === 0
}

/** Returns whether each failure of a general cause also has a more particular cause. */
function isSaidByAnother({ row, explains }: Match, matches: readonly Match[]): boolean {
  if (row.isFallback !== true && row.isGeneral !== true) return false
  return explains.every((place) =>
    matches.some(
      (other) =>
        other.explains.includes(place) &&
        (row.isFallback === true ? other.row.isFallback !== true : isParticular(other.row)),
    ),
  )
}

function isParticular(row: Row): boolean {
  return row.isFallback !== true && row.isGeneral !== true
}

/**
 * Returns whether a cause only repeats an earlier one. An answer without any CORS header also lacks
 * every list. And the cause of a wrong status is repaired together with the headers of that answer.
 */
function isRepetition({ row, explains }: Match, kept: readonly Match[], evidence: Evidence): boolean {
  const [place = 0] = explains
  const obstacle = evidence.obstacles[place]
  if (obstacle === undefined || place === 0) return false
  const at = failedAnswer(evidence, obstacle)
  const isSilent = at?.response?.headers.every(([name]) => !/^access-control-/i.test(name)) === true
  const isSame = at === failedAnswer(evidence, evidence.obstacles[0] ?? null)
  const isCovered = kept.some(
    (other) => (other.explains[0] ?? Infinity) < place && other.row.explains?.includes(obstacle.failure.code),
  )
  return isSame && (isSilent || (isCovered && !isParticular(row)))
}

function order(a: Match, b: Match): number {
  return RANK[a.row.severity] - RANK[b.row.severity] || placeOf(a) - placeOf(b) || b.row.weight - a.row.weight
}

function placeOf(match: Match): number {
  return isAbove(match) ? -1 : (match.explains[0] ?? Infinity)
}

function toFinding({ row, values, explains }: Match, evidence: Evidence, targets: Targets): Finding {
  const obstacle = evidence.obstacles[explains[0] ?? Infinity] ?? null
  const slots = { ...baseSlots(evidence, obstacle), ...values }
  const at = failedAnswer(evidence, obstacle)
  return {
    code: row.code,
    severity: row.severity,
    at: obstacle !== null && row.at === 'response' ? obstacle.failure.during : row.at,
    message: fill(row.says, slots),
    header: row.header ?? null,
    // The message names the cookie. Its value is private.
    actual: row.header === undefined || row.header === 'Set-Cookie' ? null : field(at ?? evidence.actual, row.header),
    expected:
      row.header === 'Access-Control-Allow-Origin'
        ? evidence.call.origin
        : row.header === 'Access-Control-Allow-Credentials'
          ? 'true'
          : null,
    explains: obstacle?.failure.code ?? null,
    fix:
      row.remedy === undefined
        ? null
        : toFix(row.remedy, { evidence, obstacle: obstacle, slots, values: values, targets }),
    link: row.link,
  }
}

interface FixInput {
  readonly evidence: Evidence
  readonly obstacle: Obstacle | null
  readonly slots: SlotValues
  readonly values: SlotValues
  readonly targets: Targets
}

function toFix(remedy: Remedy, { evidence, obstacle, slots, values, targets }: FixInput): Finding['fix'] {
  const isPolicy = typeof remedy.policy === 'function' ? remedy.policy(evidence, obstacle) : remedy.policy === true
  const target = targetOf(remedy, targets, isPolicy)
  const plan = planned(isPolicy, evidence)
  const { policy } = plan
  const change = remedy.request?.(evidence, values)
  // If the page or a gateway is at fault, the policy is still written for the server.
  const written = ['client', 'network', 'gateway'].includes(target) ? serverOf(targets) : target
  return {
    where: remedy.where,
    target,
    advice: `${fill(remedy.by?.[target] ?? remedy.advice, slots)}${plan.rest}`,
    snippet:
      policy === null ? null : (snippet(written, policy) ?? (written === 'server' ? inHeaderTerms(policy) : null)),
    policy,
    alternative: plan.alternative,
    note: plan.note,
    asks: plan.asks,
    proof: plan.proof,
    request: change === undefined ? null : { ...toPageRequest(evidence.call), ...change },
    requestProof: null,
  }
}

/** A chosen target wins, except where the change is not made on the server. */
function targetOf(remedy: Remedy, targets: Targets, isPolicy: boolean): Target {
  if (remedy.where === 'client') return 'client'
  if (remedy.where === 'network') return 'network'
  if (targets.chosen !== null && remedy.where === 'server') return targets.chosen
  const shown = typeof remedy.target === 'function' ? remedy.target(targets.recognized) : remedy.target
  return shown ?? (isPolicy ? serverOf(targets) : (targets.chosen ?? targets.recognized ?? 'server'))
}

function serverOf({ chosen, recognized, otherwise }: Targets): Target {
  return chosen ?? recognized ?? otherwise
}

function baseSlots(evidence: Evidence, obstacle: Obstacle | null): SlotValues {
  const { call } = evidence
  const at = failedAnswer(evidence, obstacle)
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

/** Fills the slots of a sentence. Text from a server becomes printable and short. */
function fill(text: string, slots: SlotValues): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (slots[name] === undefined ? whole : short(slots[name])))
}

function short(value: string): string {
  return printable(clip(value, 160))
}
