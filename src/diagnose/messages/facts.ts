/** The facts around a reason: the request, its origin, and how far it came. */
export interface Facts {
  readonly url: string | null
  readonly redirectedFrom: string | null
  readonly origin: string | null
  readonly method: string | null
  readonly status: number | null
}

/** The place of the reason in the text. */
export interface TextRange {
  readonly index: number
  readonly end: number
}

const METHOD = '(?<method>GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)'

/** The frames that browsers put around a reason. Named groups are facts. */
const FRAMES: readonly RegExp[] = [
  /Access to [\w ]{1,40} at '(?<url>.{1,2000}?)'(?: \(redirected from '(?<from>.{1,2000}?)'\))?(?: from origin '(?<origin>[^']{1,300})')?(?= |$)/dgi,
  // A line that was cut inside its address.
  /Access to [\w ]{1,40} at '(?<url>[a-z][\w+.-]{1,20}:[^\s']{1,2000})$/dgi,
  // Chats and issue trackers remove the quotation marks.
  /Access to [\w ]{1,40} at (?<url>[a-z][\w+.-]{1,20}:[^\s']{1,2000})(?: \(redirected from (?<from>[^\s')]{1,2000})\))? from origin (?<origin>[^\s']{1,300})/dgi,
  /Redirect (?:from|at) '(?<from>.{1,2000}?)'(?: to '(?<url>.{1,2000}?)')?(?: from origin '(?<origin>[^']{1,300})')? has been blocked/dg,
  /\b\w{4,14} from origin '(?<url>[^']{1,300})' has been blocked from loading/dg,
  /(?:cannot load|Failed to load) (?<url>[a-z][\w+.-]{1,20}:[^\s']{1,2000}?)(?:[.:,]?(?= |$))/dg,
  /from origin '?(?<origin>[^\s']{1,300})'? has been blocked/dgi,
  /Origin '(?<origin>[^']{1,300})' is therefore not allowed/dg,
  /Origin (?<origin>[a-z][\w+.-]{1,20}:[^\s']{0,300}|null) is not allowed by/dg,
  /remote resource at '?(?<url>[a-z][\w+.-]{1,20}:[^\s']{1,2000}?)'?\.?(?= |$)/dg,
  new RegExp(`${METHOD}\\s?'?(?<url>(?:https?|wss?|file)://[^\\s']{1,2000})`, 'dg'),
  /'?\burl'?: ?'(?<url>https?:[^\s']{1,2000})'/dg,
  /(?:dynamically )?imported module: ?'?(?<url>https?:[^\s']{1,2000})/dg,
  /(?:XMLHttpRequest for|\b(?:URL|uri|address)[:=]) ?'?(?<url>https?:[^\s']{1,2000})/dg,
]

const STATUSES: readonly RegExp[] = [
  /[Ss]tatus(?: ?[Cc]ode)?(?: of)?:? ?(?<status>[1-5]\d\d)\b/dg,
  /net::ERR_\w{1,60} (?<status>[1-5]\d\d) \(/dg,
  /\[HTTP\/[\d.]{1,3} (?<status>[1-5]\d\d) /dg,
  new RegExp(`${METHOD} ?'?(?:https?)://[^\\s']{1,2000} (?<status>[1-5]\\d\\d)(?: \\(|$)`, 'dg'),
]

/** A frame further away than this belongs to another line. */
const REACH = 700

type Found = TextRange & { readonly groups: Readonly<Record<string, string | undefined>> }

/**
 * Collects the facts beside a reason, the nearest of each kind. WebKit writes the address after the
 * reason, all others before it.
 */
export function factsAround(plain: string, place: TextRange, isBehind: boolean): Facts {
  const frames = near(plain, FRAMES, place, isBehind)
  const url = firstFact(frames, ({ url: text }) => text)
  const from = firstFact(frames, ({ from: text }) => text)
  const method = frames.find(({ groups }) => groups.method !== undefined && (url === null || groups.url === url))
  const status = firstFact(near(plain, STATUSES, place, true), ({ status: text }) => text)
  return {
    url,
    redirectedFrom: from,
    origin: firstFact(frames, ({ origin }) => origin),
    method: method?.groups.method ?? null,
    status: status === null ? null : Number(status),
  }
}

function near(plain: string, patterns: readonly RegExp[], place: TextRange, isBehind: boolean): readonly Found[] {
  // Searches only the text around the reason, so a long text costs no more.
  const start = Math.max(0, place.index - 4 * REACH)
  const part = plain.slice(start, place.end + 4 * REACH)
  return patterns
    .flatMap((pattern) => Array.from(part.matchAll(pattern)).slice(0, 50))
    .map((match) => ({
      index: match.index + start,
      end: match.index + start + match[0].length,
      groups: match.groups ?? {},
    }))
    .map((found) => [found, distance(found, place, isBehind)] as const)
    .filter(([, far]) => far <= REACH)
    .sort(([, a], [, b]) => a - b)
    .map(([found]) => found)
}

/** Returns how far a frame is from the reason. On the wrong side the distance counts double. */
function distance(found: TextRange, place: TextRange, isBehind: boolean): number {
  if (found.index < place.end && found.end > place.index) return 0
  return found.end <= place.index
    ? (place.index - found.end) * (isBehind ? 2 : 1)
    : (found.index - place.end) * (isBehind ? 1 : 2)
}

function firstFact(frames: readonly Found[], fact: (groups: Found['groups']) => string | undefined): string | null {
  return frames.map(({ groups }) => fact(groups)).find((text) => text !== undefined) ?? null
}

/**
 * Reads a pasted address. It may end with an ellipsis or the end of a sentence. Returns null if no
 * address is left.
 */
export function readPastedUrl(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null
  const whole = text.trim()
  const [kept = ''] = whole.split(/…|\.{3}/)
  // A host that was cut cannot be asked.
  const isCut = kept.length < whole.length
  if (isCut && !/^[a-z][\w+.-]*:\/\/[^/?#]+[/?#]/i.test(kept)) return null
  const trimmed = kept.replace(/[.,;)\]]+$/, '')
  return URL.canParse(trimmed) ? trimmed : null
}
