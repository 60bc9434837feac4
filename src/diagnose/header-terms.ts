import type { CorsPolicy } from '../policy/types.ts'
import {
  ALLOW_CREDENTIALS,
  ALLOW_HEADERS,
  ALLOW_METHODS,
  ALLOW_ORIGIN,
  EXPOSE_HEADERS,
  MAX_AGE,
} from '../spec/fields.ts'

const NEED_NO_PERMISSION = ['GET', 'HEAD', 'POST'] as const

/**
 * Writes a policy as the header lines that a server has to send. It serves servers of an unknown
 * kind.
 */
export function inHeaderTerms(policy: CorsPolicy): string {
  const anyOrigin = policy.origins === '*'
  const origins = Array.isArray(policy.origins) ? (policy.origins as readonly string[]) : []
  const methods = policy.methods === '*' ? ['*'] : [...NEED_NO_PERMISSION, ...listOf(policy.methods)]
  const requestHeaders = listOf(policy.requestHeaders)
  const exposedHeaders = listOf(policy.exposedHeaders)
  const shared = [
    `${ALLOW_ORIGIN}: ${anyOrigin ? '*' : origins.length === 1 ? origins[0] : 'the Origin of the request, if it is listed'}`,
    ...(policy.credentials ? [`${ALLOW_CREDENTIALS}: true`] : []),
  ]
  const listed = origins.length < 2 ? '' : `\n# listed: ${origins.join(' ')}`
  const answer = [...shared, ...(exposedHeaders.length > 0 ? [`${EXPOSE_HEADERS}: ${exposedHeaders.join(', ')}`] : [])]
  const preflight = [
    ...shared,
    `${ALLOW_METHODS}: ${methods.join(', ')}`,
    ...(requestHeaders.length > 0 ? [`${ALLOW_HEADERS}: ${requestHeaders.join(', ')}`] : []),
    ...(policy.maxAge === undefined ? [] : [`${MAX_AGE}: ${policy.maxAge}`]),
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

function listOf(value: '*' | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : value === '*' ? ['*'] : value
}
