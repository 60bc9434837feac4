import type { HeaderLine } from '../../browser/wire.ts'
import { READ } from '../../spec/fields.ts'
import { asPageRequest, type PartialPageRequest } from './from-browser.ts'

/** One request of an archive. */
export interface HarEntry {
  /** Its place in the archive, from 0. */
  readonly index: number
  readonly request: PartialPageRequest
  /** Whether the browser got no answer for the page: status 0, or an error. */
  readonly isBlocked: boolean
}

/**
 * Reads the requests of a HAR archive, preflights left out. Of a broken archive it reads what it can.
 *
 * @throws TypeError for what is no archive
 *
 * @example
 * const blocked = parseHar(text).filter((entry) => entry.isBlocked)
 */
export function parseHar(text: string): readonly HarEntry[] {
  let archive: unknown
  try {
    archive = JSON.parse(text)
  } catch {
    throw new TypeError('this is no HAR file: it is not JSON')
  }
  const entries = dig(dig(archive, 'log'), 'entries')
  if (!Array.isArray(entries)) throw new TypeError('this is no HAR file: log.entries is missing')
  return entries.flatMap((entry: unknown, index) => {
    const request = dig(entry, 'request')
    const url = dig(request, 'url')
    const method = dig(request, 'method')
    if (typeof url !== 'string' || typeof method !== 'string' || !/^https?:/.test(url)) return []
    const headers = headerLines(dig(request, 'headers'))
    if (method === 'OPTIONS' && headers.some(([name]) => name.toLowerCase() === READ.method)) return []
    const body = dig(dig(request, 'postData'), 'text')
    const status = dig(dig(entry, 'response'), 'status')
    return [
      {
        index,
        request: asPageRequest({ url, method, headers, body: typeof body === 'string' ? body : null }),
        isBlocked: status === 0 || typeof dig(dig(entry, 'response'), '_error') === 'string',
      },
    ]
  })
}

function dig(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
}

function headerLines(headers: unknown): HeaderLine[] {
  if (!Array.isArray(headers)) return []
  return headers.flatMap((header: unknown) => {
    const name = dig(header, 'name')
    const value = dig(header, 'value')
    return typeof name === 'string' && typeof value === 'string' ? [[name, value] as const] : []
  })
}
