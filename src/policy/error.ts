import type { IssueCode } from './catalogue.ts'
import { LONGEST_PLACE, PRINTED_ISSUES } from './limits.ts'
import type { PolicyIssue } from './types.ts'
import { show } from './values.ts'

/**
 * The error that `createCors` and the readers of policies throw. It holds every defect at once.
 *
 * A process can hold two copies of this package, one for `import` and one for `require`.
 * `instanceof` recognizes the errors of both copies by their `code`.
 *
 * @example
 * ```ts
 * import { CorsPolicyError, createCors } from 'corsmith'
 *
 * try {
 *   createCors(JSON.parse('{ "origins": ["https://app.example.com/"] }'))
 * } catch (error) {
 *   if (!(error instanceof CorsPolicyError)) throw error
 *   console.error(error.issues[0].suggestion) // https://app.example.com
 * }
 * ```
 */
export class CorsPolicyError extends TypeError {
  override readonly name = 'CorsPolicyError'
  readonly code = 'ERR_CORS_POLICY'
  /** Every issue of severity `error`, in the order in which the options are documented. */
  declare readonly issues: readonly [PolicyIssue, ...PolicyIssue[]]

  constructor(issues: readonly [PolicyIssue, ...PolicyIssue[]]) {
    super(report(issues))
    // A terminal prints the enumerable properties below the message, which has every issue already.
    Object.defineProperty(this, 'issues', { value: issues })
  }

  /**
   * Recognizes the errors of every copy of this package. A subclass recognizes its own instances.
   */
  static override [Symbol.hasInstance](value: unknown): value is CorsPolicyError {
    // biome-ignore lint/complexity/noThisInStatic: a class that extends this one asks for itself
    if (super[Symbol.hasInstance](value)) return true
    // biome-ignore lint/complexity/noThisInStatic: as above
    return this === CorsPolicyError && value instanceof Error && 'code' in value && value.code === 'ERR_CORS_POLICY'
  }
}

/**
 * Runs a function of the package. The stack of the error that it throws begins at the code that
 * called the package, so a terminal shows the user's own line first.
 *
 * @param caller The public function that was called.
 * @param act What it does.
 */
export function blamingCaller<T>(caller: object | undefined, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof CorsPolicyError) (Error as Capturing).captureStackTrace?.(error, caller)
    throw error
  }
}

/** JavaScript engines without this method leave the stack as it is. */
interface Capturing {
  captureStackTrace?(error: unknown, above?: object): void
}

function report(issues: readonly PolicyIssue[]): string {
  const title = `this policy has ${issues.length} defect${issues.length === 1 ? '' : 's'}`
  const printed = issues.slice(0, PRINTED_ISSUES)
  const rest = issues.length - printed.length
  const codes = new Set(printed.map(({ code }) => code))
  const more = rest > 0 ? [`  … and ${rest} more`] : []
  return [title, ...printed.map(paragraph), ...more, `  more: npx corsmith why ${[...codes].join(' ')}`].join('\n')
}

function paragraph({ path, value, message, spec }: PolicyIssue): string {
  return `  ${placeOf(path)}: ${show(value)}\n    ${message}${spec ? `\n    ${spec}` : ''}`
}

/** Writes a path as it would stand in code: `origins[1]`. */
export function placeOf(path: readonly (string | number)[]): string {
  if (path.length === 0) return 'policy'
  const steps = path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`))
  return steps.join('').slice(0, LONGEST_PLACE)
}

/**
 * The address of the project's web site, or null while there is none. Reports link to it. It is the
 * only address of ours in the package.
 */
export const HOMEPAGE: string | null = null

/**
 * Returns the path, inside the package, of the page that explains a rule: the mistake, the reason,
 * and the fix. `npx corsmith why <code>` prints that page.
 *
 * @param code The code of an issue.
 * @returns A path from the root of the package.
 *
 * @example
 * ```ts
 * import { pageOf } from 'corsmith/policy'
 *
 * pageOf('origin-null') // docs/errors/origin-null.md
 * ```
 */
export function pageOf(code: IssueCode): string {
  return `docs/errors/${code}.md`
}
