import { clip, quoted } from '../diagnose/page-request.ts'
import { redactUrl } from '../diagnose/report/redact.ts'
import {
  type Diagnosis,
  diagnoseEntry,
  type HarEntry,
  type HarKind,
  type PageRequest,
  type PartialPageRequest,
  type Target,
} from '../diagnose.ts'
import { UsageError } from './io.ts'

/** How entries are chosen. */
export interface Choice {
  readonly entry?: string | undefined
  readonly filter?: string | undefined
  readonly 'all-blocked'?: boolean | undefined
  /** Adds to a request what the command line says. */
  readonly complete: (request: PartialPageRequest) => PageRequest
}

/** What is not CORS, and what it is instead. */
const KINDS: Readonly<Record<HarKind, string>> = {
  cors: 'shared with the page',
  'same-origin': "of the page's own origin",
  navigation: 'navigations',
  'no-cors': 'without CORS (images, scripts, beacons)',
  'blocked-by-client': 'stopped by an extension, such as an ad blocker',
  'blocked-by-policy': 'stopped by the browser for another reason than CORS',
  aborted: 'given up by the page',
  'service-worker': 'answered by a service worker',
  revalidated: "answered from the browser's cache (304)",
}

/** More failures than anybody reads in a list. */
const LISTED = 12

/** An archive may hold the same call a thousand times. */
const MAX_JUDGED = 2000

/**
 * Chooses the entries of an archive to examine: the one that is named, else the first that fails for CORS, else the first that got no
 * answer. Whether an entry fails is decided by its exchange.
 */
export async function chooseEntries(
  path: string,
  all: readonly HarEntry[],
  choice: Choice,
): Promise<{ readonly chosen: readonly HarEntry[]; readonly notes: readonly string[] }> {
  const { entry, filter } = choice
  if (entry !== undefined) {
    const named = all.find(({ index }) => String(index) === entry)
    if (named === undefined)
      throw new UsageError(
        `${path} has no request ${quoted(entry)}, or it is a preflight or a redirect: those are parts of the request that caused them`,
        overview(all),
      )
    return {
      chosen: [named],
      notes: named.kind === 'cors' ? [] : [`this request is one of those ${KINDS[named.kind]}`],
    }
  }
  const entries = filter === undefined ? all : all.filter(({ request }) => request.url.includes(filter))
  const candidates = unlike(entries.filter(({ kind }) => kind === 'cors')).slice(0, MAX_JUDGED)
  const judged = await Promise.all(candidates.map(async (each) => [each, await conclusionOf(each, choice)] as const))
  const failures = judged.filter(([, conclusion]) => conclusion === 'blocked').map(([each]) => each)
  const unanswered = judged.filter(([, conclusion]) => conclusion === 'error').map(([each]) => each)
  const chosen = failures.length > 0 ? failures : unanswered.length > 0 ? unanswered : candidates
  const [first] = chosen
  if (first === undefined) {
    const which = filter === undefined ? '' : ` whose URL holds ${quoted(filter)}`
    throw new UsageError(`${path} holds no CORS request${which}`, overview(entries))
  }
  if (choice['all-blocked']) return { chosen, notes: [] }
  if (failures.length === 0 && unanswered.length === 0)
    return { chosen: chosen.slice(0, LISTED), notes: ['no request of the archive fails for CORS'] }
  return { chosen: [first], notes: others(failures.length > 0 ? 'fail for CORS' : 'got no answer', chosen) }
}

function others(what: string, entries: readonly HarEntry[]): readonly string[] {
  if (entries.length < 2) return []
  const rest = entries.length > LISTED ? `, and ${entries.length - LISTED} more` : ''
  const list = entries.slice(0, LISTED).map(line).join('; ')
  return [
    `${entries.length} requests of the archive ${what}, and this is the first (--entry n, --filter part-of-the-URL and --all-blocked choose): ${list}${rest}`,
  ]
}

function line({ index, request }: HarEntry): string {
  return `${index} ${request.method ?? 'GET'} ${clip(redactUrl(request.url), 80)}`
}

/** A page repeats its calls: of those that look alike one is enough. */
function unlike(entries: readonly HarEntry[]): readonly HarEntry[] {
  const seen = new Map<string, HarEntry>()
  for (const entry of entries) {
    const { request, recorded } = entry
    const key = JSON.stringify([request, recorded])
    if (!seen.has(key)) seen.set(key, entry)
  }
  return [...seen.values()]
}

/** An entry that no page could have sent, or without a page's origin, is judged when it is asked for. */
async function conclusionOf(entry: HarEntry, { complete }: Choice): Promise<string> {
  try {
    return (await diagnoseEntry(entry, complete(entry.request))).diagnosis.conclusion
  } catch (error) {
    if (error instanceof TypeError || error instanceof UsageError) return 'error'
    throw error
  }
}

/** Counts what is in an archive. */
function overview(entries: readonly HarEntry[]): readonly string[] {
  const counts = new Map<HarKind, number>()
  for (const { kind } of entries) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => `  ${count} ${KINDS[kind]}`)
}

/** Examines what an archive holds. Nothing is sent. */
export async function examineEntry(
  entry: HarEntry,
  request: PageRequest,
  target: Target | undefined,
): Promise<{ readonly diagnosis: Diagnosis; readonly more: readonly string[] }> {
  try {
    const { diagnosis, notes } = await diagnoseEntry(entry, request, target === undefined ? {} : { target })
    return {
      diagnosis,
      more: ['judged by the answers in the archive, and nothing was sent: --live asks the server', ...notes],
    }
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message)
    throw error
  }
}
