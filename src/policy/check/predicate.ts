import { isLoopbackHost, parseOrigin } from '../../spec/origins.ts'
import { issue } from '../issue.ts'
import type { PolicyIssue } from '../types.ts'
import { tryOr } from '../values.ts'
import type { OriginContext } from './origin-entry.ts'

/**
 * Checks a predicate of `origins` without knowing what it means to allow: origins that nobody can have listed are put to it,
 * and what it lets in is refused. Called next to credentials only, where a stranger let in can read what belongs to a user.
 *
 * The texts in a predicate's own source say which hosts it looks for, so the strangers include the look-alikes of those hosts:
 * `https://app.example.com.evil.test` for `startsWith`, `https://evilexample.com` for `endsWith`, `https://appxexample.com` for an
 * unescaped dot. What only a database knows stays unknown; that is the part of a predicate that no check can see.
 */
export function checkPredicate(predicate: unknown, context: OriginContext): PolicyIssue[] {
  const path = ['origins']
  if (takesCallback(predicate)) return [issue(path, predicate, 'predicate-answer')]
  const source = sourceTextOf(predicate)
  const label = randomLabel()
  const find = (probes: Probe[]): string | null => (context.has('credentials') ? firstAllowed(predicate, probes) : null)
  const stranger = isAsync(predicate) ? ASYNC : find(strangerProbes(source, label, context))
  if (stranger === ASYNC) return [issue(path, predicate, 'predicate-async')]
  if (stranger !== null) return [issue(path, predicate, 'predicate-accepts-strangers', undefined, hint(stranger))]
  const insecure = context.has('dangerouslyAllowInsecureOrigins') ? null : find(insecureProbes(source, label))
  return insecure === null ? [] : [issue(path, predicate, 'predicate-accepts-insecure', undefined, hint(insecure))]
}

function hint(origin: string): { readonly hint: string } {
  return { hint: `it allows ${JSON.stringify(origin)}` }
}

/** Other libraries hand their function a callback too. It would never be called here, and nobody would be allowed. */
function takesCallback(predicate: unknown): boolean {
  return tryOr(() => (predicate as () => unknown).length, 1) > 1
}

function isAsync(predicate: unknown): boolean {
  return tryOr(() => Object.prototype.toString.call(predicate), '') === '[object AsyncFunction]'
}

/** Stands for a Promise among the answers. No origin is empty. */
const ASYNC = ''

function firstAllowed(predicate: unknown, probes: readonly Probe[]): string | null {
  for (const [origin, unless] of probes) {
    // The engine puts well-formed origins to a predicate and no others, so that is all it has to withstand.
    if (parseOrigin(origin) === null) continue
    const answer = ask(predicate, origin)
    if (answer === ASYNC) return ASYNC
    if (answer === true && (unless === undefined || ask(predicate, unless) !== true)) return origin
  }
  return null
}

function ask(predicate: unknown, origin: string): unknown {
  return tryOr(() => {
    const answer: unknown = (predicate as (origin: string) => unknown)(origin)
    if (typeof (answer as PromiseLike<unknown> | null | undefined)?.then !== 'function') return answer
    // A rejection that nobody handles ends a Node.js process.
    Promise.resolve(answer).catch(() => {})
    return ASYNC
  }, false)
}

/** An origin that nobody means to allow, unless another one is allowed too that makes it plausible. */
export type Probe = readonly [origin: string, unless?: string | undefined]

/** In what follows, `~` is a label that cannot be guessed, and `^` a host or a word. What has no scheme is meant with both. */
export const UNRELATED_ORIGINS =
  'https://~.test https://www.~.example http://~.test:8080 https://~.com https://~.~.com http://~.org https://~.github.io chrome-extension://~aaaabbbbccccddddeeeeff'
export const LOOK_ALIKE_HOSTS = '^.~.test ~.^.~.test ^~.test ~.^~.test ^-~.test ~.^-~.test ~-^.test'

/** Makes a label that no predicate can know. Letters only, to stand beside any other. */
export function randomLabel(): string {
  return Array.from({ length: 10 }, () => String.fromCharCode(0x61 + Math.floor(Math.random() * 26))).join('')
}

