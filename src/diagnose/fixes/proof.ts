import type { Verdict } from '../../browser/simulator.ts'
import type { HeaderLine, WireRequest, WireResponse } from '../../browser/wire.ts'
import type { CorsPolicy } from '../../policy/types.ts'
import { createCors } from '../../server/create.ts'
import { ALLOW_HEADERS, ALLOW_METHODS, ALLOW_ORIGIN, ORIGIN } from '../../spec/fields.ts'
import { isForbiddenMethod, isSafelistedMethod } from '../../spec/methods.ts'
import { isForbiddenRequestHeader } from '../../spec/names.ts'
import { splitList } from '../../spec/tokens.ts'
import { type Evidence, linesOf } from '../evidence.ts'
import { withoutLogin } from '../login.ts'
import { modelOf } from '../model.ts'
import type { Call } from '../page-request.ts'
import type { Proof } from '../plan.ts'
import { FOREIGN_ORIGIN } from '../probes.ts'
import { isPreflight, type Observation, requestKey } from '../recorder.ts'
import { askBrowser, BROWSER_NAMES } from '../verdicts.ts'
import { hides, MODELS, readable } from './least-change.ts'
import { answersOf, isOrigin, isUnseen, namedIn } from './readers.ts'

type Answer = (request: WireRequest) => WireResponse | null

/** A request that some page may make, and the answer of the server today. */
interface Case {
  readonly name: string
  readonly call: Call
  readonly today: Answer
  readonly handler: Answer
}

/**
 * A limit. The server decides how many pages and methods it names, and the simulator judges each
 * case six times.
 */
const MOST_CASES = 24
const MOST_METHODS = 6
const MOST_HEADERS = 40

/** The page of a case. */
interface Who {
  readonly origin: string
  readonly credentials: Call['credentials']
}

/**
 * Proves what a policy does to the recorded exchange. Nothing is sent. The proof has three parts:
 * the request passes in every browser, each request that passes today still passes, and no stranger
 * gains access.
 *
 * For example, a page wants to send PUT, and the preflight's answer allows only PATCH. A policy
 * with `methods: ['PUT']` repairs the request, but a PATCH of the same page, which passes today, is
 * lost. So the proof does not hold. With `methods: ['PUT', 'PATCH']` it does.
 *
 * @param policy The policy of the fix.
 * @param evidence The recorded exchange.
 * @returns The counts, and the sentences about what was lost, gained or not computable.
 */
export async function prove(policy: CorsPolicy, evidence: Evidence): Promise<Proof> {
  const cors = createCors(policy)
  const { call } = evidence
  const unproven: string[] = []
  const seen = recorded(evidence, unproven)
  const handler: Answer = (request) => {
    const said = seen(request)
    return (
      said && withoutLogin(said, request.url, ({ host }) => unproven.push(`with 401 instead of the login at ${host}`))
    )
  }
  const model = modelOf(cors, handler)
  // The policy runs on this server only. A redirect to another server gets that server's recorded
  // answer.
  const answer: Answer = (request) =>
    new URL(request.url).origin === call.url.origin ? model(request) : handler(request)
  const verdicts = await ask(MODELS, call, answer)
  const blocked = verdicts.find((verdict) => !verdict.shared)
  const isHidden = readable(call).some((name) => verdicts.some((verdict) => hides(verdict, name)))
  const lost: string[] = []
  let passed = 0
  for (const each of casesOf(evidence)) {
    if (!(await ask(BROWSER_NAMES, each.call, each.today)).every(({ shared }) => shared)) continue
    passed++
    const after = await ask(BROWSER_NAMES, each.call, modelOf(cors, each.handler))
    if (!after.every(({ shared }) => shared)) lost.push(each.name)
  }
  const strangers = strangersOf(evidence)
  const gained: string[] = []
  for (const each of strangers) {
    // A cache hides it from this URL, but the server itself shares with every page today.
    if (each.call.credentials === 'omit' && isOpenPastCache(evidence)) continue
    const before = await ask(BROWSER_NAMES, each.call, each.today)
    const after = await ask(BROWSER_NAMES, each.call, modelOf(cors, each.handler))
    if (after.some(({ shared }, turn) => shared && before[turn]?.shared !== true)) gained.push(each.name)
  }
  const isUnseen =
    blocked !== undefined && !blocked.shared && blocked.failure.code === 'network-error' && unproven.length > 0
  const passes = isUnseen ? null : blocked === undefined && !isHidden
  return {
    holds: passes === true && lost.length === 0 && gained.length === 0,
    passes,
    remains:
      isUnseen || blocked === undefined || blocked.shared
        ? null
        : { code: blocked.failure.code, value: blocked.failure.value, url: blocked.failure.url },
    passed,
    kept: passed - lost.length,
    lost,
    strangers: new Set(strangers.map((each) => each.call.origin)).size,
    gained,
    unproven: [...new Set(unproven)],
  }
}

/** Tells whether the same path, asked past the cache, is shared with every page. */
function isOpenPastCache({ probes }: Evidence): boolean {
  return linesOf(probes.fresh, ALLOW_ORIGIN).join() === '*'
}

async function ask(models: typeof MODELS, call: Call, answer: Answer): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = []
  for (const model of models) verdicts.push(await askBrowser(model, call, answer))
  return verdicts
}

