import type { PeerOptions } from '../meaning.ts'

/** A place where options stand in a source file. */
export interface OptionsPlace {
  /** The line, from 1. */
  readonly line: number
  /** The options; null where they are not written out. */
  readonly options: PeerOptions | null
  /** Why they cannot be read; null where they can. */
  readonly why: string | null
  /** Where the text of the options begins and ends; null where they are not written out. */
  readonly span: readonly [start: number, end: number] | null
  /** Where the options are passed: behind what stands before them, up to the closing bracket. */
  readonly call: readonly [start: number, end: number] | null
  /** The name of the constant that holds the options; null where they stand in the call. */
  readonly named: string | null
}

/** A place that has no text to replace. */
export const NOWHERE = { why: null, span: null, call: null, named: null }
