import { endsInNumber, isHost, isIpv4, isIpv6Host, isLabels, isNamed, isOpaqueHost, isWeb } from '../../spec/origins.ts'
import { isWordOf, type Words } from '../../spec/words.ts'
import type { DefectCode } from '../catalogue.ts'
import { isReadablePunycode } from './punycode.ts'

/**
 * Mistyped schemes, by the scheme that was meant. A URL may have such a scheme, and no page has an
 * origin with it. The compiler reads this table too.
 */
export const MISTYPED_SCHEMES = {
  http: 'ws htp ttp htttp hhttp httpp hxxp',
  https: 'wss htps ttps htttps hhttps httpps httpss htpps htpts hxxps',
} as const

/** A mistyped form of a scheme. */
export type MistypedFor<Scheme extends keyof typeof MISTYPED_SCHEMES> = Words<(typeof MISTYPED_SCHEMES)[Scheme]>

/** Any mistyped scheme. */
export type MistypedScheme = MistypedFor<keyof typeof MISTYPED_SCHEMES>

/** Returns the scheme that a mistyped one stands for: `https` for `htps`. */
export function intendedScheme(scheme: string): string | undefined {
  return Object.entries(MISTYPED_SCHEMES).find(([, slips]) => isWordOf(slips, scheme))?.[0]
}

/**
 * Returns the first defect of a lower-case host, or null. `scheme` decides which form a host has.
 */
export function hostDefect(scheme: string, host: string, hasPort: boolean): DefectCode | null {
  if (/[\u0080-\uffff]/.test(host)) return 'origin-host-unicode'
  if (host.includes('*')) return patternDefect(scheme, host)
  if (host.startsWith('[')) return isIpv6Host(host) ? null : 'origin-address'
  if (!isWeb(scheme)) return isOpaqueHost(host) && (host !== '' || !hasPort) ? null : 'origin-host'
  if (host === 'undefined') return 'origin-unset'
  if (endsInNumber(host)) return isIpv4(host) ? null : 'origin-address'
  if (isLabels(host)) return isReadablePunycode(host) ? null : 'origin-host-punycode'
  if (isTooLong(host)) return 'origin-host-too-long'
  return host.endsWith('.') && isLabels(host.slice(0, -1)) ? 'origin-host-trailing-dot' : 'origin-host'
}

/** Tells whether a host would be valid if it were shorter. */
function isTooLong(host: string): boolean {
  const pieces = host.split('.').flatMap((label) => label.match(/.{1,63}/gs) ?? [''])
  return host.length > 63 && pieces.every((piece) => isLabels(piece))
}

function patternDefect(scheme: string, host: string): DefectCode | null {
  if (!isWeb(scheme)) return host === '*' ? null : 'origin-pattern-scheme'
  // "192.168.*", "192.168.1.*" and "*.168.1.20" are addresses.
  if (/^[\d.*]*\d[\d.*]*$/.test(host)) return 'origin-pattern-address'
  if (!/^[^.*]*\*[^.*]*\.[^*]*$/.test(host)) return 'origin-pattern'
  // The host with one character in place of `*` must be a host. Otherwise the pattern matches no
  // origin.
  const sample = host.replace('*', 'a')
  if (!isHost(sample) || isIpv4(sample) || !isNamed(sample))
    return isTooLong(sample) ? 'origin-host-too-long' : 'origin-host'
  return isReadablePunycode(baseOf(host)) ? null : 'origin-host-punycode'
}

/** Returns the part of a host after its first label. */
export function baseOf(host: string): string {
  return host.slice(host.indexOf('.') + 1)
}
