/** Writes the table of codes in docs/console-messages.md from the meanings. A test says when it is out of date. */
import { readFileSync, writeFileSync } from 'node:fs'
import { isAboutCors, MEANINGS } from '../src/diagnose/messages/meanings.ts'
import type { MessageCode } from '../src/diagnose/messages/template.ts'

const PAGE = 'docs/console-messages.md'
const [BEGIN, END] = ['<!-- codes: written by `npm run docs` -->\n\n', '\n\n<!-- end of codes -->']

/** Writes every code with its meaning and the first step, as Markdown. */
export function messagesTable(): string {
  const rows = (Object.keys(MEANINGS) as MessageCode[]).sort().map((code) => {
    const { meaning, first } = MEANINGS[code]
    return [`\`${code}\``, { true: 'yes', false: 'no', null: '' }[`${isAboutCors(code)}`], plain(meaning), plain(first)]
  })
  const head = ['code', 'CORS', 'what it means', 'what to do first']
  const widths = head.map((title, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0), title.length))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

/** Puts the table into the page that holds one. */
export function withTable(page: string): string {
  const [before = '', rest = ''] = page.split(BEGIN)
  return `${before}${BEGIN}${messagesTable()}${END}${rest.slice(rest.indexOf(END) + END.length)}`
}

/** A meaning holds a place for the text at fault, which a reference has not. */
function plain(text: string): string {
  return text
    .replace(/ ?\(\{value\}\)| ?"?\{value\}"?/g, '')
    .replace(/ {2,}/g, ' ')
    .replaceAll('|', '\\|')
    .replaceAll('*', '\\*')
}

if (import.meta.main) writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8')))
