import { closedCors } from './chosen.ts'
import type { Cors } from './types.ts'

/** How many causes are remembered. A cause that names what a client sent is a new one each time. */
const MAX_REMEMBERED = 64

/**
 * Makes what is answered where no policy can be had: nobody is allowed. Why is printed once for each cause, or it would be printed at
 * every request. Never throws.
 */
export function createRefusal(): (why: unknown) => Cors {
  const said = new Set<string>()
  let closed: Cors | undefined
  return (why) => {
    const cause = textOf(why)
    if (!said.has(cause)) {
      if (said.size === MAX_REMEMBERED) said.clear()
      said.add(cause)
      print(why)
    }
    closed ??= closedCors('pass')
    return closed
  }
}

/** What was thrown may be anything: an object without a prototype has no text. */
function textOf(why: unknown): string {
  try {
    return String(why)
  } catch {
    return ''
  }
}

/** What cannot be printed must not open what is closed. */
function print(why: unknown): void {
  try {
    // biome-ignore lint/suspicious/noConsole: a policy that cannot be had must not be missed in silence.
    console.error(why)
  } catch {}
}
