import { isLoopbackHost, isWeb, type OriginParts, parseOrigin } from '../spec/origins.ts'
import type { DefectCode } from './catalogue.ts'
import { LOOK_ALIKE_HOSTS, randomLabel, UNRELATED_ORIGINS } from './check/predicate.ts'
import { issue } from './issue.ts'
import type { CorsPolicy } from './types.ts'
import { tryOr } from './values.ts'

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
  const reported = new Set<DefectCode>()
  const tried = new Set<string>()

  function isAllowed(origin: string): boolean | undefined {
    return tryOr(() => {
      const answer = predicate(origin)
      if (typeof answer === 'boolean') return answer
      // Another library's function returns the origin that it allows. Without a word nobody would be allowed.
      if (answer !== null && answer !== undefined)
        report(isThenable(answer) ? 'predicate-async' : 'predicate-answer', returned(answer))
      // Nobody waits for a Promise, and in Node a rejection that nobody handles ends the process.
      Promise.resolve(answer).catch(() => {})
      return undefined
    }, undefined)
  }

  function report(code: DefectCode, hint: string): void {
    if (reported.has(code)) return
    reported.add(code)
    const { message } = issue(['origins'], predicate, code, undefined, { hint })
    const isRefusal = isStrict || code === 'predicate-answer' || code === 'predicate-async'
    const text = `corsmith: ${isRefusal ? `${message}; it is not shared` : message.replace(/^with credentials: true, /, '')}\n  more: npx corsmith why ${code}`
    // biome-ignore lint/suspicious/noConsole: a policy that lets strangers in must not be missed in silence.
    const print = isRefusal ? console.error : console.warn
    tryOr(() => print(text), undefined)
  }

  /** Tells whether a look-alike of an allowed origin is allowed, now or before. */
  function letsStrangersIn(origin: string, parts: OriginParts): boolean {
    if (reported.has(STRANGERS_IN)) return true
    const stranger = lookAlikes(parts, randomLabel(), isSuffix).find((text) => isAllowed(text) === true)
    if (stranger !== undefined) {
      report(STRANGERS_IN, allows(stranger))
      return true
    }
    if (tried.size >= MOST_TRIED) tried.clear()
    tried.add(origin)
    return false
  }

  return (origin) => {
    const parts = tried.has(origin) ? null : parseOrigin(origin)
    if (parts === null && !tried.has(origin)) return null
    if (isStrict && reported.has(STRANGERS_IN)) return undefined
    const answer = isAllowed(origin)
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

/** So many characters are replaced at most. No domain that anybody can register is longer. */
const MOST_REPLACED = 80

/**
 * Origins that a predicate which allows this one has no reason to allow: the same host with more before or behind it, with another
 * character in the domain or for a dot, and hosts that have nothing to do with it. Each belongs to somebody else, who can register it.
 * `label` is a label that cannot be guessed.
 *
 * It makes no difference whether the origin is the one that was meant or a look-alike itself: what lets one in lets its neighbours in.
 * What is below the same domain is not among them: whether `https://x.example.com` is meant where `https://app.example.com` is allowed,
 * the predicate alone knows. Nor are hosts of apps and extensions, which nobody registers.
 */
export function lookAlikes(origin: OriginParts, label: string, isPublicSuffix: (host: string) => boolean): string[] {
  const { scheme, host, port } = origin
  const fill = (form: string, name: string): string => form.replaceAll('^', name).replaceAll('~', label)
  const strangers = UNRELATED_ORIGINS.split(' ').map((form) => fill(form, ''))
  if (!isWeb(scheme)) return strangers
  const own = domainOf(host, isPublicSuffix)
  const around = [fill(LOOK_ALIKE_HOSTS, host), fill('~^ ~-^', own)].join(' ').split(' ')
  const near = replaced(host, own, label).map((form) => (port === '' ? form : `${form}:${port}`))
  const forms = [...around, ...near, ...(port === '' ? [] : around.map((form) => `${form}:${port}`))]
  return [
    ...forms.map((form) => `${scheme}://${form}`),
    // Where names below a public suffix are meant, this may be one of them.
    ...strangers.filter((stranger) => !stranger.endsWith(`.${own}`)),
  ].filter((text) => parseOrigin(text) !== null)
}

/**
 * The host with another letter for one character: each of the domain, and the dot before it. An open dot of a regular expression matches
 * it. What is replaced further ahead leaves the domain as it is.
 */
function replaced(host: string, own: string, label: string): string[] {
  const first = Math.max(host.length - own.length - 1, 0, host.length - MOST_REPLACED)
  return Array.from(host.slice(first), (character, i) => {
    const letter = Array.from(label).find((each) => each !== character) ?? 'x'
    return `${host.slice(0, first + i)}${letter}${host.slice(first + i + 1)}`
  })
}

/** No domain that anybody can register has more labels. */
const MOST_LABELS = 8

/** The part of a host that its owner registered: one label more than the longest public suffix. */
function domainOf(host: string, isPublicSuffix: (host: string) => boolean): string {
  if (isLoopbackHost(host)) return 'localhost'
  const labels = host.split('.').slice(-MOST_LABELS)
  const first = labels.findIndex((_, i) => isPublicSuffix(labels.slice(i + 1).join('.')))
  return labels.slice(Math.max(first, 0)).join('.')
}
