/**
 * Runs the packed package in every compiler, release of Node, test runner, bundler and package manager of the table. Prints the table,
 * writes it into docs/module-systems.md, and closes with `N passed, N failed`.
 *
 * `npm run test:module-systems` runs all; `npm run test:module-systems -- jest yarn` what holds one of the words. With `--sample` it
 * runs what the repository has installed, without a download: that is a part of `npm test`.
 */
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { styleText } from 'node:util'
import { alignedTable, insert } from '../frameworks/table.ts'
import { unpackInto } from '../runtimes/pack.ts'
import { ROOT } from '../runtimes/paths.ts'
import { run } from '../runtimes/process.ts'
import { bundlers } from './bundlers.ts'
import type { Cell, Group } from './cell.ts'
import { compilers } from './compilers.ts'
import { managers } from './managers.ts'
import { nodes } from './nodes.ts'
import { runners } from './runners.ts'

const GROUPS: readonly Group[] = [compilers, nodes, runners, bundlers, managers]

const args = process.argv.slice(2).map((word) => word.toLowerCase())
const isSample = args.includes('--sample')
const words = args.filter((word) => !word.startsWith('--'))

const isChosen = ({ tool, use, sample }: Cell): boolean =>
  (!isSample || sample === true) &&
  (words.length === 0 || words.some((word) => `${tool} ${use}`.toLowerCase().includes(word)))

const root = isSample ? join(ROOT, 'test', '.module-systems') : await mkdtemp(join(tmpdir(), 'corsmith-modules-'))
const rows: string[][] = []
let failed = 0

try {
  if (isSample) await unpackInto(root)
  else await pack()
  for (const group of GROUPS) {
    const cells = group.cells.filter(isChosen)
    if (cells.length === 0) continue
    const folder = isSample ? root : await installed(group)
    for (const cell of cells) await tryOut(cell, folder)
  }
} finally {
  await rm(root, { recursive: true, force: true })
}

const table = alignedTable(['tool', 'version', 'use', 'result'], rows)
console.log(`\n${table}\n`)
if (failed === 0 && !isSample && words.length === 0)
  await insert(join(ROOT, 'docs', 'module-systems.md'), 'module-systems', `${table}\n`)
console.log(`${rows.length - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0

async function pack(): Promise<void> {
  await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', root], ROOT)
  const name = (await readdir(root)).find((file) => file.endsWith('.tgz'))
  if (name === undefined) throw new Error('npm pack made no tarball')
  await rename(join(root, name), join(root, 'corsmith.tgz'))
}

/** Installs what a group needs, beside the tarball. */
async function installed({ name, packages }: Group): Promise<string> {
  const folder = join(root, name)
  await mkdir(folder)
  await run('cp', [join(root, 'corsmith.tgz'), folder], root)
  const dependencies = { corsmith: 'file:corsmith.tgz', ...packages }
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }))
  const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--prefer-offline', '--legacy-peer-deps']
  await run('npm', ['install', '--loglevel=error', ...quiet], folder)
  return folder
}

async function tryOut(cell: Cell, folder: string): Promise<void> {
  const started = performance.now()
  const fault: string | null =
    cell.absent === undefined
      ? await cell.run(folder).then(
          () => null,
          (error: Error) => error.message,
        )
      : null
  if (fault !== null) failed++
  const result = cell.absent ?? (fault === null ? 'works' : 'RED')
  rows.push([cell.tool, cell.version, cell.use, result])
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${fault === null ? '✓' : '✗'} ${cell.tool} ${cell.version}, ${cell.use}: ${result} (${seconds} s)`)
  if (fault !== null) console.log(styleText('red', fault.slice(0, 3000)))
}
