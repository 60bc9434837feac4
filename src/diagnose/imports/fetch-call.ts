import type { HeaderLine } from '../../browser/wire.ts'
import { asPageRequest, originOfReferrer, type PartialPageRequest } from './from-browser.ts'
import { readLiteral } from './literal.ts'

/**
 * Reads "Copy as fetch", or a `fetch(…)` call from source code whose arguments are literals. Nothing is evaluated.
 *
 * @throws TypeError for what is no such call
 *
 * @example
 * parseFetch('fetch("https://api.example.com/", { "method": "PUT", "credentials": "include" })').method // 'PUT'
 */
export function parseFetch(source: string): PartialPageRequest {
  const open = /\bfetch\s*\(/.exec(source)
  if (open === null) throw new TypeError('this is no fetch(…) call: paste "Copy as fetch" whole')
  try {
    const first = readLiteral(source, open.index + open[0].length)
    const comma = /^\s*,/.exec(source.slice(first.end))
    const hasOptions = comma !== null && /^\s*\)/.exec(source.slice(first.end + comma[0].length)) === null
    const second = hasOptions ? readLiteral(source, first.end + (comma?.[0].length ?? 0)).value : {}
    return toRequest(first.value, second)
  } catch (error) {
    if (error instanceof TypeError) throw error
    throw new TypeError(
      'this fetch(…) call is not made of literals alone: put the values in the place of the variables',
    )
  }
}

function toRequest(url: unknown, options: unknown): PartialPageRequest {
  if (typeof url !== 'string') throw new TypeError('the first argument of fetch() is not a text: write the URL there')
  const init = (typeof options === 'object' && options !== null ? options : {}) as Record<string, unknown>
  const method = typeof init.method === 'string' ? init.method : 'GET'
  const body = typeof init.body === 'string' ? init.body : null
  const recorded = asPageRequest({ url, method, headers: headerLines(init.headers), body })
  const origin = recorded.origin ?? originOfReferrer(text(init.referrer))
  const credentials = text(init.credentials)
  const mode = text(init.mode)
  return {
    ...recorded,
    ...(origin === undefined ? {} : { origin }),
    ...(credentials === 'include' || credentials === 'omit' || credentials === 'same-origin' ? { credentials } : {}),
    ...(mode === 'cors' || mode === 'no-cors' || mode === 'same-origin' ? { mode } : {}),
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function headerLines(headers: unknown): HeaderLine[] {
  if (Array.isArray(headers)) return headers.map((pair): HeaderLine => [String(pair?.[0]), String(pair?.[1])])
  if (typeof headers !== 'object' || headers === null) return []
  return Object.entries(headers).map(([name, value]): HeaderLine => [name, String(value)])
}
