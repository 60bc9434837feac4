import type { HeaderLine } from '../../browser/wire.ts'
import { addHeader, base64, readUrlArgument } from './command-line.ts'
import { asPageRequest, type PartialPageRequest } from './from-browser.ts'
import { readHttpie, readWget } from './other-clients.ts'
import { isPowerShell, parsePowerShell } from './powershell.ts'
import { isForCmd, shellCommands, withoutBackticks, withoutCarets, withPlainQuotes } from './words.ts'

/** Short options of curl that take a value. The others take none. */
const SHORT_WITH_VALUE = 'AbcCdDeEFHKmoPQrtTuUwxXyYz'

/** Long options that take a value, by curl's manual. */
const LONG_WITH_VALUE: ReadonlySet<string> = new Set(
  `abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to
  continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode
  delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech engine etag-compare
  etag-save expect100-timeout form form-string happy-eyeballs-timeout-ms header hsts interface ip-tos json
  keepalive-cnt keepalive-time key key-type libcurl limit-rate local-port login-options max-filesize max-redirs
  max-time netrc-file noproxy oauth2-bearer output output-dir parallel-max pass pinnedpubkey preproxy proto
  proto-default proto-redir proxy proxy-cacert proxy-capath proxy-cert proxy-header proxy-key proxy-user proxy1.0
  pubkey range rate referer request request-target resolve retry retry-delay retry-max-time service-name socks4
  socks4a socks5 socks5-hostname speed-limit speed-time stderr time-cond tls-max tls13-ciphers trace trace-ascii
  trace-config unix-socket upload-file url url-query user user-agent variable write-out`.split(/\s+/),
)

/** The long name of each short option that matters for CORS. */
const LONG: Readonly<Record<string, string>> = {
  X: '--request',
  H: '--header',
  b: '--cookie',
  A: '--user-agent',
  e: '--referer',
  u: '--user',
  d: '--data',
  F: '--form',
  I: '--head',
  G: '--get',
  r: '--range',
  T: '--upload-file',
  K: '--config',
}

/** A limit on the commands of one text. */
const MAX_COMMANDS = 50

/**
 * Reads "Copy as cURL" of any browser, for a POSIX shell or the Windows command prompt, and "Copy
 * as PowerShell". It reads the first of several commands. It runs nothing and reads no file.
 *
 * A preflight becomes the request that it asks permission for, because a page never sends a
 * preflight itself.
 *
 * @param command The pasted text.
 * @returns The page's request; without `origin` if the command has none.
 * @throws {TypeError} for a text without a command and URL
 *
 * @example
 * ```ts
 * import { parseCurl } from 'corsmith/diagnose'
 *
 * const command = "curl 'https://api.example.com/users' -X PUT -H 'Origin: https://app.example.com'"
 * parseCurl(command).method // 'PUT'
 * ```
 */
export function parseCurl(command: string): PartialPageRequest {
  // The readers throw if there is no request at all.
  return parseCommands(command)[0] as PartialPageRequest
}

/**
 * Reads every request of a text with commands of curl, PowerShell, wget or HTTPie.
 *
 * @param text The pasted text.
 * @returns The requests, in the order of the text.
 * @throws {TypeError} for a text without a command and URL
 *
 * @example
 * ```ts
 * import { parseCommands } from 'corsmith/diagnose'
 *
 * parseCommands('curl https://api.example.com/a; curl -X PUT https://api.example.com/b').length // 2
 * ```
 */
