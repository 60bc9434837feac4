/**
 * Changes the sources one small thing at a time, and counts how many changes a test notices.
 *
 *   npm run test:mutation [-- room … | file …] [--tests policy/diff] [--sample 4] [--again | --last] [--check] [--write]
 *
 * Without a name every room is measured. Of a file that is named, the survivors are printed and nothing else is mutated.
 * `--tests` lets some tests judge, which is quick while they are written: what they notice, all of them notice.
 * `--sample 4` tries every fourth mutant, always the same ones: a large room takes a quarter of the time, and the table says so.
 * `--again` tries what survived the last measurement of the same sources: after tests were added.
 * `--last` measures nothing, and reads again what the last measurement found: after a change of equivalents.json.
 * `--check` fails below the goals, `--write` writes the table of docs/mutation.md.
 */
import { parseArgs } from 'node:util'
import { isOf, type Mutant, readEquivalents, staleEquivalents } from './equivalents.ts'
import { lastOf, measure } from './measure.ts'
import { ROOMS, type Room, roomOf } from './rooms.ts'
import { type Row, scoreOf, tableOf, writeTable } from './table.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tests: { type: 'string', multiple: true },
    sample: { type: 'string', default: '1' },
    again: { type: 'boolean', default: false },
    last: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})

const sample = Number(values.sample)
if (!Number.isInteger(sample) || sample < 1) {
  console.error(`--sample ${values.sample}: write a whole number from 1, such as 4 for every fourth mutant`)
  process.exit(2)
}

const names = positionals.length > 0 ? positionals : ROOMS.map(({ name }) => name)
const jobs = new Map<Room, string[]>()
for (const name of names) {
  const room = ROOMS.find((one) => one.name === name) ?? roomOf(name)
  if (room === undefined) {
    console.error(
      `"${name}" is no room and no source of one: write ${ROOMS.map((one) => one.name).join(', ')} or a file`,
    )
    process.exit(2)
  }
  const files = jobs.get(room) ?? []
  jobs.set(room, room.name === name ? files : [...files, name])
}

const equivalents = readEquivalents()
const rows: Row[] = []
const stale: string[] = []
for (const [room, files] of jobs) {
  const began = performance.now()
  const isEquivalent = (mutant: Mutant) => equivalents.some((one) => isOf(one, mutant))
  const known = values.again ? lastOf(room) : []
  const all = values.last
    ? lastOf(room)
    : await measure(room, files, values.tests ?? room.tests, sample, known, isEquivalent)
  const mutants = all.filter(({ file }) => files.length === 0 || files.includes(file))
  const survived = mutants.filter(({ fate }) => fate === 'survived')
  for (const mutant of survived) if (!isEquivalent(mutant)) print(mutant)
  // A sample lacks most mutants, and says nothing about the entries for those.
  if (sample === 1) stale.push(...staleEquivalents(equivalents, mutants))
  rows.push({
    room: files.length > 0 ? files.join(' ') : room.name,
    tried: sample === 1 ? 'all' : `1 in ${sample}`,
    killed: mutants.filter(({ fate }) => fate === 'killed').length,
    survived: survived.filter((mutant) => !isEquivalent(mutant)).length,
    equivalent: survived.filter(isEquivalent).length,
    goal: room.goal,
    minutes: (performance.now() - began) / 60_000,
  })
}

console.log(`\n${tableOf(rows)}`)
for (const line of stale) console.log(`equivalents.json: ${line}`)
if (values.write) writeTable(rows.filter(({ room }) => ROOMS.some(({ name }) => name === room)))
const isBelow = rows.some((row) => scoreOf(row) < row.goal)
if (values.check && (isBelow || stale.length > 0)) process.exitCode = 1

function print({ file, at, line, original, replacement }: Mutant): void {
  const short = (text: string) => (text.includes('\n') ? `${text.slice(0, 60).replaceAll(/\s+/g, ' ')}…` : text)
  console.log(`${file}:${at}  ${line}\n    ${short(original)}  →  ${short(replacement) || '(nothing)'}`)
}
