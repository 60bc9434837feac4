/// <reference types="node" />
import { parseArgs } from 'node:util'
import { quoted } from '../diagnose/page-request.ts'
import { jsonText, printable, printableLines } from '../diagnose/report/printable.ts'
import { PEERS, peerNamed } from '../migrate/migrate.ts'
import { policyText } from '../migrate/source/style.ts'
import { COMMAND_OPTIONS } from './command-options.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { type Migrated, migrateFile } from './migrating/migrated.ts'
import { writeAll } from './migrating/write.ts'
import { createPaint, type Paint } from './paint.ts'
import { didYouMean } from './suggest.ts'
import { VERSION } from './version.ts'

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
  const done: string[] = []
  for (const file of positionals) {
    const places = await migrateFile(file, peer)
    if (places.length === 0) done.push(file)
    migrated.push(...places)
  }
  const { written, kept } = values.write ? writeAll(migrated, peer, values.accept === true) : { written: [], kept: [] }
  if (values.json) {
    const places = migrated.map(({ file, place: { line, why }, migration }) => ({ file, line, why, ...migration }))
    io.print(
      jsonText({
        schema: 1,
        tool: { name: 'corsmith', version: VERSION },
        from: peer.title,
        places,
        done,
        written,
        kept,
      }),
    )
  } else {
    const paint = createPaint(io)
    if (migrated.length > 0) io.print(migrated.map((each) => placeText(each, paint)).join('\n\n'))
    for (const file of done) io.print(`${printable(file)}: nothing to do: it uses corsmith already`)
    for (const file of written) io.print(`\nwritten: ${printable(file)}`)
    for (const reason of kept) io.print(`\nnot written: ${printable(reason)}`)
    if (values.write && migrated.length > 0 && written.length + kept.length === 0)
      io.print('\nnothing to do: the files say it already')
  }
  const directions = migrated.flatMap(({ migration }) => migration?.changes.map(({ direction }) => direction) ?? [])
  if (directions.includes('wider')) return EXIT.findings
  const isUnread = migrated.some(({ migration }) => migration === null)
  return directions.includes('refused') || isUnread || kept.length > 0 ? EXIT.blocked : EXIT.ok
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
