import { isLabels } from '../spec/origins.ts'

const START = 'https://'

/**
 * Proves with one look at each character that an entry is an exact https: origin that holds: labels without `--`, so without Punycode,
 * the last of which begins with a letter, and no port. That is nearly every entry of a long list. Whatever else there is, sound or not,
 * is for `readEntry`.
 */
export function isPlainOrigin(text: string): boolean {
  const dot = text.lastIndexOf('.')
  const first = text.charCodeAt(dot + 1)
  return (
    dot > 0 &&
    first >= 0x61 &&
    first <= 0x7a &&
    text.startsWith(START) &&
    !text.includes('--') &&
    isLabels(text, false, START.length)
  )
}