/** Origins that have nothing to do with anybody, and those that look like a host, or hold a word, that a source text names. */
export function strangerProbes(source: string, label: string, context: OriginContext): Probe[] {
  const { has, isPublicSuffix } = context
  const mayBeStrangers = has('dangerouslyAllowPublicSuffixes')
  const hosts = hostsIn(source)
  const forms = [...hosts, ...wordsIn(source)].flatMap((name) => LOOK_ALIKE_HOSTS.replaceAll('^', name).split(' '))
  const probes: Probe[] = [...UNRELATED_ORIGINS.split(' '), ...forms].map((form) => [form])
  for (const host of hosts) {
    const parent = host.slice(host.indexOf('.') + 1)
    const isOwn = isPublicSuffix(parent)
    if (isPublicSuffix(host) && host.includes('.') && !mayBeStrangers) probes.push([`~.${host}`])
    // Below a domain of one's own, a name of any form may be meant; then a name of another form is allowed as well.
    probes.push([`~${host}`, isOwn ? undefined : `~.${parent}`])
    if (isOwn && !mayBeStrangers) probes.push([`~-${host}`])
    for (const other of withoutDots(host)) probes.push([other], [`~.${other}`])
    if (!has('dangerouslyAllowInsecureOrigins')) probes.push([`~https://${host}`])
  }
  return filled(probes, source, label)
}

/** The hosts that a source text names, over a scheme that anyone between can speak for. */
export function insecureProbes(source: string, label: string): Probe[] {
  const hosts = hostsIn(source).filter((host) => !isLoopbackHost(host))
  return filled(
    hosts.flatMap((host): Probe[] => [[`http://${host}`], [`http://~.${host}`]]),
    source,
    label,
  )
}

function filled(probes: readonly Probe[], source: string, label: string): Probe[] {
  const ports = ['', ...portsIn(source)]
  return probes.flatMap(([origin, unless]) =>
    (origin.includes('://') ? [''] : ['https://', 'http://']).flatMap((scheme) =>
      ports.map((port): Probe => {
        const fill = (form: string): string => scheme + form.replaceAll('~', label) + port
        return [fill(origin), unless && fill(unless)]
      }),
    ),
  )
}

/** The same names with another character for each dot: an unescaped dot of a regular expression matches it. */
function withoutDots(host: string): string[] {
  return Array.from(host.matchAll(/\./g), ({ index }) => `${host.slice(0, index)}x${host.slice(index + 1)}`)
}

/** No predicate is so long that what stands behind this matters. */
const LONGEST_SOURCE = 20_000
const MOST_NAMES = 16
const MOST_PORTS = 2

/** Gives the source text of a function, or '' where it has none to show. */
export function sourceTextOf(value: unknown): string {
  return tryOr(() => Function.prototype.toString.call(value).slice(0, LONGEST_SOURCE), '')
}

/** Finds what may be host names in a function's source, be they in a string or in a regular expression. */
export function hostsIn(source: string): string[] {
  const names = withoutEscapes(source).match(/[a-z0-9-]+(?:\.[a-z0-9-]+)+|localhost/g) ?? []
  return first(
    names.map((name) => name.replace(/^-+|-+$/g, '')),
    MOST_NAMES,
  )
}

/** Finds the words that stand between quotes or slashes. */
export function wordsIn(source: string): string[] {
  const literals = source.match(/(['"`])(?:\\.|(?!\1)[^\\])*\1|\/(?![*/])(?:\\.|[^/\\\n])+\//g) ?? []
  const words = literals.flatMap((literal) => withoutEscapes(literal).match(/[a-z0-9][a-z0-9-]+[a-z0-9]/g) ?? [])
  return first(
    words.filter((word) => word.length <= 30 && /[a-z]/.test(word)),
    MOST_NAMES,
  )
}

/** Finds the ports that a function's source names, with their colons. */
export function portsIn(source: string): string[] {
  return first(source.match(/:[1-9]\d{1,4}\b/g) ?? [], MOST_PORTS)
}

/** Takes the escapes off: what is `\.` in a regular expression is a dot to a browser. */
function withoutEscapes(source: string): string {
  return source.toLowerCase().replaceAll(/\\([^a-z0-9\s])/g, '$1')
}

function first(values: readonly string[], most: number): string[] {
  return [...new Set(values)].slice(0, most)
}
