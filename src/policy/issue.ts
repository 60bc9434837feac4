import { type IssueCode, SENTENCES, SPEC, WARNINGS } from './catalogue.ts'
import type { PolicyIssue } from './types.ts'

/** What to write instead. */
export type Suggestion = NonNullable<PolicyIssue['suggestion']> | null

/** What an issue says beyond its suggestion. */
export interface IssueExtra {
  /** Marks a suggestion that completes what was probably meant. */
  readonly review?: true
  /** What to write instead, where one value cannot say it. */
  readonly hint?: string | undefined
}

/** Makes an issue out of a broken rule: its sentence, and what to write instead where that is known. */
export function issue(
  code: IssueCode,
  path: readonly (string | number)[],
  value: unknown,
  suggestion?: Suggestion | undefined,
  extra?: IssueExtra | undefined,
): PolicyIssue {
  const sentence = SENTENCES[code]
  const spec = SPEC[code]
  const remedy = extra?.hint ?? remedyOf(suggestion)
  return {
    code,
    severity: WARNINGS.has(code) ? 'warning' : 'error',
    path,
    value,
    message: remedy === '' ? sentence : `${sentence}: ${remedy}`,
    ...(spec === undefined ? {} : { spec }),
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(extra?.review && suggestion !== undefined ? { review: true as const } : {}),
  }
}

function remedyOf(suggestion: Suggestion | undefined): string {
  if (suggestion === undefined) return ''
  return suggestion === null ? 'leave it out' : `write ${JSON.stringify(suggestion)}`
}
