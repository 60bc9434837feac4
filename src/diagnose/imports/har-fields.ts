import type { HeaderLine } from '../../browser/wire.ts'

/** Gets a property of what may be anything. */
export function dig(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
}

/** Gets a text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Gets a whole number, which some tools write as a text; 0 where there is none. */
export function wholeOf(value: unknown): number {
  const number = typeof value === 'string' ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) ? number : 0
}

/** More lines than any browser takes. */
const MAX_LINES = 2000

/**
 * Reads header lines: a list of names and values, or an object. Firefox and proxies write several lines of a field into one value, with
 * line breaks between them.
 */
export function linesOf(headers: unknown): readonly HeaderLine[] {
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
    const title = textOf(dig(page, 'title')) ?? textOf(dig(page, '_url')) ?? ''
    if (/^https?:\/\//.test(title)) found.set(String(dig(page, 'id')), title)
  }
  return found
}
