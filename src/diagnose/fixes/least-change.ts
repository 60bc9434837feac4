import type { CorsFailure } from '../../browser/failure.ts'
import type { BrowserModel } from '../../browser/rules.ts'
import type { Verdict } from '../../browser/simulator.ts'
import { getField, type WireRequest, type WireResponse } from '../../browser/wire.ts'
import { checkPolicy } from '../../policy/check.ts'
import type { CorsPolicy } from '../../policy/types.ts'
import { isWildcard } from '../../policy/values.ts'
import { createCors } from '../../server/create.ts'
import type { Cors } from '../../server/types.ts'
import { ALLOW_HEADERS, REQUEST_HEADERS } from '../../spec/fields.ts'
import { isForbiddenResponseHeaderName, isSafelistedResponseHeaderName } from '../../spec/names.ts'
import { isToken, splitList } from '../../spec/tokens.ts'
import { isMixedContent } from '../mixed-content.ts'
import { modelOf } from '../model.ts'
import type { Call } from '../page-request.ts'
import { askBrowser } from '../verdicts.ts'
import { asList, canonical, type Draft, joined, unique, withoutDuplicates } from './drafts.ts'
import { withFamilies } from './families.ts'

/** What shares a response with a page. */
export interface Change {
  /** The policy with the least added that shares the response, and every header that the page reads, in every browser. */
  readonly policy: CorsPolicy
  /** The same with a pattern in the place of a long family of names; null where there is no such family. */
  readonly alternative: CorsPolicy | null
  /** What the owner has to decide: each is a sentence that says which choice was made, and why it is the safe one. */
  readonly asks: readonly string[]
  /** Whether anything had to be added. */
  readonly isNeeded: boolean
}

/** Every browser, and the standard's: a change that helps in three of them is none. */
export const MODELS: readonly BrowserModel[] = ['chromium', 'firefox', 'webkit', 'spec']

/** More rounds than a request has defects: each round puts at least one right, and lists are filled at once. */
const MAX_ROUNDS = 24

/**
 * Adds to a policy what a page's request lacks in any browser, and nothing else: without any one of the entries that it adds, some
 * browser would keep the response, or a header that the page reads. Null where no policy shares it.
 *
 * @param current the policy as it stands; its `origins` may be an empty list
 * @param handler what the handler behind the policy answers
 */
export async function leastChange(
  current: CorsPolicy,
  call: Call,
  handler: (request: WireRequest) => WireResponse | null,
): Promise<Change | null> {
  if (isMixedContent(call)) return null
  const asks: string[] = []
  const draft = withoutDuplicates(current)
  const before = keyOf(draft)
  if (Array.isArray(draft.origins) && draft.origins.length === 0) draft.origins = [call.origin]
  const answer = withReads(handler, call)
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const cors = construct(draft, call, asks)
    if (cors === null) return null
    const verdicts = await askAll(cors, call, answer)
    const blocked = verdicts.find((verdict) => !verdict.shared)
    if (blocked !== undefined && !blocked.shared) {
      if (!repair(draft, blocked, call, asks)) return null
      continue
    }
    const hidden = readable(call).filter((name) => verdicts.some((verdict) => hides(verdict, name)))
    if (hidden.length > 0) draft.exposedHeaders = joined(draft.exposedHeaders, hidden)
    if (hidden.length > 0 && construct(draft, call, asks) === null) return null
    return {
      policy: draft,
      alternative: withFamilies(draft),
      asks: [...new Set(asks)],
      isNeeded: keyOf(draft) !== before,
    }
  }
  return null
}

/** Asks every browser about a policy, with empty preflight caches. */
export async function askAll(
  cors: Cors,
  call: Call,
  handler: (request: WireRequest) => WireResponse | null,
): Promise<readonly Verdict[]> {
  const send = modelOf(cors, handler)
  const verdicts: Verdict[] = []
  for (const model of MODELS) verdicts.push(await askBrowser(model, call, send))
  return verdicts
}

/** Tells whether a page that may read a response does not see one of its headers, named in lower case. */
export function hides(verdict: Verdict, name: string): boolean {
  return verdict.shared && verdict.type === 'cors' && !verdict.exposedHeaders.includes(name.toLowerCase())
}

