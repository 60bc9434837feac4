/** A path that is still not plain after so many rounds was made to be misread. */
const MAX_ROUNDS = 8

/**
 * Tells whether a path would climb at a server that reads it less strictly than the URL Standard: one that decodes it once more
 * before it resolves dot segments (`..%2f`, `%252e%252e%5c`), that takes `..;` for one, as servlet containers do, that stops reading
 * at a NUL, or that drops white space.
 */
export function climbs(pathname: string): boolean {
  const path = decoded(pathname)
  return path === null || path.split(/[/\\]/).some(isParent)
}

/** Null for what never becomes plain. */
function decoded(pathname: string): string | null {
  let path = pathname
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = path
      .replaceAll(/%(?:25)+/g, '%')
      // Overlong UTF-8 and the notation of old IIS: no standard has them, and servers were climbed with both.
      .replaceAll(/%(c0%|c1%|e0%80%)([89ab][0-9a-f])/gi, (_, lead: string, hex: string) => overlong(lead, hex))
      .replaceAll(/%(?:u00)?([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    if (next === path) return path
    path = next
  }
  return null
}

/** The last byte holds six bits of the character: `%c0%ae` is `.`, `%c0%af` is `/`, `%c1%9c` is a backslash. */
function overlong(lead: string, hex: string): string {
  return String.fromCharCode(
    (lead.startsWith('c1') || lead.startsWith('C1') ? 0x40 : 0) | (Number.parseInt(hex, 16) & 0x3f),
  )
}

/** Whatever follows `;`, `?`, `#` or a NUL belongs to no name, and control characters and spaces are dropped by somebody. */
function isParent(segment: string): boolean {
  const [name = ''] = segment.split(/[;?#\0]/)
  return name.replaceAll(/[\0-\x20\x7f]/g, '') === '..'
}
