import { isSafelistedMethod } from '../spec/methods.ts'
import { isSafelistedResponseHeaderName } from '../spec/names.ts'
import { isWordOf } from '../spec/words.ts'
import type { WarningCode } from './catalogue.ts'
import { type Violation, warning } from './issue.ts'
import { nameCover } from './name-cover.ts'
import type { PolicyIssue } from './types.ts'

/** Methods in use that browsers send as a page writes them, which is nearly always in upper case. */
const USUALLY_UPPER = 'PATCH QUERY SEARCH PROPFIND PROPPATCH REPORT MKCOL COPY MOVE LOCK UNLOCK PURGE'

/** Finds what is superfluous in a list of names. `isSound` tells which entries have no defect. */
export function adviseNames(
  option: string,
  list: readonly unknown[],
  isSound: (index: number) => boolean,
): PolicyIssue[] {
  const isMethods = option === 'methods'
  const all = new Set(list.filter((name) => typeof name === 'string'))
  const covers = isMethods ? () => false : nameCover(all)
  const seen = new Set<string>()
  return list.flatMap((name, index) => {
    if (typeof name !== 'string') return []
    const identity = isMethods ? name : name.toLowerCase()
    const found = isSound(index) ? adviseName(option, name, all) : null
    const violations: Violation<WarningCode>[] = found === null ? [] : [found]
    if (seen.has(identity)) violations.push(['name-duplicate', null])
    if (covers(name)) violations.push(['name-covered', null])
    seen.add(identity)
    return violations.map((violation) => warning([option, index], name, ...violation))
  })
}

function adviseName(option: string, name: string, all: ReadonlySet<string>): Violation<WarningCode> | null {
  if (option === 'exposedHeaders')
    return isSafelistedResponseHeaderName(name) ? ['exposed-header-safelisted', null] : null
  if (option !== 'methods') return null
  const upper = name.toUpperCase()
  if (upper !== name && isWordOf(USUALLY_UPPER, upper) && !all.has(upper))
    return ['method-lower-case', upper, { review: true }]
  // HEAD is not superfluous: Firefox remembers a preflight for HEAD only when it is listed.
  return isSafelistedMethod(name) && name !== 'HEAD' ? ['method-safelisted', null] : null
}
