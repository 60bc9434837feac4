import { type Facts, factsAround, readPastedUrl, type TextRange } from './facts.ts'
import { readStructure, readUnsafe } from './firefox-structure.ts'
import { headerOf, meaningOf, type Otherwise, otherwise, weightOf } from './interpretation.ts'
import { isAboutCors } from './meanings.ts'
import type { MessageCode, Speaker } from './template.ts'
import { TEMPLATES } from './templates.ts'
import { type Tidied, tidy } from './tidy.ts'
import { readTranslated } from './translated.ts'

/** A recognized console line. */
export interface RecognizedMessage {
  readonly speaker: Speaker
  readonly code: MessageCode
  /** The speaker's own name for the failure; null without one. */
  readonly name: string | null
  /** Whether the line is about CORS; null if it does not show that. */
  readonly cors: boolean | null
  /** Whether the preflight failed; null if the line does not say. */
  readonly during: 'preflight' | 'response' | null
  /** The URL that was requested; null if the line does not name it. */
  readonly url: string | null
  /** The URL before a redirect; null without one. */
  readonly redirectedFrom: string | null
  /** The origin of the page; null if the line does not name it. */
  readonly origin: string | null
  /** The method of the page's request; null if the line does not name it. */
  readonly method: string | null
  /** The response header that the line is about; null without one. */
  readonly header: string | null
  /** The text at fault. */
  readonly value: string | null
  /** The status; null if the line does not name it. */
  readonly status: number | null
  /** The meaning of the line. */
  readonly meaning: string
  /** The first thing to do. */
  readonly first: string
  /** Other meanings of the same words, with the condition for each. */
  readonly otherwise: readonly Otherwise[]
  /** The codes of other lines in the same text. */
  readonly also: readonly MessageCode[]
}

/** A place of the text that matches a template. */
interface Statement extends TextRange {
  readonly speaker: Speaker
  readonly code: MessageCode
  readonly name: string | null
  readonly groups: Readonly<Record<string, string | undefined>>
}

/**
 * Recognizes a line from the console of a browser, present or past. The line may stand alone or
 * among others, folded and quoted as people paste it. Lines of libraries and servers are recognized
 * too. If the text has several lines, the one that names a cause counts.
 *
 * @param text The pasted text.
 * @returns The meaning; null for any other text.
 *
 * @example
 * ```ts
 * import { recognizeMessage } from 'corsmith/diagnose'
 *
 * const line =
 *   'Request header field authorization is not allowed by ' +
 *   'Access-Control-Allow-Headers in preflight response.'
 * recognizeMessage(line)?.code // 'header-not-allowed'
 * ```
 */
export function recognizeMessage(text: string): RecognizedMessage | null {
  const tidied = tidy(text)
  const statements = [...statementsOf(tidied)].sort((a, b) => weightOf(b) - weightOf(a) || a.index - b.index)
  const best = statements[0]
  if (best === undefined) return null
  // A frame belongs to the reason inside it.
  const others = statements.filter((each) => each.code !== 'cors-no-reason')
  const also = [...new Set(others.map(({ code }) => code))].filter((code) => code !== best.code)
  // A panel without a status and a line with one may report the same failure.
  const twin = statements.find(({ code, groups }) => code === best.code && groups.status !== undefined)
  return describe({ ...best, groups: { status: twin?.groups.status, ...best.groups } }, tidied, also)
}

/**
 * Returns the addresses in a text, for a command when nothing was recognized.
 *
 * @param text The pasted text.
 * @returns The URL of the request and the origin of the page; null for each that is missing.
 *
 * @example
 * ```ts
 * addressesIn('it fails: https://api.example.com/x').url // 'https://api.example.com/x'
 * ```
 */
