import type { CorsPolicy } from '../policy/types.ts'
import {
  ALLOW_CREDENTIALS,
  ALLOW_HEADERS,
  ALLOW_METHODS,
  ALLOW_ORIGIN,
  EXPOSE_HEADERS,
  MAX_AGE,
} from '../spec/fields.ts'
import { plain } from './fixes/source.ts'

/** Writes what a policy means as the header lines that a server has to send, for servers that nothing is known about. */
export function inHeaderTerms(policy: CorsPolicy): string {
  const { anyOrigin, origins, credentials, methods, requestHeaders, exposedHeaders, maxAge } = plain(policy)
  const shared = [
    `${ALLOW_ORIGIN}: ${anyOrigin ? '*' : origins.length === 1 ? origins[0] : 'the Origin of the request, if it is listed'}`,
    ...(credentials ? [`${ALLOW_CREDENTIALS}: true`] : []),
  ]
  const listed = anyOrigin || origins.length === 1 ? '' : `\n# listed: ${origins.join(' ')}`
  const answer = [...shared, ...(exposedHeaders.length > 0 ? [`${EXPOSE_HEADERS}: ${exposedHeaders.join(', ')}`] : [])]
  const preflight = [
    ...shared,
    `${ALLOW_METHODS}: ${methods.join(', ')}`,
    ...(requestHeaders.length > 0 ? [`${ALLOW_HEADERS}: ${requestHeaders.join(', ')}`] : []),
    `${MAX_AGE}: ${maxAge}`,
  ]
  const vary = anyOrigin ? [] : ['Vary: Origin']
  return [
    '# on every answer, errors included',
    ...answer,
    ...vary,
    '',
    '# OPTIONS with Access-Control-Request-Method: 204 without a body, before authentication',
    ...preflight,
    ...vary,
  ]
    .join('\n')
    .concat(listed)
}
