import { type IssueCode, SENTENCES, SPEC, WARNINGS } from './catalogue.ts'
import type { PolicyIssue } from './types.ts'

type Suggestion = NonNullable<PolicyIssue['suggestion']> | null

/** Makes an issue out of a broken rule: its sentence, and what to write instead where that is known. */
export function issue(
  code: IssueCode,
  path: readonly (string | number)[],
  value: unknown,
  suggestion?: Suggestion,
  extra?: { readonly review?: true; readonly hint?: string },
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
    ...(extra?.review ? { review: true as const } : {}),
  }
}

function remedyOf(suggestion: Suggestion | undefined): string {
  if (suggestion === undefined) return ''
  return suggestion === null ? 'leave it out' : `write ${JSON.stringify(suggestion)}`
}
