import type { HeaderLine, WireRequest } from '../../browser/wire.ts'
import type { Diagnosis } from '../diagnosis.ts'
import { isIdentifier, looksSecret, RUNS } from './looks-secret.ts'
import { redacted, redactField, redactSaid, redactUrl } from './redact.ts'
import { HIDDEN, isSecretName, isSecretParameter } from './secret-names.ts'

/**
 * The shortest secret that is also hidden in other places. Shorter ones would be parts of ordinary
 * words.
 */
const SHORTEST = 6

/**
 * Returns a diagnosis without secrets. A secret of the request is also hidden where the server
 * repeats it.
 */
export function shown<T extends Diagnosis>(diagnosis: T): T {
  const { call, observations } = diagnosis
  const lines = [
    ...call.headers,
    ...observations.flatMap(({ request, response }) => [...request.headers, ...(response?.headers ?? [])]),
  ]
  const cookies: readonly HeaderLine[] = call.cookie === null ? [] : [['Cookie', call.cookie]]
  const spared = [call.url.host, call.origin, URL.parse(call.origin)?.host ?? call.origin]
  const secrets = secretsOf(
    [...lines, ...cookies],
    [call.url.href, ...observations.map(({ request }) => request.url)],
    spared,
  )
  return walk(diagnosis, '', (text) => withoutSecrets(redactSaid(text, spared), secrets), secrets) as T
}

/** Returns a request without secrets. */
export function shownRequest(request: WireRequest): WireRequest {
  const secrets = secretsOf(request.headers, [request.url], [URL.parse(request.url)?.host ?? ''])
  const hide = (text: string) => withoutSecrets(text, secrets)
  return {
    ...request,
    url: hide(redactUrl(request.url)),
    headers: redacted(request.headers).map(([name, value]): HeaderLine => [name, hide(value)]),
  }
}

function walk(value: unknown, key: string, say: (text: string) => string, secrets: readonly string[]): unknown {
  const hide = (text: string) => withoutSecrets(text, secrets)
  if (typeof value === 'string') {
    if (key === 'body' || key === 'cookie') return value === '' ? value : HIDDEN
    // Links are part of corsmith, so they hold no secret.
    if (key === 'link' || key === 'mdn') return value
    return key === 'sample' ? '' : key === 'url' ? hide(redactUrl(value)) : say(value)
  }
  if (value instanceof URL) return withHref(value, hide(redactUrl(value.href)))
  if (Array.isArray(value)) {
    if (key === 'headers' && value.every(isLine)) return redacted(value).map(([name, text]) => [name, hide(text)])
    return value.map((item) => walk(item, '', say, secrets))
  }
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    key === 'headers' && typeof inner === 'string'
      ? hide(redactField(name, inner))
      : name === 'actual' && typeof inner === 'string'
        ? hide(redactField(String((value as { header?: unknown }).header), inner))
        : walk(inner, name, say, secrets),
  ])
  return Object.fromEntries(entries)
}

function isLine(value: unknown): value is HeaderLine {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'string'
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/**
 * The URL parser would percent-encode the ellipsis. The parts of the URL still work for readers.
 */
function withHref(url: URL, href: string): URL {
  return Object.defineProperty(new URL(`${url.origin}${url.pathname}`), 'href', { value: href })
}

/**
 * Lists every secret of an exchange, in the forms in which a server may repeat it, the longest
 * first.
 */
function secretsOf(
  lines: readonly HeaderLine[],
  urls: readonly string[],
  spared: readonly string[],
): readonly string[] {
  const found = [...lines.flatMap(secretsOfField), ...urls.flatMap(secretsOfUrl)]
  const forms = found.flatMap((secret) => [secret, encodeURIComponent(secret), encodeURI(secret), plainOf(secret)])
  const long = forms.filter((form) => form.length >= SHORTEST && !spared.some((host) => host.includes(form)))
  return [...new Set(long)].sort((a, b) => b.length - a.length)
}

function secretsOfField([name, value]: HeaderLine): readonly string[] {
  if (/^set-cookie2?$/i.test(name)) return secretsOfPair(value.split(';')[0] ?? '')
  if (/^cookie2?$/i.test(name)) return value.split(/;\s*/).flatMap(secretsOfPair)
  if (!isSecretName(name)) return []
  const [scheme = '', ...rest] = value.split(/\s+/)
  if (rest.length === 0) return [value]
  return [value, rest.join(' '), ...(/^basic$/i.test(scheme) ? partsOfBasic(rest.join('')) : [])]
}

/** The value of a cookie such as `theme=dark` is not a secret, and occurs inside other words. */
function secretsOfPair(pair: string): readonly string[] {
  const equals = pair.indexOf('=')
  const held = pair.slice(equals + 1).trim()
  const isSecret = equals < 0 ? /^[\w+/=~.%-]+$/.test(held) : isSecretName(pair.slice(0, equals))
  if (/\p{Cc}/u.test(held)) return []
  return isSecret || held.length >= 12 || (/\d/.test(held) && /[a-z]/i.test(held)) ? [held] : []
}

function partsOfBasic(encoded: string): readonly string[] {
  try {
    const pair = atob(encoded)
    return [pair, pair.slice(pair.indexOf(':') + 1)]
  } catch {
    return []
  }
}

function secretsOfUrl(text: string): readonly string[] {
  const url = URL.parse(text)
  if (url === null) return []
  const hash = new URLSearchParams(url.hash.replace(/^#[^=]*\?|^#/, ''))
  const named = [...url.searchParams, ...hash].filter(([name]) => isSecretParameter(name)).map(([, value]) => value)
  const runs = plainOf(`${url.pathname} ${url.search} ${url.hash}`).match(RUNS) ?? []
  return [
    url.password,
    plainOf(url.password),
    ...named,
    ...runs.filter((run) => !isIdentifier(run) && looksSecret(run) && !run.includes('/')),
  ]
}

function plainOf(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text)
}
