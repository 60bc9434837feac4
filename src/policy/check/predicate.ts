import { isLoopbackHost, parseOrigin } from '../../spec/origins.ts'
import type { DefectCode } from '../catalogue.ts'
import { issue, type PolicyContext } from '../issue.ts'
import { LONGEST_SOURCE, MOST_NAMES, MOST_PORTS } from '../limits.ts'
import { allows, LOOK_ALIKE_HOSTS, randomLabel, UNRELATED_ORIGINS } from '../look-alikes.ts'
import { answerOf, type Predicate } from '../predicate.ts'
import type { PolicyIssue } from '../types.ts'
import { tryOr } from '../values.ts'
import { baseOf } from './host.ts'

/**
 * Checks a predicate of `origins`. The check does not know what the predicate means to allow, so it
 * asks about origins that no one means, and refuses a predicate that allows one. It asks only next
 * to credentials: there, a stranger could read a user's data.
 *
 * The strings and regular expressions in a predicate's source name the hosts that it compares with.
 * So the probes include look-alikes of these hosts: `https://app.example.com.evil.test` is accepted
 * by `startsWith`, `https://evilexample.com` by `endsWith`, `https://appxexample.com` by an
 * unescaped dot. Values from a database are not in the source; `askPredicate` tries look-alikes of
 * those when requests come.
 */
export function checkPredicate(predicate: unknown, context: PolicyContext): PolicyIssue[] {
  const refuse = (code: DefectCode, hint?: string) => [issue(['origins'], predicate, code, undefined, { hint })]
  // Functions for other libraries take a callback as well. It would never be called here, and every
  // origin would be refused.
  if (tryOr(() => (predicate as () => unknown).length, 1) > 1) return refuse('predicate-answer')
  // A function may have no source text.
  const source = tryOr(() => Function.prototype.toString.call(predicate).slice(0, LONGEST_SOURCE), '')
  const label = randomLabel()
  const find = (probes: Probe[]): string | null => (context.has('credentials') ? firstAllowed(predicate, probes) : null)
  const isAsync = tryOr(() => Object.prototype.toString.call(predicate), '') === '[object AsyncFunction]'
  const stranger = isAsync ? ASYNC : find(strangerProbes(source, label, context))
  if (stranger === ASYNC) return refuse('predicate-async')
  if (stranger !== null) return refuse('predicate-accepts-strangers', allows(stranger))
  const insecure = context.has('dangerouslyAllowInsecureOrigins') ? null : find(insecureProbes(source, label))
  return insecure === null ? [] : refuse('predicate-accepts-insecure', allows(insecure))
}

/** Marks a promise as an answer. The empty text is not an origin. */
const ASYNC = ''

function firstAllowed(predicate: unknown, probes: readonly Probe[]): string | null {
  let isPromise = false
  const ask = (origin: string): boolean | undefined =>
    answerOf(predicate as Predicate, origin, (code) => {
      isPromise ||= code === 'predicate-async'
    })
  for (const [origin, unless] of probes) {
    // At run time a predicate receives well-formed origins only, so only those are probes.
    if (parseOrigin(origin) === null) continue
    const isAllowed = ask(origin)
    if (isPromise) return ASYNC
    if (isAllowed && (unless === undefined || !ask(unless))) return origin
  }
  return null
}

/**
 * A template of an origin that a predicate should refuse. If the predicate also allows `unless`, it
 * allows a whole group of hosts on purpose, and there is no defect.
 */
type Probe = readonly [origin: string, unless?: string | undefined]

/**
 * Returns the probes for a predicate: unrelated origins, and look-alikes of the hosts and words
 * that its source names.
 *
 * For a source with `app.example.com`, the template `~${host}` gives
 * `https://<label>app.example.com`, which `endsWith('app.example.com')` accepts. Its `unless` is
 * `~.example.com`: a predicate for all names below `example.com` accepts both, and means to.
 */
