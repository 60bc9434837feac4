import { type OriginEntry, readEntry } from '../policy/check/origin-entry.ts'

/** The kinds of entries in `origins`, by what a target needs to express them. */
export type OriginKind =
  /** One web origin. */
  | 'exact'
  /** One origin of an app or an extension. */
  | 'app'
  /** `https://*.example.com`: any number of whole labels. */
  | 'labels'
  /** `https://app-*.example.com`: a part of the first label. */
  | 'part'
  /** `http://localhost:*`: any port. */
  | 'ports'
  /** `http://*.localhost:*`: labels, and any port. */
  | 'labels-ports'
  /** `moz-extension://*`: any host. */
  | 'any-host'

/** All kinds, for targets that take regular expressions. */
export const EVERY_KIND: readonly OriginKind[] = ['exact', 'app', 'labels', 'part', 'ports', 'labels-ports', 'any-host']

/** An entry of `origins`, in the forms that other servers take. */
export interface Origin {
  /** The entry as the policy writes it. */
  readonly text: string
  readonly kind: OriginKind
  /**
   * A regular expression for the same origins, anchored at both ends. PCRE, RE2, POSIX, Java, .NET,
   * Python and Ruby all read it alike.
   */
  readonly regex: string
  /**
   * The same as several small expressions, for Envoy, which refuses a program of more than 100
   * instructions. They do not limit the length of a label, because DNS does.
   */
  readonly small: readonly string[]
}

/** Parses an entry of a policy; returns null for a text that is not an entry. */
export function toOrigin(text: string): Origin | null {
  const { entry } = readEntry(text)
  if (entry === undefined) return null
  return { text, kind: kindOf(entry), regex: `^${regexOf(entry)}$`, small: smallOf(entry).map((part) => `^${part}$`) }
}

/** Joins a list into one expression that matches every origin of it. */
export function anyOf(origins: readonly Origin[]): string {
  return `^(${origins.map(({ regex }) => regex.slice(1, -1)).join('|')})$`
}

function kindOf(entry: OriginEntry): OriginKind {
  if (entry.kind === 'any-host') return 'any-host'
  if (entry.kind === 'any-port') return 'ports'
  if (entry.kind !== 'pattern') return entry.scheme === 'http' || entry.scheme === 'https' ? 'exact' : 'app'
  if (entry.anyPort) return 'labels-ports'
  return entry.wholeLabels ? 'labels' : 'part'
}

/** The longest label of a host name. */
const LABEL = 63

function regexOf(entry: OriginEntry): string {
  const port = `(:${entry.scheme === 'https' ? PORTS_BUT_443 : PORTS_BUT_80})?`
  switch (entry.kind) {
    case 'exact':
      return escapeRegExp(entry.text)
    case 'any-port':
      return escapeRegExp(entry.text.slice(0, -2)) + port
    case 'any-host':
      return `${escapeRegExp(`${entry.scheme}://`)}[a-z0-9._~-]{1,253}`
    case 'pattern': {
      const { before, behind, wholeLabels, anyPort } = entry
      const end = escapeRegExp(anyPort ? behind.replace(/:\*$/, '') : behind) + (anyPort ? port : '')
      if (wholeLabels) return `${escapeRegExp(before)}(${WHOLE_LABEL}\\.)+${end.slice(2)}`
      const head = before.slice(before.indexOf('://') + 3)
      const tail = behind.slice(0, behind.indexOf('.'))
      const room = LABEL - head.length - tail.length
      const filling = /[a-z0-9]/.test(head + tail) ? `[a-z0-9_-]{1,${room}}` : `[a-z0-9][a-z0-9_-]{0,${room - 1}}`
      return `${escapeRegExp(before)}${filling}${end}`
    }
  }
}

/**
 * A label with at least one letter or digit. Its two forms differ in the first character, so there is
 * one way to match a label: with two ways for each label, a long origin that fails would take a
 * backtracking engine longer than anyone waits.
 */
export const WHOLE_LABEL = '([a-z0-9][a-z0-9_-]{0,62}|[_-]{1,31}[a-z0-9][a-z0-9_-]{0,31})'
/** Every port but the default ones, which origins do not contain. */
const LONG_PORTS = '[1-9][0-9]{3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]'
const SHORT_BUT_80 = '[1-9]|[1-79][0-9]|8[1-9]|[1-9][0-9]{2}'
const SHORT_BUT_443 = '[1-9]|[1-9][0-9]|[1-35-9][0-9]{2}|4[0-35-9][0-9]|44[0-24-9]'
const PORTS_BUT_80 = `(${SHORT_BUT_80}|${LONG_PORTS})`
const PORTS_BUT_443 = `(${SHORT_BUT_443}|${LONG_PORTS})`

function smallOf(entry: OriginEntry): readonly string[] {
  const escaped = escapeRegExp(entry.text)
  if (entry.kind === 'exact') return [escaped]
  if (entry.kind === 'any-host') return [escaped.replace('\\*', '[a-z0-9._~-]+')]
  const isAnyPort = entry.kind === 'any-port' || (entry.kind === 'pattern' && entry.anyPort)
  const host = (isAnyPort ? escaped.slice(0, -':\\*'.length) : escaped).replace(
    '\\*',
    entry.kind === 'pattern' && entry.wholeLabels
      ? '([a-z0-9_-]*[a-z0-9][a-z0-9_-]*\\.)*[a-z0-9_-]*[a-z0-9][a-z0-9_-]*'
      : '[a-z0-9_-]+',
  )
  if (!isAnyPort) return [host]
  const short = entry.scheme === 'https' ? SHORT_BUT_443 : SHORT_BUT_80
  return [host, `${host}:(${short})`, ...LONG_PORTS.split('|').map((ports) => `${host}:${ports}`)]
}

/** Escapes a text for a regular expression. */
export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
