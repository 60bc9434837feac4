/** Returns a header line, or none for an empty value. */
export function line(name: string, value: string): readonly (readonly [name: string, value: string])[] {
  return value === '' ? [] : [[name, value]]
}
