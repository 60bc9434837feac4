/// <reference types="node" />
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { printable } from '../diagnose/report/printable.ts'
import { COMMAND_OPTIONS } from './command-options.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { createPaint, type Paint } from './paint.ts'
import { didYouMean } from './suggest.ts'

/**
 * The package's own pages. `src/cli` and the built command are equally deep, so one path serves
 * both.
 */
const DOCS = new URL('../../docs/', import.meta.url)

/** Pages with one section for each code. The index below lists codes with a page of their own. */
const COLLECTIONS = ['findings.md', 'failures.md'] as const
const ISSUES = 'errors/README.md'

/** The page with a table of console lines. */
const LINES = 'console-messages.md'

/** The name of a failure in the developer tools of Chromium and Firefox, and in the addresses of MDN. */
const BROWSERS_NAME = /^[A-Z][A-Za-z\d]{7,60}$/

/** Codes are lower-case words with hyphens. So a code can never name a file outside the pages. */
const CODE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

/**
 * Runs `corsmith why`: prints the meaning of a code. The code may belong to an issue, a failure, a
 * finding or a console line. It needs no network.
 */
export function whyCommand(argv: readonly string[], io: Io): number {
  const { positionals } = parseArgs({ args: [...argv], options: COMMAND_OPTIONS.why, allowPositionals: true })
  if (positionals.length === 0) throw new UsageError('no code: corsmith why origin-null')
  const paint = createPaint(io)
  const pages = positionals.flatMap((code) => {
    const found = explain(code)
    if (found.length === 0) throw new UsageError(unknown(code))
    return found
  })
  io.print(pages.map((page) => show(page, paint)).join('\n\n'))
  return EXIT.ok
}

/** Finds the pages and sections about a code. A failure and a finding may share one code. */
function explain(code: string): string[] {
  if (BROWSERS_NAME.test(code)) return failuresNamed(code)
  if (!CODE.test(code)) return []
  const page = issueCodes().includes(code) ? [read(`errors/${code}.md`)] : []
  const sections = COLLECTIONS.map((name) => sectionsOf(read(name)).get(code))
  const found = [...page, ...sections.filter((section) => section !== undefined)]
  // A failure has a section of its own, which says more than the row.
  const row = found.length === 0 ? rowsOf(read(LINES)).get(code) : undefined
  return row === undefined ? found : [row]
}

/** Finds the failures that a browser calls by a name. Firefox has one name for several. */
function failuresNamed(name: string): string[] {
  const sections = [...sectionsOf(read('failures.md')).values()]
  const named = sections.filter((section) => section.includes(`\`${name}\``))
  return named.length > 0 ? named : sections.filter((section) => section.includes(`/Errors/${name})`))
}

function issueCodes(): string[] {
  return Array.from(read(ISSUES).matchAll(/^\| \[([a-z0-9-]+)\]/gm), ([, code]) => code ?? '')
}

/** Splits a page into its sections, by their titles. */
function sectionsOf(page: string): ReadonlyMap<string, string> {
  const sections = page.split(/^(?=#{2,3} )/m).filter((section) => section.startsWith('### '))
  return new Map(sections.map((section) => [section.slice(4, section.indexOf('\n')).trim(), section]))
}

/** Reads the table of console lines, one section for each code. */
function rowsOf(page: string): ReadonlyMap<string, string> {
  const rows = page.matchAll(/^\| `([a-z-]+)` +\| (yes|no)? *\| (.*?) +\| (.*?) +\|$/gm)
  return new Map(
    Array.from(rows, ([, code = '', cors, meaning = '', first = '']) => [
      code,
      `### ${code}\n\n${text(meaning)}${cors === 'no' ? ' It is not CORS.' : ''}\n\nFirst: ${text(first)}\n`,
    ]),
  )
}

/** Removes the escapes of a table cell. */
function text(cell: string): string {
  return cell.replace(/\\([*|])/g, '$1')
}

function read(name: string): string {
  return readFileSync(new URL(name, DOCS), 'utf8')
}

/** Suggests codes that share a word with an unknown one. */
function unknown(code: string): string {
  const known = [
    ...issueCodes(),
    ...COLLECTIONS.flatMap((name) => [...sectionsOf(read(name)).keys()]),
    ...rowsOf(read(LINES)).keys(),
  ]
  const close = didYouMean(code, known)
  if (close !== '') return `there is no code ${JSON.stringify(code)}${close}`
  const words = code.toLowerCase().match(/[a-z0-9]{3,}/g) ?? []
  // A word of three letters or more counts if it begins another one: "cred" finds "credentials".
  const shared = (other: string) =>
    words.filter((word) => other.split('-').some((its) => its.startsWith(word) || word.startsWith(its))).length
  const alike = [...new Set(known)]
    .map((other) => [shared(other), other] as const)
    .filter(([count]) => count > 0)
    .sort(([a], [b]) => b - a)
    .slice(0, 5)
    .map(([, other]) => other)
  const hint =
    alike.length === 0 ? 'docs/errors/README.md and docs/findings.md list them' : `perhaps ${alike.join(', ')}`
  return `there is no code ${JSON.stringify(printable(code.slice(0, 60)))}: ${hint}`
}

/**
 * Makes Markdown readable in a terminal: bold titles, code without fences, and links with the
 * address after the text.
 */
function show(page: string, paint: Paint): string {
  return page
    .trim()
    .replace(/^#{1,3} (.*)$/gm, (_, title: string) => paint('bold', title))
    .replace(/^```\w*(?:\n|$)/gm, '')
    .replace(/\[([^\]]+)\]\((https:[^)]+)\)/g, '$1: $2')
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
