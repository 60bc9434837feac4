import type { HeaderLine } from '../browser/wire.ts'

/** Hosts whose pages are logins. */
const LOGIN_HOSTS =
  /(^|\.)(login\.microsoftonline\.com|accounts\.google\.com|auth0\.com|okta\.com|onelogin\.com|login\.live\.com|github\.com|pingidentity\.com)$/

const LOGIN_PATH = /\/(login|log-in|signin|sign-in|sso|oauth2?|authorize|auth)(\/|\.|$)/i

/** Returns whether a URL is that of a login page, by its host or its path. */
export function isLogin(url: URL): boolean {
  return LOGIN_HOSTS.test(url.hostname) || LOGIN_PATH.test(url.pathname)
}

/**
 * Replaces a redirect to a login by a 401. A fetch cannot log in, so this is the advice for such a
 * redirect, beside the policy.
 *
 * @param said An answer.
 * @param url The URL that was requested.
 * @param onLogin Called with the address of the login page.
 */
export function withoutLogin<A extends { readonly status: number; readonly headers: readonly HeaderLine[] }>(
  said: A,
  url: string,
  onLogin: (page: URL) => void = () => {},
): A {
  const location = said.headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
  const isRedirect = said.status >= 300 && said.status <= 399 && location !== undefined
  const to = isRedirect ? URL.parse(location, url) : null
  if (to === null || !isLogin(to)) return said
  onLogin(to)
  return { ...said, status: 401, headers: said.headers.filter(([name]) => name.toLowerCase() !== 'location') }
}
