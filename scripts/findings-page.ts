/** Writes docs/findings.md from the table of findings. A test says when it is out of date. */
import { writeFileSync } from 'node:fs'
import { ROWS } from '../src/diagnose/findings/rows.ts'
import { TARGETS, type Target } from '../src/diagnose/fixes/targets.ts'
import type { Row } from '../src/diagnose/row.ts'
import { ECHOES } from '../src/diagnose/security/findings.ts'
import { LOOSE_COMPARISONS } from '../src/diagnose/security/loose-comparisons.ts'

const TITLES = {
  error: 'What blocks a request',
  security: 'What lets strangers in',
  warning: 'What will bite later',
  info: 'What is worth knowing',
} as const

/** Writes the reference of all findings, as Markdown. */
export function findingsPage(): string {
  const sections = (['error', 'security', 'warning', 'info'] as const).map((severity) => {
    const rows = ROWS.filter((row) => row.severity === severity)
    const comparisons = severity === 'security' ? LOOSE_COMPARISONS : severity === 'warning' ? ECHOES : []
    const scanned = comparisons.map(({ code, says }) => `### ${code}\n\n${sentence(says)} (\`--security\`)`)
    return [`## ${TITLES[severity]}`, ...rows.map(entry), ...scanned].join('\n\n')
  })
  const intro = `Every finding of \`corsmith check\` and \`diagnose()\`. Codes are stable; words in braces are filled with what was seen.
This page is made of the same table by \`npm run docs\`.`
  return `# Findings\n\n${intro}\n\n${sections.join('\n\n')}\n`
}

function entry({ code, says, remedy, link, explains }: Row): string {
  const by = Object.entries(remedy?.by ?? {}).map(([target, advice]) => `- ${TARGETS[target as Target]}: ${advice}`)
  const failures = (explains ?? []).map((failure) => `\`${failure}\``).join(', ')
  return [
    `### ${code}`,
    sentence(says),
    ...(remedy === undefined ? [] : [remedy.advice]),
    ...(by.length === 0 ? [] : [by.join('\n')]),
    `${failures === '' ? '' : `Explains ${failures}. `}[More](${link})`,
  ].join('\n\n')
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

if (import.meta.main) writeFileSync('docs/findings.md', findingsPage())
