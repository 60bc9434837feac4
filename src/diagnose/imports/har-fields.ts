import type { HeaderLine } from '../../browser/wire.ts'

/** Returns a property of an unknown value. */
export function dig(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
}

/** Returns a text. */
export function readString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Returns a whole number, which some tools write as text; 0 without one. */
export function readWholeNumber(value: unknown): number {
  const number = typeof value === 'string' ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) ? number : 0
}

/** A limit. No browser accepts more lines. */
const MAX_LINES = 2000

/**
 * Reads header lines from a list of names and values, or from an object. Firefox and proxies join
 * several lines of a field with line breaks.
 */
export function readHeaderLines(headers: unknown): readonly HeaderLine[] {
  const pairs: readonly unknown[] = Array.isArray(headers)
    ? headers.slice(0, MAX_LINES).map((header: unknown) => [dig(header, 'name'), dig(header, 'value')])
    : typeof headers === 'object' && headers !== null
      ? Object.entries(headers).slice(0, MAX_LINES)
      : []
  return pairs.flatMap((pair) => {
    const [name, value] = pair as readonly unknown[]
    if (typeof name !== 'string' || typeof value !== 'string') return []
    return value.split(/\r?\n/).map((line): HeaderLine => [name, line])
  })
}

/** Reads the addresses of the pages by their ids. Chrome and Safari write them as titles. */
export function pagesOf(archive: unknown): ReadonlyMap<string, string> {
  const pages = dig(dig(archive, 'log'), 'pages')
  const found = new Map<string, string>()
  if (!Array.isArray(pages)) return found
  for (const page of pages.slice(0, MAX_LINES)) {
    const address = [dig(page, 'title'), dig(page, '_url')].find((text) => /^https?:\/\//.test(readString(text) ?? ''))
    if (typeof address === 'string') found.set(String(dig(page, 'id')), address)
  }
  return found
}
