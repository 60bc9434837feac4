/** What surrounds a reason: the request, its origin, and how far it came. */
export interface Facts {
  readonly url: string | null
  readonly redirectedFrom: string | null
  readonly origin: string | null
  readonly method: string | null
  readonly status: number | null
}

/** Where the reason stands in the text. */
export interface Place {
  readonly index: number
  readonly end: number
}

const METHOD = '(?<method>GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)'

/** The frames that browsers put around a reason. Named groups are facts. */
const FRAMES: readonly RegExp[] = [
  /Access to [\w ]{1,40} at '(?<url>.{1,2000}?)'(?: \(redirected from '(?<from>.{1,2000}?)'\))?(?: from origin '(?<origin>[^']{1,300})')?(?= |$)/dgi,
  // A line that was cut off within its address.
  /Access to [\w ]{1,40} at '(?<url>[a-z][\w+.-]{1,20}:[^\s']{1,2000})$/dgi,
  // Chats and trackers take the quotation marks away.
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
  /(?:XMLHttpRequest for|\b(?:URL|uri|address)[:=]) ?'?(?<url>https?:[^\s']{1,2000})/dg,
]

const STATUSES: readonly RegExp[] = [
  /[Ss]tatus(?: ?[Cc]ode)?(?: of)?:? ?(?<status>[1-5]\d\d)\b/dg,
  /HTTP status code (?<status>[1-5]\d\d)\b/dg,
  /net::ERR_\w{1,60} (?<status>[1-5]\d\d) \(/dg,
  /\[HTTP\/[\d.]{1,3} (?<status>[1-5]\d\d) /dg,
  new RegExp(`${METHOD} ?'?(?:https?)://[^\\s']{1,2000} (?<status>[1-5]\\d\\d)(?: \\(|$)`, 'dg'),
]

/** A frame further away than this belongs to another line. */
const REACH = 700

type Found = Place & { readonly groups: Readonly<Record<string, string | undefined>> }

/** The facts beside a reason: of every kind the nearest. WebKit writes the address behind the reason, all others before it. */
export function factsAround(plain: string, place: Place, isBehind: boolean): Facts {
  const frames = near(plain, FRAMES, place, isBehind)
  const url = told(frames, ({ url: text }) => text)
  const from = told(frames, ({ from: text }) => text)
  const method = frames.find(({ groups }) => groups.method !== undefined && (url === null || groups.url === url))
  const status = told(near(plain, STATUSES, place, true), ({ status: text }) => text)
  return {
    url,
    redirectedFrom: from,
    origin: told(frames, ({ origin }) => origin),
    method: method?.groups.method ?? null,
    status: status === null ? null : Number(status),
  }
}

function near(plain: string, patterns: readonly RegExp[], place: Place, isBehind: boolean): readonly Found[] {
  // Only the text around the reason is searched: a long text costs no more.
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

/** How far a frame is from the reason. The side on which it does not belong counts twice. */
function distance(found: Place, place: Place, isBehind: boolean): number {
  if (found.index < place.end && found.end > place.index) return 0
  return found.end <= place.index
    ? (place.index - found.end) * (isBehind ? 2 : 1)
    : (found.index - place.end) * (isBehind ? 1 : 2)
}

function told(frames: readonly Found[], fact: (groups: Found['groups']) => string | undefined): string | null {
  return frames.map(({ groups }) => fact(groups)).find((text) => text !== undefined) ?? null
}

/** An address as it is pasted: cut off by an ellipsis, or followed by the end of a sentence; null where none is left. */
export function addressOf(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null
  const whole = text.trim()
  const [kept = ''] = whole.split(/…|\.{3}/)
  // Of a host that was cut off nothing can be asked.
  const isCut = kept.length < whole.length
  if (isCut && !/^[a-z][\w+.-]*:\/\/[^/?#]+[/?#]/i.test(kept)) return null
  const trimmed = kept.replace(/[.,;)\]]+$/, '')
  return URL.canParse(trimmed) ? trimmed : null
}
