import type { ForwardOrigin } from './create.ts'

const FORWARD_ORIGIN: readonly ForwardOrigin[] = ['strip', 'keep', 'rewrite']

/** What `setTimeout` can wait; anything longer fires at once. */
const LONGEST = 2_147_483_647

/**
 * Reads what becomes of the `Origin`; `name` is where it was written.
 *
 * @throws {TypeError} for anything but the three words.
 */
export function readForwardOrigin(value: unknown, name: string): ForwardOrigin {
  const known = FORWARD_ORIGIN.find((mode) => mode === value)
  if (known === undefined) throw new TypeError(`${name} is ${quote(value)}: write "strip", "keep" or "rewrite"`)
  return known
}

/**
 * Reads a time-out; `name` is where it was written, and `written` what stands there.
 *
 * @throws {TypeError} for anything but whole milliseconds that a timer can wait.
 */
export function readTimeout(value: unknown, name: string, written: unknown = value): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LONGEST) return value
  throw new TypeError(`${name} is ${quote(written)}: write whole milliseconds, or 0 to wait for ever`)
}

function quote(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}
