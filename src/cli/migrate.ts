/// <reference types="node" />
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { quoted } from '../diagnose/page-request.ts'
import { jsonText, printable, printableLines } from '../diagnose/report/printable.ts'
import type { PeerOptions } from '../migrate/meaning.ts'
import { type Migration, migrate, PEERS, peerNamed } from '../migrate/migrate.ts'
import type { Peer } from '../migrate/peer.ts'
import { languageOf } from '../migrate/source/calls.ts'
import { NOWHERE, type OptionsPlace } from '../migrate/source/place.ts'
import { isRewritable, policyText, REWRITABLE, rewriteSource } from '../migrate/source/rewrite.ts'
import { placesIn } from './code/places.ts'
import { readJson, readText } from './files.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { COMMAND_OPTIONS } from './options.ts'
import { createPaint, type Paint } from './paint.ts'
import { didYouMean } from './suggest.ts'
import { VERSION } from './version.ts'

/** What became of the options at one place. */
interface Migrated {
  readonly file: string
  readonly place: OptionsPlace
  /** Null where the options are not written out. */
  readonly migration: Migration | null
}

/**
 * Runs `corsmith migrate`: a policy for the options of another library, and each behavior that
 * changes. The exit code is 1 where something is refused, and 2 where something gets wider.
 */
export async function migrateCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: COMMAND_OPTIONS.migrate,
    allowPositionals: true,
  })
  const peer = peerNamed(values.from ?? '')
  const names = PEERS.map(({ name }) => name).join(', ')
  if (peer === undefined)
    throw new UsageError(
      values.from === undefined
        ? `no library: --from ${names}`
        : `--from ${quoted(values.from)}${didYouMean(
            values.from,
            PEERS.map(({ name }) => name),
          )}: write one of ${names}`,
    )
  if (positionals.length === 0) throw new UsageError(`no options: corsmith migrate --from ${peer.name} server.js`)
  const migrated: Migrated[] = []
  for (const file of positionals) migrated.push(...(await migrateFile(file, peer)))
  const written = values.write ? writeAll(migrated, peer, values.accept === true) : []
  if (values.json) {
    const places = migrated.map(({ file, place: { line, why }, migration }) => ({ file, line, why, ...migration }))
    io.print(jsonText({ schema: 1, tool: { name: 'corsmith', version: VERSION }, from: peer.title, places, written }))
  } else {
    const paint = createPaint(io)
    io.print(migrated.map((each) => placeText(each, paint)).join('\n\n'))
    for (const file of written) io.print(`\nwritten: ${printable(file)}`)
    if (values.write && written.length === 0) io.print('\nnothing was written: --accept takes the changes over')
  }
  const directions = migrated.flatMap(({ migration }) => migration?.changes.map(({ direction }) => direction) ?? [])
  if (directions.includes('wider')) return EXIT.findings
  const isUnread = migrated.some(({ migration }) => migration === null)
  return directions.includes('refused') || isUnread ? EXIT.blocked : EXIT.ok
}

/** Reads options from JSON, from a source file, or from the exports of a module. */
async function migrateFile(file: string, peer: Peer): Promise<readonly Migrated[]> {
  if (/\.json$/i.test(file)) {
    const options = readJson(file)
    if (typeof options !== 'object' || options === null || Array.isArray(options))
      throw new UsageError(`${file}: options are an object, as ${peer.title} takes them`)
    const sets = peer.parts?.(options as PeerOptions) ?? [options as PeerOptions]
    return sets.map((set) => migrated(file, peer, placeOfValue(set)))
  }
  const places = await placesIn(file, peer)
  const parts = places.flatMap((place) =>
    place.options === null
      ? [place]
      : (peer.parts?.(place.options) ?? [place.options]).map((options) => ({ ...place, options })),
  )
  if (parts.length > 0) return parts.map((place) => migrated(file, peer, place))
  const exported = languageOf(file) === 'javascript' ? await exportsOf(file) : undefined
  if (exported === undefined)
    throw new UsageError(
      `${file}: no options of ${peer.title} found: write them out in the call, or export them as "options"`,
    )
  return [migrated(file, peer, placeOfValue(exported))]
}

function placeOfValue(options: PeerOptions): OptionsPlace {
  return { ...NOWHERE, line: 1, options }
}

function migrated(file: string, peer: Peer, place: OptionsPlace): Migrated {
  try {
    return { file, place, migration: place.options === null ? null : migrate(peer.name, place.options) }
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`${file}: ${error.message}`)
    throw error
  }
}

/** A module that exports options may hold functions and expressions, which JSON cannot. */
async function exportsOf(file: string): Promise<PeerOptions | undefined> {
  try {
    const module: Record<string, unknown> = await import(pathToFileURL(resolve(file)).href)
    return [module.options, module.corsOptions, module.default].find(
      (value) => typeof value === 'object' && value !== null,
    ) as PeerOptions | undefined
  } catch {
    return undefined
  }
}

/** Writes the files in which every place is read and, unless accepted, nothing changes for pages. */
function writeAll(migrated: readonly Migrated[], peer: Peer, accept: boolean): readonly string[] {
  if (!REWRITABLE.includes(peer.name))
    throw new UsageError(`--write: for ${peer.title} the policy goes to another place: see docs/migrate.md`)
  const isReady = ({ file, place, migration }: Migrated) =>
    isRewritable(
      readText(file),
      peer.name,
      place,
      migrated.filter((other) => other.file === file).map((other) => other.place),
    ) &&
    migration?.policy != null &&
    (accept || migration.changes.every(({ direction }) => direction === 'other'))
  return [...new Set(migrated.map(({ file }) => file))].filter((file) => {
    const places = migrated.filter((each) => each.file === file)
    if (!places.every(isReady)) return false
    const rewrites = places.flatMap(({ place, migration }) =>
      migration?.policy == null ? [] : [{ place, policy: migration.policy }],
    )
    writeFileSync(file, rewriteSource(readText(file), peer.name, rewrites))
    return true
  })
}

function placeText({ file, place, migration }: Migrated, paint: Paint): string {
  const head = paint('bold', printable(`${file}:${place.line}`))
  if (migration === null) return `${head}\n${paint('yellow', '!')} not read: ${printable(place.why ?? '')}`
  const { policy, changes, notes } = migration
  const marks = { refused: paint('red', '- refused'), wider: paint('red', '+ wider'), other: paint('dim', '~ other') }
  const lines = changes.map(
    ({ what, before, after, direction, why, keep }) =>
      `${marks[direction]}: ${printable(`${what}: ${before} → ${after}`)}\n    ${printable(why)}\n    ${printable(keep.startsWith('nothing') ? keep : `to keep it: ${keep}`)}`,
  )
  const noted = notes.map(
    ({ option, why, keep }) => `${paint('yellow', '!')} ${printable(`${option}: ${why}: ${keep}`)}`,
  )
  const count = (wanted: string) => changes.filter(({ direction }) => direction === wanted).length
  const sum = `${count('refused')} refused, ${count('wider')} wider, ${count('other')} different on the wire`
  const shown =
    policy === null
      ? 'no policy: these options share with no origin that a policy can name'
      : printableLines(policyText(policy))
  return [head, shown, ...noted, ...lines, sum].join('\n')
}
