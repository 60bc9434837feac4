/** Writes docs/failures.md from the simulator's table of failures. A test says when it is out of date. */
import { writeFileSync } from 'node:fs'
import { FAILURE_CODES, type FailureCode } from '../src/browser/failures.ts'
import { chromiumName, firefoxName, mdnPage } from '../src/browser/messages/names.ts'
import { ROWS } from '../src/diagnose/findings/rows.ts'
import { MEANINGS } from '../src/diagnose/messages/meanings.ts'

/** Writes the reference of all failures, as Markdown. */
export function failuresPage(): string {
  const intro = `Every reason for which a browser keeps a response from a page: the codes of \`corsmith/browser\`, of \`corsmith check\`
and of \`check --expect\`. Codes are stable. \`npm run docs\` makes this page from the simulator's own table.`
  return `# Failures\n\n${intro}\n\n${FAILURE_CODES.map(section).join('\n\n')}\n`
}

function section(code: FailureCode): string {
  const defect = { code, step: '', value: '' }
  const { meaning, first } = MEANINGS[code]
  const [inResponse, inPreflight] = [chromiumName(defect, false), chromiumName(defect, true)]
  const chromium = [...new Set([inResponse, inPreflight])].filter((name) => name !== null)
  const names = [
    ...(chromium.length === 0 ? [] : [`Chromium: ${chromium.map((name) => `\`${name}\``).join(', ')}`]),
    ...(firefoxName(defect) === null ? [] : [`Firefox: \`${firefoxName(defect)}\``]),
  ]
  const causes = ROWS.filter((row) => row.explains?.includes(code)).map(
    (row) => `[${row.code}](findings.md#${row.code})`,
  )
  return [
    `### ${code}`,
    withoutPlaceholders(meaning),
    first,
    ...(names.length === 0 ? [] : [`${names.join('. ')}.`]),
    ...(causes.length === 0 ? [] : [`Causes: ${causes.join(', ')}.`]),
    `[MDN](${mdnPage(defect)})`,
  ].join('\n\n')
}

/** Removes the placeholders of a meaning. A reference has no value to put there. */
function withoutPlaceholders(text: string): string {
  return text.replace(/ ?\(\{value\}\)|\{value\}/g, '').replace(/ {2,}/g, ' ')
}

if (import.meta.main) writeFileSync('docs/failures.md', failuresPage())
