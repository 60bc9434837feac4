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

/** A change that shares a response with a page. */
interface Change {
  /**
   * The policy with the least added. Every browser then shares the response and every header that
   * the page reads.
   */
  readonly policy: CorsPolicy
  /** `policy` with a pattern instead of a long family of names; null without such a family. */
  readonly alternative: CorsPolicy | null
  /**
   * Sentences about choices for the owner to confirm. Each says which choice was made, and why it
   * is the safe one.
   */
  readonly asks: readonly string[]
  /** Whether anything was added. */
  readonly isNeeded: boolean
}

/** Every browser and the standard. A change must help in all of them. */
export const MODELS: readonly BrowserModel[] = ['chromium', 'firefox', 'webkit', 'spec']

/**
 * A limit on rounds. Each round repairs at least one failure and completes lists at once, so no
 * request needs more.
 */
const MAX_ROUNDS = 24

/**
 * Adds to a policy what a page's request lacks in any browser, and nothing else. Without any one of
 * the added entries, some browser would keep the response or a header that the page reads.
 *
 * For example, `{ origins: ['https://app.example.com'] }` and a PUT with `X-Id`: the simulator
 * reports `method-not-allowed`, so PUT joins `methods`; then it reports `header-not-allowed`, so
 * X-Id joins `requestHeaders`; then every browser shares.
 *
 * @param current The policy as it stands. Its `origins` may be an empty list.
 * @param call The page's request.
 * @param handler Returns the answers of the handler behind the policy.
 * @returns The change; null if no policy shares the response.
 */
export async function leastChange(
  current: CorsPolicy,
  call: Call,
  handler: (request: WireRequest) => WireResponse | null,
): Promise<Change | null> {
  if (isMixedContent(call)) return null
  const asks: string[] = []
  const draft = withoutDuplicates(current)
  const before = JSON.stringify(draft)
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
    return {
      policy: draft,
      alternative: withFamilies(draft),
      asks: [...new Set(asks)],
      isNeeded: JSON.stringify(draft) !== before,
    }
  }
  return null
}

/** Asks every browser about a policy, with empty preflight caches. */
async function askAll(
  cors: Cors,
  call: Call,
  handler: (request: WireRequest) => WireResponse | null,
): Promise<readonly Verdict[]> {
  const send = modelOf(cors, handler)
  const verdicts: Verdict[] = []
  for (const model of MODELS) verdicts.push(await askBrowser(model, call, send))
  return verdicts
}

/**
 * Returns whether a response header, named in lower case, stays hidden from a page that may read
 * the response.
 */
export function hides(verdict: Verdict, name: string): boolean {
  return verdict.shared && verdict.type === 'cors' && !verdict.exposedHeaders.includes(name.toLowerCase())
}

/** Returns the headers that the page reads and a policy can expose. */
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

/**
 * A pattern expands against the names of the response. So the response gets the names that the page
 * expects.
 */
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

/** Creates the policy. It repairs defects that concern only the page itself. */
function construct(draft: Draft, { origin }: Call, asks: string[]): Cors | null {
  for (const { severity, code } of checkPolicy(draft)) {
    if (severity !== 'error') continue
    if (code !== 'origin-insecure') return null
    draft.dangerouslyAllowInsecureOrigins = true
    asks.push(
      `${origin.startsWith('http:') ? origin : 'An origin of the list'} is not https: with credentials, an attacker on the network can read the answers as that page. Serve the page over https, or remove the credentials.`,
    )
  }
  return createCors(draft)
}

/** Repairs one failure in the draft. Returns false if no policy repairs it. */
function repair(draft: Draft, verdict: Verdict & { shared: false }, call: Call, asks: string[]): boolean {
  const { failure } = verdict
  switch (failure.code) {
    case 'allow-origin-missing':
      return addOrigin(draft, call)
    case 'allow-origin-wildcard':
      asks.push(
        `Any site may read today, and browsers do not accept "*" with credentials. The change lists only ${call.origin}: add the origins of your other pages, or remove the credentials from this request.`,
      )
      draft.origins = [call.origin]
      return addCredentials(draft, asks)
    case 'allow-credentials':
      return addCredentials(draft, asks)
    case 'method-not-allowed':
      return add(draft, 'methods', [failure.value])
    case 'header-not-allowed':
      return add(draft, 'requestHeaders', missingNames(verdict, call))
    default:
      return false
  }
}

function addOrigin(draft: Draft, { origin }: Call): boolean {
  const { origins } = draft
  // After a redirect the origin may be "null", which no list may hold.
  if (!Array.isArray(origins) || origins.includes(origin)) return false
  draft.origins = [...(origins as readonly string[]), origin]
  return true
}

function addCredentials(draft: Draft, asks: string[]): true {
  draft.credentials = true
  const others = Array.isArray(draft.origins) ? draft.origins.length - 1 : 1
  if (others > 0) asks.push('With credentials: true, every origin of the policy may read the data of signed-in users.')
  if (isWildcard(draft.exposedHeaders)) {
    delete draft.exposedHeaders
    asks.push(
      'With credentials "*" exposes nothing. The change exposes the names that this page reads: add those that your other pages read.',
    )
  }
  return true
}

function add(draft: Draft, option: 'methods' | 'requestHeaders', names: readonly string[]): boolean {
  const before = asList(draft[option]).length
  draft[option] = joined(draft[option], names, option === 'methods')
  return asList(draft[option]).length > before
}

/** Returns the names that the preflight asked for and did not get, in the page's spelling. */
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
