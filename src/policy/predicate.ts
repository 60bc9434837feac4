import { isLoopbackHost, type OriginParts, parseOrigin } from '../spec/origins.ts'
import { isKnownPublicSuffix } from '../spec/suffixes.ts'
import { MOST_TRIED } from './limits.ts'
import { allows, lookAlikes, randomLabel } from './look-alikes.ts'
import { PREDICATE_DEFECTS } from './predicate-sentences.ts'
import { isThenable } from './thenable.ts'
import type { CorsPolicy } from './types.ts'
import { tryOr } from './values.ts'

/**
 * Returns a function that asks a predicate of `origins`. It returns the rule that allows, null for
 * a refusal, and undefined if the predicate failed. Only `true` allows, not a promise and not a
 * non-empty string.
 *
 * The check of a policy reads a predicate's source, but not the values that it looks up. It cannot
 * see that `origin.startsWith(allowed)` accepts `https://app.example.com.evil.test`. So when a
 * predicate first allows an origin, it is asked about look-alikes of that origin, too. Next to
 * credentials, a predicate that allows a look-alike refuses every origin from then on, and one line
 * on the console says so. Without credentials, a stranger reads what any program can read without a
 * browser, so there is only the line.
 *
 * The predicate is asked about every request. An origin is not allowed because it was tried before.
 */
export function askPredicate(
  predicate: Predicate,
  policy: CorsPolicy,
  isPublicSuffix: (host: string) => boolean,
): (origin: string) => 'predicate' | null | undefined {
  const isStrict = policy.credentials === true
  const isSuffix = policy.dangerouslyAllowPublicSuffixes ? (host: string) => !host.includes('.') : isPublicSuffix
  const reported = new Set<PredicateCode>()
  const tried = new Set<string>()
  const report: Report = (code, hint) => {
    if (reported.has(code)) return
    reported.add(code)
    print(code, hint, isStrict)
  }

  /** Tells whether the predicate allows a look-alike of an origin, now or earlier. */
  function letsStrangersIn(origin: string, parts: OriginParts): boolean {
    if (reported.has(STRANGERS_IN)) return true
    const strangers = lookAlikes(parts, randomLabel(), isSuffix)
    const stranger = strangers.find((text) => answerOf(predicate, text, report) === true)
    if (stranger !== undefined) {
      report(STRANGERS_IN, allows(stranger))
      return true
    }
    if (tried.size >= MOST_TRIED) tried.clear()
    tried.add(origin)
    return false
  }

  return (origin) => {
    const isTried = tried.has(origin)
    const parts = isTried ? null : parseOrigin(origin)
    if (parts === null && !isTried) return null
    if (isStrict && reported.has(STRANGERS_IN)) return undefined
    const answer = answerOf(predicate, origin, report)
    if (answer !== true) return answer === false ? null : undefined
    if (parts === null) return 'predicate'
    const isInsecure = parts.scheme === 'http' && !isLoopbackHost(parts.host) && !policy.dangerouslyAllowInsecureOrigins
    if (isStrict && isInsecure) {
      report('predicate-accepts-insecure', allows(origin))
      return undefined
    }
    return letsStrangersIn(origin, parts) && isStrict ? undefined : 'predicate'
  }
}

/** A predicate of `origins`, before it is known what it returns. */
export type Predicate = (origin: string) => unknown

type PredicateCode = keyof typeof PREDICATE_DEFECTS

/** Tells the operator what is wrong with a predicate, each kind once. */
type Report = (code: PredicateCode, hint: string) => void

/**
 * Asks a predicate. Returns undefined where it threw, or returned something else than a boolean.
 *
 * @param report is told of an answer that means nothing
 */
export function answerOf(predicate: Predicate, origin: string, report: Report): boolean | undefined {
  return tryOr(() => {
    const answer = predicate(origin)
    if (typeof answer === 'boolean') return answer
    // Functions for other libraries return the origin that they allow. Without a message, every
    // origin would be refused for no visible reason.
    if (answer !== null && answer !== undefined)
      report(isThenable(answer) ? 'predicate-async' : 'predicate-answer', returned(answer))
    // The promise is not awaited, and an unhandled rejection ends a Node process.
    Promise.resolve(answer).catch(() => {})
    return undefined
  })
}

/** Prints one line. With `isStrict` the policy allows credentials, and what is found refuses origins. */
function print(code: PredicateCode, hint: string, isStrict: boolean): void {
  const message = `${PREDICATE_DEFECTS[code]}: ${hint}`
  const isRefusal = isStrict || code === 'predicate-answer' || code === 'predicate-async'
  const text = `corsmith: ${isRefusal ? `${message}; it is not shared` : message.replace(/^with credentials: true, /, '')}\n  more: npx corsmith why ${code}`
  // biome-ignore lint/suspicious/noConsole: a policy that lets strangers in must be noticed.
  const log = isRefusal ? console.error : console.warn
  tryOr(() => log(text))
}

/**
 * Shows a string, cut to a readable length. Of other values it shows the type: an object may be
 * anything.
 */
function returned(answer: unknown): string {
  return `it returned ${typeof answer === 'string' ? JSON.stringify(answer.slice(0, 100)) : `a value of type ${typeof answer}`}`
}

const STRANGERS_IN = 'predicate-accepts-strangers'

/**
 * Returns {@link askPredicate} for a compiled policy. Its origins are a predicate.
 */
export function asking(policy: CorsPolicy): ReturnType<typeof askPredicate> {
  return askPredicate(policy.origins as Predicate, policy, isKnownPublicSuffix)
}
