import type { CorsPolicy } from '../policy/types.ts'
import { UsageError } from './io.ts'

/**
 * Makes a policy from the options that describe one.
 *
 * @param values The parsed options.
 * @returns The policy; null without such options.
 * @throws {UsageError} for options without `--origins`
 */
export function policyFromOptions(values: Readonly<Record<string, unknown>>): CorsPolicy | null {
  const list = (name: string) => {
    const texts = values[name] as readonly string[] | undefined
    return texts?.flatMap((text) => text.split(',')).map((text) => text.trim())
  }
  const origins = list('origins')
  const [methods, requestHeaders, exposedHeaders] = [list('methods'), list('request-headers'), list('exposed-headers')]
  if (origins === undefined) {
    const isHalf = values.credentials === true || methods || requestHeaders || exposedHeaders
    if (isHalf) throw new UsageError('a policy needs origins: --origins https://app.example.com')
    return null
  }
  return {
    origins: origins.length === 1 && origins[0] === '*' ? '*' : origins,
    ...(values.credentials === true ? { credentials: true } : {}),
    ...(methods === undefined ? {} : { methods }),
    ...(requestHeaders === undefined ? {} : { requestHeaders }),
    ...(exposedHeaders === undefined ? {} : { exposedHeaders }),
  }
}
