import type { AnyDivergence } from './divergences.ts'

/** Divergences in what a site is, and in what needs no server. */
export const SITES_DIVERGENCES: readonly AnyDivergence[] = [
  {
    rule: 'addressesAreNoSite',
    summary: 'two ports of one IP address are not the same site for Cross-Origin-Resource-Policy',
    spec: 'https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check',
    engines: { chromium: true },
    evidence: {
      page: 'fetch(B, {"mode": "no-cors"})',
      server: ['0 on B: preflight 204; request 200 Cross-Origin-Resource-Policy: same-site'],
      observed: {
        chromium: 'Chromium 156.0.8078.79: B GET → network error (net::ERR_BLOCKED_BY_RESPONSE.NotSameSite)',
      },
    },
  },
  {
    rule: 'suffixesAreSites',
    summary: 'for Cross-Origin-Resource-Policy a page on a public suffix has every host below it as its site',
    spec: 'https://html.spec.whatwg.org/multipage/browsers.html#schemelessly-same-site',
    engines: { webkit: true },
    evidence: {
      page: 'on localhost: fetch(B, {"mode": "no-cors"})',
      server: ['0 on B, host api.localhost: 200 Cross-Origin-Resource-Policy: same-site'],
      observed: { webkit: 'WebKitGTK 2.50.6: B GET → 0 opaque' },
    },
  },
  {
    rule: 'siteIgnoresScheme',
    summary: 'Sec-Fetch-Site calls http: and https: of one registrable domain the same site',
    spec: 'https://html.spec.whatwg.org/multipage/browsers.html#same-site',
    engines: { firefox: true },
    evidence: {
      page: 'on www.site.localhost: fetch(T)',
      server: ['0 on T, https:, host api.site.localhost: 200 Access-Control-Allow-Origin: *'],
      observed: { firefox: 'Firefox 153.8.0: T GET Origin {A}, Sec-Fetch-Site: same-site → 200 cors' },
    },
  },
  {
    rule: 'siteAfterRedirect',
    summary:
      'Sec-Fetch-Site is cross-site after a redirect by a URL of the scheme http, unless every hop is same-origin; or absent where a request of the mode "cors" was just led to another origin',
    spec: 'https://w3c.github.io/webappsec-fetch-metadata/#fetch-integration',
    engines: { firefox: 'http-crosses', webkit: 'absent' },
    evidence: {
      page: 'on www.site.localhost: fetch(B)',
      server: [
        '0 on B, host api.site.localhost: 302 Access-Control-Allow-Origin: * Location: {1}',
        '1 on C, host api.site.localhost: 200 Access-Control-Allow-Origin: *',
      ],
      observed: {
        firefox:
          'Firefox 153.8.0: B GET Origin {A}, Sec-Fetch-Site: same-site, C GET Origin null, Sec-Fetch-Site: cross-site → 200 cors',
        webkit:
          'WebKitGTK 2.50.6: B GET Origin {A}, Sec-Fetch-Site: same-site, C GET Origin null, no Sec-Fetch-Site → 200 cors',
      },
    },
  },
  {
    rule: 'preflightSiteIsOwn',
    summary: 'Sec-Fetch-Site of a preflight goes by its own URL alone, whatever the hops before',
    spec: 'https://w3c.github.io/webappsec-fetch-metadata/#fetch-integration',
    engines: { chromium: true, firefox: true },
    evidence: {
      page: 'on www.site.localhost: fetch(B, {"method": "PUT"})',
      server: [
        '0 on B, host other.localhost: preflight 204 Access-Control-Allow-Origin: * Access-Control-Allow-Methods: *; request 307 Access-Control-Allow-Origin: * Location: {1}',
        '1 on C, host api.site.localhost: preflight 204 Access-Control-Allow-Origin: * Access-Control-Allow-Methods: *; request 200 Access-Control-Allow-Origin: *',
      ],
      observed: {
        chromium:
          'Chromium 156.0.8078.108: Sec-Fetch-Site: cross-site, cross-site, same-site on the preflight of C, cross-site → 200 cors',
        firefox:
          'Firefox 153.8.0: Sec-Fetch-Site: cross-site, cross-site, same-site on the preflight of C, cross-site → 200 cors',
      },
    },
  },
  {
    rule: 'dataHasLength',
    summary: 'the answer to a data: URL has a Content-Length',
    spec: 'https://fetch.spec.whatwg.org/#scheme-fetch',
    engines: { firefox: true },
    evidence: {
      page: 'fetch("data:,x")',
      server: [],
      observed: { firefox: 'Firefox 153.8.0: nothing sent → 200 basic [Content-Length, Content-Type]' },
    },
  },
  {
    rule: 'dataNeedsFollow',
    summary: 'the mode "no-cors" wants the redirect mode "follow" for data: URLs too',
    spec: 'https://fetch.spec.whatwg.org/#concept-main-fetch',
    engines: { webkit: true },
    evidence: {
      page: 'fetch("data:,x", {"mode": "no-cors", "redirect": "manual"})',
      server: [],
      observed: { webkit: 'WebKitGTK 2.50.6: nothing sent → network error' },
    },
  },
]
