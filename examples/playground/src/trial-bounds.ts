/** What the test endpoint answers, for the page that asks and for the endpoint that refuses. */

/** Redirects are followed, and these are acted upon: by asking for a password, by trying again, by looking into a cache. */
const ACTED_UPON: readonly number[] = [407, 408, 421, 425]

/** Tells whether the endpoint answers with a status. */
export function isAnswered(status: number): boolean {
  const isFinal = (status >= 200 && status < 300) || (status >= 400 && status < 600)
  return Number.isInteger(status) && isFinal && !ACTED_UPON.includes(status)
}

/** What belongs to the connection, or leaves something behind in the browser. */
const UNSENT =
  /^(connection|keep-alive|transfer-encoding|content-length|content-encoding|upgrade|trailer|te|date|proxy-.*|set-cookie2?|clear-site-data|www-authenticate|strict-transport-security|public-key-pins|alt-svc|nel|report-to|reporting-endpoints|accept-ch|critical-ch|refresh|content-security-policy.*)$/i

/** Tells whether the endpoint sends a header of this name for a handler. */
export function isSent(name: string): boolean {
  return !UNSENT.test(name)
}
