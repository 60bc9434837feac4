import type { HeaderLine } from '../../browser/wire.ts'
import { addHeader, base64, type HeaderDraft, readUrlArgument } from './command-line.ts'
import { asPageRequest, type PartialPageRequest } from './from-browser.ts'

/** Options of wget that take a value and say nothing about the request. A cluster may end in one. */
const OTHER_OF_WGET =
  /^(?:-[A-Za-z]*[OoPtTaeiBDARlwQ]|--(?:output-document|output-file|append-output|directory-prefix|timeout|dns-timeout|connect-timeout|read-timeout|tries|wait|waitretry|limit-rate|max-redirect|user|password|http-user|http-password|bind-address|load-cookies|save-cookies|ca-certificate|ca-directory|certificate|certificate-type|private-key|private-key-type|secure-protocol|config|execute|input-file|base|level|accept|reject|domains|compression))$/

/** Reads the arguments of wget. */
export function readWget(words: readonly string[]): readonly PartialPageRequest[] {
  const draft: HeaderDraft = { headers: [], removed: [], notes: [] }
  let url: string | null = null
  let method: string | null = null
  let body: string | null = null
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    const [, option = word, joined] = /^(--[a-z-]+)=([\s\S]*)$/.exec(word) ?? []
    const value = () => joined ?? words[++i] ?? ''
    if (option === '--method') method = value() || null
    else if (option === '--header') addHeader(draft, value())
    else if (option === '--body-data' || option === '--post-data') body = value()
    else if (option === '--body-file' || option === '--post-file') body = value() && ''
    else if (option === '--user-agent' || option === '-U') draft.headers.push(['User-Agent', value()])
    else if (option === '--referer') draft.headers.push(['Referer', value()])
    else if (OTHER_OF_WGET.test(option)) value()
    else if (!word.startsWith('-')) url ??= word
  }
  if (url === null) throw new TypeError('this wget command names no URL')
  if (body !== null && !draft.headers.some(([name]) => /^content-type$/i.test(name)))
    draft.headers.push(['Content-Type', 'application/x-www-form-urlencoded'])
  return [
    asPageRequest({
      url: readUrlArgument(url, []).url,
      method: method ?? (body === null ? 'GET' : 'POST'),
      headers: draft.headers,
      body,
    }),
  ]
}

/** Options of HTTPie that take a value. */
const WITH_VALUE_OF_HTTPIE =
  /^(?:-[aAops]|--(?:auth|auth-type|output|print|style|pretty|session|session-read-only|timeout|proxy|verify|ssl|cert|cert-key|ciphers|max-redirects|max-headers|format-options|boundary|raw))$/

/** Reads the arguments of HTTPie: `http PUT example.com/x Name:value field=value`. */
export function readHttpie(name: string, words: readonly string[]): readonly PartialPageRequest[] {
  const plain: string[] = []
  const options = new Map<string, string>()
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    const [, option = word, joined] = /^(--[a-z-]+)=([\s\S]*)$/.exec(word) ?? []
    if (!word.startsWith('-')) plain.push(word)
    else options.set(option, joined ?? (WITH_VALUE_OF_HTTPIE.test(option) ? (words[++i] ?? '') : ''))
  }
  const verb = /^[A-Za-z]+$/.test(plain[0] ?? '') && plain.length > 1 ? plain.shift() : undefined
  const url = plain.shift()
  // `http` and `https` can also be ordinary words.
  if (url === undefined || !/[.:/]|^localhost$/.test(url)) return []
  const headers: HeaderLine[] = []
  const query: string[] = []
  const raw = options.get('--raw')
  const data: string[] = raw === undefined ? [] : [raw]
  for (const item of plain) {
    const [, key = '', mark, value = ''] = /^([^:=@;]+)(==|:=|=|:|@|;$)([\s\S]*)$/.exec(item) ?? []
    // A name without a value removes a header; a semicolon sends an empty one.
    if (mark === ';' || (mark === ':' && value !== '')) headers.push([key, value])
    else if (mark === '==') query.push(`${key}=${value}`)
    else if (mark !== undefined && mark !== ':') data.push(`${key}=${value}`)
  }
  const has = (lower: string) => headers.some(([key]) => key.toLowerCase() === lower)
  const auth = options.get('--auth') ?? options.get('-a')
  if (auth !== undefined && !has('authorization')) {
    const isBearer = (options.get('--auth-type') ?? options.get('-A')) === 'bearer'
    headers.push(['Authorization', isBearer ? `Bearer ${auth}` : `Basic ${base64(auth)}`])
  }
  const isForm = options.has('--form') || options.has('-f')
  if (data.length > 0 && !has('content-type'))
    headers.push(['Content-Type', isForm ? 'application/x-www-form-urlencoded' : 'application/json'])
  // `:3000/x` and `:/x` are on this computer.
  const host = url.startsWith(':') ? `localhost${/^:\d/.test(url) ? url : url.slice(1)}` : url
  const whole = /^[a-z]+:\/\//i.test(host) ? host : `${/s$/.test(name) ? 'https' : 'http'}://${host}`
  return [
    asPageRequest({
      url: readUrlArgument(whole, query).url,
      method: verb?.toUpperCase() ?? (data.length > 0 ? 'POST' : 'GET'),
      headers,
      body: data.length > 0 ? data.join('&') : null,
    }),
  ]
}
