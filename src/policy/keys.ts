import { issue } from './issue.ts'
import { POLICY_KEYS, type PolicyIssue } from './types.ts'

/** What other libraries, frameworks and settings files call our options. Compared without case, `-` and `_`. */
const ELSEWHERE: ReadonlyMap<string, keyof import('./types.ts').CorsPolicy> = new Map([
  ['origin', 'origins'],
  ['alloworigin', 'origins'],
  ['alloworigins', 'origins'],
  ['allowedorigin', 'origins'],
  ['allowedorigins', 'origins'],
  ['allowedoriginpatterns', 'origins'],
  ['corsorigin', 'origins'],
  ['corsorigins', 'origins'],
  ['corsallowedorigins', 'origins'],
  ['accesscontrolalloworigin', 'origins'],
  ['credentialed', 'credentials'],
  ['allowcredentials', 'credentials'],
  ['supportscredentials', 'credentials'],
  ['corsallowcredentials', 'credentials'],
  ['corssupportscredentials', 'credentials'],
  ['corscredentials', 'credentials'],
  ['accesscontrolallowcredentials', 'credentials'],
  ['method', 'methods'],
  ['allowmethods', 'methods'],
  ['allowedmethods', 'methods'],
  ['corsmethods', 'methods'],
  ['corsallowmethods', 'methods'],
  ['accesscontrolallowmethods', 'methods'],
  ['headers', 'requestHeaders'],
  ['allowheaders', 'requestHeaders'],
  ['allowedheaders', 'requestHeaders'],
  ['corsheaders', 'requestHeaders'],
  ['corsallowheaders', 'requestHeaders'],
  ['corsrequestheaders', 'requestHeaders'],
  ['accesscontrolallowheaders', 'requestHeaders'],
  ['exposeheaders', 'exposedHeaders'],
  ['exposeheader', 'exposedHeaders'],
  ['expose', 'exposedHeaders'],
  ['exposed', 'exposedHeaders'],
  ['responseheaders', 'exposedHeaders'],
  ['corsexposeheaders', 'exposedHeaders'],
  ['corsexposedheaders', 'exposedHeaders'],
  ['accesscontrolexposeheaders', 'exposedHeaders'],
  ['maxageinseconds', 'maxAge'],
  ['maxageseconds', 'maxAge'],
  ['corsmaxage', 'maxAge'],
  ['corspreflightmaxage', 'maxAge'],
  ['accesscontrolmaxage', 'maxAge'],
  ['optionssuccessstatus', 'preflightStatus'],
  ['optionsuccessstatus', 'preflightStatus'],
  ['successstatus', 'preflightStatus'],
  ['preflightsuccessstatus', 'preflightStatus'],
])

/** Checks the names of a policy's keys. */
export function checkKeys(unknown: readonly string[]): PolicyIssue[] {
  return unknown.map((key) => {
    const known = optionNamed(key)
    return known === undefined ? issue('unknown-key', [key], key) : issue('unknown-key', [key], key, known)
  })
}

/** Finds the option that another library's name, or a misspelt one, stands for. */
export function optionNamed(key: string): string | undefined {
  return ELSEWHERE.get(plain(key)) ?? closest(key)
}

function plain(key: string): string {
  return key.toLowerCase().replaceAll(/[-_]/g, '')
}

/** The option that a misspelt key is one or two edits away from. */
function closest(key: string): string | undefined {
  if (key.length > 40) return undefined
  const wanted = plain(key)
  return POLICY_KEYS.find((known) => distance(wanted, known.toLowerCase()) <= Math.min(2, Math.floor(known.length / 3)))
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
