import { trimHttpWhitespace } from '../spec/mime.ts'
import { isForbiddenRequestHeaderValue, isNoCorsSafelistedRequestHeader } from '../spec/safelist.ts'
import { isToken } from '../spec/tokens.ts'
import type { HeadersOf } from './fetch-types.ts'
import type { Mode } from './request.ts'
import type { HeaderLine } from './wire.ts'

/**
 * Fills the header list of a request as a `Headers` object with the guard "request" (or "request-no-cors") would, but keeps
 * repeated names apart: the standard judges them one by one.
 *
 * @throws TypeError for a name or a value that no header can have
 * @see https://fetch.spec.whatwg.org/#concept-headers-append
 */
export function readHeaders(
  init: HeadersOf | undefined,
  mode: Mode,
  bodyType: string | null,
  forbidsUserAgent: boolean,
): HeaderLine[] {
  const lines: HeaderLine[] = []
  for (const [name, raw] of pairs(init)) {
    const value = trimHttpWhitespace(raw)
    if (!isToken(name)) throw new TypeError(`${JSON.stringify(name)} is no header name`)
    if (!isHeaderValue(value)) throw new TypeError(`${JSON.stringify(value)} cannot be the value of ${name}`)
    if (isForbiddenRequestHeaderValue(name, value)) continue
    if (forbidsUserAgent && name.toLowerCase() === 'user-agent') continue
    if (mode === 'no-cors' && !isNoCorsSafelistedRequestHeader(name, joined(lines, name, value))) continue
    lines.push([name, value])
  }
  // "If bodyWithType's type is non-null and this's headers's header list does not contain `Content-Type`, then append."
  if (bodyType !== null && !lines.some(([name]) => name.toLowerCase() === 'content-type')) {
    lines.push(['Content-Type', bodyType])
  }
  return lines
}

function pairs(init: HeadersOf | undefined): Iterable<readonly [string, string]> {
  if (init === undefined) return []
  const source: unknown = init
  if (typeof source === 'object' && source !== null && Symbol.iterator in source) {
    return [...(source as Iterable<Iterable<string>>)].map((pair) => {
      const [name, value, ...rest] = pair
      if (name === undefined || value === undefined || rest.length > 0) {
        throw new TypeError('a header in a list is a pair of a name and a value')
      }
      return [String(name), String(value)]
    })
  }
  return Object.entries(source as Record<string, string>).map(([name, value]) => [name, String(value)])
}

function joined(lines: readonly HeaderLine[], name: string, value: string): string {
  const lower = name.toLowerCase()
  const values = lines.filter(([key]) => key.toLowerCase() === lower).map(([, earlier]) => earlier)
  return [...values, value].join(', ')
}

/** @see https://fetch.spec.whatwg.org/#header-value */
function isHeaderValue(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (code === 0 || code === 0x0a || code === 0x0d || code > 0xff) return false
  }
  return true
}
