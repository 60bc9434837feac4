import type { CorsPolicy } from '../policy/types.ts'
import { UsageError } from './io.ts'

/** Makes a policy of the options that describe one; null where none does. */
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
