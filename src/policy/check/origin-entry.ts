import { defaultPort, isLabels, isLoopbackHost, isOpaqueHost, isPort, isScheme, isWeb } from '../../spec/origins.ts'
import { isOfOneSite } from '../../spec/suffixes.ts'
import type { DefectCode } from '../catalogue.ts'
import type { PolicyContext } from '../issue.ts'
import { MAX_SCHEME } from '../limits.ts'
import { type WideEntry, wideEntry } from '../wide.ts'
import { baseOf, hostDefect, intendedScheme } from './host.ts'

/** A valid entry of `origins`, in its parts. */
export interface OriginEntry extends WideEntry {
  /** The host. Of a pattern, the part after the label with the `*`: `example.com`. */
  readonly host: string
}

/** The result of reading an entry: its parts, or every defect of its text. */
export type EntryReading =
  | { readonly entry: OriginEntry; readonly defects?: never }
  | { readonly entry?: never; readonly defects: readonly DefectCode[] }

/** Defects of the whole text. An entry with one of them is not split into parts. */
const WHOLE_TEXT_DEFECTS: readonly (readonly [code: DefectCode, text: RegExp])[] = [
  ['origin-empty', /^\s*$/],
  ['origin-unset', /^(?:undefined|\[object Object\])$/],
  ['origin-null', /^\s*null\s*$/i],
  ['origin-wildcard-in-list', /^\s*\*\s*$/],
  ['origin-white-space', /^\s|\s$/],
  ['origin-joined', /[,; \t\n|]/],
  ['origin-without-scheme', /^(?!.*:\/\/)/s],
]

/** Splits a text with `://` into scheme, user, host, port, path, query and fragment. */
const ORIGIN_PARTS =
  /^(.*?):\/\/([^/?#\\]*@)?(\[[^\]/?#\\]*\][^:/?#\\]*|[^:/?#\\]*)(?::([^/?#\\]*))?([^?#]*)(\?[^#]*)?(#.*)?$/s

/**
 * Reads one entry of `origins` by its text alone. Whether a pattern spans a public suffix, or an
 * `http:` origin is safe, depends on the rest of the policy: see {@link admitsStrangers} and {@link
 * isInsecureEntry}.
 */
export function readEntry(text: string): EntryReading {
  const whole = WHOLE_TEXT_DEFECTS.find(([, form]) => form.test(text))
  if (whole !== undefined) return { defects: [whole[0]] }
  const [, name = '', user, host = '', port, path, query, fragment] = ORIGIN_PARTS.exec(text) ?? []
  const scheme = name.toLowerCase()
  const lower = host.toLowerCase()
  const defects: MaybeCode[] = [
    scheme !== name && 'origin-upper-case',
    schemeDefect(scheme),
    scheme === 'file' && 'origin-file',
  ]
  if (scheme !== 'file') {
    defects.push(
      user && 'origin-user',
      port !== undefined && portDefect(scheme, lower, port),
      // An escape has upper-case digits: "app://%C3%A9".
      lower !== host && (isWeb(scheme) || !isOpaqueHost(host)) && 'origin-upper-case',
      hostDefect(scheme, lower, port !== undefined),
      path && (path === '/' ? 'origin-trailing-slash' : 'origin-path'),
      query && 'origin-query',
      fragment && 'origin-fragment',
    )
  }
  const found = onlyCodes(defects)
  if (found.length > 0) return { defects: found }
  const entry = wideEntry(text)
  return { entry: { ...entry, host: entry.kind === 'pattern' ? baseOf(host) : host } }
}

/** The code of a defect, or a value that stands for none. */
type MaybeCode = DefectCode | false | '' | null | undefined

/** Keeps the codes of a list, each once. */
export function onlyCodes(list: readonly MaybeCode[]): DefectCode[] {
  return [...new Set(list.filter((code) => !!code))]
}

function schemeDefect(scheme: string): DefectCode | null {
  if (!isScheme(scheme) || scheme.length > MAX_SCHEME) return 'origin-scheme'
  return isWeb(scheme) || intendedScheme(scheme) === undefined ? null : 'origin-scheme-never-sent'
}

function portDefect(scheme: string, host: string, port: string): DefectCode | null {
  // ":*" may follow a loopback host, or a pattern of loopback hosts: "http://*.localhost:*".
  if (port === '*') return isWeb(scheme) && isLoopbackHost(host.replace('*', 'a')) ? null : 'origin-pattern-port'
  if (!isPort(port)) return 'origin-port'
  return port === defaultPort(scheme) ? 'origin-default-port' : null
}

/** Reads the entries of a list, and leaves out those with a defect. */
export function entriesOf(texts: Iterable<string>): OriginEntry[] {
  return Array.from(texts, (text) => readEntry(text).entry).filter((entry) => entry !== undefined)
}

/**
 * Tells whether a stranger can own an origin that a pattern matches, unless the policy allows
 * public suffixes.
 */
export function admitsStrangers(entry: OriginEntry, context: PolicyContext): boolean {
  return (
    entry.kind === 'pattern' &&
    !context.has('dangerouslyAllowPublicSuffixes') &&
    // "localhost" is one label like a top-level domain, but no one can register a name below it.
    !isLoopbackEntry(entry) &&
    context.isPublicSuffix(entry.host) &&
    !isOfOneSite(entry.host, entry.behind)
  )
}

/**
 * Tells whether an entry matches any app or extension where that is dangerous: next to credentials,
 * and for `chrome-extension:`, whose identifiers are the same for every user and can be listed.
 */
export function admitsAnyHost(entry: OriginEntry, context: PolicyContext): boolean {
  return (
    entry.kind === 'any-host' &&
    !context.has('dangerouslyAllowPublicSuffixes') &&
    (entry.scheme === 'chrome-extension' || context.has('credentials'))
  )
}

/** Tells whether an entry matches the user's own computer. */
export function isLoopbackEntry({ scheme, host }: OriginEntry): boolean {
  return isWeb(scheme) && isLoopbackHost(host)
}

/**
 * Tells whether an entry lets an attacker on the network read a user's data: `http:` next to
 * credentials, unless it is loopback or the policy allows it.
 */
export function isInsecureEntry(entry: OriginEntry, context: PolicyContext): boolean {
  return (
    entry.scheme === 'http' &&
    context.has('credentials') &&
    !context.has('dangerouslyAllowInsecureOrigins') &&
    !isLoopbackEntry(entry)
  )
}

/**
 * Tells, in one pass over the characters, that an entry is a valid exact `https:` origin: a name
 * without `--` (so without Punycode), without a port, with a last label that begins with a letter.
 * Nearly every entry of a long list is such an origin. Any other entry, valid or not, is left to
 * {@link readEntry}.
 */
export function isExactHttpsOrigin(text: string): boolean {
  const dot = text.lastIndexOf('.')
  const first = text.charCodeAt(dot + 1)
  return (
    dot > 0 &&
    first >= 0x61 &&
    first <= 0x7a &&
    text.startsWith('https://') &&
    !text.includes('--') &&
    isLabels(text, false, 'https://'.length)
  )
}
