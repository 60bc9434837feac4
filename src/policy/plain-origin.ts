import { MAX_HOST } from '../spec/origins.ts'

const START = 'https://'
const DOT = 0x2e

/**
 * Proves in one look at each character that an entry is an exact https: origin that holds: labels of lower-case letters, digits, `_`
 * and single inner hyphens, two of them at least, the last of which begins with a letter, and no port. That is nearly every entry of
 * a long list. Whatever else there is, sound or not, is for `readEntry`.
 */
export function isPlainOrigin(text: string): boolean {
  const { length } = text
  if (length > START.length + MAX_HOST || !text.startsWith(START)) return false
  let before = DOT
  let start = START.length
  for (let i = start; i < length; i++) {
    const code = text.charCodeAt(i)
    const isInner = (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f
    // What is neither dot nor hyphen, or stands behind another one, "xn--" with it, is not plain.
    if (!isInner && ((code !== DOT && code !== 0x2d) || before === DOT || before === 0x2d)) return false
    if (code === DOT) {
      if (i - start > 63) return false
      start = i + 1
    }
    before = code
  }
  const last = text.charCodeAt(start)
  return (
    start > START.length && length - start <= 63 && before !== DOT && before !== 0x2d && last >= 0x61 && last <= 0x7a
  )
}
