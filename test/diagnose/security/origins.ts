/** What is tried for a page at `https://app.example.com`, and the flaw that each shows. */
export const TRIED: Readonly<Record<string, { readonly sent: readonly string[]; readonly raw?: readonly string[] }>> = {
  'null-origin-allowed': { sent: ['null'] },
  'insecure-origin-allowed': { sent: ['http://app.example.com'] },
  'matches-prefix': {
    sent: [
      'https://app.example.com.attacker.test',
      'https://app.example.com-attacker.test',
      'https://app.example.comattacker.test',
      'https://app.example.com.co',
      'https://app.example.com_.attacker.test',
      'https://app.example.com.example.com.attacker.test',
    ],
  },
  'matches-suffix': {
    sent: [
      'https://evilapp.example.com',
      'https://evil-example.com',
      'https://evilexample.com',
      'https://xappexample.com',
    ],
  },
  'matches-anywhere': {
    sent: ['https://xapp.example.comx.attacker.test', 'https://attacker.test.app.example.com.attacker.test'],
    raw: [
      'https://attacker.test/app.example.com',
      'https://attacker.test?app.example.com',
      'https://app.example.com@attacker.test',
      'https://attacker.test,https://app.example.com',
    ],
  },
  'matches-unescaped-dot': { sent: ['https://appxexample.com', 'https://app-example.com'] },
  'trusts-special-characters': {
    sent: ["'", '!', '$', '{', '`', '+'].map((sign) => `https://app.example.com${sign}.attacker.test`),
    raw: ['https://app.example.com%60.attacker.test', 'https://app.example.com|.attacker.test'],
  },
  'trusts-any-subdomain': { sent: ['https://evil.app.example.com', 'https://corsmith-probe.example.com'] },
  'ignores-port': { sent: ['https://app.example.com:8443'], raw: ['https://app.example.com:443'] },
  'trusts-loopback': { sent: ['http://localhost', 'http://localhost:3000', 'http://127.0.0.1:8080'] },
  'matches-loopback-prefix': { sent: ['http://localhost.attacker.test', 'https://localhost.attacker.test'] },
  'trusts-shared-hosting': {
    sent: [
      ...['github.io', 'pages.dev', 'vercel.app', 'netlify.app', 's3.amazonaws.com'].map(
        (host) => `https://whatever.${host}`,
      ),
      'https://codepen.io',
      'https://jsfiddle.net',
    ],
  },
  'trusts-public-suffix': { sent: ['https://attacker.com'] },
  'normalizes-origin': {
    sent: ['https://app.example.com.'],
    raw: [
      'https://app.example.com/',
      'HTTPS://app.example.com',
      'https://APP.EXAMPLE.COM',
      'https://app.example.com/path',
      'https://app.example.com?q',
      'app.example.com',
      '"https://app.example.com"',
      'Null',
    ],
  },
}

/** Each of them with its flaw, and whether a browser sends it. */
export const EACH = Object.entries(TRIED).flatMap(([flaw, { sent, raw = [] }]) => [
  ...sent.map((origin) => ({ flaw, origin, isEmittable: true })),
  ...raw.map((origin) => ({ flaw, origin, isEmittable: false })),
])
