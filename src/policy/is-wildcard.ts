/** Tells whether an option is `'*'`, alone in a list or without one. */
export function isWildcard(value: unknown): boolean {
  return value === '*' || (Array.isArray(value) && value.length === 1 && value[0] === '*')
}
