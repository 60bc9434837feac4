import { issue } from './issue.ts'
import { ELSEWHERE, NEEDLESS } from './names-elsewhere.ts'
import { type CorsPolicy, POLICY_KEYS, type PolicyIssue } from './types.ts'

/**
 * Checks the names of a policy's keys. `present` are the options that the policy has already, which a second name would overwrite.
 */
export function checkKeys(unknown: ReadonlyMap<string, unknown>, present: ReadonlySet<string>): PolicyIssue[] {
  const taken = new Set(present)
  return Array.from(unknown).map(([key, value], index) => {
    const option = index < MOST_NAMED ? optionNamed(key) : undefined
    if (option !== undefined && !taken.has(option)) {
      taken.add(option)
      return issue('unknown-key', [key], value, option, { review: true })
    }
    const isNeedless = option !== undefined || Object.hasOwn(NEEDLESS, plain(key))
    return issue('unknown-key', [key], value, isNeedless ? null : undefined)
  })
}

/** An object with more keys that are none of ours is no policy with slips of the pen. */
const MOST_NAMED = 1_000

/** Finds the option that another library's name, or a misspelt one, stands for. */
export function optionNamed(key: string): keyof CorsPolicy | undefined {
  if (key.length > LONGEST_KEY) return undefined
  const name = plain(key)
  if (Object.hasOwn(ELSEWHERE, name)) return ELSEWHERE[name as keyof typeof ELSEWHERE]
  return Object.hasOwn(NEEDLESS, name) ? undefined : closest(name)
}

/** No option's name, in anybody's spelling, is longer. */
const LONGEST_KEY = 50

function plain(key: string): string {
  return key.slice(0, LONGEST_KEY).toLowerCase().replaceAll(/[-_]/g, '')
}

/** The option that a misspelt key is one or two edits away from. */
function closest(name: string): keyof CorsPolicy | undefined {
  return POLICY_KEYS.find((known) => {
    const most = Math.min(2, Math.floor(known.length / 3))
    return Math.abs(name.length - known.length) <= most && distance(name, known.toLowerCase()) <= most
  })
}

/** Edits between two words, a swap of neighbours counting as one. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1))
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (isSwap) best = Math.min(best, (before[j - 2] ?? 0) + 1)
      row.push(best)
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}
