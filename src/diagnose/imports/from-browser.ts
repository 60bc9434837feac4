import type { HeaderLine } from '../../browser/wire.ts'
import { isForbiddenRequestHeader } from '../../spec/names.ts'
import type { PagelessRequest } from '../page-request.ts'

/** Headers that browsers add by themselves and that a page could set as well: a copied request does not say who did. */
const ADDED: readonly string[] = [
  'user-agent',
  'priority',
  'if-none-match',
  'if-modified-since',
  'accept',
  'accept-language',
  'upgrade-insecure-requests',
  'sec-gpc',
  'alt-used',
]

/** A request as developer tools and archives record it: with everything that the browser added. */
export interface RecordedRequest {
  readonly url: string
  readonly method: string
  readonly headers: readonly HeaderLine[]
  readonly body: string | null
}

/** What a recorded request tells about the page; `origin` is missing where it was not sent. */
export type PartialPageRequest = PagelessRequest & { readonly origin?: string }

/** Takes away what the browser added, and reads what it says about the page. */
export function asPageRequest({ url, method, headers, body }: RecordedRequest): PartialPageRequest {
  const get = (name: string) => headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
  const mode = get('Sec-Fetch-Mode')
  const cookie = get('Cookie')
  // "Disable cache" in the developer tools adds these two together.
  const isUncached = get('Cache-Control') === 'no-cache' && get('Pragma') === 'no-cache'
  const own = headers.filter(([name]) => {
    const lower = name.toLowerCase()
    if (lower.startsWith(':') || ADDED.includes(lower) || (isForbiddenRequestHeader(lower) && lower !== 'cookie'))
      return false
    return !(isUncached && (lower === 'cache-control' || lower === 'pragma'))
  })
  const origin = get('Origin') ?? originOfReferrer(get('Referer'))
  return {
    url,
    method,
    headers: own,
    ...(origin === undefined ? {} : { origin }),
    ...(cookie === undefined ? {} : { credentials: 'include' as const }),
    ...(mode === 'no-cors' || mode === 'same-origin' ? { mode } : {}),
    ...(body === null ? {} : { body }),
  }
}

/** Reads the origin of a page from the URL that it sends as referrer. */
export function originOfReferrer(referrer: string | undefined): string | undefined {
  const url = referrer === undefined ? null : URL.parse(referrer)
  return url === null || url.origin === 'null' ? undefined : url.origin
}
