import type { PeerMeaning, PeerOptions } from './meaning.ts'
import type { Answerer } from './wire.ts'

/** Another library that a user comes from. */
export interface Peer {
  /** The word after `--from`. */
  readonly name: PeerName
  /** The package, as its registry names it. */
  readonly title: string
  /** The version whose rules these are. Tests run it and compare. */
  readonly version: string
  /** The adapter of corsmith to use instead; null where the policy goes into a file or to the edge. */
  readonly adapter: string | null
  /** Every option that the library knows. */
  readonly options: readonly string[]
  /**
   * Takes options apart that hold several sets, one per path. Without it, there is one set.
   *
   * @returns the sets, each as options of its own
   */
  parts?(options: PeerOptions): readonly PeerOptions[]
  /**
   * Reads options.
   *
   * @throws {TypeError} for options that the library itself refuses
   */
  read(options: PeerOptions): PeerMeaning
  /** Answers requests by the rules of the library. */
  answerer(options: PeerOptions): Answerer
}

/** The names of the libraries. */
export type PeerName =
  | 'express'
  | 'nest'
  | 'hono'
  | 'fastify'
  | 'koa'
  | 'h3'
  | 'elysia'
  | 'next'
  | 'itty'
  | 'remix'
  | 'whatwg'
  | 'flask'
  | 'django'
  | 'spring'
