import { type CompiledPolicy, compilePolicy, isWildcard } from '../policy/compile.ts'
import { VARY } from '../spec/fields.ts'
import { createEngine } from './engine.ts'
import type { Cors } from './types.ts'

/** How many causes of refusals are remembered. A cause that quotes a client is new each time. */
const MAX_REMEMBERED = 64

/**
 * Makes the policy that answers while no other can be had: it allows no origin, and every answer
 * says `Vary: Origin`.
 */
export function closedCors(refused: 'pass' | 'forbid'): Cors {
  return createEngine(compilePolicy({ origins: [], refused }))
}

/**
 * Makes a function that prints why no policy can be had, and gives the closed policy. Each cause is
 * printed once, not at every request.
 *
 * @returns a function that never throws
 */
export function createRefusal(): (why: unknown) => Cors {
  const said = new Set<string>()
  let closed: Cors | undefined
  return (why) => {
    const cause = textOf(why)
    if (!said.has(cause)) {
      if (said.size === MAX_REMEMBERED) said.clear()
      said.add(cause)
      print(why)
    }
    closed ??= closedCors('pass')
    return closed
  }
}

/**
 * Makes a policy vary by `Origin`. A `'*'` by itself does not need to. Where a function chooses
 * between policies it does: the next request may get another one, and a cache must not mix them.
 */
export function createVarying(): (cors: Cors) => Cors {
  return deriving(
    ({ policy }) => isWildcard(policy.origins),
    ({ policy }) => ({ ...compilePolicy(policy), varyByOrigin: true }),
  )
}

/**
 * Lets a policy that names no methods permit these. Next.js and others know the methods of a route.
 */
export function createPermitting(methods: readonly string[]): (cors: Cors) => Cors {
  return deriving(
    ({ policy }) => policy.methods === undefined && methods.length > 0,
    (cors) => ({
      ...compilePolicy({ ...cors.policy, methods }),
      varyByOrigin: cors.entries({ method: 'GET', headers: new Map() }).some(([name]) => name === VARY),
    }),
  )
}

/**
 * The key under which a `Cors` that stands for another one, because it is observed or exchanged
 * while the server runs, derives from that one.
 */
export const VIA: unique symbol = Symbol.for('corsmith.via')

/** A `Cors` that may stand for another one. */
export interface WrappedCors extends Cors {
  [VIA]?(derive: (cors: Cors) => Cors): Cors
}

/**
 * Makes a changed copy of each policy that needs one, once per policy. Other policies pass through.
 */
function deriving(needsChange: (cors: Cors) => boolean, change: (cors: Cors) => CompiledPolicy): (cors: Cors) => Cors {
  const derived = new WeakMap<Cors, Cors>()
  return function derive(cors: WrappedCors): Cors {
    if (cors[VIA]) return cors[VIA](derive)
    if (!needsChange(cors)) return cors
    const known = derived.get(cors)
    if (known !== undefined) return known
    const engine = createEngine(change(cors))
    derived.set(cors, engine)
    return engine
  }
}

/** A thrown value may be anything: an object without a prototype cannot become text. */
function textOf(why: unknown): string {
  try {
    return String(why)
  } catch {
    return ''
  }
}

/** The refusal stands, even where a replaced console throws. */
function print(why: unknown): void {
  try {
    // biome-ignore lint/suspicious/noConsole: an operator has to learn that no policy could be had.
    console.error(why)
  } catch {}
}
