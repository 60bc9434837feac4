import {
  defaultPort,
  endsInNumber,
  isHost,
  isIpv4,
  isIpv6Host,
  isLabels,
  isLoopbackHost,
  isNamed,
  isOpaqueHost,
  isPort,
  isScheme,
  isWeb,
} from '../spec/origins.ts'
import type { DefectCode } from './catalogue.ts'
import { isReadablePunycode } from './punycode.ts'
import { schemeMeant } from './schemes.ts'

/** An entry of `origins` that holds, taken apart. */
export type OriginEntry = Exact | Pattern

interface Exact {
  /** One origin, one host with any port, or any host of a scheme that is not the web's. */
  readonly kind: 'exact' | 'any-port' | 'any-host'
  readonly text: string
  readonly scheme: string
  readonly host: string
}

interface Pattern {
  readonly kind: 'pattern'
  readonly text: string
  readonly scheme: string
  /** The part of the host that follows the label with the `*`. */
  readonly host: string
  /** What stands before the `*`: `https://`, or `https://app-`. */
  readonly before: string
  /** What stands behind it: `.example.com`, with the port where it is one. */
  readonly behind: string
  /** Whether it ends in `:*`. */
  readonly anyPort: boolean
  /** Whether the `*` is the whole first label, and so stands for any number of labels. */
  readonly wholeLabels: boolean
}

/** An entry read as it stands: either it holds, or here is everything that is wrong with it. */
export type EntryReading =
  | { readonly entry: OriginEntry; readonly defects?: never }
  | { readonly entry?: never; readonly defects: readonly DefectCode[] }

/** Defects that leave nothing to take apart. */
const WHOLE: readonly (readonly [code: DefectCode, text: RegExp])[] = [
  ['origin-empty', /^\s*$/],
  ['origin-unset', /^(?:undefined|\[object Object\])$/],
  ['origin-null', /^\s*null\s*$/i],
  ['origin-wildcard-in-list', /^\s*\*\s*$/],
  ['origin-white-space', /^\s|\s$/],
  ['origin-joined', /[,; \t\n|]/],
  ['origin-without-scheme', /^(?!.*:\/\/)/s],
]

/** Scheme, user, host, port, path, query and fragment of whatever holds `://`. */
const PARTS =
  /^(.*?):\/\/([^/?#\\]*@)?(\[[^\]/?#\\]*\][^:/?#\\]*|[^:/?#\\]*)(?::([^/?#\\]*))?([^?#]*)(\?[^#]*)?(#.*)?$/s

/** No longer scheme is in use, and matching is bounded by it. */
const MAX_SCHEME = 64

/** Reads one entry of `origins`. Whether a pattern spans a public suffix, or an origin is secure, is for the policy to judge. */
export function readEntry(text: string): EntryReading {
  const whole = WHOLE.find(([, form]) => form.test(text))
  if (whole !== undefined) return { defects: [whole[0]] }
  const [, name = '', user, host = '', port, path = '', query, fragment] = PARTS.exec(text) ?? []
  const scheme = name.toLowerCase()
  const lower = host.toLowerCase()
  const defects: (DefectCode | null)[] = [
    scheme === name ? null : 'origin-upper-case',
    schemeDefect(scheme),
    scheme === 'file' ? 'origin-file' : null,
  ]
  if (scheme !== 'file') {
    defects.push(
      user === undefined ? null : 'origin-user',
      port === undefined ? null : portDefect(scheme, lower, port),
      // The digits of an escape are upper-case: "app://%C3%A9".
      lower === host || (!isWeb(scheme) && isOpaqueHost(host)) ? null : 'origin-upper-case',
      hostDefect(scheme, lower, port !== undefined),
      path === '' ? null : path === '/' ? 'origin-trailing-slash' : 'origin-path',
      query === undefined ? null : 'origin-query',
      fragment === undefined ? null : 'origin-fragment',
    )
  }
  const found = new Set(defects.filter((code) => code !== null))
  return found.size > 0 ? { defects: [...found] } : { entry: entryOf(text, scheme, host, port) }
}

function schemeDefect(scheme: string): DefectCode | null {
  if (!isScheme(scheme) || scheme.length > MAX_SCHEME) return 'origin-scheme'
  return isWeb(scheme) || schemeMeant(scheme) === undefined ? null : 'origin-scheme-never-sent'
}

function portDefect(scheme: string, host: string, port: string): DefectCode | null {
  // What stands before ":*" is a loopback host, or a pattern of such hosts: "http://*.localhost:*".
  if (port === '*') return isWeb(scheme) && isLoopbackHost(host.replace('*', 'a')) ? null : 'origin-pattern-port'
  if (!isPort(port)) return 'origin-port'
  return port === defaultPort(scheme) ? 'origin-default-port' : null
}

function hostDefect(scheme: string, host: string, hasPort: boolean): DefectCode | null {
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

/** Nothing but its length is wrong with a host. */
function isTooLong(host: string): boolean {
  const pieces = host.split('.').flatMap((label) => label.match(/.{1,63}/gs) ?? [''])
  return host.length > 63 && pieces.every((piece) => isLabels(piece))
}

function patternDefect(scheme: string, host: string): DefectCode | null {
  if (!isWeb(scheme)) return host === '*' ? null : 'origin-pattern-scheme'
  // "192.168.*", "192.168.1.*" and "*.168.1.20" are no names.
  if (/^[\d.*]*\d[\d.*]*$/.test(host)) return 'origin-pattern-address'
  if (!/^[^.*]*\*[^.*]*\.[^*]*$/.test(host)) return 'origin-pattern'
  // One character stands for the "*": what is left must be a host, or nothing that matches could be one.
  const sample = host.replace('*', 'a')
  if (!isHost(sample) || isIpv4(sample) || !isNamed(sample))
    return isTooLong(sample) ? 'origin-host-too-long' : 'origin-host'
  return isReadablePunycode(baseOf(host)) ? null : 'origin-host-punycode'
}

/** What follows the first label. */
function baseOf(host: string): string {
  return host.slice(host.indexOf('.') + 1)
}

function entryOf(text: string, scheme: string, host: string, port: string | undefined): OriginEntry {
  const anyPort = port === '*'
  const [before = '', behind] = text.slice(0, anyPort ? -2 : undefined).split('*')
  if (host === '*') return { kind: 'any-host', text, scheme, host }
  if (behind === undefined) return { kind: anyPort ? 'any-port' : 'exact', text, scheme, host }
  const wholeLabels = before.endsWith('/') && behind.startsWith('.')
  return { kind: 'pattern', text, scheme, host: baseOf(host), before, behind, anyPort, wholeLabels }
}

/** Reads entries of a list, and leaves out what does not hold. */
export function entriesOf(texts: Iterable<string>): OriginEntry[] {
  return Array.from(texts, (text) => readEntry(text).entry).filter((entry) => entry !== undefined)
}
