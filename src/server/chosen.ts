import { type CompiledPolicy, compilePolicy, isWildcard } from '../policy/compile.ts'
import { VARY } from '../spec/fields.ts'
import { createEngine } from './engine.ts'
import type { Cors } from './types.ts'

/** What answers where no policy can be had: nobody is allowed, and every answer varies by `Origin`. */
export function closedCors(refused: 'pass' | 'forbid'): Cors {
  return createEngine(compilePolicy({ origins: [], refused }))
}

/** Makes a policy vary by `Origin`. A `'*'` alone varies by nothing; as one of several, it does: another request may have got another. */
export function createVarying(): (cors: Cors) => Cors {
  return deriving(
    ({ policy }) => isWildcard(policy.origins),
    ({ policy }) => ({ ...compilePolicy(policy), varyByOrigin: true }),
  )
}

/** Lets a policy that names no methods permit these, which were found to be methods. */
export function createPermitting(methods: readonly string[]): (cors: Cors) => Cors {
  return deriving(
    ({ policy }) => policy.methods === undefined && methods.length > 0,
    (cors) => ({
      ...compilePolicy({ ...cors.policy, methods }),
      varyByOrigin: cors.entries({ method: 'GET', headers: new Map() }).some(([name]) => name === VARY),
    }),
  )
}

/** Makes a policy anew with something changed, once per policy, and leaves the others as they are. */
function deriving(isMeant: (cors: Cors) => boolean, change: (cors: Cors) => CompiledPolicy): (cors: Cors) => Cors {
  const derived = new WeakMap<Cors, Cors>()
  return (cors) => {
    if (!isMeant(cors)) return cors
    const known = derived.get(cors)
    if (known !== undefined) return known
    const engine = createEngine(change(cors))
    derived.set(cors, engine)
    return engine
  }
}
