/** Exhibits of what a site is, of `data:` URLs, and of what a preflight is asked and told. */
import type { BrowserRules } from '../../src/browser.ts'
import { ANY, at, exhibit, location, O, open, PUT } from './recipes.ts'
import type { Scenario } from './scenario.ts'

/** One exhibit for each rule. */
export const SITE_EXHIBITS: Partial<Readonly<Record<keyof BrowserRules, Scenario>>> = {
  addressesAreNoSite: exhibit(
    'addressesAreNoSite',
    [{ mode: 'no-cors' }],
    at([], [['Cross-Origin-Resource-Policy', 'same-site']]),
  ),
  suffixesAreSites: exhibit(
    'suffixesAreSites',
    [{ mode: 'no-cors' }],
    [{ site: 'B', host: 'api.localhost', act: { headers: [['Cross-Origin-Resource-Policy', 'same-site']] } }],
    { page: 'localhost' },
  ),
  siteIgnoresScheme: exhibit(
    'siteIgnoresScheme',
    [{}],
    [{ site: 'T', host: 'api.site.localhost', act: { headers: [ANY] } }],
    { page: 'www.site.localhost' },
  ),
  siteAfterRedirect: exhibit(
    'siteAfterRedirect',
    [{}],
    [
      { site: 'B', host: 'api.site.localhost', act: { status: 302, headers: [ANY, location('{1}')] } },
      { site: 'C', host: 'api.site.localhost', act: { headers: [ANY] } },
    ],
    { page: 'www.site.localhost' },
  ),
  preflightSiteIsOwn: exhibit(
    'preflightSiteIsOwn',
    [PUT],
    [
      { ...open('B', { status: 307, headers: [location('{1}')] }), host: 'other.localhost' },
      { ...open('C'), host: 'api.site.localhost' },
    ],
    { page: 'www.site.localhost' },
  ),
  preflightsBeforeMode: exhibit(
    'preflightsBeforeMode',
    [{ method: 'POST', mode: 'same-origin', streamBody: true, body: 'x' }],
    at([O]),
  ),
  dataHasLength: exhibit('dataHasLength', [{}], [{ site: 'B', url: 'data:,x' }]),
  dataNeedsFollow: exhibit(
    'dataNeedsFollow',
    [{ mode: 'no-cors', redirect: 'manual' }],
    [{ site: 'B', url: 'data:,x' }],
  ),
  locationAsCharacters: exhibit(
    'locationAsCharacters',
    [{}],
    [
      { site: 'A', act: { status: 302, headers: [location('{1}?\xe2\x98\x83\xff')] } },
      { site: 'A', act: {} },
    ],
  ),
  preflightTakesRedirectMode: exhibit(
    'preflightTakesRedirectMode',
    [{ ...PUT, redirect: 'manual' }],
    [{ site: 'B', pre: { status: 302, headers: [O, location('{0}')] } }],
  ),
  uploadAllowsMethod: exhibit(
    'uploadAllowsMethod',
    [{ ...PUT, initiator: 'xhr', uploadListener: true, body: 'x' }],
    at([O]),
  ),
}
