import { clip } from '../diagnose/page-request.ts'
import { jsonText, printable } from '../diagnose/report/printable.ts'
import { redactSaid } from '../diagnose/report/redact.ts'
import {
  type Diagnosis,
  type Format,
  formatReport,
  type PageRequest,
  type ReportItem,
  type Transport,
  toJson,
} from '../diagnose.ts'
import { EXIT, type Io } from './io.ts'
import type { Paint } from './paint.ts'
import { diagnosisText } from './text.ts'
import { VERSION } from './version.ts'

/** The values of `--fail-on`, the strictest last. */
export const THRESHOLDS = ['blocked', 'security', 'warning'] as const

/** How requests are examined and reported. */
export interface CheckSetting {
  readonly io: Io
  readonly paint: Paint
  readonly transport: Transport
  readonly failOn: (typeof THRESHOLDS)[number]
  readonly format: Format | 'json' | 'text'
  readonly verbose: boolean
  readonly insecure: boolean
  /** Examines a request. Without `send`, the option `--send` decides. */
  readonly examine: (request: PageRequest, send?: boolean) => Promise<Diagnosis>
}

/** Prints the results in the chosen format. */
export function report(items: readonly ReportItem[], { io, paint, format, verbose, insecure }: CheckSetting): void {
  if (format === 'json') {
    const reports = items.map(({ diagnosis, notes = [] }) => ({
      ...toJson(diagnosis, VERSION),
      notes: notes.map((note) => redactSaid(note)),
    }))
    io.print(jsonText(reports.length === 1 ? reports[0] : reports))
  } else if (format === 'text') {
    const texts = items.map(({ diagnosis, notes = [] }) => [
      ...notes.map((note) => paint('dim', `Note     ${printable(clip(redactSaid(note), 1200))}`)),
      diagnosisText(diagnosis, { paint, verbose, insecure }),
    ])
    io.print(texts.map((lines) => lines.join('\n')).join('\n\n'))
  } else {
    io.print(formatReport(format, items, VERSION))
  }
}

/** Returns the exit code for a diagnosis. */
export function exitOf({ conclusion, findings }: Diagnosis, failOn: (typeof THRESHOLDS)[number]): number {
  if (conclusion === 'error') return EXIT.untested
  if (conclusion === 'blocked') return EXIT.blocked
  const fails = failOn === 'warning' ? ['warning', 'security', 'error'] : failOn === 'security' ? ['security'] : []
  return findings.some(({ severity }) => fails.includes(severity)) ? EXIT.findings : EXIT.ok
}

/** Names an examined request on one line. */
export function titleOf({ call }: Diagnosis): string {
  return `${call.method} ${call.url.href} from ${call.origin}`
}
