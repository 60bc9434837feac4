import { policyFromEnv } from '../policy/env.ts'
import type { ForwardOrigin, ProxyOptions } from './create.ts'
import { readUpstream } from './target.ts'

const FORWARD_ORIGIN: readonly ForwardOrigin[] = ['strip', 'keep', 'rewrite']

/**
 * Reads the options of a proxy from variables: `UPSTREAM`, `FORWARD_ORIGIN`, `TIMEOUT_MS`, and the `CORS_…` of `policyFromEnv`.
 *
 * @throws {TypeError} that names every variable that is missing or wrong, and the cure.
 *
 * @example
 * ```ts
 * import { createProxy, proxyOptionsFromEnv } from 'corsmith/proxy'
 *
 * const proxy = createProxy(proxyOptionsFromEnv({ UPSTREAM: 'http://127.0.0.1:5000', CORS_ORIGINS: 'https://app.example.com' }))
 * ```
 */
export function proxyOptionsFromEnv(env: object): ProxyOptions {
  const problems: string[] = []
  const read = <T>(parse: () => T): T | undefined => {
    try {
      return parse()
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error))
      return undefined
    }
  }
  const upstream = read(() => upstreamOf(variable(env, 'UPSTREAM')))
  const cors = read(() => policyFromEnv(env))
  const forwardOrigin = read(() => forwardOriginOf(variable(env, 'FORWARD_ORIGIN')))
  const timeoutMs = read(() => timeoutOf(variable(env, 'TIMEOUT_MS')))
  if (upstream === undefined || cors === undefined || problems.length > 0) throw new TypeError(problems.join('\n'))
  return {
    upstream,
    cors,
    ...(forwardOrigin === undefined ? {} : { forwardOrigin }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  }
}

function variable(env: object, name: string): string | undefined {
  const value: unknown = Object.hasOwn(env, name) ? Reflect.get(env, name) : undefined
  return value === undefined || value === null || String(value).trim() === '' ? undefined : String(value).trim()
}

function upstreamOf(value: string | undefined): string {
  if (value === undefined)
    throw new TypeError('UPSTREAM is not set: write the URL of the origin API, such as "https://api.internal.example"')
  try {
    readUpstream(value)
    return value
  } catch (error) {
    throw new TypeError(`UPSTREAM cannot be used: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function forwardOriginOf(value: string | undefined): ForwardOrigin | undefined {
  if (value === undefined) return undefined
  const known = FORWARD_ORIGIN.find((mode) => mode === value)
  if (known === undefined)
    throw new TypeError(`FORWARD_ORIGIN is ${JSON.stringify(value)}: write "strip", "keep" or "rewrite"`)
  return known
}

function timeoutOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const milliseconds = Number(value)
  if (Number.isInteger(milliseconds) && milliseconds >= 0 && milliseconds <= 2_147_483_647) return milliseconds
  throw new TypeError(`TIMEOUT_MS is ${JSON.stringify(value)}: write whole milliseconds, or 0 to wait for ever`)
}
