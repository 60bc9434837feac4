import { policyFromEnv } from '../policy/data/env.ts'
import type { ForwardOrigin, ProxyOptions } from './options.ts'
import { readForwardOrigin, readNames, readPublicOrigin, readTimeout } from './settings.ts'
import { readUpstream } from './target.ts'

/**
 * Reads the options of a proxy from environment variables or bindings.
 *
 * - `UPSTREAM`: the URL of the origin API. Required.
 * - `CORS_ORIGINS` and the other `CORS_…` variables of `policyFromEnv`: the policy. A `CORS_…`
 *   variable that names no option is an error, because it would be ignored silently.
 * - `PUBLIC_ORIGIN`, `FORWARD_ORIGIN`: as in {@link ProxyOptions}.
 * - `TRUSTED_HEADERS`: names, separated by spaces or commas.
 * - `TIMEOUT_MS`: milliseconds.
 *
 * An empty variable counts as missing.
 *
 * @param env `process.env`, `Deno.env.toObject()`, or the `env` of a Worker
 * @returns options for `createProxy`
 * @throws {TypeError} with one line for each variable that is missing or wrong, and what to write
 *
 * @example
 * ```ts
 * import { createProxy, proxyOptionsFromEnv } from 'corsmith/proxy'
 *
 * const env = { UPSTREAM: 'http://127.0.0.1:5000', CORS_ORIGINS: 'https://app.example.com' }
 * const proxy = createProxy(proxyOptionsFromEnv(env))
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
  const publicOrigin = read(() => publicOriginOf(variable(env, 'PUBLIC_ORIGIN')))
  const trustedHeaders = read(() => namesOf(variable(env, 'TRUSTED_HEADERS')))
  const timeoutMs = read(() => timeoutOf(variable(env, 'TIMEOUT_MS')))
  if (upstream === undefined || cors === undefined || problems.length > 0) throw new TypeError(problems.join('\n'))
  return {
    upstream,
    cors,
    ...(forwardOrigin === undefined ? {} : { forwardOrigin }),
    ...(publicOrigin === undefined ? {} : { publicOrigin }),
    ...(trustedHeaders === undefined ? {} : { trustedHeaders }),
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
  readUpstream(value, 'UPSTREAM')
  return value
}

function forwardOriginOf(value: string | undefined): ForwardOrigin | undefined {
  return value === undefined ? undefined : readForwardOrigin(value, 'FORWARD_ORIGIN')
}

function publicOriginOf(value: string | undefined): string | undefined {
  return value === undefined ? undefined : readPublicOrigin(value, 'PUBLIC_ORIGIN')
}

function namesOf(value: string | undefined): readonly string[] | undefined {
  const names = value?.split(/[\s,]/).filter((name) => name !== '')
  return names === undefined ? undefined : readNames(names, 'TRUSTED_HEADERS')
}

function timeoutOf(value: string | undefined): number | undefined {
  return value === undefined ? undefined : readTimeout(Number(value), 'TIMEOUT_MS', value)
}
