/**
 * Tells whether every `xn--` label of a lower-case host decodes to a name in another script.
 *
 * Read here and not left to the URL parser: runtimes disagree about malformed labels, and a policy that constructs on one of them
 * has to construct on all.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3492#section-6.2
 */
export function isReadablePunycode(host: string): boolean {
  return (
    !host.includes('xn--') || host.split('.').every((label) => !label.startsWith('xn--') || decodes(label.slice(4)))
  )
}

const DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789'
const BASE = DIGITS.length
const T_MIN = 1
const T_MAX = 26
const SKEW = 38
const DAMP = 700

/** The first code point that a label can be written in Punycode for. */
const FIRST_LETTER = 0xa1

function decodes(text: string): boolean {
  let at = text.lastIndexOf('-') + 1
  let written = Math.max(at - 1, 0)
  let code = 0x80
  let position = 0
  let bias = 72
  if (at === text.length) return false
  while (at < text.length) {
    const before = position
    let digit = 0
    let threshold = 0
    for (let weight = 1, k = BASE; digit >= threshold; k += BASE) {
      digit = DIGITS.indexOf(text.charAt(at) || '-')
      at += 1
      if (digit < 0 || position > 0x7fffffff) return false
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