export function parseCommands(text: string): readonly PartialPageRequest[] {
  const source = withPlainQuotes(text.replace(/^[ \t]*```\w*[ \t]*$/gm, '').replace(/^\s*#\s+(?=curl\b)/, ''))
  if (isPowerShell(source)) return parsePowerShell(source)
  const commands = shellCommands(isForCmd(source) ? withoutCarets(source) : withoutBackticks(source))
  const found = commands.slice(0, MAX_COMMANDS).flatMap((words) => {
    const start = words.findIndex((word) => /(^|[\\/>])(curl|wget|https?|xhs?)(\.exe)?$/i.test(word))
    return start < 0 ? [] : readCommand(words.slice(start))
  })
  if (found.length === 0) {
    // The message quotes nothing. A command that was cut may hold a secret in an unusual place.
    throw new TypeError(
      'this is not a curl command: paste "Copy as cURL" or "Copy as PowerShell" whole; or give the URL, --origin, -X and -H',
    )
  }
  return found
}

function readCommand(words: readonly string[]): readonly PartialPageRequest[] {
  const name = (words[0] ?? '').replace(/^.*[\\/>]|\.exe$/gi, '').toLowerCase()
  if (name === 'curl') return splitAtNext(words.slice(1)).flatMap(readCurl)
  return name === 'wget' ? readWget(words.slice(1)) : readHttpie(name, words.slice(1))
}

/** A command while it is read. */
interface Draft {
  urls: string[]
  method: string | null
  headers: HeaderLine[]
  removed: string[]
  data: string[]
  /** Data that becomes part of the URL. */
  query: string[]
  isForm: boolean
  isJson: boolean
  notes: string[]
}

function readCurl(options: readonly (readonly [string, string])[]): readonly PartialPageRequest[] {
  const draft: Draft = {
    urls: [],
    method: null,
    headers: [],
    removed: [],
    data: [],
    query: [],
    isForm: false,
    isJson: false,
    notes: [],
  }
  let isGet = false
  let isHead = false
  let isUpload = false
  for (const [option, value] of options) {
    if (option === '' || option === '--url') draft.urls.push(value)
    else if (option === '--request') draft.method = value || null
    else if (option === '--header') addHeader(draft, value)
    else if (option === '--cookie') addCookie(draft, value)
    else if (option === '--user-agent') draft.headers.push(['User-Agent', value])
    else if (option === '--referer') draft.headers.push(['Referer', value.replace(/;auto$/, '')])
    else if (option === '--user') draft.headers.push(['Authorization', `Basic ${base64(value)}`])
    else if (option === '--oauth2-bearer') draft.headers.push(['Authorization', `Bearer ${value}`])
    else if (option === '--range') draft.headers.push(['Range', `bytes=${value}`])
    else if (option === '--url-query') draft.query.push(value)
    else if (/^--(data(-raw|-binary|-ascii|-urlencode)?|json)$/.test(option)) {
      draft.data.push(value)
      if (option === '--json') draft.isJson = true
    } else if (option === '--form' || option === '--form-string') draft.isForm = true
    else if (option === '--head') isHead = true
    else if (option === '--get') isGet = true
    else if (option === '--upload-file') isUpload = true
    else if (option === '--config')
      throw new TypeError(`this command takes its options from a file: write them out, or use -X, -H and --origin`)
  }
  // The word alone names the program, as in a command that installs it.
  if (options.length === 0) return []
  if (draft.urls.length === 0) throw new TypeError('this curl command names no URL: paste "Copy as cURL" whole')
  if (draft.data.length > 0 && isGet) draft.query.push(...draft.data.splice(0))
  const hasBody = draft.data.length > 0 || draft.isForm
  const method = draft.method ?? (isUpload ? 'PUT' : hasBody ? 'POST' : isHead ? 'HEAD' : 'GET')
  // The value of an unknown option could be taken for a URL.
  const likely = draft.urls.filter((url) => /[./:$]|^localhost\b|\{\{/.test(url))
  return (likely.length > 0 ? likely : draft.urls).map((url) => finish(draft, url, method, hasBody))
}

function finish(draft: Draft, url: string, method: string, hasBody: boolean): PartialPageRequest {
  const has = (name: string) => draft.headers.some(([key]) => key.toLowerCase() === name)
  const headers = [...draft.headers]
  const implied = draft.isForm
    ? 'multipart/form-data; boundary=corsmith'
    : draft.isJson
      ? 'application/json'
      : 'application/x-www-form-urlencoded'
  if (hasBody && !has('content-type') && !draft.removed.includes('content-type'))
    headers.push(['Content-Type', implied])
  const address = readUrlArgument(url, draft.query)
  if (address.user !== null && !has('authorization')) headers.push(['Authorization', `Basic ${base64(address.user)}`])
  const body = draft.isForm ? '' : draft.data.join('&')
  const request = asPageRequest({
    url: address.url,
    method,
    headers,
    body: hasBody && method !== 'GET' && method !== 'HEAD' ? body : null,
  })
  return draft.notes.length === 0 ? request : { ...request, notes: [...(request.notes ?? []), ...draft.notes] }
}

/** Splits the words into options and values, and begins a new request at `--next`. */
function splitAtNext(words: readonly string[]): readonly (readonly (readonly [string, string])[])[] {
  const groups: [string, string][][] = [[]]
  let isLiteral = false
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    const value = () => words[++i] ?? ''
    const group = groups.at(-1) ?? []
    if (isLiteral || !word.startsWith('-') || word === '-') group.push(['', word])
    else if (word === '--') isLiteral = true
    else if (word === '--next' || word === '-:') groups.push([])
    else if (word.startsWith('--')) {
      const equals = /^(--[a-z0-9-]+)=([\s\S]*)$/.exec(word)
      if (equals !== null) group.push([equals[1] ?? '', equals[2] ?? ''])
      else group.push([word, takesValue(word.slice(2)) ? value() : ''])
    } else {
      for (let at = 1; at < word.length; at++) {
        const short = word.charAt(at)
        const isLast = SHORT_WITH_VALUE.includes(short)
        group.push([LONG[short] ?? `-${short}`, isLast ? word.slice(at + 1) || value() : ''])
        if (isLast) break
      }
    }
  }
  return groups.filter((group, i) => i === 0 || group.length > 0)
}

function takesValue(long: string): boolean {
  return LONG_WITH_VALUE.has(long) || long.startsWith('expand-')
}

/** A word without `=` is a file of cookies. An empty one only keeps those of the answers. */
function addCookie(draft: Draft, value: string): void {
  if (value.includes('=')) draft.headers.push(['Cookie', value])
  else if (value !== '')
    draft.notes.push('cookies are in a file, which is not read: add --credentials include if the page sends them')
}
