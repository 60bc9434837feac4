/**
 * Pastes the code of docs/frameworks.md into an application for each framework, with the package as it would be published, and reads
 * it from another origin in Chromium. Writes each row that holds into the table of the page. Closes with `N passed, N failed`.
 *
 * `npm run test:frameworks` runs all; `npm run test:frameworks -- hono nuxt` the rows whose names hold one of the words.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { styleText } from 'node:util'
import { ROOT } from '../runtimes/paths.ts'
import { run } from '../runtimes/process.ts'
import { openPages, type Pages } from './browse.ts'
import { filesOf, installedBy, readPage, sectionOf } from './documented.ts'
import { CALLS, COLUMNS, type Column, type Framework, type Outcome } from './framework.ts'
import { FRAMEWORKS } from './rows.ts'
import { install, start } from './serve.ts'
import { writeRow } from './table.ts'

const words = process.argv.slice(2).map((word) => word.toLowerCase())
const chosen = FRAMEWORKS.filter(
  ({ name }) => words.length === 0 || words.some((word) => name.toLowerCase().includes(word)),
)
const root = await mkdtemp(join(tmpdir(), 'corsmith-frameworks-'))
const cells: Outcome[] = []

const pages = await openPages()
try {
  await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', root], ROOT)
  const tarball = join(root, (await readdir(root)).find((name) => name.endsWith('.tgz')) ?? '')
  for (const framework of chosen) {
    const started = performance.now()
    const outcomes = await tryOut(framework, tarball).catch((error: Error) => failed(error.message))
    cells.push(...outcomes)
    report(framework, outcomes, (performance.now() - started) / 1000)
    if (outcomes.every(({ fault }) => fault === null)) await writeRow(framework)
  }
} finally {
  await pages.close()
  await rm(root, { recursive: true, force: true })
}

const faults = cells.filter(({ fault }) => fault !== null)
console.log(`${cells.length - faults.length} passed, ${faults.length} failed`)
process.exitCode = faults.length > 0 ? 1 : 0

async function tryOut(framework: Framework, tarball: string): Promise<readonly Outcome[]> {
  const section = sectionOf(readPage(), framework.section)
  const files = filesOf(section)
  const lacking = installedBy(section).filter((name) => name !== 'corsmith' && !(name in framework.packages))
  if (lacking.length > 0) return failed(`the section installs ${lacking.join(', ')}, and the row does not`)
  const folder = await install(framework, tarball, root)
  const begun = await start(framework, folder, files, pages.origin)
  if ('ended' in begun) return failed(`the ${begun.by} ended with ${begun.ended.code}\n${begun.ended.output}`)
  const outcomes: Outcome[] = []
  try {
    outcomes.push(...(await ask(framework, begun.server.url, pages)))
  } finally {
    await begun.server.stop()
  }
  outcomes.push(await withoutVariable(framework, folder, files))
  return outcomes
}

async function ask(framework: Framework, url: string, { call }: Pages): Promise<readonly Outcome[]> {
  const calls = { ...CALLS, ...framework.calls }
  const stranger = [await call('stranger', url, calls.get), await call('stranger', url, calls.put)]
  const seen: Record<Exclude<Column, 'unset' | 'stranger'>, number | null> = {
    get: await call('allowed', url, calls.get),
    put: await call('allowed', url, calls.put),
    error: await call('allowed', url, calls.error),
    missing: await call('allowed', url, calls.missing),
  }
  const isGood = (status: number | null) => status !== null && status < 300
  const isError = (status: number | null) => status !== null && status >= 400
  const judged: readonly (readonly [Column, boolean, string])[] = [
    ['get', isGood(seen.get), shown(seen.get)],
    ['put', isGood(seen.put), shown(seen.put)],
    ['stranger', stranger.every((status) => status === null), stranger.map(shown).join(', ')],
    ['error', isError(seen.error), shown(seen.error)],
    ['missing', isError(seen.missing), shown(seen.missing)],
  ]
  return judged.map(([column, isRight, text]) => outcome(framework, column, isRight, text))
}

/** A limit must still be one: a cell that holds in spite of it is a fault of the table. */
function outcome({ limits = {} }: Framework, column: Column, isRight: boolean, text: string): Outcome {
  const limit = limits[column]
  if (limit === undefined) return { column, seen: text, fault: isRight ? null : `${COLUMNS[column]}: ${text}` }
  return { column, seen: text, fault: isRight ? `the limit of "${COLUMNS[column]}" is gone` : null }
}

function shown(status: number | null): string {
  return status === null ? 'refused' : String(status)
}

/** Starts the application without its variable: it must refuse where the row says so, and serve nobody before. */
async function withoutVariable(
  framework: Framework,
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const { path, ...init } = { ...CALLS, ...framework.calls }.get
  // A second build says something only where the first one had to read the variable.
  const build = framework.unset === 'build' ? framework.build : []
  const begun = await start(framework, folder, files, null, build)
  if ('ended' in begun) {
    const isNamed = begun.ended.output.includes('CORS_ORIGINS')
    const isRight = begun.by === framework.unset && begun.ended.code !== 0 && isNamed
    return { column: 'unset', seen: begun.by, fault: isRight ? null : `the ${begun.by} ended: ${begun.ended.output}` }
  }
  try {
    const headers = { ...init.headers, Origin: pages.origin }
    const response = await fetch(begun.server.url + path, { ...init, headers }).catch(() => null)
    const isFailure = response === null || response.status >= 500
    const isKept = response?.headers.get('Access-Control-Allow-Origin') == null
    const isRight = framework.unset === (isFailure ? 'request' : 'silence') && isKept
    const fault = isRight ? null : `it started, and answered ${response?.status}`
    return { column: 'unset', seen: framework.unset, fault }
  } finally {
    await begun.server.stop()
  }
}

function failed(message: string): readonly Outcome[] {
  return (Object.keys(COLUMNS) as Column[]).map((column) => ({ column, seen: '', fault: message }))
}

function report({ name }: Framework, outcomes: readonly Outcome[], seconds: number): void {
  const faults = [...new Set(outcomes.flatMap(({ fault }) => fault ?? []))]
  const text = outcomes.map(({ seen }) => seen).join(' · ')
  console.log(`${faults.length === 0 ? '✓' : '✗'} ${name.padEnd(28)} ${text} (${seconds.toFixed(1)} s)`)
  for (const fault of faults) console.log(styleText('red', `  ${fault.slice(-3000)}`))
}
