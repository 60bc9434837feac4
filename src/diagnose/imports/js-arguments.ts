import { isMade, isUnknown, membersOf, readLiteral, SPREAD } from './literal.ts'
import { skipBlank } from './literal-text.ts'

/** The arguments of a call, and the place behind the last of them. */
interface Arguments {
  readonly values: readonly unknown[]
  readonly end: number
}

/** Reads the arguments of a call. */
export function argumentsAt(source: string, start: number): readonly unknown[] {
  return readArguments(source, start).values
}

/** Reads the arguments of a call, and where they end. */
export function readArguments(source: string, start: number): Arguments {
  const values: unknown[] = []
  let at = start
  for (;;) {
    if (source.charAt(skipBlank(source, at)) === ')') return { values, end: at }
    const { value, end } = readLiteral(source, at)
    values.push(value)
    at = skipBlank(source, end)
    if (source.charAt(at) !== ',') return { values, end: at }
    at++
  }
}

const WRITE_OUT = 'write them out, or use corsmith check <url> --origin … with -X and -H'

/**
 * Reads the options of a call.
 *
 * @throws {TypeError} for options that are computed, as a whole or in part
 */
export function optionsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (isUnknown(value)) throw new TypeError(`the options of the call are computed (${value.unknown}): ${WRITE_OUT}`)
  if (typeof value !== 'object' || value === null || isMade(value)) return {}
  const members = membersOf(value)
  for (const [name, held] of members)
    if (name.startsWith(SPREAD) && isUnknown(held))
      throw new TypeError(`some options of the call are computed (${held.unknown}): ${WRITE_OUT}`)
  return Object.fromEntries(members)
}
