/** What a pasted text tells about a person's own server, and the command that finds the rest. No page can ask that server in its place. */
import {
  type Diagnosis,
  diagnoseEntry,
  type HarEntry,
  messageCommand,
  type PageRequest,
  parseHar,
  type RecognizedMessage,
} from 'corsmith/diagnose'
import { sentence } from './steps.ts'

/** The verdict about a person's server. */
export interface Theirs {
  readonly outcome: 'shared' | 'blocked' | 'none'
  readonly title: string
  readonly text: string
  /** What else is known, sentence by sentence. */
  readonly more: readonly string[]
  /** The command that asks the server, or explains what no server shows. */
  readonly command: string
  /** The diagnosis of recorded answers; null without any. */
  readonly diagnosis: Diagnosis | null
}

/** Tells what a console line says. */
export function ofMessage(line: RecognizedMessage): Theirs {
  const { cors, meaning, first, otherwise, also, url, redirectedFrom } = line
  const where = redirectedFrom ?? url
  return {
    outcome: cors === null ? 'none' : 'blocked',
    title: cors === null ? 'Failed, reason unknown' : cors ? 'Blocked' : 'Blocked, and not by CORS',
    text: `${where === null ? '' : `${new URL(where).host}: `}${sentence(meaning)}`,
    more: [
      sentence(first),
      ...otherwise.map((other) => `It can also be ${other.code}: if ${other.when}.`),
      ...(also.length === 0 ? [] : [`Also read: ${also.join(', ')}.`]),
    ],
    command: messageCommand(line),
    diagnosis: null,
  }
}

/** Tells what a copied request says: nothing about the answer. */
export function ofRequest(request: Partial<PageRequest>, page: string): Theirs {
  return {
    outcome: 'none',
    title: 'Not known yet',
    text: 'A copied request does not hold the answer of the server. The command asks for it.',
    more: [],
    command: checkCommand(request, page),
    diagnosis: null,
  }
}

/** A limit. A page cannot wait for the diagnosis of a thousand entries. */
const MOST_ENTRIES = 100

/** What an archive tells. */
export interface OfArchive {
  readonly request: Partial<PageRequest>
  readonly theirs: Theirs
}

/**
 * Judges the answers in an archive, as `corsmith check --har` does. The first request that fails for CORS is shown.
 *
 * @throws TypeError for a text that is no archive, or holds no request of a page
 */
export async function ofArchive(text: string, page: string): Promise<OfArchive> {
  const all = parseHar(text)
  const entries = all.filter(({ kind }) => kind === 'cors').slice(0, MOST_ENTRIES)
  const judged = await Promise.all(entries.map((entry) => judge(entry, page)))
  const known = judged.filter((each) => each !== null)
  const blocked = known.filter(({ diagnosis }) => diagnosis.conclusion === 'blocked')
  const shown = blocked[0] ?? known.find(({ diagnosis }) => diagnosis.conclusion === 'error') ?? known[0]
  if (shown === undefined) throw new TypeError(`this archive holds no CORS request among its ${all.length} requests`)
  const { diagnosis, notes, entry } = shown
  const [outcome, title] = OUTCOMES[diagnosis.conclusion]
  const first = diagnosis.findings[0]
  const others = blocked.length - 1
  return {
    request: entry.request,
    theirs: {
      outcome,
      title,
      text: sentence(first?.message ?? 'The recorded answers give this page what it asks for'),
      more: [
        `The verdict is about the recorded answers of ${diagnosis.call.url.host}. Nothing was sent.`,
        ...(others > 0
          ? [`${others} more ${others === 1 ? 'request fails' : 'requests fail'} for CORS in this archive.`]
          : []),
        ...notes.map(sentence),
      ],
      command: checkCommand(entry.request, page),
      diagnosis,
    },
  }
}

const OUTCOMES = {
  allowed: ['shared', 'Shared'],
  'allowed-unverified': ['shared', 'Nothing blocks it so far'],
  blocked: ['blocked', 'Blocked'],
  error: ['none', 'The answer is not recorded'],
} as const

async function judge(
  entry: HarEntry,
  page: string,
): Promise<{ readonly diagnosis: Diagnosis; readonly notes: readonly string[]; readonly entry: HarEntry } | null> {
  try {
    return { ...(await diagnoseEntry(entry, { origin: page, ...entry.request })), entry }
  } catch (error) {
    // A request that no page can send.
    if (error instanceof TypeError) return null
    throw error
  }
}

/** Writes the command that asks a server as a request does. Values of headers may be secrets, so most are left out. */
function checkCommand(
  { url, origin, method = 'GET', headers, credentials }: Partial<PageRequest>,
  page: string,
): string {
  const lines = Array.isArray(headers)
    ? (headers as readonly (readonly [string, string])[])
    : Object.entries(headers ?? {})
  const words = [
    'check',
    url ?? 'https://api.example.com/',
    '--origin',
    origin ?? page,
    ...(method === 'GET' ? [] : ['-X', method]),
    ...lines
      .filter(([name]) => name.toLowerCase() !== 'cookie')
      .flatMap(([name, value]) => ['-H', `${name}: ${/^(?:accept|content-type)$/i.test(name) ? value : 'x'}`]),
    ...(credentials === 'include' ? ['--credentials', 'include'] : []),
  ]
  return `npx corsmith ${words.map(quote).join(' ')}`
}

/** Quotes a word for a POSIX shell. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
