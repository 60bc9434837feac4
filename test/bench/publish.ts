/** Puts a report into docs/performance.md, between its markers: nobody copies numbers by hand. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FILE = join(ROOT, 'docs/performance.md')
const OPEN = '<!-- results -->'
const CLOSE = '<!-- /results -->'

export function publish(report: string): void {
  const page = readFileSync(FILE, 'utf8')
  const [start, end] = [page.indexOf(OPEN), page.indexOf(CLOSE)]
  if (start < 0 || end < start) throw new Error(`docs/performance.md has no ${OPEN} … ${CLOSE}`)
  writeFileSync(FILE, `${page.slice(0, start + OPEN.length)}\n\n${report.trim()}\n\n${page.slice(end)}`)
  tidy([FILE])
}

/** Lines the tables up, as the linter wants them in every page of the repository. */
export function tidy(files: readonly string[]): void {
  const inside = files.filter((file) => file.startsWith(ROOT))
  if (inside.length === 0) return
  execFileSync(join(ROOT, 'node_modules/.bin/biome'), ['format', '--write', ...inside], { cwd: ROOT, stdio: 'ignore' })
}
