/** Puts a report into docs/performance.md, between its markers: nobody copies numbers by hand. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FILE = fileURLToPath(new URL('../../docs/performance.md', import.meta.url))
const OPEN = '<!-- results -->'
const CLOSE = '<!-- /results -->'

export function publish(report: string): void {
  const page = readFileSync(FILE, 'utf8')
  const [start, end] = [page.indexOf(OPEN), page.indexOf(CLOSE)]
  if (start < 0 || end < start) throw new Error(`docs/performance.md has no ${OPEN} … ${CLOSE}`)
  writeFileSync(FILE, `${page.slice(0, start + OPEN.length)}\n\n${report.trim()}\n\n${page.slice(end)}`)
}
