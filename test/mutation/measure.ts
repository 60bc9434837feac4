// Measures a room: plants every mutant in a copy, runs the tests once to see which reaches which, and then each mutant against those.
import { spawn } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Mutant } from './equivalents.ts'
import { instrument, type Planted } from './instrument.ts'
import type { Room } from './rooms.ts'

/** Everything that a run leaves behind; git ignores it. */
export const LEFT = '.mutation'

/** A mutant that brings nothing to an end for so long runs in circles. */
const STALLED_MS = 60_000

/** A test that takes so long in a process of its own has noticed the mutant. */
const ALONE_MS = 30_000

/** What a process of its own gets at least. */
const LEAST_MS = 600_000

/** What the host reads: a mutant, and the source that it is in. */
export interface Step {
  readonly id: string
  readonly file: string
}

/** A line that the host writes. */
interface Line {
  readonly id?: string
  readonly begun?: true
  readonly killedBy?: string | null
  /** Whether the mutant was reached while modules were loaded: what was made then was made without it. */
  readonly isStatic?: boolean
  /** How many tests ran, and after how many milliseconds all had run twice. */
  readonly tests?: number
  readonly ms?: number
  /** A test that fails the second time, and therefore does not judge. */
  readonly leftOut?: string
  /** Spoilt: a test fails without a mutant too, so a new process has to go on. */
  readonly end?: 'done' | 'spoilt'
}

/**
 * Measures a room, or some files of it. With `sample`, only each mutant at a multiple of that place is tried; with `known`, only
 * what survived before and is not listed as equivalent. A test that is added brings no mutant back to life.
 */
export async function measure(
  room: Room,
  files: readonly string[],
  tests: readonly string[],
  sample = 1,
  known: readonly Mutant[] = [],
  isListed: (mutant: Mutant) => boolean = () => false,
): Promise<Mutant[]> {
  const sources = files.length > 0 ? files : room.mutate.flatMap((glob) => globSync(glob)).sort()
  const folder = join(LEFT, room.name)
  const planted = (await instrument(folder, sources)).filter((_, place) => place % sample === 0)
  const fates = new Map<string, Mutant['fate']>()
  const loaded = new Set<string>()
  if (known.length > 0) {
    const isSame = ({ file, at, original, replacement }: Mutant, other: Mutant | undefined) =>
      file === other?.file && at === other.at && original === other.original && replacement === other.replacement
    if (!planted.every((mutant, i) => isSame(toMutant(mutant, 'invalid'), known[i])))
      throw new Error(`the sources of ${room.name} have changed since: measure the whole room`)
    for (const [i, { id }] of planted.entries()) {
      const mutant = known[i]
      if (mutant === undefined) continue
      if (mutant.fate === 'killed' || mutant.isMade || isListed(mutant)) fates.set(id, mutant.fate)
      if (mutant.fate === 'survived' && mutant.isMade && !isListed(mutant)) loaded.add(id)
    }
  }
  const fileOf = new Map(planted.map(({ id, fileName }) => [id, resolve(folder, fileName)]))
  let left = planted.map(({ id }) => id).filter((id) => !fates.has(id))
  let [ran, processes] = [0, 0]
  while (left.length > 0) {
    const lines = await tryAll(
      folder,
      { ...room, tests },
      left.map((id) => ({ id, file: fileOf.get(id) ?? '' })),
    )
    const start = lines.find(({ tests: count }) => count !== undefined)
    if (start?.ms === undefined) throw new Error(`the tests of ${room.name} do not pass: see above`)
    ran = Math.max(ran, start.ms)
    processes++
    for (const { leftOut } of lines) if (leftOut !== undefined) console.log(`cannot be run twice: ${leftOut}`)
    for (const { id, killedBy, isStatic } of lines) {
      if (id === undefined || killedBy === undefined) continue
      fates.set(id, killedBy === null ? 'survived' : 'killed')
      if (killedBy === null && isStatic) loaded.add(id)
    }
    const stuck = lines.findLast(({ id }) => id !== undefined)
    // It ended the process, or would not come to an end: a test run would have noticed either.
    if (!lines.some(({ end }) => end) && stuck?.begun && stuck.id !== undefined) fates.set(stuck.id, 'killed')
    const before = left.length
    left = left.filter((id) => !fates.has(id))
    if (left.length === before) throw new Error(`the tests of ${room.name} end before any mutant is tried`)
  }
  const longest = Math.max(LEAST_MS, 3 * (ran + STALLED_MS))
  const { elsewhere } = room
  const quick = room.quick ?? tests
  const last = quick.length > 0 ? [{ tests: quick }] : []
  const made = planted.filter(({ id }) => loaded.has(id))
  console.log(`${room.name}: ${processes} processes, ${made.length} more for what is made while modules are loaded`)
  const found = (): Mutant[] =>
    planted.map((mutant, i) => {
      const isMade = loaded.has(mutant.id) || known[i]?.isMade
      return { ...toMutant(mutant, fates.get(mutant.id) ?? 'invalid'), ...(isMade && { isMade }) }
    })
  // It is kept as it grows, so that a measurement that was ended can go on with `--again`.
  const keep = () => writeFileSync(`${folder}.json`, JSON.stringify(found()))
  const kill = (id: string) => {
    fates.set(id, 'killed')
    keep()
  }
  keep()
  await tryAlone(folder, made, ({ fileName }) => [...mirrorsOf(fileName), ...last], longest, kill)
  const rest = planted.filter(({ id, fileName }) => elsewhere?.files.includes(fileName) && fates.get(id) === 'survived')
  if (rest.length > 0) console.log(`${room.name}: ${rest.length} more ${elsewhere?.named}`)
  await tryAlone(folder, rest, () => (elsewhere ? [elsewhere] : []), longest, kill)
  return found()
}

