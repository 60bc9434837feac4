import { ALLOW_ORIGIN } from '../../spec/fields.ts'
import { isLoopbackHost } from '../../spec/origins.ts'
import { admits, type Evidence, everMarked, field, isMarked, linesOf, statusOf, variesByOrigin } from '../evidence.ts'
import type { Hit, Row } from '../finding.ts'
import type { Standing } from '../in-line.ts'
import { FOREIGN_ORIGIN } from '../probes.ts'
import { fetchSpec, MDN_CORS, mdnError } from './links.ts'
import { culprit, hit } from './signature.ts'

const ORIGIN_ROW = { severity: 'error', at: 'response', header: ALLOW_ORIGIN } as const
const MISMATCH = mdnError('CORSAllowOriginNotMatchingOrigin')
const SERIALIZED = 'https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin'

/** A constant value that differs from the page's origin in one way. */
function differs(e: Evidence, s: Standing | null, test: (value: URL, page: URL) => boolean): Hit | null {
  const value = field(culprit(e, s), ALLOW_ORIGIN)
  const there = value === null ? null : URL.parse(value)
  const here = URL.parse(e.call.origin)
  if (value === null || there === null || here === null || !test(there, here)) return null
  return { value }
}

/** A spelling that the server shares with while it refuses the page's own. */
function known(e: Evidence, slip: string): Hit | null {
  const variant = e.probes.variants.find((each) => each.slip === slip && each.isShared)
  return variant === undefined ? null : { value: variant.origin }
}

const LIST_IT = {
  where: 'server',
  advice: 'List "{origin}" exactly as browsers write it.',
  policy: true,
} as const

const REFUSED = ['allow-origin-missing', 'allow-origin-mismatch', 'allow-origin-malformed', 'preflight-status'] as const

