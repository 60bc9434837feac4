/**
 * Converts the options of other CORS libraries, and reports each behavior that changes.
 *
 * @module
 */

export type { MigrationNote, PeerOptions } from './migrate/meaning.ts'
export { type Migration, type MigrationChange, migrate } from './migrate/migrate.ts'
export type { PeerName } from './migrate/peer.ts'
