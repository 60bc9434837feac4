import type { Evidence } from './evidence.ts'
import type { Finding } from './finding.ts'
import { failedAnswer } from './findings/signature.ts'
import type { Row } from './row.ts'
import { type Match, type Targets, toFinding } from './to-finding.ts'

const RANK = { error: 0, security: 1, warning: 2, info: 3 } as const

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
  const apart = withoutApplication(matches).filter(({ row }) => !covered.has(row.code))
  const kept = apart.filter((match) => !hasNearerCause(match, apart))
  const known = kept.filter((match) => !isRepetition(match, kept, evidence))
  known.sort(order)
  return known.map((match) => toFinding(match, evidence, targets))
}

function matchRow(row: Row, evidence: Evidence): Match | null {
  const { explains } = row
  if (explains === undefined) {
    const values = row.when(evidence, null)
    return values === null ? null : { row, values, explains: [] }
  }
  const matches = evidence.obstacles.flatMap((obstacle, place) => {
    const { code, during } = obstacle.failure
    const isMeant = explains.includes(code) && (row.during === undefined || row.during === during)
    const values = isMeant ? row.when(evidence, obstacle) : null
    return values === null ? [] : [{ values, place }]
  })
  const first = matches[0]
  return first === undefined ? null : { row, values: first.values, explains: matches.map(({ place }) => place) }
}

/**
 * Leaves out what an answer suggests about the application, if a firewall or a login page gave that
 * answer.
 */
function withoutApplication(matches: readonly Match[]): readonly Match[] {
  const [instead] = matches
    .filter(({ row, explains }) => row.isInstead === true && explains[0] === 0)
    .sort((a, b) => b.row.weight - a.row.weight)
  if (instead === undefined) return matches
  return matches.filter((match) => match.row.severity !== 'error' || match === instead || blocksBefore(match))
}

/**
 * Returns whether a cause blocks although it explains no failure. Such a cause stands before the
 * failure that the browser reports.
 */
function blocksBefore({ row, explains }: Match): boolean {
  return row.severity === 'error' && explains.length === 0
}

/** Returns whether each failure of a general cause also has a more particular cause. */
function hasNearerCause({ row, explains }: Match, matches: readonly Match[]): boolean {
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
  return blocksBefore(match) ? -1 : (match.explains[0] ?? Infinity)
}
