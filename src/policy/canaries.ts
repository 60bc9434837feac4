import { parseOrigin } from '../spec/origins.ts'
import { issue } from './issue.ts'
import { hostsIn, portsIn, sourceOf, wordsIn } from './literals.ts'
import type { OriginContext } from './origin-meaning.ts'
import { type Canary, downgrades, lookAlikes, randomLabel, strangers } from './strangers.ts'
import type { PolicyIssue } from './types.ts'

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
  if (isAsync(predicate)) return [issue(path, predicate, 'predicate-async')]
  if (!context.credentials) return []
  const source = sourceOf(predicate)
  const label = randomLabel()
  const hosts = hostsIn(source)
  const forms = [...strangers(label), ...lookAlikes(hosts, wordsIn(source), label, context)]
  const ports = portsIn(source)
  const stranger = firstAllowed(predicate, withPorts(forms, ports))
  if (stranger === ASYNC) return [issue(path, predicate, 'predicate-async')]
  if (stranger !== null) return [issue(path, predicate, 'predicate-accepts-strangers', undefined, hint(stranger))]
  const insecure = context.allowInsecure ? null : firstAllowed(predicate, withPorts(downgrades(hosts, label), ports))
  return insecure === null ? [] : [issue(path, predicate, 'predicate-accepts-insecure', undefined, hint(insecure))]
}

function isAsync(predicate: unknown): boolean {
  try {
    return Object.prototype.toString.call(predicate) === '[object AsyncFunction]'
  } catch {
    return false
  }
}

function hint(origin: string): { readonly hint: string } {
  return { hint: `it allows ${JSON.stringify(origin)}` }
}

function withPorts(canaries: readonly Canary[], ports: readonly string[]): Canary[] {
  const suffixes = ['', ...ports.map((port) => `:${port}`)]
  return canaries.flatMap(({ origin, unless }) =>
    suffixes.map((suffix) => ({
      origin: origin + suffix,
      ...(unless === undefined ? {} : { unless: unless + suffix }),
    })),
  )
}

/** Stands for a Promise among the answers. No origin is empty. */
const ASYNC = ''

function firstAllowed(predicate: unknown, canaries: readonly Canary[]): string | null {
  for (const { origin, unless } of canaries) {
    // The engine puts well-formed origins to a predicate and no others, so that is all it has to withstand.
    if (parseOrigin(origin) === null) continue
    const answer = ask(predicate, origin)
    if (answer === ASYNC) return ASYNC
    if (answer === true && (unless === undefined || ask(predicate, unless) !== true)) return origin
  }
  return null
}

function ask(predicate: unknown, origin: string): unknown {
  try {
    const answer: unknown = Reflect.apply(predicate as () => unknown, undefined, [origin])
    if (typeof answer !== 'object' || answer === null) return answer
    const then: unknown = Reflect.get(answer, 'then')
    if (typeof then !== 'function') return answer
    // A rejection that nobody handles ends a Node.js process.
    Reflect.apply(then, answer, [() => {}, () => {}])
    return ASYNC
  } catch {
    return false
  }
}