/** Gives what the last measurement of a room found. */
export function lastOf(room: Room): Mutant[] {
  return JSON.parse(readFileSync(join(LEFT, `${room.name}.json`), 'utf8'))
}

/** Runs the host until it has tried every mutant, or stalls. */
async function tryAll(folder: string, { tests, tryMs }: Room, mutants: readonly Step[]): Promise<readonly Line[]> {
  const [plan, results] = [resolve(`${folder}.plan.json`), resolve(`${folder}.results.jsonl`)]
  mkdirSync(LEFT, { recursive: true })
  writeFileSync(plan, JSON.stringify(mutants))
  rmSync(results, { force: true })
  const longest = tryMs === undefined ? {} : { MUTATION_TRY_MS: String(tryMs) }
  const child = vitest(folder, tests, { MUTATION_PLAN: plan, MUTATION_RESULTS: results, ...longest }, 'inherit')
  const watch = setInterval(() => {
    if (existsSync(results) && Date.now() - statSync(results).mtimeMs > STALLED_MS) child.kill('SIGKILL')
  }, 1_000)
  await new Promise((done) => child.once('close', done))
  clearInterval(watch)
  const text = existsSync(results) ? readFileSync(results, 'utf8') : ''
  return text
    .split('\n')
    .filter(Boolean)
    .map((line): Line => JSON.parse(line))
}

/** Tries mutants in processes of their own, in which each is there from the beginning, and tells which the tests notice. */
async function tryAlone(
  folder: string,
  mutants: readonly Planted[],
  suitesFor: (mutant: Planted) => readonly Suite[],
  longestMs: number,
  kill: (id: string) => void,
): Promise<void> {
  const passes = async (id: string, { tests, named }: Suite): Promise<boolean> => {
    const names = named === undefined ? {} : { MUTATION_NAMES: named }
    const child = vitest(folder, tests, { __STRYKER_ACTIVE_MUTANT__: id, ...names }, 'ignore')
    const timer = setTimeout(() => child.kill('SIGKILL'), longestMs)
    const code = await new Promise<number | null>((done) => child.once('close', done))
    clearTimeout(timer)
    return code === 0
  }
  // Whether a suite passes without a mutant, by its tests: where it does not, its failure says nothing.
  const sound = new Map<string, Promise<boolean>>()
  const isSound = (suite: Suite): Promise<boolean> => {
    const key = suite.tests.join(' ')
    const known = sound.get(key) ?? passes('', suite)
    sound.set(key, known)
    return known
  }
  const queue = [...mutants]
  const worker = async (): Promise<void> => {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift())
      for (const suite of suitesFor(mutant)) {
        // A test that fails once may have been unlucky.
        if ((await passes(mutant.id, suite)) || (await passes(mutant.id, suite))) continue
        if (!(await isSound(suite)))
          throw new Error(`without a mutant too, there is a failure in ${suite.tests.join(' ')}`)
        kill(mutant.id)
        break
      }
  }
  await Promise.all([worker(), worker()])
}

/** Tests, and the part of their names that chooses among them. */
interface Suite {
  readonly tests: readonly string[]
  readonly named?: string
}

/**
 * The tests that are named after a source, or after one in a folder of a room: most mutants are noticed by these, and they are quick.
 */
function mirrorsOf(file: string): readonly Suite[] {
  const name = file.replace(/^src\//, '').replace(/\.ts$/, '')
  const [room = '', ...rest] = name.split('/')
  const names = [...new Set([name, `${room}/${rest.at(-1)}`])]
  const tests = names.filter((one) => globSync(`test/${one}*.test.ts`).length > 0)
  return tests.length > 0 ? [{ tests }] : []
}

function vitest(folder: string, tests: readonly string[], env: NodeJS.ProcessEnv, stdio: 'inherit' | 'ignore') {
  const config = [
    '--config',
    'test/mutation/vitest.config.ts',
    '--reporter=dot',
    '--silent',
    ...(env.MUTATION_PLAN ? [] : ['--bail=1', `--testTimeout=${ALONE_MS}`]),
  ]
  return spawn(process.execPath, [resolve('node_modules/vitest/vitest.mjs'), 'run', ...config], {
    cwd: folder,
    stdio: ['ignore', stdio, stdio],
    env: { ...process.env, ...env, MUTATION_TESTS: tests.join(' ') },
  })
}

function toMutant({ fileName, location: { start, end }, replacement }: Planted, fate: Mutant['fate']): Mutant {
  const lines = readFileSync(fileName, 'utf8').split('\n')
  const original = lines.slice(start.line, end.line + 1)
  original[original.length - 1] = (original.at(-1) ?? '').slice(0, end.column)
  original[0] = (original[0] ?? '').slice(start.column)
  return {
    file: fileName,
    at: start.line + 1,
    line: (lines[start.line] ?? '').trim(),
    original: original.join('\n'),
    replacement,
    fate,
  }
}
