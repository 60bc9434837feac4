import {
  defaultPort,
  endsInNumber,
  isHost,
  isIpv4,
  isIpv6Host,
  isLabels,
  isLoopbackHost,
  isPort,
  isScheme,
  MAX_HOST,
} from '../spec/origins.ts'
import type { IssueCode } from './catalogue.ts'
import { isReadablePunycode } from './punycode.ts'
import { isNeverSent } from './schemes.ts'

/** An entry of `origins` that holds, taken apart. */
export type OriginEntry =
  | { readonly kind: 'exact'; readonly text: string; readonly scheme: string; readonly host: string }
  | {
      readonly kind: 'pattern'
      readonly text: string
      readonly scheme: string
      /** What stands before the `*`: `https://`, or `https://app-`. */
      readonly before: string
      /** What stands behind it: `.example.com`, with the port. */
      readonly behind: string
      /** Whether the `*` is the whole first label, and so stands for any number of labels. */
      readonly wholeLabels: boolean
      /** The part of the host that follows the label with the `*`. */
      readonly base: string
    }
  | { readonly kind: 'any-port'; readonly text: string; readonly scheme: string; readonly host: string }

/** An entry read as it stands: either it holds, or here is everything that is wrong with it. */
export type EntryReading =
  | { readonly entry: OriginEntry; readonly defects?: never }
  | { readonly entry?: never; readonly defects: readonly IssueCode[] }

/** Reads one entry of `origins`. Whether a pattern spans a public suffix, or an origin is secure, is for the policy to judge. */
export function readEntry(text: string): EntryReading {
  const whole = wholeDefect(text)
  if (whole !== null) return { defects: [whole] }
  const defects: IssueCode[] = []
  const { scheme, authority, tail } = split(text)
  if (scheme !== scheme.toLowerCase()) defects.push('origin-upper-case')
  if (!isScheme(scheme.toLowerCase()) || scheme.length > MAX_SCHEME) defects.push('origin-scheme')
  else if (isNeverSent(scheme.toLowerCase())) defects.push('origin-scheme-never-sent')
  if (scheme.toLowerCase() === 'file') return { defects: [...defects, 'origin-file'] }
  const at = authority.lastIndexOf('@')
  if (at >= 0) defects.push('origin-user')
  const { host, port } = splitPort(authority.slice(at + 1))
  defects.push(
    ...portDefects(scheme.toLowerCase(), host, port),
    ...hostDefects(scheme.toLowerCase(), host),
    ...tailDefects(tail),
  )
  if (defects.length > 0) return { defects: [...new Set(defects)] }
  return { entry: entryOf(text, scheme, host, port) }
}

/** No longer scheme is in use, and matching is bounded by it. */
const MAX_SCHEME = 64

/** Defects that leave nothing to take apart. */
function wholeDefect(text: string): IssueCode | null {
  if (text === '') return 'origin-empty'
  if (text === 'undefined' || text === '[object Object]') return 'origin-unset'
  if (text.trim().toLowerCase() === 'null') return 'origin-null'
  if (text.trim() === '*') return 'origin-wildcard-in-list'
  if (text.trim() === '') return 'origin-empty'
  if (text.trim() !== text) return 'origin-white-space'
  for (const separator of [',', ' ', ';', '\t', '\n', '|']) if (text.includes(separator)) return 'origin-joined'
  return text.includes('://') ? null : 'origin-without-scheme'
}

function split(text: string): { scheme: string; authority: string; tail: string } {
  const start = text.indexOf('://') + 3
  let end = start
  while (end < text.length && !'/?#\\'.includes(text.charAt(end))) end++
  return { scheme: text.slice(0, start - 3), authority: text.slice(start, end), tail: text.slice(end) }
}

function splitPort(authority: string): { host: string; port: string | null } {
  const colon = authority.indexOf(':', authority.startsWith('[') ? Math.max(authority.indexOf(']'), 0) : 0)
  return colon < 0
    ? { host: authority, port: null }
    : { host: authority.slice(0, colon), port: authority.slice(colon + 1) }
}

