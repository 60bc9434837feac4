import { type Template, templates } from './template.ts'

/** Internet Explorer and the first Edge. They number their lines in every language. */
export const TRIDENT: readonly Template[] = templates('trident', [
  [
    'allow-origin-missing',
    'SEC7120',
    /SEC7120:?(?: \[CORS\])?(?: (?:The )?[Oo]rigin '?(?<origin>[a-z][\w+.-]*:[^\s']{0,300}?)'? .{0,250}?resource at '(?<url>[^\s']{1,2000})'| (?:The )?[Oo]rigin '?(?<page>[a-z][\w+.-]*:[^\s']{0,300}))?/,
  ],
  ['allow-origin-wildcard', 'SEC7121', /SEC7121\b/],
  ['allow-credentials', 'SEC7122', /SEC7122\b/],
  [
    'header-not-allowed',
    'SEC7123',
    /SEC7123:?(?: \[CORS\])?(?: (?:The )?[Rr]equest header '?(?<value>[\w-]{1,200})'?)?/,
  ],
  [
    'method-not-allowed',
    'SEC7124',
    /SEC7124:?(?: \[CORS\])?(?: (?:The )?[Rr]equest method '?(?<value>[\w-]{1,100})'?)?/,
  ],
  ['allow-headers-syntax', 'SEC7125', /SEC7125\b/],
  ['preflight-redirect', 'SEC7126', /SEC712[67]\b/],
  ['allow-origin-multiple', 'SEC7128', /SEC7128\b/],
  ['allow-credentials', 'SEC7129', /SEC7129\b/],
  ['local-network', 'SEC7117', /SEC7117\b/],
  ['mixed-content', 'SEC7111', /SEC7111\b|SEC7112\b/],
  ['blocked-by-extension', 'SEC7114', /SEC7114\b/],
  // These two lines say that CORS was used, not that it failed.
  ['no-reason', 'SEC7118', /SEC711[89]:?(?: XMLHttpRequest for (?<url>\S{1,2000}))?/],
  ['cors-no-reason', 'SCRIPT7002', /Network Error 0x80070005/],
  ['network-error', 'SCRIPT7002', /Network Error 0x0*(?<value>2e(?:e2|e7|f3|fd|ff)|2f7d|2f78|2f06)/i],
  ['no-reason', 'SCRIPT5', /SCRIPT5: Access is denied|SCRIPT7002\b/],
])
