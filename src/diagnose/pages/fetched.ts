import { messageCommand } from '../messages/command.ts'
import { type RecognizedMessage, recognizeMessage } from '../messages/recognize.ts'
import { shellQuote } from '../report/replay.ts'

/** The parts of `fetch()`'s options that a page of another process can be given. */
export interface PageFetchInit {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly credentials?: 'omit' | 'same-origin' | 'include'
  readonly mode?: 'cors' | 'no-cors' | 'same-origin'
  readonly body?: string
}

/** A response as the page sees it. */
export interface PageResponse {
  readonly status: number
  /** `basic` for the page's own origin, `cors` for another, `opaque` for the mode `no-cors`. */
  readonly type: string
  readonly url: string
  /** The headers that the page may read, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What `fetch()` gave in a page: a response, or the text of the error. */
export type PageFetched = { readonly response: PageResponse } | { readonly error: string }

/** A response that a page got or did not get. */
export interface PageRefusal {
  /** The error that the page got: `TypeError: Failed to fetch`. */
  readonly error: string
  /** The line of the console, explained; null where the browser gave none away. */
  readonly message: RecognizedMessage | null
}

/**
 * Fetches in the page that it runs in. Test runners send its text to a page, so it uses nothing
 * outside of itself.
 */
export async function fetchInPage(request: {
  readonly url: string
  readonly init: PageFetchInit
}): Promise<PageFetched> {
  try {
    const answer = await fetch(request.url, request.init)
    const { status, type, url } = answer
    return { response: { status, type, url, headers: Object.fromEntries(answer.headers), body: await answer.text() } }
  } catch (error) {
    return { error: String(error) }
  }
}

/** A request of a page, with what came of it. */
export interface Judged {
  readonly fetched: PageFetched
  readonly url: string
  readonly init: PageFetchInit
  /** The address of the page. */
  readonly page: string
  /** The lines of the console since the request began. */
  readonly lines: readonly string[]
}

/**
 * Gives the response that a page got.
 *
 * @throws {Error} where the page got none: with the line of the console, its meaning, and the command
 * that finds the cause
 */
export function requireShared(judged: Judged): PageResponse {
  const { fetched, url, init, page } = judged
  if ('response' in fetched) return fetched.response
  const { message } = refusalOf(fetched.error, judged)
  const told =
    message === null
      ? [`Find the cause: npx corsmith ${checkOf(url, init, page)}`]
      : [
          ...judged.lines.filter((line) => recognizeMessage(line) !== null),
          message.meaning,
          `First: ${message.first}`,
          messageCommand(message),
        ]
  throw new Error([`expected the page ${page} to get ${url}, but it got: ${fetched.error}`, ...told].join('\n  '))
}

/**
 * Gives what kept a response from a page.
 *
 * @throws {Error} where the page got the response, or the console names another reason
 */
export function requireRefused(judged: Judged, code?: string): PageRefusal {
  const { fetched, url, page } = judged
  if ('response' in fetched) {
    const { status, type } = fetched.response
    throw new Error(`expected the browser to keep ${url} from the page ${page}, but the page got ${status} (${type})`)
  }
  const refusal = refusalOf(fetched.error, judged)
  if (code !== undefined && refusal.message?.code !== code) {
    const found =
      refusal.message === null ? `the console gives no reason (${fetched.error})` : `it was ${refusal.message.code}`
    throw new Error(`expected the reason ${code}, but ${found}`)
  }
  return refusal
}

function refusalOf(error: string, { lines }: Judged): PageRefusal {
  const found = lines.map((line) => recognizeMessage(line)).filter((message) => message !== null)
  return { error, message: found.find(({ cors }) => cors === true) ?? found[0] ?? null }
}

function checkOf(url: string, { method, headers, credentials }: PageFetchInit, page: string): string {
  const absolute = URL.parse(url, page)?.href ?? url
  const words = ['check', absolute, '--origin', URL.parse(page)?.origin ?? page]
  if (method !== undefined && method !== 'GET') words.push('-X', method)
  for (const [name, value] of Object.entries(headers ?? {})) words.push('-H', `${name}: ${value}`)
  if (credentials !== undefined) words.push('--credentials', credentials)
  return words.map(shellQuote).join(' ')
}
