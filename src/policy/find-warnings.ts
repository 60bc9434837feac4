import { adviseNames } from './advise-names.ts'
import { adviseOrigins } from './advise-origins.ts'
import { warning } from './issue.ts'
import type { Snapshot } from './snapshot.ts'
import type { PolicyIssue } from './types.ts'

/** Chromium keeps a preflight answer for longer, WebKit does not. */
const WEBKIT_CAP = 600

/**
 * Finds what is worth knowing about a policy and no defect. `createCors` says none of it, and does without these checks and their
 * sentences: they are here for those who ask, `checkPolicy` and `corsmith lint`.
 */
export function findWarnings({ values, inherited }: Snapshot, defects: readonly PolicyIssue[]): PolicyIssue[] {
  if (values === null) return []
  const credentials = values.get('credentials') === true
  const mayBeStrangers = values.get('dangerouslyAllowPublicSuffixes') === true
  const maxAge = values.get('maxAge')
  const inLists = ['origins', 'methods', 'requestHeaders', 'exposedHeaders'].flatMap((option) => {
    const list = values.get(option)
    if (!Array.isArray(list)) return []
    const broken = new Set(defects.filter(({ path }) => path[0] === option).map(({ path }) => path[1]))
    const isSound = (index: number): boolean => !broken.has(index)
    return option === 'origins'
      ? adviseOrigins(list, isSound, credentials, mayBeStrangers)
      : adviseNames(option, list, isSound)
  })
  return [
    ...inherited.filter((key) => key !== 'origins').map((key) => warning([key], undefined, 'inherited-key')),
    ...inLists,
    ...(typeof maxAge === 'number' && maxAge > WEBKIT_CAP && !defects.some(({ path }) => path[0] === 'maxAge')
      ? [warning(['maxAge'], maxAge, 'max-age-above-caps')]
      : []),
  ]
}
