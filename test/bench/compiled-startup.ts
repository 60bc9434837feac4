/**
 * Prints what the import of a compiled policy of ten origins costs in the built package, in processor time, beside empty modules of
 * its size, in one run.
 *
 *   npm run bench:startup
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPackage } from './compiled.ts'
import { writeCompiledApps } from './compiled-apps.ts'
import { median } from './statistics.ts'

const ROUNDS = 21

/** Imports a module in a fresh process, and prints its processor time in microseconds. */
const PROBE =
  'const a = process.cpuUsage(); await import(process.argv[1]); const b = process.cpuUsage(a); console.log(b.user + b.system)'

const timeOf = (file: string) =>
  Number(execFileSync(process.execPath, ['--input-type=module', '-e', PROBE, file], { encoding: 'utf8' }))

buildPackage()
const folder = mkdtempSync(join(tmpdir(), 'corsmith-'))
const { compiled, sameClass, oneFile, checked } = writeCompiledApps(folder)
const files: Readonly<Record<string, string>> = {
  compiled,
  'an empty module of the same size class: as many files of as many bytes, that do nothing': sameClass,
  'one file of all these bytes, that does nothing': oneFile,
  'the same policy with its checks': checked,
}
// In turns: what else the machine does disturbs all alike.
const rounds = Array.from({ length: ROUNDS }, () => Object.values(files).map(timeOf))
const times = Object.keys(files).map((_, i) => median(rounds.map((round) => round[i] ?? Number.NaN)) / 1000)
const [first = Number.NaN] = times
for (const [i, name] of Object.keys(files).entries()) {
  const time = times[i] ?? Number.NaN
  console.log(
    `${time.toFixed(2)} ms  ${name}${i === 0 ? '' : `; compiled takes ${(first / time).toFixed(2)} times as long`}`,
  )
}
rmSync(folder, { recursive: true })
