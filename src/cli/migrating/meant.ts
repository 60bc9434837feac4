import type { PeerOptions } from '../../migrate/meaning.ts'
import type { Peer } from '../../migrate/peer.ts'
import type { CorsPolicy } from '../../policy/types.ts'
import { toOrigin } from '../../targets/origin-regex.ts'

const SAFELISTED = ['GET', 'HEAD', 'POST']

/**
 * Writes a policy in the options of a library that answers by itself. What belongs together stands
 * in one group.
 */
export function meantBy(peer: Peer, options: PeerOptions, policy: CorsPolicy): readonly PeerOptions[] {
  const origins = policy.origins === '*' || typeof policy.origins === 'function' ? [] : policy.origins.map(String)
  const isPlain = (origin: string) => !origin.includes('*')
  const patterns = origins.filter((origin) => !isPlain(origin))
  const expressions = patterns.map(expressionOf)
  const isAny = policy.origins === '*'
  const credentials = policy.credentials === true
  const methods = policy.methods === '*' ? ['*'] : [...SAFELISTED, ...(policy.methods ?? [])]
  const names = [policy.requestHeaders ?? []].flat()
  const exposed = [policy.exposedHeaders ?? []].flat()
  const age = policy.maxAge
  if (peer.name === 'flask')
    return [
      { origins: isAny ? '*' : oneOrList([...origins.filter(isPlain), ...expressions]) },
      { supports_credentials: credentials },
      { methods },
      { allow_headers: names.includes('*') ? '*' : names },
      { expose_headers: exposed },
      ...(typeof age === 'number' ? [{ max_age: age }] : []),
    ]
  if (peer.name === 'django') {
    const setting = (name: string, older: string) => (Object.hasOwn(options, older) ? older : name)
    return [
      {
        [setting('CORS_ALLOW_ALL_ORIGINS', 'CORS_ORIGIN_ALLOW_ALL')]: isAny,
        [setting('CORS_ALLOWED_ORIGINS', 'CORS_ORIGIN_WHITELIST')]: origins.filter(isPlain),
        [setting('CORS_ALLOWED_ORIGIN_REGEXES', 'CORS_ORIGIN_REGEX_WHITELIST')]: expressions,
      },
      { CORS_ALLOW_CREDENTIALS: credentials },
      { CORS_ALLOW_METHODS: methods },
      { CORS_ALLOW_HEADERS: names },
      { CORS_EXPOSE_HEADERS: exposed },
      ...(typeof age === 'number' ? [{ CORS_PREFLIGHT_MAX_AGE: age }] : []),
    ]
  }
  // Spring takes a star for any text, and any port in brackets.
  const starred = patterns.map((pattern) => pattern.replace(/:\*$/, ':[*]'))
  return [
    isAny
      ? Object.hasOwn(options, 'allowedOriginPatterns')
        ? { allowedOriginPatterns: ['*'] }
        : { allowedOrigins: ['*'] }
      : {
          ...(origins.some(isPlain) || Object.hasOwn(options, 'allowedOrigins')
            ? { allowedOrigins: origins.filter(isPlain) }
            : {}),
          ...(patterns.length > 0 || Object.hasOwn(options, 'allowedOriginPatterns')
            ? { allowedOriginPatterns: starred }
            : {}),
        },
    { allowCredentials: credentials },
    { allowedMethods: methods },
    { allowedHeaders: names.includes('*') ? ['*'] : names },
    { exposedHeaders: exposed },
    ...(typeof age === 'number' ? [{ maxAge: age }] : []),
  ]
}

/** Writes a pattern as people read it. */
function expressionOf(pattern: string): string {
  const origin = toOrigin(pattern)
  const escaped = (text: string) => text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
  const [before = '', behind = ''] = pattern.split('*')
  if (origin?.kind === 'labels') return `^${escaped(before)}([a-z0-9_-]+\\.)+${escaped(behind.slice(1))}$`
  if (origin?.kind === 'ports') return `^${escaped(before.slice(0, -1))}(:\\d+)?$`
  return origin?.regex ?? '(?!)'
}

function oneOrList(entries: readonly string[]): string | readonly string[] {
  return entries.length === 1 ? (entries[0] ?? '') : entries
}