function portDefects(scheme: string, host: string, port: string | null): IssueCode[] {
  if (port === null) return []
  if (port === '*') return isLoopbackHost(host.toLowerCase()) && isWeb(scheme) ? [] : ['origin-pattern-port']
  if (!isPort(port)) return ['origin-port']
  return port === defaultPort(scheme) ? ['origin-default-port'] : []
}

function hostDefects(scheme: string, host: string): IssueCode[] {
  const defects: IssueCode[] = host === host.toLowerCase() ? [] : ['origin-upper-case']
  const lower = host.toLowerCase()
  if (!isAscii(lower)) return [...defects, 'origin-host-unicode']
  if (isWeb(scheme) && lower === 'undefined') return [...defects, 'origin-unset']
  if (lower.includes('*')) return [...defects, ...patternDefects(scheme, lower)]
  if (lower.startsWith('[')) return isIpv6Host(lower) ? defects : [...defects, 'origin-address']
  if (isWeb(scheme) && endsInNumber(lower)) return isIpv4(lower) ? defects : [...defects, 'origin-address']
  if (isLabels(lower, true))
    return isWeb(scheme) && !isReadablePunycode(lower) ? [...defects, 'origin-host-punycode'] : defects
  if (isTooLong(lower)) return [...defects, 'origin-host-too-long']
  const isDotted = lower.endsWith('.') && isLabels(lower.slice(0, -1), true)
  return [...defects, isDotted ? 'origin-host-trailing-dot' : 'origin-host']
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false
  return true
}

/** Nothing but its length is wrong with a host. */
function isTooLong(host: string): boolean {
  const labels = host.split('.')
  return labels.every((label) => isLabels(label.slice(0, 63), true)) && host.length > Math.min(MAX_HOST, 63)
}

function patternDefects(scheme: string, host: string): IssueCode[] {
  const star = host.indexOf('*')
  const dot = host.indexOf('.')
  if (star !== host.lastIndexOf('*') || dot < star) return ['origin-pattern']
  // One character stands for the "*": what is left must be a host, or nothing that matches could be one.
  const sample = host.replace('*', 'a')
  if (!isHost(sample) || isIpv4(sample)) return ['origin-host']
  if (!isReadablePunycode(host.slice(dot + 1))) return ['origin-host-punycode']
  return isWeb(scheme) ? [] : ['origin-pattern-scheme']
}

function tailDefects(tail: string): IssueCode[] {
  if (tail === '') return []
  if (tail === '/') return ['origin-trailing-slash']
  const defects: IssueCode[] = []
  const beforeFragment = tail.split('#')[0] ?? ''
  const path = beforeFragment.split('?')[0] ?? ''
  if (path !== '') defects.push(path === '/' ? 'origin-trailing-slash' : 'origin-path')
  if (beforeFragment.includes('?')) defects.push('origin-query')
  if (tail.includes('#')) defects.push('origin-fragment')
  return defects
}

function isWeb(scheme: string): boolean {
  return scheme === 'https' || scheme === 'http'
}

function entryOf(text: string, scheme: string, host: string, port: string | null): OriginEntry {
  if (port === '*') return { kind: 'any-port', text, scheme, host }
  const star = host.indexOf('*')
  if (star < 0) return { kind: 'exact', text, scheme, host }
  const at = scheme.length + 3 + star
  const before = text.slice(0, at)
  const behind = text.slice(at + 1)
  const wholeLabels = star === 0 && behind.startsWith('.')
  return { kind: 'pattern', text, scheme, before, behind, wholeLabels, base: host.slice(host.indexOf('.') + 1) }
}

/** The longest origin that an entry can match. */
export function longestMatch(entry: OriginEntry): number {
  if (entry.kind === 'exact') return entry.text.length
  return entry.scheme.length + 3 + MAX_HOST + 6
}
