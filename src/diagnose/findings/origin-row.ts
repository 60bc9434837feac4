import { mdnError } from './links.ts'

/** What rows about `Access-Control-Allow-Origin` have in common. */
export const ORIGIN_ROW = { severity: 'error', at: 'response', header: 'Access-Control-Allow-Origin' } as const

/** MDN on a value that is another origin. */
export const MISMATCH: string = mdnError('CORSAllowOriginNotMatchingOrigin')

/** The standard on how an origin is written. */
export const SERIALIZED = 'https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin'

/** The change that most of them need. */
export const LIST_IT = {
  where: 'server',
  advice: 'List "{origin}" exactly as browsers write it.',
  policy: true,
} as const

/** How a refused origin shows. */
export const REFUSED = [
  'allow-origin-missing',
  'allow-origin-mismatch',
  'allow-origin-malformed',
  'preflight-status',
] as const
