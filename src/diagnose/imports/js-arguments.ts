import { readLiteral } from './literal.ts'

/** Reads the arguments of a call. */
export function argumentsAt(source: string, start: number): readonly unknown[] {
  const found: unknown[] = []
  let at = start
  for (;;) {
    if (/^\s*\)/.test(source.slice(at, at + 200))) return found
    const { value, end } = readLiteral(source, at)
    found.push(value)
    const comma = /^\s*,/.exec(source.slice(end, end + 200))
    if (comma === null) return found
    at = end + comma[0].length
  }
}
