import { HOMEPAGE } from '../../policy/error.ts'
import type { Diagnosis } from '../diagnosis.ts'
import type { Finding } from '../finding.ts'
import { clip } from '../page-request.ts'
import { BROWSER_NAMES } from '../verdicts.ts'
import { annotation } from './github.ts'
import { verdictName } from './names.ts'
import { jsonText, printable, printableLines } from './printable.ts'
import { proofLine, requestProofLine } from './proof-line.ts'
import { redactText } from './redact.ts'
import { severityOf } from './severity.ts'
import { shown } from './shown.ts'

/** One examined request in a report. */
export interface ReportItem {
  /** The request, in one line. */
  readonly title: string
  readonly diagnosis: Diagnosis
  /** Whether the result is as expected. */
  readonly isFine: boolean
  /** The expected result; null without one. */
  readonly expected: string | null
  /** Sentences about parts of the input that were read differently, or were missing. */
  readonly notes?: readonly string[]
}

/** The formats of {@link formatReport}. */
export const FORMATS = ['github', 'sarif', 'junit', 'markdown'] as const

/** A format of reports for machines or reviewers. */
export type Format = (typeof FORMATS)[number]

/**
 * Writes a report in a format, without secrets.
 *
 * @param format The format.
 * @param whole The examined requests.
 * @param version The version of the tool, for the report.
 * @returns The text of the report.
 *
 * @example
 * ```ts
 * import { diagnose, formatReport } from 'corsmith/diagnose'
 *
 * const diagnosis = await diagnose('https://api.example.com/', { origin: 'https://app.example.com' })
 * const isFine = diagnosis.conclusion === 'allowed'
 * formatReport('markdown', [{ title: 'the app reads', diagnosis, isFine, expected: 'shared' }], '1.0.0')
 * ```
 */
export function formatReport(format: Format, whole: readonly ReportItem[], version: string): string {
  const items = whole.map(shownItem)
  switch (format) {
    case 'github':
      return items.flatMap(githubLines).join('\n')
    case 'sarif':
      return jsonText(sarif(items, version))
    case 'junit':
      return junit(items)
    case 'markdown':
      return items.map(markdown).join('\n\n')
  }
}

/** The title may repeat a secret of the request. */
function shownItem(item: ReportItem): ReportItem {
  const { title, ...diagnosis } = shown({ ...item.diagnosis, title: redactText(item.title) })
  return { ...item, title: clip(title, 300), diagnosis }
}

const LEVELS = { error: 'error', security: 'error', warning: 'warning', info: 'notice' } as const

function githubLines(item: ReportItem): readonly string[] {
  const { title, diagnosis, isFine } = item
  return [
    annotation({ level: isFine ? 'notice' : 'error', title: `CORS: ${title}`, text: outcome(item) }),
    ...diagnosis.findings.map((finding) =>
      annotation({
        level: LEVELS[severityOf(finding, isFine)],
        title: finding.code,
        text: sentence(finding, isFine),
      }),
    ),
  ]
}

/** Writes the result, the expectation, and how the request was read. */
function outcome({ diagnosis, expected, notes = [] }: ReportItem): string {
  return [`${diagnosis.conclusion}${expected === null ? '' : `, expected ${expected}`}`, ...notes].join('. ')
}

/** An expected result needs no change, so no advice follows. */
function sentence({ message, fix, severity }: Finding, isFine: boolean): string {
  return fix === null || (isFine && severity === 'error') ? message : `${message}. ${fix.advice}`
}

const SARIF_LEVELS = { error: 'error', security: 'error', warning: 'warning', info: 'note' } as const

/**
 * The rule for a failed check without a finding of severity error, such as a stranger that is let
 * in.
 */
const NOT_AS_WANTED = 'not-as-wanted'

