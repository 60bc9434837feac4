import {
  DEFECTS,
  type DefectCode,
  type IssueCode,
  SOURCES,
  type SourceCode,
  WARNINGS,
  type WarningCode,
} from './catalogue.ts'
import type { CorsPolicy, PolicyIssue } from './types.ts'
import { UNREADABLE } from './values.ts'

// How a check becomes an issue. There are three kinds of functions, and their names tell which:
//
// - `xDefect(text)` looks at a text, and returns the code of the broken rule, or null.
// - `xViolation(value)` looks at one value, and returns a `Violation` or null: the code, and perhaps a
//   correction. It does not know where in the policy the value stands.
// - `checkX(value, context, option)` looks at the value of an option. It is a `Check`, and returns
//   every `PolicyIssue`. `issue(path, value, ...violation)` makes one: it adds the place, and the
//   sentence that the catalogue has for the code. `warning` and `sourceIssue` do so for the codes of
//   the two other kinds.
//
// Users see issues: in `CorsPolicyError.issues`, from `checkPolicy` and from the command. With
// `severity: 'error'` an issue is a defect, otherwise a warning.

/** Finds the defects of one option's value. `context` tells about the rest of the policy. */
export type Check = (value: unknown, context: PolicyContext, option: string) => PolicyIssue[]

/** What the check of an option may ask about the rest of the policy. */
export interface PolicyContext {
  /** Tells whether an option of the policy has a value. Without a value: whether it is true. */
  readonly has: (option: keyof CorsPolicy, value?: unknown) => boolean
  /** Tells whether anyone can register a name directly below a host. */
  readonly isPublicSuffix: (host: string) => boolean
}

/** The value to write instead; null to leave the value out. */
export type Suggestion = NonNullable<PolicyIssue['suggestion']> | null

/** The parts of an issue that few issues have. */
export interface IssueExtra {
  /** Marks a suggestion that completes a guess. */
  readonly review?: true
  /** Text in place of the suggestion, where one value is not enough. */
  readonly hint?: string | undefined
}

/** What is wrong with a value: the code of the broken rule, and a suggestion if there is one. */
export type Violation<Code extends IssueCode = DefectCode> = readonly [
  code: Code,
  suggestion?: Suggestion | undefined,
  extra?: IssueExtra | undefined,
]

type Path = PolicyIssue['path']

/** Creates a defect: the sentence of the rule, and what to write instead. */
export function issue(path: Path, value: unknown, ...violation: Violation): PolicyIssue {
  return issueOf(DEFECTS, 'error', path, value, violation)
}

/**
 * Creates a warning. `createCors` never calls this, so its bundle holds no sentence of a warning.
 */
export function warning(path: Path, value: unknown, ...violation: Violation<WarningCode>): PolicyIssue {
  return issueOf(WARNINGS, 'warning', path, value, violation)
}

/** Creates a defect of the text that a policy is read from. */
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
    value: value === UNREADABLE ? undefined : value,
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
  return suggestion === null ? 'leave it out' : write(suggestion)
}

/** Says what to write instead: one value, as it stands in JSON. */
export function write(value: unknown): string {
  return `write ${JSON.stringify(value)}`
}

/** Says what to write instead: several values, one by one. */
export function writeEach(values: readonly string[]): string {
  return `write ${values.map((value) => JSON.stringify(value)).join(', ')}`
}
