/**
 * Adds names to a `Vary` field. Names are compared case-insensitively, `*` covers all, and existing
 * names stay.
 *
 * @param names one or more names, joined by `, `
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5
 */
export function mergeVary(existing: string | null, names: string): string {
  if (!existing) return names
  const missing = names.split(', ').filter((name) => !listsName(existing, name.toLowerCase()))
  return [existing, ...missing].join(', ')
}

/** Tells whether a `Vary` field lists a name, or `*`. The name is in lower case. */
export function listsName(field: string, name: string): boolean {
  for (const element of field.toLowerCase().split(',')) {
    const listed = element.trim()
    if (listed === '*' || listed === name) return true
  }
  return false
}
