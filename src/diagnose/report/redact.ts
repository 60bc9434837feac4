import type { HeaderLine } from '../../browser/wire.ts'
import { isIdentifier, looksSecret, RUNS } from './looks-secret.ts'
import { HIDDEN, isSecretName, isSecretParameter } from './secret-names.ts'

/**
 * Fields that hold origins, host names and marks of caches. Their values are long and look random,
 * but a diagnosis needs them.
 */
const TOLD =
  /^(?:access-control-.*|origin|vary|timing-allow-origin|server|via|etag|date|cf-ray|x-amz-cf-id|x-served-by|cache-.*|age)$/i

/** The scheme of a value shows what kind of secret follows. */
const SCHEME =
  /^(?:basic|bearer|digest|negotiate|ntlm|token|apikey|api-key|key|dpop|oauth|hawk|hoba|vapid|sharedkey(?:lite)?|aws4-hmac-sha256|googlelogin|scram-[\w-]+)(?=\s)/i

/** Hides secrets in header lines. Reports end up in build logs and in issues. */
export function redacted(headers: readonly HeaderLine[]): readonly HeaderLine[] {
  return headers.map(([name, value]): HeaderLine => [name, redactField(name, value)])
}

/**
 * Hides the secrets in a field's value. The scheme, and the name and attributes of a cookie, stay.
 */
export function redactField(name: string, value: string): string {
  if (/^set-cookie2?$/i.test(name)) return redactCookie(value)
  if (/^cookie$/i.test(name)) return value.split(/;\s*/).map(redactPair).join('; ')
  if (value === '' || TOLD.test(name)) return value
  if (!isSecretName(name)) return redactText(value)
  const scheme = SCHEME.exec(value)?.[0]
  return scheme === undefined ? HIDDEN : `${scheme} ${HIDDEN}`
}

function redactCookie(value: string): string {
  const [pair = '', ...attributes] = value.split(';')
  return [redactPair(pair), ...attributes.map(redactText)].join(';')
}

function redactPair(pair: string): string {
  const equals = pair.indexOf('=')
  return equals < 0 ? HIDDEN : `${pair.slice(0, equals + 1)}${HIDDEN}`
}

const URLS = /\b[a-z][a-z\d+.-]{1,30}:\/\/[^\s"'<>`“”‘’\\]+/gi

/** Pairs of a name and a value in forms, JSON, header lines and commands. */
const PAIRS = /(["']?)([A-Za-z_$][\w.$[\]-]{0,80})\1(\s*[=:]\s*)("(?:[^"\\]|\\.)*"|'[^']*'|(?:\w+ +)?[^\s&;,'"{}]+)/g

/**
 * Hides the secrets in any text: in URLs, in pairs of a name and a value, and what looks like a
 * token.
 */
export function redactText(text: string): string {
  return redactSaid(
    text.replace(PAIRS, (whole, quote: string, name: string, mark: string, value: string) => {
      if (!isSecretParameter(name) || value.startsWith('//')) return whole
      const scheme = SCHEME.exec(value)?.[0]
      const end = /^["']/.exec(value)?.[0] ?? ''
      return `${quote}${name}${quote}${mark}${end}${scheme === undefined ? '' : `${scheme} `}${HIDDEN}${end}`
    }),
  )
}

/**
 * Hides the secrets in a sentence that quotes others. Pairs stay, because `credentials: 'include'`
 * is advice.
 *
 * @param text The sentence.
 * @param spared Texts that are not secret, such as the hosts that were asked.
 * @returns The sentence without secrets.
 */
export function redactSaid(text: string, spared: readonly string[] = []): string {
  const urls: string[] = []
  // URLs are handled apart, so that their hosts are not taken for tokens.
  const rest = text.replace(URLS, (url) => {
    urls.push(redactUrl(url, spared))
    return `\u0000${urls.length - 1}\u0000`
  })
  return rest
    .replace(RUNS, (run) => (!spared.some((host) => host.includes(run)) && looksSecret(run) ? HIDDEN : run))
    .replace(/\0(\d+)\0/g, (_, index: string) => urls[Number(index)] ?? '')
}

/**
 * Hides the secrets of a URL: user and password, parameters, the fragment, and path segments that
 * look like tokens.
 */
export function redactUrl(url: string, spared: readonly string[] = []): string {
  const parts = /^([a-z][a-z\d+.-]*:\/\/)([^/?#]*@)?([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(url)
  if (parts === null) return url
  const [, scheme = '', user, host = '', path = '', query, hash] = parts
  return [
    scheme,
    // The scan sends origins with the trusted host in place of a user.
    user === undefined || spared.includes(user.slice(0, -1)) ? (user ?? '') : `${HIDDEN}@`,
    host,
    path.split('/').map(redactSegment).join('/'),
    query === undefined ? '' : `?${redactParameters(query.slice(1))}`,
    hash === undefined ? '' : `#${redactParameters(hash.slice(1))}`,
  ].join('')
}

function redactSegment(segment: string): string {
  const [name = '', ...parameters] = segment.split(';')
  const plain = decoded(name)
  const isSecret = !isIdentifier(plain) && (plain.match(RUNS) ?? []).some(looksSecret)
  return [isSecret ? HIDDEN : name, ...parameters.map(redactParameter)].join(';')
}

function redactParameters(text: string): string {
  return text
    .split(/([&;?])/)
    .map(redactParameter)
    .join('')
}

function redactParameter(parameter: string): string {
  const equals = parameter.indexOf('=')
  if (equals < 0) {
    const plain = decoded(parameter)
    return redactText(plain) === plain ? parameter : HIDDEN
  }
  const name = decoded(parameter.slice(0, equals))
  const value = decoded(parameter.slice(equals + 1))
  const shownName = redactText(name) === name ? parameter.slice(0, equals) : HIDDEN
  if (value === '') return `${shownName}=`
  if (isSecretParameter(name)) return `${shownName}=${HIDDEN}`
  const shown = isIdentifier(value) ? value : redactText(value)
  return `${shownName}=${shown === value ? parameter.slice(equals + 1) : encodeURIComponent(shown).replaceAll(encodeURIComponent(HIDDEN), HIDDEN)}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
