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

/** Says which entries to examine. */
interface Choice {
  readonly entry?: string | undefined
  readonly filter?: string | undefined
  readonly 'all-blocked'?: boolean | undefined
  /** Adds the options of the command line to a request. */
  readonly complete: (request: PartialPageRequest) => PageRequest
}

/** Names each kind of exchange that is not CORS. */
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

/** The longest list of failures that is printed. */
const LISTED = 12

/**
 * The largest number of entries that are diagnosed. An archive may hold the same call a thousand
 * times.
 */
const MAX_ENTRIES = 2000

/**
 * Chooses the entries of an archive to examine: the entry that the user named; else the first one
 * that fails for CORS; else the first one without an answer. The recorded exchange decides whether
 * an entry fails.
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
  const candidates = unlike(entries.filter(({ kind }) => kind === 'cors')).slice(0, MAX_ENTRIES)
  const diagnosed = await Promise.all(candidates.map(async (each) => [each, await conclusionOf(each, choice)] as const))
  const failures = diagnosed.filter(([, conclusion]) => conclusion === 'blocked').map(([each]) => each)
  const unanswered = diagnosed.filter(([, conclusion]) => conclusion === 'error').map(([each]) => each)
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

/** Keeps one entry of each kind of call. Pages repeat their calls. */
function unlike(entries: readonly HarEntry[]): readonly HarEntry[] {
  const seen = new Map<string, HarEntry>()
  for (const entry of entries) {
    const { request, recorded } = entry
    const key = JSON.stringify([request, recorded])
    if (!seen.has(key)) seen.set(key, entry)
  }
  return [...seen.values()]
}

/**
 * A request that no page can send, or one without a page's origin, is diagnosed only when the user
 * names it.
 */
async function conclusionOf(entry: HarEntry, { complete }: Choice): Promise<string> {
  try {
    return (await diagnoseEntry(entry, complete(entry.request))).diagnosis.conclusion
  } catch (error) {
    if (error instanceof TypeError || error instanceof UsageError) return 'error'
    throw error
  }
}

/** Counts the kinds of entries in an archive. */
function overview(entries: readonly HarEntry[]): readonly string[] {
  const counts = new Map<HarKind, number>()
  for (const { kind } of entries) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => `  ${count} ${KINDS[kind]}`)
}

/** Examines one entry by its recorded answers. Nothing is sent. */
export async function examineEntry(
  entry: HarEntry,
  request: PageRequest,
  target: Target | undefined,
): Promise<{ readonly diagnosis: Diagnosis; readonly more: readonly string[] }> {
  try {
    const { diagnosis, notes } = await diagnoseEntry(entry, request, target === undefined ? {} : { target })
    return {
      diagnosis,
      more: ['diagnosed by the answers in the archive, and nothing was sent: --live asks the server', ...notes],
    }
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message)
    throw error
  }
}
