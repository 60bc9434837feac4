import {
  type HarEntry,
  type PageRequest,
  type PartialPageRequest,
  parseCommands,
  parseFetch,
  parseHar,
} from '../diagnose.ts'
import { chooseEntries } from './archive.ts'
import { readText } from './files.ts'
import { type RequestOptions, refine } from './input.ts'
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
    return copied(url, options).map((base) => ({
      request: refine(base, options),
      entry: null,
      notes: base.notes ?? [],
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

function copied(url: string | undefined, { curl, fetch: call, method }: RequestOptions): readonly PartialPageRequest[] {
  try {
    if (curl === undefined && call === undefined) {
      if (url === undefined)
        throw new UsageError('no URL: corsmith check https://api.example.com/ --origin https://app.example.com')
      return [{ url }]
    }
    const requests = curl === undefined ? [parseFetch(call ?? '')] : distinct(parseCommands(curl))
    // OPTIONS is the method of preflights. The copy does not always say which method and headers
    // the preflight asked for.
    if (method === undefined && requests.some((request) => request.method === 'OPTIONS')) {
      throw new UsageError(
        'this OPTIONS request does not contain the method that it asks permission for (Access-Control-Request-Method): copy the request that follows it, or add -X PUT and -H for each header. If the page itself sends OPTIONS, add -X OPTIONS',
      )
    }
    return requests
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message)
    throw error
  }
}

/** Removes a preflight that was copied together with its request. The names of its headers stay. */
function distinct(requests: readonly PartialPageRequest[]): readonly PartialPageRequest[] {
  const own = requests.filter(({ notes }) => notes === undefined)
  return requests.filter(
    (request) =>
      own.includes(request) || !own.some(({ url, method }) => url === request.url && method === request.method),
  )
}

function readArchive(path: string): ReturnType<typeof parseHar> {
  try {
    return parseHar(readText(path))
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) throw new UsageError(`${path}: ${error.message}`)
    throw error
  }
}
