import type { CorsPolicy } from '../../policy/types.ts'
import { compare } from '../compare.ts'
import type { PeerOptions } from '../meaning.ts'
import type { Peer } from '../peer.ts'
import { scenariosOf } from '../scenarios.ts'
import { answererOf } from '../wire.ts'

/** Options of a library that let pages do what a policy says. */
export interface CorrectedOptions {
  readonly options: PeerOptions
  /** The names of the options that are not as they were. */
  readonly changed: readonly string[]
  /** What the library lets pages do in another way all the same. */
  readonly left: readonly string[]
}

/**
 * Changes as few options as it takes for a library to let pages do what the policy says.
 *
 * @param meant what the policy is in the options of the library, in groups that belong together
 */
export function correctedOptions(
  peer: Peer,
  options: PeerOptions,
  policy: CorsPolicy,
  meant: readonly PeerOptions[],
): CorrectedOptions {
  const scenarios = scenariosOf(peer.read(options), policy)
  const ours = answererOf(policy)
  const noticed = (given: PeerOptions) =>
    compare(peer.answerer(given), ours, scenarios)
      .filter(({ direction }) => direction !== 'other')
      .map(({ what }) => what)
  const of = (groups: readonly PeerOptions[]): PeerOptions => Object.assign({}, options, ...groups)
  let groups = noticed(options).length === 0 ? [] : meant
  const best = noticed(of(groups)).length
  for (const group of meant) {
    const fewer = groups.filter((other) => other !== group)
    if (fewer.length < groups.length && noticed(of(fewer)).length <= best) groups = fewer
  }
  const result = of(groups)
  const isSame = (name: string) => JSON.stringify(result[name]) === JSON.stringify(options[name])
  return { options: result, changed: Object.keys(result).filter((name) => !isSame(name)), left: noticed(result) }
}
