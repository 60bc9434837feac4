import type { PeerOptions } from '../../migrate/meaning.ts'
import { type Migration, migrate } from '../../migrate/migrate.ts'
import type { Peer } from '../../migrate/peer.ts'
import { languageOf } from '../../migrate/source/calls.ts'
import { exportedOptions } from '../../migrate/source/exported.ts'
import { NOWHERE, type OptionsPlace } from '../../migrate/source/place.ts'
import { slotsByPath } from '../../migrate/write/slots.ts'
import { placesIn } from '../code/places.ts'
import { readJson, readText } from '../files.ts'
import { UsageError } from '../io.ts'
import { proxiesOf } from './proxies.ts'

/** What became of the options at one place. */
export interface Migrated {
  readonly file: string
  readonly place: OptionsPlace
  /** Null where the options are not written out. */
  readonly migration: Migration | null
}

/**
 * Reads options from JSON, or from a source file. Nothing of the file runs.
 *
 * @returns an empty list for a file that uses corsmith already
 * @throws {UsageError} for a file without options of the library
 */
export async function migrateFile(file: string, peer: Peer): Promise<readonly Migrated[]> {
  if (/\.json$/i.test(file)) {
    const options = readJson(file)
    if (typeof options !== 'object' || options === null || Array.isArray(options))
      throw new UsageError(`${file}: options are an object, as ${peer.title} takes them`)
    const sets = peer.parts?.(options as PeerOptions) ?? [options as PeerOptions]
    return sets.map((set) => migrated(file, peer, { ...NOWHERE, line: 1, options: set }))
  }
  const places = await placesIn(file, peer)
  const text = readText(file)
  const parts = places.flatMap((place) => {
    if (place.options === null) return [place]
    const slotsOf = slotsByPath(text, place)
    return (peer.parts?.(place.options) ?? [place.options]).map((options) => ({
      ...place,
      options,
      slots: slotsOf(options),
    }))
  })
  if (parts.length > 0) return parts.map((place) => migrated(file, peer, place))
  const isScript = languageOf(file) === 'javascript' && !/\.(?:java|kts?)$/i.test(file)
  const exported = isScript ? exportedOptions(text, peer.options) : null
  if (exported !== null) return [migrated(file, peer, exported)]
  if (
    isScript &&
    (usesCorsmith(text) || (peer.name === 'next' && proxiesOf(file).some(({ text: proxy }) => usesCorsmith(proxy))))
  )
    return []
  throw new UsageError(
    `${file}: no options of ${peer.title} found: write them out in the call, or export them as "options"`,
  )
}

function usesCorsmith(text: string): boolean {
  return /['"]corsmith(?:\/[\w-]+)?['"]/.test(text)
}

function migrated(file: string, peer: Peer, place: OptionsPlace): Migrated {
  try {
    return { file, place, migration: place.options === null ? null : migrate(peer.name, place.options) }
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`${file}:${place.line}: ${error.message}`)
    throw error
  }
}
