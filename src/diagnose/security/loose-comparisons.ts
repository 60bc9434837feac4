import type { ScanCode } from '../findings/codes.ts'

/** A mistake in a server's comparison of origins, and the origins that show it. */
interface LooseComparison {
  /** The code of the finding. */
  readonly code: ScanCode
  /** The sentence about it. `{accepted}` is the origin that was let in. */
  readonly says: string
  /**
   * Origins that should be refused. `{H}` is the host of the page, `{L}` its first label, `{R}` the
   * rest, `{A}` an attacker's host. No browser sends those after `raw`: they show a loose
   * comparison, which alone lets no page in.
   */
  readonly probes: readonly string[]
  readonly raw?: readonly string[]
  /** Whether this is a mere choice of the owner if no cookie is at risk. */
  readonly isMildWithoutCredentials?: true
}

/** A host that cannot exist. */
export const ATTACKER = 'attacker.test'

/** Every mistake that the scan tries, the simplest first. */
export const LOOSE_COMPARISONS: readonly LooseComparison[] = [
  {
    code: 'null-origin-allowed',
    says: 'null is let in: every sandboxed frame of every site sends it',
    probes: ['null'],
  },
  {
    code: 'insecure-origin-allowed',
    says: '{accepted} is let in: an attacker on the network can put a script on an http page',
    probes: ['http://{H}'],
    isMildWithoutCredentials: true,
  },
  {
    code: 'matches-prefix',
    says: '{accepted} is let in: only the beginning of the origin is compared',
    probes: [
      'https://{H}.{A}',
      'https://{H}-{A}',
      'https://{H}{A}',
      'https://{H}.co',
      'https://{H}_.{A}',
      'https://{H}.{R}.{A}',
    ],
  },
  {
    code: 'matches-suffix',
    says: '{accepted} is let in: only the end of the origin is compared, without the dot',
    probes: ['https://evil{H}', 'https://evil-{R}', 'https://evil{R}', 'https://x{L}{R}'],
  },
  {
    code: 'matches-anywhere',
    says: '{accepted} is let in: the trusted host may stand anywhere in the origin',
    probes: ['https://x{H}x.{A}', 'https://{A}.{H}.{A}'],
    raw: ['https://{A}/{H}', 'https://{A}?{H}', 'https://{H}@{A}', 'https://{A},https://{H}'],
  },
  {
    code: 'matches-unescaped-dot',
    says: '{accepted} is let in: a dot in the pattern matches any character',
    probes: ['https://{L}x{R}', 'https://{L}-{R}'],
  },
  {
    code: 'trusts-special-characters',
    says: '{accepted} is let in: browsers do send such hosts, and they belong to the owner of the end of the name',
    probes: [
      "https://{H}'.{A}",
      'https://{H}!.{A}',
      'https://{H}$.{A}',
      'https://{H}{.{A}',
      'https://{H}`.{A}',
      'https://{H}+.{A}',
    ],
    raw: ['https://{H}%60.{A}', 'https://{H}|.{A}'],
  },
  {
    code: 'trusts-any-subdomain',
    says: '{accepted} is let in: one forgotten or hacked subdomain can read everything',
    probes: ['https://evil.{H}', 'https://corsmith-probe.{R}'],
    isMildWithoutCredentials: true,
  },
  {
    code: 'ignores-port',
    says: '{accepted} is let in: the port is not compared, so every service of the host is trusted',
    probes: ['https://{H}:8443'],
    raw: ['https://{H}:443'],
    isMildWithoutCredentials: true,
  },
  {
    code: 'trusts-loopback',
    says: "{accepted} is let in: every program on the user's computer is trusted, in production too",
    probes: ['http://localhost', 'http://localhost:3000', 'http://127.0.0.1:8080'],
    isMildWithoutCredentials: true,
  },
  {
    code: 'matches-loopback-prefix',
    says: '{accepted} is let in: anyone can register a host that begins with localhost',
    probes: ['http://localhost.{A}', 'https://localhost.{A}'],
  },
  {
    code: 'trusts-shared-hosting',
    says: '{accepted} is let in: anyone can open an account there',
    probes: [
      'https://whatever.github.io',
      'https://whatever.pages.dev',
      'https://whatever.vercel.app',
      'https://whatever.netlify.app',
      'https://whatever.s3.amazonaws.com',
      'https://codepen.io',
      'https://jsfiddle.net',
    ],
  },
  {
    code: 'trusts-public-suffix',
    says: '{accepted} is let in: the pattern ends at a public suffix',
    probes: ['https://attacker.{TLD}'],
  },
  {
    code: 'normalizes-origin',
    says: '{accepted} is treated as the trusted origin: the server rewrites the origin before it compares',
    probes: ['https://{H}.'],
    raw: [
      'https://{H}/',
      'HTTPS://{H}',
      'https://{H^}',
      'https://{H}/path',
      'https://{H}?q',
      '{H}',
      '"https://{H}"',
      'Null',
    ],
  },
]

/** Puts the page's host into a template. */
export function instantiate(template: string, host: string): string {
  const dot = host.indexOf('.')
  const hasRest = host.includes('.', dot + 1)
  return template
    .replaceAll('{H^}', host.toUpperCase())
    .replaceAll('{TLD}', host.slice(host.lastIndexOf('.') + 1))
    .replaceAll('{H}', host)
    .replaceAll('{L}', hasRest ? host.slice(0, dot) : '')
    .replaceAll('{R}', hasRest ? host.slice(dot + 1) : host)
    .replaceAll('{A}', ATTACKER)
}