export function addressesIn(text: string): Omit<Facts, 'redirectedFrom' | 'method' | 'status'> {
  const { plain } = tidy(text)
  const facts = factsAround(plain, { index: 0, end: plain.length }, false)
  const any = /https?:\/\/[^\s'<>]{1,2000}/.exec(plain)?.[0]
  return { url: readPastedUrl(facts.url ?? any), origin: facts.origin }
}

function statementsOf(tidied: Tidied): readonly Statement[] {
  const known = TEMPLATES.flatMap(({ speaker, code, name, pattern }) =>
    Array.from(tidied.plain.matchAll(pattern))
      .slice(0, 20)
      .map((match) => ({
        speaker,
        code,
        name,
        index: match.index,
        end: match.index + match[0].length,
        groups: written(match, tidied.text),
      })),
  )
  const certain = known.filter((each) => weightOf(each) >= weightOf({ code: 'network-error', speaker: 'any' }))
  const translated = certain.length > 0 ? [] : readTranslated(tidied)
  if (translated.length > 0) {
    const read = translated.map(({ url, origin, value, ...found }) => ({
      ...found,
      speaker: 'chromium' as const,
      groups: { url, origin, value: value ?? undefined },
    }))
    return [...read, ...known]
  }
  const read = readStructure(tidied)
    // English is one of the languages. If its sentence matched a template, the structure adds
    // nothing.
    .filter((found) => !certain.some((other) => other.index < found.end && other.end > found.index))
    .map(({ url, value, status, ...found }) => ({
      ...found,
      speaker: 'firefox' as const,
      groups: { url, value: value ?? undefined, status: status === null ? undefined : String(status) },
    }))
  return [
    ...read,
    ...known,
    ...(known.length === 0
      ? readUnsafe(tidied.plain).map((found) => ({
          ...found,
          speaker: 'firefox' as const,
          name: null,
          groups: { url: found.url },
        }))
      : []),
  ]
}

/** Returns the groups of a match with the original quotation marks. */
function written(match: RegExpMatchArray, text: string): Statement['groups'] {
  const places = Object.entries(match.indices?.groups ?? {})
  return Object.fromEntries(places.map(([name, place]) => [name, place && text.slice(...place)]))
}

function describe(found: Statement, { plain }: Tidied, also: readonly MessageCode[]): RecognizedMessage {
  const { speaker, code, groups } = found
  const facts = factsAround(plain, found, speaker === 'webkit')
  const value = groups.value ?? groups.old ?? groups.code ?? null
  const isPreflight = code === 'preflight-status' || saysPreflight(plain, found) || facts.method === 'OPTIONS'
  const told = groups.status ?? groups.status_
  const status = told === undefined ? facts.status : Number(told)
  const origin = groups.origin ?? originOf(groups.page) ?? facts.origin
  const said = { ...found, value, status, origin, url: readPastedUrl(urlOf(groups) ?? facts.url) }
  const sent = code === 'method-not-allowed' ? value : facts.method
  return {
    speaker,
    ...meaningOf(said),
    name: groups.named ?? (speaker === 'chromium' ? preflightName(found, plain) : found.name),
    cors: isAboutCors(code),
    during: isPreflight
      ? 'preflight'
      : speaker === 'chromium' && isAboutCors(code) && code !== 'cors-no-reason'
        ? 'response'
        : null,
    url: said.url,
    redirectedFrom: readPastedUrl(facts.redirectedFrom),
    origin,
    method: sent === 'OPTIONS' ? null : sent,
    header: headerOf(code),
    value,
    status,
    otherwise: otherwise(said),
    also,
  }
}

function urlOf({ url, insecure: other, server, lost }: Statement['groups']): string | undefined {
  return url ?? other ?? server ?? lost
}

/** Returns whether the words beside a reason mention the preflight. */
function saysPreflight(plain: string, { index, end }: TextRange): boolean {
  return /preflight/i.test(plain.slice(Math.max(0, index - 70), end + 30))
}

/** Chromium has another name for the same failure of a preflight. */
function preflightName({ name, index }: Statement, plain: string): string | null {
  const isPrefixed = /Response to preflight request doesn't pass access control check: .{0,60}$/.test(
    plain.slice(Math.max(0, index - 130), index),
  )
  return name === null || !isPrefixed || name.startsWith('Preflight') ? name : `Preflight${name}`
}

function originOf(page: string | undefined): string | null {
  const url = page === undefined ? null : URL.parse(page)
  return url === null || url.origin === 'null' ? null : url.origin
}
