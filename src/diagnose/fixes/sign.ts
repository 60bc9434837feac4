import { bodyHas, type Evidence, fieldHas } from '../evidence.ts'
import type { Observation } from '../recorder.ts'
import type { Target } from './targets.ts'

/** A sign in an answer, and the target that it points to. */
export interface Sign {
  readonly target: Target
  readonly layer: 'application' | 'platform' | 'server'
  /**
   * 3 suffices alone; 1 and 2 need other signs. More than 3 outweighs the sign of a library
   * underneath.
   */
  readonly weight: number
  /** The sign in a few words, for people. */
  readonly says: string
  readonly shows: (observation: Observation) => boolean
  /** A condition on the whole exchange. */
  readonly needs: ((evidence: Evidence) => boolean) | undefined
}

type Shows = Sign['shows']
/** A sign without its layer. */
export type Signs = readonly [target: Target, weight: number, says: string, shows: Shows, needs?: Sign['needs']]

/** Matches a header. */
export const header =
  (name: string, pattern: RegExp = /./): Shows =>
  (each) =>
    fieldHas(each, name, pattern)

/** Matches the beginning of the body. */
export const body =
  (pattern: RegExp): Shows =>
  (each) =>
    bodyHas(each, pattern)

/** Matches if all of the conditions do. */
export const both =
  (...all: readonly Shows[]): Shows =>
  (each) =>
    all.every((shows) => shows(each))

/** Matches plain text. */
export const isPlain: Shows = header('Content-Type', /^text\/plain\b/i)

/** Matches the host of the request. */
export const host =
  (pattern: RegExp) =>
  ({ call }: Evidence): boolean =>
    pattern.test(call.url.hostname)

/** Matches every answer. */
export const always: Shows = () => true
