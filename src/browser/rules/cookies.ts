/** Rules about cookies. A page that was given no cookie jar has none of these. */
export const COOKIE_RULES = {
  sameSiteByDefault: {
    doc: 'Whether a cookie without SameSite goes to the site of the page only, as one with SameSite=Lax does.',
    spec: 'https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-the-samesite-attribute',
    standard: true,
    firefox: false,
  },
  sameSiteNoneNeedsSecure: {
    doc: 'Whether a cookie with SameSite=None is refused where it has no Secure.',
    spec: 'https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-storage-model',
    standard: true,
    webkit: false,
  },
  cookieSiteIgnoresScheme: {
    doc: 'Whether http: and https: of one registrable domain are the same site for SameSite.',
    spec: 'https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-same-site-and-cross-site-re',
    standard: false,
    firefox: true,
    webkit: true,
  },
  loopbackIsSecure: {
    doc: "Whether cookies with Secure are stored and sent over http: on the user's own computer, such as localhost.",
    spec: 'https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-the-secure-attribute',
    standard: true,
    webkit: false,
  },
  thirdPartyCookies: {
    doc: 'What happens to cookies of another site than the page\'s: "allow" stores and sends them, "partition" does so per site of the page, "block" does neither.',
    spec: 'https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-third-party-cookies',
    standard: 'allow',
    firefox: 'partition',
    webkit: 'block',
  },
  keepsPartitioned: {
    doc: 'Whether a cookie with Partitioned is stored where other cookies of another site are blocked.',
    spec: 'https://datatracker.ietf.org/doc/html/draft-cutler-httpbis-partitioned-cookies#section-2.1',
    standard: true,
    webkit: false,
  },
} as const
