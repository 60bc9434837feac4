import { checkPolicy } from '../../policy/check.ts'
import { ALLOW_CREDENTIALS, ALLOW_ORIGIN, ORIGIN } from '../../spec/fields.ts'
import { unsafeRequestHeaderNames } from '../../spec/safelist.ts'
import { type Evidence, field, linesOf, statusOf } from '../evidence.ts'
import { FOREIGN_ORIGIN } from '../probes.ts'
import { isPreflight, type Observation } from '../recorder.ts'

/** The origins that may read a server's answers. */
interface Readers {
  readonly origins: '*' | readonly string[]
  readonly credentials: boolean
}

/** A limit on origins that a person would check one by one. */
const MOST_ORIGINS = 12

/**
 * Returns the answers for the page's own URL, because other paths may have another policy. It
 * leaves out the strangers of a scan.
 */
export function answersOf({ observations, call }: Evidence): {
  readonly responses: readonly Observation[]
  readonly preflights: readonly Observation[]
} {
  const isHere = (text: string) => {
    const { origin, pathname } = new URL(text)
    return origin === call.url.origin && pathname === call.url.pathname
  }
  const here = observations.filter(
    ({ purpose, response, request }) => response !== null && purpose !== 'security' && isHere(request.url),
  )
  return {
    responses: here.filter(({ request }) => !isPreflight(request)),
    preflights: here.filter(({ request }) => isPreflight(request)),
  }
}

/**
 * Returns whether no answer to the request itself was seen. Then only its preflight tells about it.
 */
export function isUnseen(evidence: Evidence): boolean {
  return answersOf(evidence).responses.every(
    (each) => each.request.method !== evidence.call.method && statusOf(each) >= 400,
  )
}

/** A limit. A server may name thousands of origins, and each costs a check. */
const MOST_NAMED = 32

/** Returns the origins that an answer names, on one line or several, up to the limit. */
export function namedIn(observation: Observation): readonly string[] {
  return linesOf(observation, ALLOW_ORIGIN)
    .flatMap((line) => line.split(/[\s,]+/, MOST_NAMED))
    .slice(0, MOST_NAMED)
}

/** Returns whether a text is one origin and may be repeated in a policy. */
export function isOrigin(value: string): boolean {
  const isPlain = /^[a-z][a-z\d+.-]{0,40}:\/\/[a-z\d.:[\]_-]{1,253}$/.test(value)
  return isPlain && checkPolicy({ origins: [value] }).length === 0
}

/** Reads from a server's answers which origins may read today, and whether with credentials. */
export function readersOf(evidence: Evidence, asks: string[]): Readers {
  const { call, probes } = evidence
  const { responses, preflights } = answersOf(evidence)
  const all = [...responses, ...preflights]
  const witnesses = isUnseen(evidence) ? all : responses
  const named = [...new Set(all.flatMap(namedIn))].filter((value) => value !== FOREIGN_ORIGIN && isOrigin(value))
  // Probes repeat the headers of the page. An answer behind a preflight that lets no page through
  // is not readable.
  const isReached = ({ request }: Observation) =>
    isPreflight(request) ||
    evidence.preflight === null ||
    (statusOf(evidence.preflight) < 300 && namedIn(evidence.preflight).length > 0) ||
    unsafeRequestHeaderNames(call.headers.filter((line) => request.headers.includes(line))).length === 0
  const isOpen = witnesses.some((each) => isForPages(each) && isReached(each) && isAlone(each, '*'))
  const { foreign } = probes
  const isRepeated = foreign !== null && isAlone(foreign, FOREIGN_ORIGIN)
  const isEcho = isRepeated && isReached(foreign)
  const isLeak = isRepeated && allowsCredentials(foreign)
  const credentials = witnesses.some(
    (each) => allowsCredentials(each) && namedIn(each).some((value) => named.includes(value)),
  )
  if (isOpen && !credentials) return { origins: '*', credentials: false }
  if (isEcho && !isLeak && !credentials && call.credentials !== 'include') {
    asks.push(
      'The server lets every origin in, because it repeats the origin. The change has the same effect with "*". List the origins if the data is not public.',
    )
    return { origins: '*', credentials: false }
  }
  if (isEcho || isOpen) {
    asks.push(
      `The server lets every origin in${isLeak ? ', with credentials' : ''}. The change lists only ${call.origin}: add the origins of your other pages.`,
    )
  } else if (isRepeated || all.some((each) => namedIn(each).some((value) => value.includes('*')))) {
    asks.push(
      'Access-Control-Allow-Origin is "*", a pattern or any origin, which does not help this request. The change lists single origins: add those of your other pages.',
    )
  }
  if (credentials && !named.includes(call.origin)) {
    asks.push(
      `The server answers ${named[0]} with credentials, so the change lets ${call.origin} read with credentials, too.`,
    )
  }
  return { origins: sound(named, call.origin, credentials || call.credentials === 'include', asks), credentials }
}

/**
 * Leaves out origins that are unsafe to paste without a look: http origins with credentials, and
 * more origins than a person checks.
 */
function sound(named: readonly string[], own: string, credentials: boolean, asks: string[]): readonly string[] {
  const isInsecure = (origin: string) =>
    credentials &&
    origin !== own &&
    checkPolicy({ origins: [origin], credentials: true }).some(({ code }) => code === 'origin-insecure')
  const open = named.filter(isInsecure)
  if (open.length > 0) {
    asks.push(
      `The server lets ${open.slice(0, 3).join(', ')} in. Over http, an attacker on the network could read with credentials, so the change leaves it out.`,
    )
  }
  const rest = named.filter((origin) => !isInsecure(origin))
  if (rest.length > MOST_ORIGINS) {
    asks.push(
      `The server names ${rest.length - MOST_ORIGINS} more origins, too many to check: add those that are yours.`,
    )
  }
  return rest.slice(0, MOST_ORIGINS)
}

/** Browsers send `Origin` with every request that a page may not read without permission. */
function isForPages({ request }: Observation): boolean {
  return request.headers.some(([name]) => name === ORIGIN)
}

/** A value beside a second one lets no page read. */
function isAlone(observation: Observation, value: string): boolean {
  const values = namedIn(observation)
  return values.length === 1 && values[0] === value
}

function allowsCredentials(observation: Observation): boolean {
  return field(observation, ALLOW_CREDENTIALS) === 'true'
}
