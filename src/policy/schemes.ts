/** Schemes that are slips of the pen. Their pages have origins with the scheme on the right. The compiler reads this table too. */
export const SLIPS = {
  ws: 'http',
  wss: 'https',
  htp: 'http',
  ttp: 'http',
  htttp: 'http',
  hhttp: 'http',
  httpp: 'http',
  hxxp: 'http',
  htps: 'https',
  ttps: 'https',
  htttps: 'https',
  hhttps: 'https',
  httpps: 'https',
  httpss: 'https',
  htpps: 'https',
  htpts: 'https',
  hxxps: 'https',
} as const

/** Tells whether a scheme is one that no page's origin has, though a URL may. */
export function isNeverSent(scheme: string): boolean {
  return Object.hasOwn(SLIPS, scheme)
}

/** Gives the scheme that was meant by a slip. */
export function schemeMeant(scheme: string): string | undefined {
  return Object.hasOwn(SLIPS, scheme) ? SLIPS[scheme as keyof typeof SLIPS] : undefined
}