function sarif(items: readonly ReportItem[], version: string): object {
  const findings = items.flatMap(({ diagnosis }) => diagnosis.findings)
  const results = items.flatMap(sarifResults)
  const rules = [...new Map(findings.map((finding) => [finding.code, finding])).values()]
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'corsmith',
            version,
            ...(HOMEPAGE === null ? {} : { informationUri: HOMEPAGE }),
            rules: [
              ...rules.map(({ code, link }) => ({
                id: code,
                helpUri: link,
                help: { text: `npx corsmith why ${code}` },
              })),
              ...(results.some(({ ruleId }) => ruleId === NOT_AS_WANTED)
                ? [{ id: NOT_AS_WANTED, help: { text: 'The result of the check is not as expected.' } }]
                : []),
            ],
          },
        },
        results,
      },
    ],
  }
}

interface SarifResult {
  readonly ruleId: string
  readonly level: string
  readonly message: { readonly text: string }
  readonly locations: readonly object[]
}

function sarifResults(item: ReportItem): readonly SarifResult[] {
  const { diagnosis, title, isFine } = item
  const locations = [{ physicalLocation: { artifactLocation: { uri: new URL(diagnosis.call.url.href).href } } }]
  const results = diagnosis.findings.map((finding) => ({
    ruleId: finding.code,
    level: SARIF_LEVELS[severityOf(finding, isFine)],
    message: { text: `${title}: ${sentence(finding, isFine)}` },
    locations,
  }))
  if (isFine || results.some(({ level }) => level === 'error')) return results
  return [
    { ruleId: NOT_AS_WANTED, level: 'error', message: { text: `${title}: ${outcome(item)}` }, locations },
    ...results,
  ]
}

function junit(items: readonly ReportItem[]): string {
  const failures = items.filter(({ isFine }) => !isFine).length
  const cases = items.map((item) => {
    const { title, diagnosis, isFine } = item
    const text = diagnosis.findings
      .map((finding) => `${finding.severity} ${finding.code}: ${sentence(finding, isFine)}`)
      .join('\n')
    const inner = isFine ? '' : `<failure message="${xml(outcome(item))}">${xml(text)}</failure>`
    return `  <testcase classname="corsmith" name="${xml(printable(title))}">${inner}</testcase>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="corsmith" tests="${items.length}" failures="${failures}">\n${cases.join('\n')}\n</testsuite>`
}

function xml(text: string): string {
  return printableLines(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function markdown({ title, diagnosis, isFine }: ReportItem): string {
  const rows = BROWSER_NAMES.map((browser) => `| ${browser} | ${inline(verdictName(diagnosis, browser))} |`)
  const findings = diagnosis.findings.map(
    (finding) =>
      `- **${severityOf(finding, isFine)}** [\`${finding.code}\`](${finding.link}): ${inline(sentence(finding, isFine))}`,
  )
  const first =
    isFine && diagnosis.conclusion === 'blocked' ? undefined : diagnosis.findings.find(({ fix }) => fix?.snippet)
  const { note: said, asks, proof } = first?.fix ?? { note: null, asks: [], proof: null }
  const beside = [said, ...asks, proof && proofLine(proof)].filter((text) => text !== null)
  const note = beside
    .map(
      (text) => `

${inline(text)}`,
    )
    .join('')
  const changed = diagnosis.findings.find(({ fix }) => fix?.requestProof)?.fix?.requestProof
  const page = isFine || !changed ? '' : `\n\n${inline(requestProofLine(changed))}`
  const fix = first?.fix?.snippet ? `\n\n\`\`\`\n${printableLines(first.fix.snippet)}\n\`\`\`${note}` : ''
  return `## ${isFine ? '✓' : '✗'} ${inline(title)}: ${diagnosis.conclusion}\n\n| browser | verdict |\n| --- | --- |\n${rows.join('\n')}\n\n${findings.join('\n')}${fix}${page}`
}

/**
 * Escapes a text for Markdown. A server's text must not become a link, an image, an element or a
 * cell.
 */
function inline(text: string): string {
  return printable(text)
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
