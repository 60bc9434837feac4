import { isLoopbackHost, type OriginParts, parseOrigin } from '../spec/origins.ts'
import type { DefectCode } from './catalogue.ts'
import { issue } from './issue.ts'
import { lookAlikes } from './look-alikes.ts'
import { orElse } from './or-else.ts'
import { randomLabel } from './strangers.ts'
import type { CorsPolicy } from './types.ts'

/** So many origins are remembered as tried. A client can send any number of them. */
const MOST_TRIED = 256

/**
 * Makes the question to a predicate of `origins`. It sees well-formed origins alone, and only `true` allows: not a Promise, not a truthy
 * string. The answer is the rule that allows, null for a refusal, and undefined where the predicate failed.
 *
 * What a predicate looks up is not in its source, so the check of a policy cannot see that `origin.startsWith(allowed)` lets
 * `https://app.example.com.evil.test` in. The first time that it allows an origin, the look-alikes of that origin are put to it too. With
 * credentials a predicate that allows one of them is not asked again: it refuses everybody, and says so once. Without credentials a
 * stranger reads what a stranger could ask for without a browser, so it is said and no more.
 *
 * The predicate is asked about every request. That its look-alikes were tried allows nothing.
 */
export function askPredicate(
  predicate: (origin: string) => unknown,
  policy: CorsPolicy,
  isPublicSuffix: (host: string) => boolean,
): (origin: string) => 'predicate' | null | undefined {
  const isStrict = policy.credentials === true
  const isSuffix = policy.dangerouslyAllowPublicSuffixes ? (host: string) => !host.includes('.') : isPublicSuffix
  const said = new Set<DefectCode>()
  const tried = new Set<string>()

  function isAllowed(origin: string): boolean | undefined {
    return orElse(() => {
      const answer = predicate(origin)
      if (typeof answer === 'boolean') return answer
      // Another library's function returns the origin that it allows. Without a word nobody would be allowed.
      if (answer !== null && answer !== undefined)
        say(isThenable(answer) ? 'predicate-async' : 'predicate-answer', returned(answer))
      // Nobody waits for a Promise, and in Node a rejection that nobody handles ends the process.
      Promise.resolve(answer).catch(() => {})
      return undefined
    }, undefined)
  }

  function say(code: DefectCode, hint: string): void {
    if (said.has(code)) return
    said.add(code)
    const { message } = issue(['origins'], predicate, code, undefined, { hint })
    const isRefusal = isStrict || code === 'predicate-answer' || code === 'predicate-async'
    const text = `corsmith: ${isRefusal ? `${message}; it is not shared` : message.replace(/^with credentials: true, /, '')}\n  more: npx corsmith why ${code}`
    // biome-ignore lint/suspicious/noConsole: a policy that lets strangers in must not be missed in silence.
    const print = isRefusal ? console.error : console.warn
    orElse(() => print(text), undefined)
  }

  /** Tells whether a look-alike of an allowed origin is allowed, now or before. */
  function letsStrangersIn(origin: string, parts: OriginParts): boolean {
    if (said.has(STRANGERS_IN)) return true
    const stranger = lookAlikes(parts, randomLabel(), isSuffix).find((text) => isAllowed(text) === true)
    if (stranger !== undefined) {
      say(STRANGERS_IN, allows(stranger))
      return true
    }
    if (tried.size >= MOST_TRIED) tried.clear()
    tried.add(origin)
    return false
  }

  return (origin) => {
    const parts = tried.has(origin) ? null : parseOrigin(origin)
    if (parts === null && !tried.has(origin)) return null
    if (isStrict && said.has(STRANGERS_IN)) return undefined
    const answer = isAllowed(origin)
    if (answer !== true) return answer === false ? null : undefined
    if (parts === null) return 'predicate'
    const isInsecure = parts.scheme === 'http' && !isLoopbackHost(parts.host) && !policy.dangerouslyAllowInsecureOrigins
    if (isStrict && isInsecure) {
      say('predicate-accepts-insecure', allows(origin))
      return undefined
    }
    return letsStrangersIn(origin, parts) && isStrict ? undefined : 'predicate'
  }
}

function isThenable(value: object | NonNullable<unknown>): boolean {
  return typeof (value as { then?: unknown }).then === 'function'
}

function allows(origin: string): string {
  return `it allows ${JSON.stringify(origin)}`
}

/** Only a text is shown, and no more of it than a person reads: an object may be anything. */
function returned(answer: unknown): string {
  return `it returned ${typeof answer === 'string' ? JSON.stringify(answer.slice(0, 100)) : `a value of type ${typeof answer}`}`
}

const STRANGERS_IN = 'predicate-accepts-strangers'
