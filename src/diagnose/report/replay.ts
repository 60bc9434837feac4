import type { WireRequest } from '../../browser/wire.ts'
import { redacted } from './json.ts'

/**
 * Writes a request as a `curl` command that shows the response headers. Secrets are left out.
 *
 * @example
 * ```ts
 * import { toCurl } from 'corsmith/diagnose'
 *
 * toCurl({ method: 'GET', url: 'https://api.example.com/', headers: [['Origin', 'https://app.example.com']], body: null })
 * // curl -i https://api.example.com/ -H 'Origin: https://app.example.com'
 * ```
 */
export function toCurl(request: WireRequest, insecure = false): string {
  const method = request.method === 'GET' ? [] : request.method === 'HEAD' ? ['-I'] : ['-X', shellQuote(request.method)]
  const headers = redacted(request.headers)
    .filter(([name]) => !/^(sec-fetch-.*|user-agent)$/i.test(name))
    .flatMap(([name, value]) => ['-H', shellQuote(`${name}: ${value}`)])
  return ['curl', '-i', ...(insecure ? ['-k'] : []), ...method, shellQuote(request.url), ...headers].join(' ')
}

/** Quotes a word for a POSIX shell where that is needed. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
