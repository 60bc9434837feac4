import type { IssueCode } from './catalogue.ts'

/** The address of the project's site; null while it has none. Reports name it where they can, and nothing else names an address. */
export const HOMEPAGE: string | null = null

/**
 * Returns the path, inside the package, of the page that explains a rule: the mistake, why it is refused, and the fix.
 * `npx corsmith why <code>` prints that page.
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
