import { mdnError } from './links.ts'

/** Shared values of rows about `Access-Control-Allow-Origin`. */
export const ORIGIN_ROW = { severity: 'error', at: 'response', header: 'Access-Control-Allow-Origin' } as const

/** MDN's page on a value that is another origin. */
export const MISMATCH: string = mdnError('CORSAllowOriginNotMatchingOrigin')

/** The standard on how an origin is written. */
export const SERIALIZED = 'https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin'

/** The change that most of these rows need. */
export const LIST_IT = {
  where: 'server',
  advice: 'List "{origin}" exactly as browsers write it.',
  policy: true,
} as const

/** The failures that a refused origin can cause. */
export const REFUSED = [
  'allow-origin-missing',
  'allow-origin-mismatch',
  'allow-origin-malformed',
  'preflight-status',
] as const
