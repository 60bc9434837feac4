import { bodyHas, type Evidence, field, fieldHas } from '../evidence.ts'
import type { Observation } from '../recorder.ts'
import type { Target } from './targets.ts'

/** Something that an answer shows, and what it speaks for. */
export interface Sign {
  readonly target: Target
  readonly layer: 'application' | 'platform' | 'server'
  /** 3 suffices alone; 1 and 2 need others. Above 3, it outweighs what a library below also shows. */
  readonly weight: number
  /** The sign in a few words, for people. */
  readonly says: string
  readonly shows: (observation: Observation) => boolean
  /** What the whole exchange must show besides. */
  readonly needs?: (evidence: Evidence) => boolean
}

export type Shows = Sign['shows']
/** A sign without its layer. */
export type Signs = readonly [target: Target, weight: number, says: string, shows: Shows, needs?: Sign['needs']]

/** Tells whether a field is there and matches. */
export const header =
  (name: string, pattern: RegExp = /./): Shows =>
  (each) =>
    field(each, name) !== null && fieldHas(each, name, pattern)

/** Tells whether the beginning of the body matches. */
export const body =
  (pattern: RegExp): Shows =>
  (each) =>
    bodyHas(each, pattern)

/** Tells whether all of it shows. */
export const both =
  (...all: readonly Shows[]): Shows =>
  (each) =>
    all.every((shows) => shows(each))

/** Tells whether it is plain text. */
export const isPlain: Shows = header('Content-Type', /^text\/plain\b/i)

/** Tells whether the host of the request matches. */
export const host =
  (pattern: RegExp) =>
  ({ call }: Evidence): boolean =>
    pattern.test(call.url.hostname)

/** Shows in every answer. */
export const always: Shows = () => true
