import { isDigits } from '../spec/safelist.ts'

/**
 * Tells whether Chromium lets a page set a header without permission because it is a client hint with a value of the right form.
 * They say something about the device and nothing about the origin; the standard does not know them.
 */
export function isSafelistedClientHint(name: string, value: string): boolean {
  if (value.length > 128) return false
  switch (name.toLowerCase()) {
    case 'device-memory':
    case 'downlink':
    case 'dpr':
      return isDecimal(value)
    case 'rtt':
    case 'viewport-width':
    case 'width':
      return isDigits(value)
    case 'ect':
      return ['slow-2g', '2g', '3g', '4g'].includes(value)
    case 'save-data':
      return value.toLowerCase() === 'on'
    case 'intervention':
      return true
    default:
      return false
  }
}

/** Tells whether a header is a client hint that Chromium takes back when a request is redirected. */
export function isClientHint(name: string): boolean {
  return ['device-memory', 'downlink', 'dpr', 'ect', 'rtt', 'viewport-width', 'width'].includes(name.toLowerCase())
}

function isDecimal(value: string): boolean {
  const [whole = '', fraction, ...rest] = value.split('.')
  return rest.length === 0 && isDigits(whole) && (fraction === undefined || isDigits(fraction))
}