/**
 * Returns the recorded answer to a request, or to the nearest one that was sent. Assumptions are
 * added to `unproven`.
 */
export function recorded({ observations }: Evidence, unproven: string[]): Answer {
  const said = observations.filter(({ response, purpose }) => response !== null && purpose !== 'security')
  return (request) => {
    const exact = said.find((each) => requestKey(each.request) === requestKey(request))
    if (exact !== undefined) return exact.response
    if (isPreflight(request))
      return said.find((each) => isPreflight(each.request) && isSame(each, request))?.response ?? null
    const stand = said.find((each) => !isPreflight(each.request) && isSame(each, request))
    const place = `${request.method} ${request.url}`
    if (stand === undefined) {
      unproven.push(`the answer to ${place} was not seen`)
      // Any answer of the same server serves here, because the policy writes the same headers on
      // all of them. For other servers nothing is known.
      return said.some((each) => originOf(each) === new URL(request.url).origin) ? { status: 200, headers: [] } : null
    }
    if (stand.request.method !== request.method)
      unproven.push(`the answer to ${place} was not seen: the answer to ${stand.request.method} stands in for it`)
    return stand.response
  }
}

const isSame = ({ request }: Observation, { url }: WireRequest): boolean => request.url === url

const originOf = ({ request }: Observation): string => new URL(request.url).origin

/**
 * Lists every request that was seen to pass, with and without credentials, and those that the
 * preflight's lists permit. An answer that names a page counts as an answer to that page.
 */
function casesOf(evidence: Evidence): readonly Case[] {
  const seen = new Map<string, Case>()
  for (const each of answersOf(evidence).responses) {
    const pages = [pageOf(each), ...namedIn(each).filter(isOrigin)].filter((origin) => origin !== null)
    for (const origin of pages) {
      for (const credentials of ['omit', 'include'] as const) {
        const made = caseOf(evidence, each, { origin, credentials })
        if (!seen.has(made.name)) seen.set(made.name, made)
      }
    }
  }
  return [...[...seen.values()].slice(0, MOST_CASES), ...permitted(evidence)]
}

/**
 * Lists what the preflight of this page also permits: one request for each method, with every
 * listed header.
 */
function permitted({ call, preflight, actual }: Evidence): readonly Case[] {
  if (preflight === null || actual === null) return []
  const listOf = (name: string) =>
    [...new Set(linesOf(preflight, name).flatMap(splitList))]
      .filter((each) => /^[\w.-]{1,64}$/.test(each))
      .slice(0, MOST_HEADERS)
  const headers = listOf(ALLOW_HEADERS)
    .filter((name) => !isForbiddenRequestHeader(name))
    .map((name): HeaderLine => [name, '1'])
  const methods = listOf(ALLOW_METHODS).filter(
    (name) => !isSafelistedMethod(name) && name !== 'OPTIONS' && /^[A-Z]+$/.test(name) && !isForbiddenMethod(name),
  )
  return ['GET', ...methods.slice(0, MOST_METHODS)].flatMap((method) =>
    (['omit', 'include'] as const).map((credentials): Case => {
      const asked: Call = { ...plainCall(call), method, headers, credentials }
      const today: Answer = (request) => (isPreflight(request) ? preflight : actual).response
      const name = `${method} with ${headers.map(([key]) => key).join(', ') || 'no header'} from ${call.origin} (${credentials})`
      return { name, call: asked, today, handler: () => actual.response }
    }),
  )
}

/** Lists the strangers' pages that were tried, with and without credentials. */
function strangersOf(evidence: Evidence): readonly Case[] {
  const { call, observations } = evidence
  return observations
    .filter(({ purpose, request }) => (purpose === 'foreign-origin' || purpose === 'security') && !isPreflight(request))
    .flatMap((each) => {
      const origin = pageOf(each)
      if (origin === null || origin === call.origin || each.response === null) return []
      return (['omit', 'include'] as const).map((credentials) => caseOf(evidence, each, { origin, credentials }))
    })
}

/**
 * Builds a plain GET of a page with its recorded answer. Without an answer to the request itself,
 * the preflight tells which page is let in.
 */
function caseOf(evidence: Evidence, each: Observation, who: Who): Case {
  const { call, preflight } = evidence
  const handler: Answer = () => each.response
  const today = isUnseen(evidence) && preflight !== null ? () => preflight.response : handler
  const name = who.origin === FOREIGN_ORIGIN ? 'any other site' : who.origin
  return {
    name: `GET from ${name} (${who.credentials})`,
    call: { ...plainCall(call), ...who },
    today,
    handler,
  }
}

/** Makes a GET that needs no preflight. */
function plainCall(call: Call): Call {
  return {
    ...call,
    method: 'GET',
    headers: [],
    body: null,
    mode: 'cors',
    initiator: 'fetch',
  }
}

/** Returns the origin of the page behind a request; null if no browser sends it. */
function pageOf({ request }: Observation): string | null {
  return request.headers.find(([name, value]) => name === ORIGIN && isSerialized(value))?.[1] ?? null
}

function isSerialized(origin: string): boolean {
  const url = URL.parse(origin)
  // `url.origin` is null for the schemes of applications.
  return url !== null && origin === `${url.protocol}//${url.host}`
}