/** What `Access-Control-Allow-Origin` says, or does not say. */
export const ORIGINS: readonly Row[] = [
  {
    ...ORIGIN_ROW,
    code: 'allow-origin-doubled',
    explains: ['allow-origin-multiple'],
    weight: 70,
    when: (e, s) => {
      const lines = linesOf(culprit(e, s), ALLOW_ORIGIN)
      const values = lines.flatMap((line) => line.split(',')).map((value) => value.trim())
      return hit(
        lines.length > 1 || new Set(values).size < values.length || (values.length > 1 && values.includes('*')),
        {
          value: lines.join(' | '),
          count: String(values.length),
        },
      )
    },
    says: 'Access-Control-Allow-Origin is set {count} times ({value}): two layers both add it',
    remedy: {
      where: 'server',
      advice: 'Let one layer own CORS: switch it off in the application or in the gateway.',
      policy: true,
      by: {
        nginx:
          'Write proxy_hide_header Access-Control-Allow-Origin; (and its siblings) next to proxy_pass, or take the add_header lines out.',
        apache: 'Use Header set instead of Header add or append, or Header unset before it.',
        cloudflare: 'Remove either the Transform Rule or the header of the Worker.',
        azure: 'Clear the CORS blade of the App Service, or remove the middleware of the application.',
      },
    },
    link: mdnError('CORSMultipleAllowOriginNotAllowed'),
  },
  {
    ...ORIGIN_ROW,
    code: 'allow-origin-list',
    explains: ['allow-origin-multiple', 'allow-origin-mismatch', 'allow-origin-malformed'],
    weight: 60,
    when: (e, s) => {
      const lines = linesOf(culprit(e, s), ALLOW_ORIGIN)
      const values = (lines[0] ?? '').split(/[,;\s]+/).filter((value) => value !== '')
      return hit(
        lines.length === 1 && values.length > 1 && new Set(values).size === values.length && !values.includes('*'),
        {
          value: lines[0] ?? '',
        },
      )
    },
    says: 'Access-Control-Allow-Origin lists several origins ("{value}"); it holds one',
    remedy: {
      where: 'server',
      advice: 'Compare Origin with the list on the server, and answer with the one that matched.',
      policy: true,
    },
    link: mdnError('CORSMultipleAllowOriginNotAllowed'),
  },
  {
    ...ORIGIN_ROW,
    code: 'allow-origin-pattern',
    explains: ['allow-origin-mismatch', 'allow-origin-malformed'],
    weight: 70,
    when: (e, s) => {
      const value = field(culprit(e, s), ALLOW_ORIGIN) ?? ''
      return hit(value.includes('*') && value !== '*' && !value.includes(','), { value })
    },
    says: 'Access-Control-Allow-Origin is "{value}"; browsers know no patterns there',
    remedy: {
      where: 'server',
      advice: 'Match the pattern on the server, and answer with the origin itself.',
      policy: true,
    },
    link: MISMATCH,
  },
  {
    ...ORIGIN_ROW,
    code: 'allow-origin-quoted',
    explains: ['allow-origin-malformed', 'allow-origin-mismatch', 'allow-origin-multiple'],
    weight: 72,
    when: (e, s) => {
      const value = field(culprit(e, s), ALLOW_ORIGIN) ?? ''
      return hit(/["'[\]<>{}]|%22/.test(value) && !/^https?:\/\/\[/.test(value), { value })
    },
    says: 'Access-Control-Allow-Origin is {value}, with the quotes or brackets of a configuration file in it',
    remedy: {
      where: 'server',
      advice: 'Parse the list before it is used: the value is {origin} without anything around it.',
      policy: true,
    },
    link: SERIALIZED,
  },
  {
    ...ORIGIN_ROW,
    code: 'origin-trailing-slash',
    explains: REFUSED,
    weight: 80,
    when: (e, s) => {
      const value = field(culprit(e, s), ALLOW_ORIGIN) ?? ''
      return value.length > e.call.origin.length && value.startsWith(`${e.call.origin}/`)
        ? { value }
        : known(e, 'trailing-slash')
    },
    says: 'the server knows "{value}"; an origin has no trailing slash and no path',
    remedy: LIST_IT,
    link: SERIALIZED,
  },
  {
    ...ORIGIN_ROW,
    code: 'origin-quoted',
    explains: REFUSED,
    weight: 80,
    when: (e) => known(e, 'quoted'),
    says: 'the server knows {value}, quotes included: they came with the environment variable',
    remedy: LIST_IT,
    link: SERIALIZED,
  },
  {
    ...ORIGIN_ROW,
    code: 'origin-scheme',
    explains: REFUSED,
    weight: 78,
    when: (e, s) =>
      differs(e, s, (there, here) => there.hostname === here.hostname && there.protocol !== here.protocol) ??
      known(e, 'scheme'),
    says: 'the server knows "{value}", and the page is {origin}: the scheme is part of an origin',
    remedy: LIST_IT,
    link: MISMATCH,
  },
  {
    ...ORIGIN_ROW,
    code: 'origin-port',
    explains: REFUSED,
    weight: 77,
    when: (e, s) =>
      differs(
        e,
        s,
        (there, here) =>
          there.hostname === here.hostname && there.protocol === here.protocol && there.port !== here.port,
      ) ?? known(e, 'port'),
    says: 'the server knows "{value}", and the page is {origin}: the port is part of an origin',
    remedy: { ...LIST_IT, advice: 'List "{origin}"; for development, "http://localhost:*" is every port.' },
    link: MISMATCH,
  },
  {
    ...ORIGIN_ROW,
    code: 'origin-loopback-name',
    explains: REFUSED,
    weight: 76,
    when: (e, s) =>
      differs(
        e,
        s,
        (there, here) =>
          there.hostname !== here.hostname && isLoopbackHost(there.hostname) && isLoopbackHost(here.hostname),
      ) ?? known(e, 'loopback-name'),
    says: 'the server knows "{value}", and the page is {origin}: localhost, 127.0.0.1 and [::1] are three origins',
    remedy: LIST_IT,
    link: MISMATCH,
  },
  {
    ...ORIGIN_ROW,
    code: 'origin-www',
    explains: REFUSED,
    weight: 76,
    when: (e, s) =>
      differs(
        e,
        s,
        (there, here) => there.hostname !== here.hostname && bare(there.hostname) === bare(here.hostname),
      ) ?? known(e, 'www'),
    says: 'the server knows "{value}", and the page is {origin}: with and without www are two origins',
    remedy: LIST_IT,
    link: MISMATCH,
  },
  {
    ...ORIGIN_ROW,
    code: 'origin-case',
    explains: ['allow-origin-mismatch'],
    weight: 82,
    when: (e, s) => {
      const value = field(culprit(e, s), ALLOW_ORIGIN) ?? ''
      return hit(value !== e.call.origin && normalized(value) === e.call.origin && !value.endsWith('/'), { value })
    },
    says: 'the server writes "{value}", and browsers write {origin}: lower case, without the default port, compared byte by byte',
    remedy: LIST_IT,
    link: SERIALIZED,
  },
  {
    ...ORIGIN_ROW,
    code: 'forwarded-port-origin',
    explains: ['allow-origin-mismatch'],
    weight: 90,
    when: (e, s) =>
      differs(
        e,
        s,
        (there, here) =>
          isLoopbackHost(there.hostname) &&
          /(^|\.)(app\.github\.dev|gitpod\.io)$/.test(e.call.url.hostname) &&
          !isLoopbackHost(here.hostname),
      ),
    says: 'the port forwarding rewrites Origin on its way, so the server answers to "{value}" instead of {origin}',
    remedy: {
      where: 'server',
      advice: 'List "{origin}" and answer with it, whatever Origin arrives, while you develop behind a forwarded port.',
    },
    link: 'https://docs.github.com/codespaces/developing-in-a-codespace/forwarding-ports-in-your-codespace',
  },
  {
    ...ORIGIN_ROW,
    code: 'allow-origin-null',
    explains: ['allow-origin-mismatch'],
    weight: 60,
    when: (e, s) => hit(field(culprit(e, s), ALLOW_ORIGIN) === 'null' && e.call.origin !== 'null'),
    says: 'Access-Control-Allow-Origin is the word null: a variable of the server has no value',
    remedy: { where: 'server', advice: 'Leave the header out where no origin matched; never send null.', policy: true },
    link: MISMATCH,
  },
  {
    ...ORIGIN_ROW,
    code: 'origin-null',
    explains: ['allow-origin-missing', 'allow-origin-mismatch', 'preflight-status', 'allow-origin-wildcard'],
    weight: 85,
    when: (e) => hit(e.call.origin === 'null'),
    says: 'the page has no origin (Origin: null): a file: URL, a sandboxed frame or a data: URL',
    remedy: {
      where: 'client',
      target: 'client',
      advice:
        'Serve the page from http://localhost, or give the frame sandbox="allow-same-origin". Never allow null on the server: every sandboxed frame of every site sends it.',
      request: () => ({ origin: 'http://localhost' }),
    },
    link: mdnError('CORSRequestNotHttp'),
  },
  {
    ...ORIGIN_ROW,
    code: 'origin-app-scheme',
    explains: REFUSED,
    weight: 79,
    when: (e) =>
      hit(e.call.origin !== 'null' && !/^https?:/.test(e.call.origin), { scheme: e.call.origin.split(':')[0] ?? '' }),
    says: 'the page is {origin}, an app or an extension, and the server does not know that scheme',
    remedy: {
      where: 'server',
      advice: 'List "{origin}" as it is; an extension may instead claim the host in host_permissions.',
      policy: true,
    },
    link: MDN_CORS,
  },
  {
    ...ORIGIN_ROW,
    code: 'origin-not-listed',
    explains: ['allow-origin-missing', 'preflight-status'],
    weight: 45,
    when: (e, s) => {
      const observation = culprit(e, s)
      const speaks = [
        'Access-Control-Allow-Methods',
        'Access-Control-Allow-Credentials',
        'Access-Control-Allow-Headers',
      ].some((name) => field(observation, name) !== null)
      return hit(
        !isMarked(observation) &&
          (variesByOrigin(observation) || speaks || e.probes.variants.some((each) => each.isShared)),
      )
    },
    says: 'the server has a CORS policy (it says Vary: Origin, or its siblings), and {origin} is not in it',
    remedy: LIST_IT,
    link: mdnError('CORSMissingAllowOrigin'),
  },
  {
    ...ORIGIN_ROW,
    code: 'allow-origin-fixed',
    explains: ['allow-origin-mismatch'],
    weight: 30,
    when: (e, s) => {
      const value = field(culprit(e, s), ALLOW_ORIGIN) ?? ''
      return hit(value !== 'null' && !value.includes('*'), { value })
    },
    says: 'Access-Control-Allow-Origin is always "{value}", and the page is {origin}',
    remedy: LIST_IT,
    link: MISMATCH,
  },
  {
    ...ORIGIN_ROW,
    code: 'never-shared',
    explains: ['allow-origin-missing'],
    weight: 35,
    when: (e, s) => hit(!everMarked(e) && e.probes.foreign !== null && !variesByOrigin(culprit(e, s))),
    says: 'this server never speaks CORS: no answer, to any origin or path, carries Access-Control-Allow-Origin',
    remedy: {
      where: 'server',
      advice:
        'If the server is yours, give it a policy. If it is not, call it from your own backend: an API without CORS is not meant for pages, and its key does not belong in one.',
      policy: true,
    },
    link: mdnError('CORSMissingAllowOrigin'),
  },
  {
    ...ORIGIN_ROW,
    code: 'allow-origin-malformed',
    explains: ['allow-origin-malformed'],
    weight: 10,
    when: (_, s) => hit(s !== null, { value: s?.failure.value ?? '' }),
    says: 'Access-Control-Allow-Origin is "{value}", which is no origin: scheme://host, and :port where there is one',
    remedy: LIST_IT,
    link: SERIALIZED,
  },
  {
    ...ORIGIN_ROW,
    code: 'allow-origin-mismatch',
    explains: ['allow-origin-mismatch', 'allow-origin-multiple'],
    weight: 10,
    when: (_, s) => hit(s !== null, { value: s?.failure.value ?? '' }),
    says: 'Access-Control-Allow-Origin is "{value}", and the page is {origin}',
    remedy: LIST_IT,
    link: MISMATCH,
  },
  {
    ...ORIGIN_ROW,
    code: 'allow-origin-missing',
    explains: ['allow-origin-missing'],
    weight: 10,
    when: (e, s) => hit(statusOf(culprit(e, s)) > 0),
    says: 'the response ({status}) carries no Access-Control-Allow-Origin',
    remedy: LIST_IT,
    link: mdnError('CORSMissingAllowOrigin'),
  },
  {
    code: 'reflects-any-origin',
    severity: 'security',
    at: 'probe',
    weight: 90,
    header: ALLOW_ORIGIN,
    when: (e) =>
      hit(
        field(e.probes.foreign, ALLOW_ORIGIN) === FOREIGN_ORIGIN &&
          field(e.probes.foreign, 'Access-Control-Allow-Credentials') === 'true',
      ),
    says: 'every origin is reflected together with credentials: any site that a user visits can read their data here',
    remedy: { where: 'server', advice: 'List the origins you trust.', policy: true },
    link: fetchSpec('cors-protocol-and-credentials'),
  },
  {
    code: 'reflects-without-credentials',
    severity: 'warning',
    at: 'probe',
    weight: 40,
    header: ALLOW_ORIGIN,
    when: (e) =>
      hit(
        field(e.probes.foreign, ALLOW_ORIGIN) === FOREIGN_ORIGIN &&
          field(e.probes.foreign, 'Access-Control-Allow-Credentials') !== 'true',
      ),
    says: 'every origin is reflected: that is * with more words, and no cache can keep it',
    remedy: { where: 'server', advice: 'Send the literal * for what is public; list the origins for what is not.' },
    link: MDN_CORS,
  },
  {
    code: 'strangers-told',
    severity: 'info',
    at: 'probe',
    weight: 20,
    header: ALLOW_ORIGIN,
    when: (e) => {
      const value = field(e.probes.foreign, ALLOW_ORIGIN)
      return hit(
        value !== null &&
          value !== '*' &&
          value !== FOREIGN_ORIGIN &&
          !value.includes(',') &&
          !admits(e.probes.foreign, FOREIGN_ORIGIN),
        { value: value ?? '' },
      )
    },
    says: 'pages of strangers are told which origin is trusted: "{value}"',
    remedy: { where: 'server', advice: 'Answer a refused origin without Access-Control-* headers.', policy: true },
    link: MDN_CORS,
  },
]

function bare(host: string): string {
  return host.replace(/^www\./, '').replace(/\.$/, '')
}

function normalized(value: string): string {
  const url = URL.parse(value)
  return url === null || url.pathname !== '/' ? value : `${url.protocol}//${url.host}`
}
