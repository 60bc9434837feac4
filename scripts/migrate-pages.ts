/** `npm run docs`: writes what `corsmith migrate` says about each snippet of docs/migrate/*.md. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { withReports } from './migrate-report.ts'

for (const name of readdirSync('docs/migrate')) {
  const path = `docs/migrate/${name}`
  writeFileSync(path, withReports(readFileSync(path, 'utf8')))
}
