// Punycode, as a browser decodes it. The URL parser is not asked, because runtimes disagree about
// malformed labels: Node accepts them, Bun and Deno do not. A policy must construct on all runtimes
// or on none.

/** The parameters of Punycode. @see https://www.rfc-editor.org/rfc/rfc3492#section-5 */
const BASE = 36
const T_MIN = 1
const T_MAX = 26
const SKEW = 38
const DAMP = 700
const INITIAL_BIAS = 72
const INITIAL_CODE = 0x80

/** The first code point for which Punycode is used. */
const FIRST_LETTER = 0xa1

/**
 * Tells whether every `xn--` label of a lower-case host decodes to a name in another script.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3492#section-6.2
 */
export function isReadablePunycode(host: string): boolean {
  return host.split('.').every((label) => !label.startsWith('xn--') || decodes(label.slice(4)))
}

function decodes(text: string): boolean {
  let at = text.lastIndexOf('-') + 1
  let written = Math.max(at - 1, 0)
  let code = INITIAL_CODE
  let position = 0
  let bias = INITIAL_BIAS
  if (at === text.length) return false
  while (at < text.length) {
    const before = position
    let digit = 0
    let threshold = 0
    for (let weight = 1, k = BASE; digit >= threshold; k += BASE) {
      // The digits are `a` to `z`, then `0` to `9`. Those of JavaScript begin with `0`.
      digit = (Number.parseInt(text.charAt(at), BASE) + T_MAX) % BASE
      at += 1
      if (Number.isNaN(digit) || position > 0x7fffffff) return false
      position += digit * weight
      threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX)
      weight *= BASE - threshold
    }
    written += 1
    bias = adapt(position - before, written, before === 0)
    code += Math.floor(position / written)
    position = (position % written) + 1
    if (code < FIRST_LETTER || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return false
  }
  return true
}

function adapt(delta: number, length: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? DAMP : 2))
  rest += Math.floor(rest / length)
  let k = 0
  for (; rest > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) rest = Math.floor(rest / (BASE - T_MIN))
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW))
}
