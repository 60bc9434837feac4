import { ALLOW_ORIGIN } from '../../spec/fields.ts'
import { isLoopbackHost } from '../../spec/origins.ts'
import { type Evidence, field } from '../evidence.ts'
import type { Obstacle } from '../obstacles.ts'
import type { Row, SlotValues } from '../row.ts'
import { LIST_IT, MISMATCH, ORIGIN_ROW, REFUSED, SERIALIZED } from './origin-row.ts'
import { failedAnswer, matchIf } from './signature.ts'

/** Matches a constant value that differs from the page's origin in one way. */
function differs(
  evidence: Evidence,
  obstacle: Obstacle | null,
  test: (value: URL, page: URL) => boolean,
): SlotValues | null {
  const value = field(failedAnswer(evidence, obstacle), ALLOW_ORIGIN)
  const there = value === null ? null : URL.parse(value)
  const here = URL.parse(evidence.call.origin)
  if (value === null || there === null || here === null || !test(there, here)) return null
  return { value }
}

/** Matches a spelling that the server shares with, although it refuses the page's own. */
function known(evidence: Evidence, difference: string): SlotValues | null {
  const variant = evidence.probes.variants.find((each) => each.difference === difference && each.isShared)
  return variant === undefined ? null : { value: variant.origin }
}

/** Causes where the server knows the origin in another spelling. */
export const ORIGIN_SPELLINGS: readonly Row[] = [
  {
    ...ORIGIN_ROW,
    code: 'origin-trailing-slash',
    explains: REFUSED,
    weight: 80,
    when: (evidence, obstacle) => {
      const value = field(failedAnswer(evidence, obstacle), ALLOW_ORIGIN) ?? ''
      return value.length > evidence.call.origin.length && value.startsWith(`${evidence.call.origin}/`)
        ? { value }
        : known(evidence, 'trailing-slash')
    },
    says: 'the server allows "{value}", but an origin has no trailing slash and no path',
    remedy: LIST_IT,
    link: SERIALIZED,
  },
  {
    ...ORIGIN_ROW,
    code: 'origin-quoted',
    explains: REFUSED,
    weight: 80,
    when: (evidence) => known(evidence, 'quoted'),
    says: 'the server allows {value} with the quotes, which came from the environment variable',
    remedy: LIST_IT,
    link: SERIALIZED,
  },
  {
    ...ORIGIN_ROW,
    code: 'origin-scheme',
    explains: REFUSED,
    weight: 78,
    when: (evidence, obstacle) =>
      differs(
        evidence,
        obstacle,
        (there, here) =>
          there.hostname === here.hostname && there.port === here.port && there.protocol !== here.protocol,
      ) ?? known(evidence, 'scheme'),
    says: 'the server allows "{value}", but the page is {origin}: the scheme is part of an origin',
    remedy: LIST_IT,
    link: MISMATCH,
  },
  {
    ...ORIGIN_ROW,
    code: 'origin-port',
    explains: REFUSED,
    weight: 77,
    when: (evidence, obstacle) =>
      differs(
        evidence,
        obstacle,
        (there, here) =>
          there.hostname === here.hostname && there.protocol === here.protocol && there.port !== here.port,
      ) ?? known(evidence, 'port'),
    says: 'the server allows "{value}", but the page is {origin}: the port is part of an origin',
    remedy: { ...LIST_IT, advice: 'List "{origin}"; for development, "http://localhost:*" is every port.' },
    link: MISMATCH,
  },
  {
    ...ORIGIN_ROW,
    code: 'origin-loopback-name',
    explains: REFUSED,
    weight: 76,
    when: (evidence, obstacle) =>
      differs(
        evidence,
        obstacle,
        (there, here) =>
          there.hostname !== here.hostname &&
          isLoopbackHost(there.hostname) &&
          isLoopbackHost(here.hostname) &&
          there.port === here.port &&
          there.protocol === here.protocol,
      ) ?? known(evidence, 'loopback-name'),
    says: 'the server allows "{value}", but the page is {origin}: localhost, 127.0.0.1 and [::1] are three origins',
    remedy: LIST_IT,
    link: MISMATCH,
  },
  {
    ...ORIGIN_ROW,
    code: 'origin-www',
    explains: REFUSED,
    weight: 76,
    when: (evidence, obstacle) =>
      differs(
        evidence,
        obstacle,
        (there, here) => there.hostname !== here.hostname && bare(there.hostname) === bare(here.hostname),
      ) ?? known(evidence, 'www'),
    says: 'the server allows "{value}", but the page is {origin}: with and without www are two origins',
    remedy: LIST_IT,
    link: MISMATCH,
  },
  {
    ...ORIGIN_ROW,
    code: 'origin-own-address',
    explains: ['allow-origin-mismatch'],
    weight: 81,
    when: (evidence, obstacle) => {
      const value = field(failedAnswer(evidence, obstacle), ALLOW_ORIGIN) ?? ''
      return matchIf(URL.parse(value)?.origin === evidence.call.url.origin, { value })
    },
    says: 'Access-Control-Allow-Origin is "{value}", the server\'s own address; it must be the page\'s origin, {origin}',
    remedy: { ...LIST_IT, advice: 'List the page\'s origin, "{origin}", instead of the server\'s address.' },
    link: MISMATCH,
  },
  {
    ...ORIGIN_ROW,
    code: 'origin-case',
    explains: ['allow-origin-mismatch'],
    weight: 82,
    when: (evidence, obstacle) => {
      const value = field(failedAnswer(evidence, obstacle), ALLOW_ORIGIN) ?? ''
      return matchIf(
        value !== evidence.call.origin && normalized(value) === evidence.call.origin && !value.endsWith('/'),
        { value },
      )
    },
    says: 'the server writes "{value}", but browsers write {origin}: lower case, without the default port, and compared byte by byte',
    remedy: LIST_IT,
    link: SERIALIZED,
  },
  {
    ...ORIGIN_ROW,
    code: 'forwarded-port-origin',
    explains: ['allow-origin-mismatch'],
    weight: 90,
    when: (evidence, obstacle) =>
      differs(
        evidence,
        obstacle,
        (there, here) =>
          isLoopbackHost(there.hostname) &&
          /(^|\.)(app\.github\.dev|gitpod\.io)$/.test(evidence.call.url.hostname) &&
          !isLoopbackHost(here.hostname),
      ),
    says: 'the port forwarding rewrites Origin, so the server answers "{value}" instead of {origin}',
    remedy: {
      where: 'server',
      advice: 'While you develop behind a forwarded port, list "{origin}" and answer with it for every Origin.',
    },
    link: 'https://docs.github.com/codespaces/developing-in-a-codespace/forwarding-ports-in-your-codespace',
  },
]

function bare(host: string): string {
  return host.replace(/^www\./, '').replace(/\.$/, '')
}

function normalized(value: string): string {
  const url = URL.parse(value)
  return url === null || url.pathname !== '/' ? value : `${url.protocol}//${url.host}`
}
