import { isWildcard, tryOr } from '../policy/values.ts'
import { ALLOW_CREDENTIALS, ALLOW_METHODS, MAX_AGE, ORIGIN, REQUEST_METHOD } from '../spec/fields.ts'
import { createAnswering, createEngine, DERIVE, type Derivable } from './engine.ts'
import { guard } from './guard.ts'
import { MAX_REMEMBERED } from './limits.ts'
import { memoizeByObject } from './ready.ts'
import type { Tables } from './tables.ts'
import type { Cors } from './types.ts'

/**
 * Makes the policy that answers while no other can be had: it allows no origin, and every answer
 * says `Vary: Origin`.
 */
export function closedCors(refused: 'pass' | 'forbid'): Cors {
  return createEngine(Object.freeze({ origins: Object.freeze([]), refused }), closedTables(refused))
}

/** Makes `apply` of {@link closedCors}. */
export function closedApply(): Cors['apply'] {
  return createAnswering(closedTables('pass')).apply
}

/** The tables of a policy that allows no origin. */
function closedTables(refused: 'pass' | 'forbid'): Tables {
  return {
    match: () => null,
    vary: ORIGIN,
    status: 204,
    preflight: [],
    shared: [],
    widening: [],
    parts: [],
    echo: null,
    forbid: refused === 'forbid' ? guard : null,
  }
}

/**
 * Makes a function that prints why no policy can be had, and gives the closed policy. Each cause is
 * printed once, not at every request.
 *
 * @returns a function that never throws
 */
export function createRefusal(): (why: unknown) => Cors {
  const said = new Set<string>()
  const closed = closedCors('pass')
  return (why) => {
    // A thrown value may be anything: an object without a prototype cannot become text.
    const cause = tryOr(() => String(why), '')
    if (!said.has(cause)) {
      if (said.size === MAX_REMEMBERED) said.clear()
      said.add(cause)
      // The refusal stands, even where a replaced console throws.
      // biome-ignore lint/suspicious/noConsole: an operator has to learn that no policy could be had.
      tryOr(() => console.error(why))
    }
    return closed
  }
}

/**
 * Makes a policy vary by `Origin`. A `'*'` by itself does not need to. Where a function chooses
 * between policies it does: the next request may get another one, and a cache must not mix them.
 */
export function createVarying(): (cors: Cors) => Cors {
  return deriving(
    ({ origins }) => isWildcard(origins),
    (policy, tables) => [policy, { ...tables, vary: ORIGIN }],
  )
}

/**
 * Lets a policy that names no methods permit these. Next.js and others know the methods of a route.
 */
export function createPermitting(methods: readonly string[]): (cors: Cors) => Cors {
  return deriving(
    (policy) => policy.methods === undefined && methods.length > 0,
    (policy, tables) => {
      // After credentials, where `createCors` would have put it.
      const preflight = [...tables.preflight]
      preflight.splice(preflight[0]?.[0] === ALLOW_CREDENTIALS ? 1 : 0, 0, [ALLOW_METHODS, methods.join(',')])
      return [
        { ...policy, methods },
        { ...tables, preflight },
      ]
    },
  )
}

/**
 * The key of a method that applies a change to a wrapped `Cors`. `observe` and `createSwappable`
 * make a `Cors` that wraps another one.
 */
export const VIA: unique symbol = Symbol.for('corsmith.via')

/** A `Cors` that may stand for another one. */
export interface WrappedCors extends Cors {
  [VIA]?(derive: (cors: Cors) => Cors): Cors
}

/**
 * Makes copies of policies whose preflights browsers do not keep, and whose answers to preflights
 * depend on the method that was asked for: another method of the same URL has another policy.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-cache
 */
export function createUnkept(): (cors: Cors) => Cors {
  return deriving(
    () => true,
    (policy, tables) => {
      const vary = [tables.vary, REQUEST_METHOD].filter((name) => name !== null).join(', ')
      const preflight = tables.preflight.filter(([name]) => name !== MAX_AGE)
      return [
        Object.freeze({ ...policy, maxAge: 0 }),
        { ...tables, preflight: [...preflight, [MAX_AGE, '0']], echo: tables.echo ?? { vary, lines: () => [] } },
      ]
    },
  )
}

/**
 * Makes a changed copy of each policy that needs one, once per policy. Other policies pass through.
 */
function deriving(
  needsChange: (policy: Cors['policy']) => boolean,
  change: Parameters<Derivable[typeof DERIVE]>[0],
): (cors: Cors) => Cors {
  const derive = memoizeByObject((cors: Cors) => (cors as Cors & Derivable)[DERIVE](change))
  return function deriveOnce(cors: WrappedCors): Cors {
    // Not kept: it may stand for another policy at the next request.
    if (cors[VIA]) return cors[VIA](deriveOnce)
    return needsChange(cors.policy) ? derive(cors) : cors
  }
}
