import type { IssueCode } from './catalogue.ts'

/** Where the package lives, as in its `package.json`. */
export const HOMEPAGE = 'https://corsmith.dev'

/**
 * The page that explains a rule: the mistake, why it is refused, the fix.
 *
 * @example
 * pageOf('origin-trailing-slash')
 */
export function pageOf(code: IssueCode): string {
  return `${HOMEPAGE}/errors/${code}`
}
