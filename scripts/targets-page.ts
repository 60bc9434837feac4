/** Writes docs/targets.md from the table of targets. A test says when it is out of date. */
import { writeFileSync } from 'node:fs'
import { targetsPage } from '../src/diagnose/report/targets-page.ts'

writeFileSync('docs/targets.md', targetsPage())
