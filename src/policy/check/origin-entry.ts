import { defaultPort, isLabels, isLoopbackHost, isOpaqueHost, isPort, isScheme, isWeb } from '../../spec/origins.ts'
import { isOfOneSite } from '../../spec/suffixes.ts'
import type { DefectCode } from '../catalogue.ts'
import type { CorsPolicy } from '../types.ts'
import { baseOf, hostDefect, intendedScheme } from './host.ts'

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
  return isWeb(scheme) || intendedScheme(scheme) === undefined ? null : 'origin-scheme-never-sent'
}

function portDefect(scheme: string, host: string, port: string): DefectCode | null {
  // What stands before ":*" is a loopback host, or a pattern of such hosts: "http://*.localhost:*".
  if (port === '*') return isWeb(scheme) && isLoopbackHost(host.replace('*', 'a')) ? null : 'origin-pattern-port'
  if (!isPort(port)) return 'origin-port'
  return port === defaultPort(scheme) ? 'origin-default-port' : null
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

/** What the rest of the policy, and whoever checks it, says that matters to its origins. */
export interface OriginContext {
  /** Tells whether an option of the policy is true, or has the value that is asked for. */
  readonly has: (option: keyof CorsPolicy, value?: unknown) => boolean
  /** Tells whether strangers can register names directly below a host. */
  readonly isPublicSuffix: (host: string) => boolean
}

/** Tells whether strangers can have an origin that a pattern matches, and nobody has said that this is meant. */
export function admitsStrangers(entry: OriginEntry, context: OriginContext): boolean {
  return (
    entry.kind === 'pattern' &&
    !context.has('dangerouslyAllowPublicSuffixes') &&
    // Nobody can register a name below "localhost", though it has one label as a top-level domain has.
    !isLoopbackEntry(entry) &&
    context.isPublicSuffix(entry.host) &&
    !isOfOneSite(entry.host, entry.behind)
  )
}

/**
 * Tells whether an entry allows any app or extension of a scheme where that is not to be had by accident: next to credentials, and
 * wherever an identifier is the same for every user, so that it can be listed.
 */
export function admitsAnyHost(entry: OriginEntry, context: OriginContext): boolean {
  return (
    entry.kind === 'any-host' &&
    !context.has('dangerouslyAllowPublicSuffixes') &&
    (entry.scheme === 'chrome-extension' || context.has('credentials'))
  )
}

/** Tells whether an entry trusts the user's own computer. */
export function isLoopbackEntry({ scheme, host }: OriginEntry): boolean {
  return isWeb(scheme) && isLoopbackHost(host)
}

/** Tells whether an entry lets whoever controls the network read what belongs to a user, and nobody has said that this is meant. */
export function isInsecureEntry(entry: OriginEntry, context: OriginContext): boolean {
  return (
    entry.scheme === 'http' &&
    context.has('credentials') &&
    !context.has('dangerouslyAllowInsecureOrigins') &&
    !isLoopbackEntry(entry)
  )
}

const START = 'https://'

/**
 * Proves with one look at each character that an entry is an exact https: origin that holds: labels without `--`, so without Punycode,
 * the last of which begins with a letter, and no port. That is nearly every entry of a long list. Whatever else there is, sound or not,
 * is for `readEntry`.
 */
export function isExactHttpsOrigin(text: string): boolean {
  const dot = text.lastIndexOf('.')
  const first = text.charCodeAt(dot + 1)
  return (
    dot > 0 &&
    first >= 0x61 &&
    first <= 0x7a &&
    text.startsWith(START) &&
    !text.includes('--') &&
    isLabels(text, false, START.length)
  )
}
