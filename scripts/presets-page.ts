/** `npm run docs`: writes the table of docs/presets.md from the presets. */
import { readFileSync, writeFileSync } from 'node:fs'
import { presetsTable } from './presets-table.ts'

const PAGE = 'docs/presets.md'
const MARKED = /(<!-- presets: npm run docs -->\n)[\s\S]*?(<!-- \/presets -->)/

writeFileSync(PAGE, readFileSync(PAGE, 'utf8').replace(MARKED, `$1\n${presetsTable()}\n\n$2`))
