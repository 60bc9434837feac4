import type { HeaderLine } from '../../browser/wire.ts'

/** The headers of a command while it is read. */
export interface HeaderDraft {
  readonly headers: HeaderLine[]
  /** Names that the command removes, in lower case. */
  readonly removed: string[]
  /** Sentences about what could not be read. */
  readonly notes: string[]
}

/**
 * Reads a header as curl does. `Name;` sends an empty value, and `Name:` removes a header of curl.
 */
export function addHeader(draft: HeaderDraft, line: string): void {
  if (line.startsWith('@')) {
    draft.notes.push(`headers are in a file, which is not read (-H ${line.slice(0, 60)}): add each with -H`)
    return
  }
  const colon = line.indexOf(':', line.startsWith(':') ? 1 : 0)
  const name = (colon > 0 ? line.slice(0, colon) : line.replace(/;\s*$/, '')).trim()
  const value = colon > 0 ? line.slice(colon + 1).trim() : ''
  if (colon > 0 && value === '') draft.removed.push(name.toLowerCase())
  else if (colon > 0 || /;\s*$/.test(line)) draft.headers.push([name, value])
}

/**
 * Reads the URL as curl does: a URL without a scheme is http, brackets may be escaped, and user and
 * password become a header.
 */
export function readUrlArgument(
  text: string,
  query: readonly string[],
): { readonly url: string; readonly user: string | null } {
  const plain = text
    .trim()
    .replace(/\\([[\]{}?&=])/g, '$1')
    .replace(/^<(.*)>$/, '$1')
  const variable = /\$(?:\w{1,60}|\{[^}]{0,60}\}|\([^)]{0,60}\))|\{\{[^}]{0,60}\}\}|%\w{1,60}%(?=[/:.]|$)/i.exec(plain)
  if (variable !== null && (plain.startsWith(variable[0]) || plain.indexOf(variable[0]) < hostEnd(plain))) {
    throw new TypeError(`the URL contains a variable (${variable[0].slice(0, 40)}): write its value`)
  }
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(plain) ? plain : `http://${plain}`
  const url = URL.parse(whole)
  if (url === null) return { url: whole, user: null }
  const user = url.username === '' && url.password === '' ? null : `${decoded(url.username)}:${decoded(url.password)}`
  if (user === null && query.length === 0) return { url: whole, user }
  url.username = ''
  url.password = ''
  url.search = [url.search, ...query].filter((part) => part !== '').join('&')
  return { url: url.href, user }
}

function hostEnd(url: string): number {
  return /^(?:[^:/?#]*:\/\/)?[^/?#]*/.exec(url)?.[0].length ?? 0
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** `btoa` takes only Latin-1. */
export function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text.slice(0, 4096))))
}
