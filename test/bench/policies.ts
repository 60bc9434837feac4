/** The policy in the words of corsmith. */
import { type Cors, type CorsPolicy, createCors } from '../../src/index.ts'
import { EXPOSED, MAX_AGE, METHODS, REQUEST_HEADERS } from './inputs.ts'

/** The policy for these origins; with `'*'` it has no credentials. */
export function policyOf(origins: CorsPolicy['origins']): CorsPolicy {
  const common = { methods: METHODS, requestHeaders: REQUEST_HEADERS, exposedHeaders: EXPOSED, maxAge: MAX_AGE }
  return { ...common, origins, credentials: origins !== '*' }
}

export function corsOf(origins: CorsPolicy['origins']): Cors {
  return createCors(policyOf(origins))
}
