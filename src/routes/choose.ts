import { type AnyCors, isSync } from '../server/ready.ts'
import { literal, readingsOf } from './readings.ts'
import type { ReadyRoute } from './table.ts'

/** What a table of routes says of a request. */
export interface Choice {
  /** The policy; null where none may be used. */
  readonly cors: AnyCors | null
  /**
   * Whether routers may read the path in several ways that lead to different policies. Then `cors`
   * is null.
   */
  readonly isAmbiguous: boolean
  /** Whether a refused origin is to be answered with 403, because a possible policy says so. */
  readonly forbids: boolean
  /** Whether another method of the same path has another policy. */
  readonly isSplit: boolean
  /** The routes that may serve the request, by index; -1 for none of them. */
  readonly routes: readonly number[]
}

/** So many choices are remembered. A client may spell a path in any number of ways. */
const MAX_REMEMBERED = 256

/**
 * Makes the function that chooses the policy for a path and a method. The first route that covers
 * the path and the method serves a request. Where the readings of a path lead to different
 * policies, there is none: the server behind may read it in the other way.
 *
 * @param otherwise the policy where no route matches; null refuses
 */
export function createChooser(
  table: readonly ReadyRoute[],
  otherwise: AnyCors | null,
): (paths: readonly string[], method: string) => Choice {
  const remembered = new Map<string, Choice>()
  const corsOf = (index: number) => table[index]?.cors ?? otherwise

  function choose(paths: readonly string[], method: string): Choice {
    const readings = readingsOf(paths)
    if (readings === null) {
      const all = [...table.keys(), -1]
      return {
        cors: null,
        isAmbiguous: true,
        forbids: all.some((i) => isForbidding(corsOf(i))),
        isSplit: true,
        routes: [],
      }
    }
    const serving = new Set<number>()
    const onPath = new Set<AnyCors | null>()
    for (const reading of readings)
      for (const isLax of [false, true]) {
        const covering = coveringOf(literal(reading), isLax)
        serving.add(covering.find((i) => i < 0 || (table[i]?.methods?.includes(method) ?? true)) ?? -1)
        for (const i of covering) onPath.add(corsOf(i))
      }
    const routes = [...serving].sort((a, b) => a - b)
    const policies = new Set(routes.map(corsOf))
    const [cors = null] = policies
    return {
      cors: policies.size === 1 ? cors : null,
      isAmbiguous: policies.size > 1,
      forbids: routes.some((i) => isForbidding(corsOf(i))),
      isSplit: onPath.size > 1,
      routes,
    }
  }

  /** Lists the routes that cover a path with some method, in order; -1 stands for the rest. */
  function coveringOf(path: string, isLax: boolean): readonly number[] {
    const covering: number[] = []
    for (const [i, route] of table.entries()) {
      if (!route.covers(path, isLax)) continue
      covering.push(i)
      if (route.methods === null) return covering
    }
    return [...covering, -1]
  }

  return (paths, method) => {
    const key = [method, ...paths].join(' ')
    const known = remembered.get(key)
    if (known !== undefined) return known
    const choice = choose(paths, method)
    if (remembered.size === MAX_REMEMBERED) remembered.clear()
    remembered.set(key, choice)
    return choice
  }
}

function isForbidding(cors: AnyCors | null): boolean {
  return cors !== null && isSync(cors) && cors.policy.refused === 'forbid'
}
