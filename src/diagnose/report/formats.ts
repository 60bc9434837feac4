import { HOMEPAGE } from '../../policy/homepage.ts'
import type { Diagnosis } from '../diagnosis.ts'
import type { Finding } from '../finding.ts'
import { clip } from '../page-request.ts'
import { BROWSER_NAMES } from '../verdicts.ts'
import { annotation } from './github.ts'
import { verdictName } from './names.ts'
import { jsonText, printable, printableLines } from './printable.ts'
import { redactText } from './redact.ts'
import { shown } from './shown.ts'

/** One examined request in a report for machines or reviewers. */
export interface ReportItem {
  /** What was examined, in a line. */
  readonly title: string
  readonly diagnosis: Diagnosis
  /** Whether it came out as wanted. */
  readonly isFine: boolean
  /** What was wanted, where that was said. */
  readonly expected: string | null
}

/** The formats of {@link formatReport}. */
export const FORMATS = ['github', 'sarif', 'junit', 'markdown'] as const

/** A format for machines or reviewers. */
export type Format = (typeof FORMATS)[number]

/**
 * Writes a report in a format. Secrets are left out.
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

/** What is a secret in the request is one in the title too. */
function shownItem(item: ReportItem): ReportItem {
  const { title, ...diagnosis } = shown({ ...item.diagnosis, title: redactText(item.title) })
  return { ...item, title: clip(title, 300), diagnosis }
}

const LEVELS = { error: 'error', security: 'error', warning: 'warning', info: 'notice' } as const

function githubLines({ title, diagnosis, isFine, expected }: ReportItem): readonly string[] {
  const wanted = expected === null ? '' : `, expected ${expected}`
  return [
    annotation({
      level: isFine ? 'notice' : 'error',
      title: `CORS: ${title}`,
      text: `${diagnosis.conclusion}${wanted}`,
    }),
    ...diagnosis.findings.map((finding) =>
      annotation({
        level: isFine && finding.severity === 'error' ? 'notice' : LEVELS[finding.severity],
        title: finding.code,
        text: sentence(finding),
      }),
    ),
  ]
}

function sentence({ message, fix }: Finding): string {
  return fix === null ? message : `${message}. ${fix.advice}`
}

const SARIF_LEVELS = { error: 'error', security: 'error', warning: 'warning', info: 'note' } as const

function sarif(items: readonly ReportItem[], version: string): object {
  const findings = items.flatMap(({ diagnosis }) => diagnosis.findings)
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
            rules: rules.map(({ code, link }) => ({
              id: code,
              helpUri: link,
              help: { text: `npx corsmith why ${code}` },
            })),
          },
        },
        results: items.flatMap(({ diagnosis, title }) =>
          diagnosis.findings.map((finding) => ({
            ruleId: finding.code,
            level: SARIF_LEVELS[finding.severity],
            message: { text: `${title}: ${sentence(finding)}` },
            locations: [{ physicalLocation: { artifactLocation: { uri: new URL(diagnosis.call.url.href).href } } }],
          })),
        ),
      },
    ],
  }
}

function junit(items: readonly ReportItem[]): string {
  const failures = items.filter(({ isFine }) => !isFine).length
  const cases = items.map(({ title, diagnosis, isFine, expected }) => {
    const text = diagnosis.findings
      .map((finding) => `${finding.severity} ${finding.code}: ${sentence(finding)}`)
      .join('\n')
    const wanted = expected === null ? '' : `, expected ${expected}`
    const inner = isFine ? '' : `<failure message="${xml(`${diagnosis.conclusion}${wanted}`)}">${xml(text)}</failure>`
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
    (finding) => `- **${finding.severity}** [\`${finding.code}\`](${finding.link}): ${inline(sentence(finding))}`,
  )
  const first = diagnosis.findings.find(({ fix }) => fix?.snippet)
  const note = first?.fix?.note ? `\n\n${inline(first.fix.note)}` : ''
  const fix = first?.fix?.snippet ? `\n\n\`\`\`\n${printableLines(first.fix.snippet)}\n\`\`\`${note}` : ''
  return `## ${isFine ? '✓' : '✗'} ${inline(title)}: ${diagnosis.conclusion}\n\n| browser | verdict |\n| --- | --- |\n${rows.join('\n')}\n\n${findings.join('\n')}${fix}`
}

/** Text that stays text: what a server says opens no link, no image, no element and no cell. */
function inline(text: string): string {
  return printable(text)
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
