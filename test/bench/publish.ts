/** Puts what a run measured into the pages that speak of it, between their markers: nobody copies numbers by hand. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { costsOf } from './costs.ts'
import type { Run } from './run-data.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Publishes a whole run: everything on its page, and what it comes to in short. `agreement` is what a comparison with an earlier run found. */
export function publish(run: Run, report: string, agreement: string | undefined): void {
  place('docs/performance.md', 'results', report)
  place('docs/performance.md', 'costs', costsOf(run))
  place('docs/performance.md', 'agreement', agreement ?? 'No other run of this state has been compared with this one.')
  tidy([join(ROOT, 'docs/performance.md')])
}

function place(name: string, marker: string, text: string): void {
  const file = join(ROOT, name)
  const page = readFileSync(file, 'utf8')
  const [open, close] = [`<!-- ${marker} -->`, `<!-- /${marker} -->`]
  const [start, end] = [page.indexOf(open), page.indexOf(close)]
  if (start < 0 || end < start) throw new Error(`${name} has no ${open} … ${close}`)
  writeFileSync(file, `${page.slice(0, start + open.length)}\n\n${text.trim()}\n\n${page.slice(end)}`)
}

/** Lines the tables up, as the linter wants them in every page of the repository. */
export function tidy(files: readonly string[]): void {
  const inside = files.filter((file) => file.startsWith(ROOT))
  if (inside.length === 0) return
  execFileSync(join(ROOT, 'node_modules/.bin/biome'), ['format', '--write', ...inside], { cwd: ROOT, stdio: 'ignore' })
}
