import type { CorsPolicy } from '../policy/types.ts'
import type { Can } from './can.ts'
import { type Lose, lossOf, lossOfPattern } from './losses.ts'
import { type Origin, type OriginKind, toOrigin } from './origin-regex.ts'

const PLAIN_ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[\w.~[\]:-]+$/

/** Reduces `origins` to the entries that a target can match exactly. */
export function fitOrigins(given: CorsPolicy['origins'], can: Can, lose: Lose): readonly Origin[] {
  if (given === '*') return []
  if (!Array.isArray(given)) {
    lose(lossOf('origin-predicate'))
    return []
  }
  const kept = (given as readonly string[]).flatMap((text) => {
    const origin = toOrigin(String(text))
    if (origin === null) return []
    if (!can.origins.includes(origin.kind)) {
      lose(lossOfPattern(text, WHY[origin.kind]))
      return []
    }
    if (can.quoting === 'plain' && !PLAIN_ORIGIN.test(origin.text.replaceAll('*', 'x'))) {
      lose(lossOf('origin-quoting', text))
      return []
    }
    if (can.strictHosts === true && !isStrictHost(text)) {
      lose(lossOf('origin-host', text))
      return []
    }
    if (origin.kind === 'any-host') lose(lossOf('origin-characters', text))
    return [origin]
  })
  return most(kept, can.mostOrigins, 'origins-limit', lose)
}

/** Returns whether each label of a host is a name, or the host is an address of IPv6. */
function isStrictHost(text: string): boolean {
  const host = text
    .slice(text.indexOf('://') + 3)
    .replace(/^\*\./, '')
    .replace(/:[^:\]]*$/, '')
  if (host.startsWith('[')) return true
  const isName = (label: string) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label)
  // A label such as "xn--a" is not a name in any script. The URL parser knows which are.
  const isEncoded = (label: string) => label.startsWith('xn--') && URL.canParse(`https://${label}.example`)
  return host.split('.').every((label) => isName(label) && (label.slice(2, 4) !== '--' || isEncoded(label)))
}

const WHY: Readonly<Record<OriginKind, string>> = {
  exact: 'an origin',
  app: 'an origin of an app',
  labels: 'a pattern of labels',
  part: 'a pattern within a label',
  ports: 'any port',
  'labels-ports': 'any label with any port',
  'any-host': 'any host of a scheme',
}

/** Cuts a list to the length that a target takes. */
export function most<T>(
  list: readonly T[],
  limit: number | undefined,
  code: 'origins-limit' | 'headers-limit' | 'exposed-limit',
  lose: Lose,
): readonly T[] {
  if (limit === undefined || list.length <= limit) return list
  lose(lossOf(code, String(list.length - limit)))
  return list.slice(0, limit)
}
