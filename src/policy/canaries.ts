import { parseOrigin } from '../spec/origins.ts'
import { issue } from './issue.ts'
import { sourceOf } from './literals.ts'
import { orElse } from './or-else.ts'
import type { OriginContext } from './origin-meaning.ts'
import { type Canary, downgrades, randomLabel, strangers } from './strangers.ts'
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
  if (takesCallback(predicate)) return [issue(path, predicate, 'predicate-answer')]
  const source = sourceOf(predicate)
  const label = randomLabel()
  const find = (canaries: Canary[]): string | null =>
    context.has('credentials') ? firstAllowed(predicate, canaries) : null
  const stranger = isAsync(predicate) ? ASYNC : find(strangers(source, label, context))
  if (stranger === ASYNC) return [issue(path, predicate, 'predicate-async')]
  if (stranger !== null) return [issue(path, predicate, 'predicate-accepts-strangers', undefined, hint(stranger))]
  const insecure = context.has('dangerouslyAllowInsecureOrigins') ? null : find(downgrades(source, label))
  return insecure === null ? [] : [issue(path, predicate, 'predicate-accepts-insecure', undefined, hint(insecure))]
}

function hint(origin: string): { readonly hint: string } {
  return { hint: `it allows ${JSON.stringify(origin)}` }
}

/** Other libraries hand their function a callback too. It would never be called here, and nobody would be allowed. */
function takesCallback(predicate: unknown): boolean {
  return orElse(() => (predicate as () => unknown).length, 1) > 1
}

function isAsync(predicate: unknown): boolean {
  return orElse(() => Object.prototype.toString.call(predicate), '') === '[object AsyncFunction]'
}

/** Stands for a Promise among the answers. No origin is empty. */
const ASYNC = ''

function firstAllowed(predicate: unknown, canaries: readonly Canary[]): string | null {
  for (const [origin, unless] of canaries) {
    // The engine puts well-formed origins to a predicate and no others, so that is all it has to withstand.
    if (parseOrigin(origin) === null) continue
    const answer = ask(predicate, origin)
    if (answer === ASYNC) return ASYNC
    if (answer === true && (unless === undefined || ask(predicate, unless) !== true)) return origin
  }
  return null
}

function ask(predicate: unknown, origin: string): unknown {
  return orElse(() => {
    const answer: unknown = (predicate as (origin: string) => unknown)(origin)
    if (typeof (answer as PromiseLike<unknown> | null | undefined)?.then !== 'function') return answer
    // A rejection that nobody handles ends a Node.js process.
    Promise.resolve(answer).catch(() => {})
    return ASYNC
  }, false)
}
