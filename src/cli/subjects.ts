import { quoted } from '../diagnose/page-request.ts'
import { type HarEntry, type PageRequest, parseCalls, parseCommands, parseHar } from '../diagnose.ts'
import { chooseEntries } from './archive.ts'
import { type Copied, chooseCopied } from './copied.ts'
import { readText } from './files.ts'
import { type RequestOptions, refine, withScheme } from './input.ts'
import { UsageError } from './io.ts'

/** A request to examine, and its source. */
interface Subject {
  readonly request: PageRequest
  /** The entry of an archive whose recorded answers are examined; null if the server is asked. */
  readonly entry: HarEntry | null
  /** Sentences about parts of the input that were read differently. */
  readonly notes: readonly string[]
}

/**
 * Collects the requests that the command line describes: a URL, copied commands, or entries of an
 * archive.
 */
export async function readRequests(url: string | undefined, options: RequestOptions): Promise<readonly Subject[]> {
  const sources = [url, options.curl, options.fetch, options.har].filter((source) => source !== undefined)
  if (sources.length > 1) throw new UsageError('one source at a time: a URL, --curl, --fetch or --har')
  const choosing = (['entry', 'filter', 'all-blocked', 'live'] as const).find((name) => options[name] !== undefined)
  if (options.har === undefined) {
    if (choosing !== undefined) throw new UsageError(`--${choosing} needs an archive: add --har file.har`)
    const { requests, notes } = copied(url, options)
    return requests.map((base) => ({
      request: refine(base, options),
      entry: null,
      notes: [...(base.notes ?? []), ...notes],
    }))
  }
  const { chosen, notes } = await chooseEntries(options.har, readArchive(options.har), {
    ...options,
    complete: (base) => refine(base, options),
  })
  return chosen.map((entry) => ({
    request: refine(entry.request, options),
    entry: options.live ? null : entry,
    notes: [...(entry.request.notes ?? []), ...notes],
  }))
}

function copied(url: string | undefined, options: RequestOptions): Copied {
  const { curl, fetch: call } = options
  try {
    if (curl !== undefined) return chooseCopied(parseCommands(curl), options)
    if (call !== undefined) return chooseCopied(parseCalls(call), options)
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message)
    throw error
  }
  if (url === undefined)
    throw new UsageError(
      'no URL: corsmith check https://api.example.com/ --origin https://app.example.com, or corsmith check - for a pasted text',
    )
  const whole = withScheme(url)
  if (whole !== null) throw new UsageError(`${quoted(url)} is not a URL: write ${whole}`)
  return { requests: [{ url }], notes: [] }
}

function readArchive(path: string): ReturnType<typeof parseHar> {
  try {
    return parseHar(readText(path))
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) throw new UsageError(`${path}: ${error.message}`)
    throw error
  }
}
