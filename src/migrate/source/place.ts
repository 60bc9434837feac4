import type { PeerOptions } from '../meaning.ts'

/** A part of a text. */
export type Span = readonly [start: number, end: number]

/** Where one option of a call, a setting or a setter is written. */
export interface Slots {
  /** The value of each option. An option that is set in several places is absent. */
  readonly values: Readonly<Record<string, Span>>
  /** Options that are set in several places. */
  readonly scattered: readonly string[]
  /** Where another option may follow. */
  readonly end: number
  /** How options are written here. */
  readonly form: 'keyword' | 'dictionary' | 'setting' | 'chain' | 'annotation' | 'setter'
  /** The object that has the setters. */
  readonly subject?: string
}

/** A place where options stand in a source file. */
export interface OptionsPlace {
  /** The line, from 1. */
  readonly line: number
  /** The options; null where they are not written out. */
  readonly options: PeerOptions | null
  /** Why they cannot be read; null where they can. */
  readonly why: string | null
  /** Where the text of the options begins and ends; null where they are not written out. */
  readonly span: Span | null
  /** Where the options are passed: behind what stands before them, up to the closing bracket. */
  readonly call: Span | null
  /** The name of the constant that holds the options; null where they stand in the call. */
  readonly named: string | null
  /** The whole call, from its name to the closing bracket; null where there is none. */
  readonly whole: Span | null
  /** Where each option is written; null where the place as a whole is replaced. */
  readonly slots: Slots | null
}

/** A place that has no text to replace. */
export const NOWHERE = { why: null, span: null, call: null, named: null, whole: null, slots: null }

/** How many calls or settings of one file are read. A report on more would take minutes. */
const MOST_PLACES = 500

/** Gives the place that stands for a file with too many of them; null for any other file. */
export function tooMany(count: number): OptionsPlace | null {
  const why = `this file holds ${count} places with options, and ${MOST_PLACES} are read at most: split it`
  return count > MOST_PLACES ? { ...NOWHERE, line: 1, options: null, why } : null
}
