/** Schemes that are slips of the pen. Their pages have origins with the scheme on the right. */
const SLIPS: ReadonlyMap<string, string> = new Map([
  ['ws', 'http'],
  ['wss', 'https'],
  ['htp', 'http'],
  ['ttp', 'http'],
  ['htttp', 'http'],
  ['hhttp', 'http'],
  ['httpp', 'http'],
  ['hxxp', 'http'],
  ['htps', 'https'],
  ['ttps', 'https'],
  ['htttps', 'https'],
  ['hhttps', 'https'],
  ['httpps', 'https'],
  ['httpss', 'https'],
  ['htpps', 'https'],
  ['htpts', 'https'],
  ['hxxps', 'https'],
])

/** Tells whether a scheme is one that no page's origin has, though a URL may. */
export function isNeverSent(scheme: string): boolean {
  return SLIPS.has(scheme)
}

/** Gives the scheme that was meant by a slip. */
export function schemeMeant(scheme: string): string | undefined {
  return SLIPS.get(scheme)
}
