import {
  DEFECTS,
  type DefectCode,
  type IssueCode,
  SOURCES,
  type SourceCode,
  WARNINGS,
  type WarningCode,
} from './catalogue.ts'
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

/** What is wrong with one value: a code, and what to write instead where that is known. */
export type Violation<Code extends IssueCode = DefectCode> = readonly [
  code: Code,
  suggestion?: Suggestion | undefined,
  extra?: IssueExtra | undefined,
]

type Path = PolicyIssue['path']

/** Makes an issue out of a broken rule: its sentence, and what to write instead where that is known. */
export function issue(path: Path, value: unknown, ...violation: Violation): PolicyIssue {
  return issueOf(DEFECTS, 'error', path, value, violation)
}

/** The same for what is worth knowing and no defect. Nothing that `createCors` needs calls it. */
export function warning(path: Path, value: unknown, ...violation: Violation<WarningCode>): PolicyIssue {
  return issueOf(WARNINGS, 'warning', path, value, violation)
}

/** The same for the text that a policy is read from. */
export function sourceIssue(path: Path, value: unknown, ...violation: Violation<SourceCode>): PolicyIssue {
  return issueOf(SOURCES, 'error', path, value, violation)
}

type Catalogue = { readonly [address: string]: { readonly [code in IssueCode]?: string } }

function issueOf(
  catalogue: Catalogue,
  severity: PolicyIssue['severity'],
  path: Path,
  value: unknown,
  [code, suggestion, extra]: Violation<IssueCode>,
): PolicyIssue {
  const spec = addressOf(catalogue, code)
  const remedy = extra?.hint ?? remedyOf(suggestion)
  return {
    code,
    severity,
    path,
    value,
    message: `${catalogue[spec]?.[code]}${remedy && `: ${remedy}`}`,
    ...(spec && { spec }),
    ...(suggestion !== undefined && { suggestion, ...(extra?.review && { review: true as const }) }),
  }
}

function addressOf(catalogue: Catalogue, code: IssueCode): string {
  for (const address in catalogue) if (catalogue[address]?.[code] !== undefined) return address
  return ''
}

function remedyOf(suggestion: Suggestion | undefined): string {
  if (suggestion === undefined) return ''
  return suggestion === null ? 'leave it out' : `write ${JSON.stringify(suggestion)}`
}
