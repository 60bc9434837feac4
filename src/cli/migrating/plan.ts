import type { NoRewriteError } from '../../migrate/write/edits.ts'
import type { Migrated } from './migrated.ts'

/** A file that is written, and its text. */
export interface NewText {
  readonly path: string
  readonly text: string
}

/** What becomes of the files: texts to write, and reasons why others stay as they are. */
export interface WritePlan {
  readonly texts: readonly NewText[]
  readonly kept: readonly string[]
}

/** Says why a place cannot be written. */
export function reasonsOf({ file, place, migration }: Migrated, accept: boolean, ignored?: string): string[] {
  const at = `${file}:${place.line}`
  if (migration === null) return [`${at}: ${place.why ?? 'the options are not written out'}`]
  if (migration.policy === null) return [`${at}: there is no policy to write`]
  const noticed = migration.changes.filter(
    ({ direction, what }) => direction !== 'other' && !(ignored && what.startsWith(ignored)),
  )
  return accept || noticed.length === 0 ? [] : [`${at}: pages would notice: --accept writes it all the same`]
}

/** Says what is in the way of a file. */
export function refusalOf(file: string, error: unknown): string {
  if (!(error instanceof Error) || error.name !== 'NoRewriteError') throw error
  return `${file}:${(error as NoRewriteError).line}: ${error.message}`
}
