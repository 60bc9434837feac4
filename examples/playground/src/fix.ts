/** The change that makes a scenario work: to the policy, or to the page. */
import { type Explanation, type PageRequest, snippet, type Target } from 'corsmith/diagnose'
import { type DiffLine, diffLines } from './line-diff.ts'
import { rewrite } from './policy-text.ts'
import { type Line, type Scenario, writeLines } from './scenario.ts'
import { sentence } from './steps.ts'

/** One thing to know, with what to do about it. */
export interface Advice {
  readonly code: string
  readonly severity: 'error' | 'warning' | 'info' | 'security'
  readonly message: string
  readonly advice: string | null
  readonly link: string
  /** The scenario with the request that the page should make instead; null where the page is right. */
  readonly request: Scenario | null
}

/** A change of the policy. */
export interface PolicyChange {
  readonly scenario: Scenario
  readonly lines: readonly DiffLine[]
}

/** What to do about a scenario. */
export interface Fixes {
  readonly advice: readonly Advice[]
  /** What would block the request once the first failure is put right; null where nothing would. */
  readonly next: string | null
  readonly change: PolicyChange | null
  /** The same change with a pattern in the place of a long family of names; null where there is none. */
  readonly alternative: Scenario | null
  /** What to decide before the change is applied. */
  readonly asks: readonly string[]
}

/** Collects what there is to do. */
export function toFixes(scenario: Scenario, explanation: Explanation): Fixes {
  const { findings, edit, alternative, asks, failure, next: following } = explanation
  const advice = findings.map(({ code, severity, message, fix, link }): Advice => {
    const request = fix?.request ?? null
    return {
      code,
      severity,
      message: sentence(message),
      advice: fix?.advice ?? null,
      link,
      request: request && withRequest(scenario, request),
    }
  })
  const codes = [...new Set(following.map(({ code }) => code))].filter((code) => code !== failure?.code)
  const covered = edit === null ? '' : ' The change covers that too.'
  const next = codes.length === 0 ? null : `Behind it waits ${codes.join(', then ')}.${covered}`
  if (edit === null) return { advice, next, change: null, alternative: null, asks: [] }
  const policy = rewrite(scenario.policy, edit)
  return {
    advice,
    next,
    change: { scenario: { ...scenario, policy }, lines: diffLines(scenario.policy, policy) },
    alternative: alternative && { ...scenario, policy: rewrite(scenario.policy, alternative) },
    asks,
  }
}

/** Writes the policy that should run, for a framework or a server; null where that has no configuration of its own. */
export function toSnippet(target: Target, { edit }: Explanation, policy: Parameters<typeof snippet>[1]): string | null {
  return snippet(target, edit ?? policy)
}

/** Puts a request into the fields of a scenario. What the request does not say stays as it was. */
export function withRequest(scenario: Scenario, request: Partial<PageRequest>): Scenario {
  const { origin, url, method, headers, credentials, mode, reads } = request
  const lines =
    headers === undefined ? null : Array.isArray(headers) ? (headers as readonly Line[]) : Object.entries(headers)
  return {
    ...scenario,
    ...(origin === undefined ? {} : { origin }),
    ...(url === undefined ? {} : { url }),
    ...(method === undefined ? {} : { method }),
    ...(lines === null ? {} : { headers: writeLines(lines as readonly Line[]) }),
    ...(credentials === undefined ? {} : { credentials }),
    ...(mode === 'cors' || mode === 'no-cors' ? { mode } : {}),
    ...(reads === undefined ? {} : { reads: reads.join(', ') }),
  }
}
