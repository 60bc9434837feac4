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

/** The candidates for the target of a fix. */
export interface Targets {
  /** The target that the user chose. It wins. */
  readonly chosen: Target | null
  /** The target that the answers show. */
  readonly recognized: Target | null
  /** The target if the other two are unknown. */
  readonly otherwise: Target
}

/** A row whose signature matches. */
export interface Match {
  readonly row: Row
  readonly values: SlotValues
  /**
   * The places, in `evidence.obstacles`, of the failures that it explains, in order. Empty if it
   * explains none.
   */
  readonly explains: readonly number[]
}

/** Writes the finding of a match: its sentence, the header at fault, and the fix. */
export function toFinding({ row, values, explains }: Match, evidence: Evidence, targets: Targets): Finding {
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
    expected: expectedOf(row.header, evidence),
    explains: obstacle?.failure.code ?? null,
    fix: row.remedy === undefined ? null : toFix(row.remedy, { evidence, obstacle, slots, values, targets }),
    link: row.link,
  }
}

function expectedOf(header: string | undefined, { call }: Evidence): string | null {
  if (header === 'Access-Control-Allow-Origin') return call.origin
  return header === 'Access-Control-Allow-Credentials' ? 'true' : null
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