/** Names of the headers that a page reads and that a policy can expose to it. */
export function readable({ reads }: Call): readonly string[] {
  return unique(
    reads.filter(
      (name) =>
        isToken(name) &&
        !name.includes('*') &&
        !isSafelistedResponseHeaderName(name) &&
        !isForbiddenResponseHeaderName(name),
    ),
  )
}

/** A pattern is expanded against the response's own names, so the response is given what the page expects there. */
function withReads(
  handler: (request: WireRequest) => WireResponse | null,
  call: Call,
): (request: WireRequest) => WireResponse | null {
  const expected = readable(call).map((name) => [name, ''] as const)
  return (request) => {
    const said = handler(request)
    return said && { ...said, headers: [...said.headers, ...expected] }
  }
}

/** Makes the policy; what stands in the way of making it is put right where that is the page's own matter. */
function construct(draft: Draft, { origin }: Call, asks: string[]): Cors | null {
  for (const { severity, code } of checkPolicy(draft)) {
    if (severity !== 'error') continue
    if (code !== 'origin-insecure') return null
    draft.dangerouslyAllowInsecureOrigins = true
    asks.push(
      `${origin.startsWith('http:') ? origin : 'An origin of the list'} is not https: with credentials, everybody who controls the network can read the answers as that page. Serve the page over https, or leave the credentials out.`,
    )
  }
  return checkPolicy(draft).some(({ severity }) => severity === 'error') ? null : createCors(draft)
}

/** Puts one failure right; false where no policy does. */
function repair(draft: Draft, verdict: Verdict & { shared: false }, call: Call, asks: string[]): boolean {
  const { failure } = verdict
  switch (failure.code) {
    case 'allow-origin-missing':
    case 'allow-origin-mismatch':
    case 'preflight-status':
      return addOrigin(draft, failure, call)
    case 'allow-origin-wildcard':
      // After a redirect the origin may be "null", which no list may hold.
      if (failure.origin !== call.origin) return false
      asks.push(
        `Any site may read today, and browsers do not take "*" next to credentials. The change names ${call.origin} alone: add the origins of your other pages, or leave the credentials out of this request.`,
      )
      draft.origins = [call.origin]
      return addCredentials(draft, asks)
    case 'allow-credentials':
      return draft.credentials !== true && addCredentials(draft, asks)
    case 'method-not-allowed':
      return add(draft, 'methods', [failure.value])
    case 'header-not-allowed':
      return add(draft, 'requestHeaders', missingNames(verdict, call))
    default:
      return false
  }
}

function addOrigin(draft: Draft, { origin }: CorsFailure, call: Call): boolean {
  const { origins } = draft
  if (origin !== call.origin || !Array.isArray(origins) || isWildcard(origins) || origins.includes(origin)) return false
  draft.origins = [...(origins as readonly string[]), origin]
  return true
}

function addCredentials(draft: Draft, asks: string[]): true {
  draft.credentials = true
  const others = Array.isArray(draft.origins) ? draft.origins.length - 1 : 1
  if (others > 0)
    asks.push('With credentials: true, every origin of the policy may read what the cookies of its users unlock.')
  if (isWildcard(draft.exposedHeaders)) {
    delete draft.exposedHeaders
    asks.push(
      'Next to credentials "*" exposes nothing. The change exposes what this page reads: add the names that your other pages read.',
    )
  }
  return true
}

function add(draft: Draft, option: 'methods' | 'requestHeaders', names: readonly string[]): boolean {
  const before = asList(draft[option]).length
  draft[option] = joined(draft[option], names, option === 'methods')
  return asList(draft[option]).length > before
}

/** What the preflight asked for and was not given, as the page spells it. */
function missingNames({ failure, exchanges }: Verdict & { shared: false }, call: Call): readonly string[] {
  const last = exchanges.at(-1)
  const asked = splitList(getField(last?.request.headers ?? [], REQUEST_HEADERS) ?? '').filter(isToken)
  const given = splitList(getField(last?.response?.headers ?? [], ALLOW_HEADERS) ?? '').map((name) =>
    name.toLowerCase(),
  )
  const isStar = call.credentials !== 'include' && given.includes('*')
  const missing = isStar ? [] : asked.filter((name) => !given.includes(name.toLowerCase()))
  return unique([...missing, failure.value]).map(
    (name) => call.headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[0] ?? canonical(name),
  )
}

function keyOf(draft: CorsPolicy): string {
  return JSON.stringify(Object.entries(draft).sort(([a], [b]) => (a < b ? -1 : 1)))
}
