/**
 * Runs every suite in turn, and ends with one line of counts: `N passed, N failed`.
 *
 * Each suite is a command that also runs alone. The counts come from vitest's report, or from such
 * a line of the suite. A suite without either counts as one test. `npm test -- unit e2e` runs the
 * named suites.
 */
import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { styleText } from 'node:util'

interface Suite {
  readonly name: string
  readonly command: readonly string[]
}

interface Count {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

const REPORT = join('node_modules', '.cache', 'vitest-report.json')

function vitest(project: string): readonly string[] {
  return ['vitest', 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`]
}

const SUITES: readonly Suite[] = [
  { name: 'lint', command: ['biome', 'check', '.'] },
  { name: 'typecheck', command: ['npm', 'run', '--silent', 'typecheck'] },
  { name: 'unit', command: vitest('node') },
  { name: 'agreement', command: ['npm', 'run', '--silent', 'test:agreement'] },
  { name: 'workerd', command: vitest('workerd') },
  { name: 'e2e', command: vitest('e2e') },
  { name: 'runtimes', command: ['npm', 'run', '--silent', 'test:runtimes'] },
  { name: 'browsers', command: ['npm', 'run', '--silent', 'test:browsers'] },
  { name: 'pages', command: ['npm', 'run', '--silent', 'test:browsers:adapters'] },
  { name: 'package', command: ['npm', 'run', '--silent', 'test:package'] },
  { name: 'site', command: ['npm', 'run', '--silent', 'site'] },
]

async function run({ name, command }: Suite): Promise<Count> {
  console.log(styleText('bold', `\n— ${name}: ${command.join(' ')}`))
  rmSync(REPORT, { force: true })
  const { code, output } = await execute(command)
  const count = vitestCount() ??
    closingLine(output) ?? { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
  // A suite that exits with an error has failed, also if it counted no failure.
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
}

function execute([file = '', ...args]: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'], shell: process.platform === 'win32' })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk)
      output = (output + chunk.toString()).slice(-4096)
    })
    child.on('error', (error) => resolve({ code: 1, output: String(error) }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

function vitestCount(): Count | null {
  try {
    const report: Record<string, unknown> = JSON.parse(readFileSync(REPORT, 'utf8'))
    const suites = Number(report.numFailedTestSuites)
    const failed = Number(report.numFailedTests)
    return {
      passed: Number(report.numPassedTests),
      failed: failed === 0 && report.success !== true ? Math.max(suites, 1) : failed,
      skipped: Number(report.numPendingTests),
    }
  } catch {
    return null
  }
}

function closingLine(output: string): Count | null {
  const match = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)].at(-1)
  return match === undefined
    ? null
    : { passed: Number(match[1]), failed: Number(match[2]), skipped: Number(match[3] ?? 0) }
}

const named = process.argv.slice(2)
const unknown = named.filter((name) => !SUITES.some((suite) => suite.name === name))
if (unknown.length > 0) {
  console.error(`there is no suite ${unknown.join(', ')}: write one of ${SUITES.map(({ name }) => name).join(', ')}`)
  process.exit(64)
}

const counts: [name: string, count: Count, seconds: number][] = []
for (const suite of SUITES.filter(({ name }) => named.length === 0 || named.includes(name))) {
  const started = performance.now()
  const count = await run(suite)
  counts.push([suite.name, count, (performance.now() - started) / 1000])
}

console.log()
for (const [name, { passed, failed, skipped }, seconds] of counts) {
  const text = `${name.padEnd(12)} ${passed} passed, ${failed} failed, ${skipped} skipped in ${seconds.toFixed(1)} s`
  console.log(failed > 0 ? styleText('red', text) : text)
}
const total = (key: keyof Count) => counts.reduce((sum, [, count]) => sum + count[key], 0)
console.log(`\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`)
process.exitCode = total('failed') > 0 ? 1 : 0