function strangerProbes(source: string, label: string, context: PolicyContext): Probe[] {
  const { has, isPublicSuffix } = context
  const allowsPublicSuffixes = has('dangerouslyAllowPublicSuffixes')
  const hosts = hostsIn(source)
  const forms = [...hosts, ...wordsIn(source)].flatMap((name) => LOOK_ALIKE_HOSTS.replaceAll('^', name).split(' '))
  const probes: Probe[] = [...UNRELATED_ORIGINS.split(' '), ...forms].map((form) => [form])
  for (const host of hosts) {
    const parent = baseOf(host)
    const isRegistrable = isPublicSuffix(parent)
    if (isPublicSuffix(host) && host.includes('.') && !allowsPublicSuffixes) probes.push([`~.${host}`])
    // A predicate may allow every name below the owner's domain on purpose. It then also allows
    // `unless`.
    probes.push([`~${host}`, isRegistrable ? undefined : `~.${parent}`])
    if (isRegistrable && !allowsPublicSuffixes) probes.push([`~-${host}`])
    for (const other of withoutDots(host)) probes.push([other], [`~.${other}`])
    if (!has('dangerouslyAllowInsecureOrigins')) probes.push([`~https://${host}`])
  }
  return filled(probes, source, label)
}

/**
 * Returns probes that replace `https:` by `http:` for the hosts that a source names. An attacker on
 * the network can answer for them.
 */
function insecureProbes(source: string, label: string): Probe[] {
  const hosts = hostsIn(source).filter((host) => !isLoopbackHost(host))
  return filled(
    hosts.flatMap((host): Probe[] => [[`http://${host}`], [`http://~.${host}`]]),
    source,
    label,
  )
}

/** Fills templates with a label, and adds schemes and the ports of a source. */
function filled(probes: readonly Probe[], source: string, label: string): Probe[] {
  const ports = ['', ...first(source.match(/:[1-9]\d{1,4}\b/g) ?? [], MOST_PORTS)]
  return probes.flatMap(([origin, unless]) =>
    (origin.includes('://') ? [''] : ['https://', 'http://']).flatMap((scheme) =>
      ports.map((port): Probe => {
        const fill = (form: string): string => scheme + form.replaceAll('~', label) + port
        return [fill(origin), unless && fill(unless)]
      }),
    ),
  )
}

/**
 * Returns the host with another character in place of one dot, for each dot. An unescaped dot of a
 * regular expression matches it.
 */
function withoutDots(host: string): string[] {
  return Array.from(host.matchAll(/\./g), ({ index }) => `${host.slice(0, index)}x${host.slice(index + 1)}`)
}

/** Finds possible host names in a source, in strings and regular expressions. */
function hostsIn(source: string): string[] {
  const names = withoutEscapes(source).match(/[a-z0-9-]+(?:\.[a-z0-9-]+)+|localhost/g) ?? []
  return first(
    names.map((name) => name.replace(/^-+|-+$/g, '')),
    MOST_NAMES,
  )
}

/** Finds the words of the strings and regular expressions in a source. */
function wordsIn(source: string): string[] {
  const literals = source.match(/(['"`])(?:\\.|(?!\1)[^\\])*\1|\/(?![*/])(?:\\.|[^/\\\n])+\//g) ?? []
  const words = literals.flatMap((literal) => withoutEscapes(literal).match(/[a-z0-9][a-z0-9-]+[a-z0-9]/g) ?? [])
  return first(
    words.filter((word) => word.length <= 30 && /[a-z]/.test(word)),
    MOST_NAMES,
  )
}

/** Removes escapes: `\.` in a regular expression is a dot in a host. */
function withoutEscapes(source: string): string {
  return source.toLowerCase().replaceAll(/\\([^a-z0-9\s])/g, '$1')
}

function first(values: readonly string[], most: number): string[] {
  return [...new Set(values)].slice(0, most)
}
