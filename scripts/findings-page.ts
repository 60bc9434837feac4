/** Writes docs/findings.md from the table of findings. A test says when it is out of date. */
import { writeFileSync } from 'node:fs'
import { findingsPage } from '../src/diagnose/report/findings-page.ts'

writeFileSync('docs/findings.md', findingsPage())
