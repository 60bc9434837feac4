import { clip } from '../diagnose/page-request.ts'
import { jsonText, printable } from '../diagnose/report/printable.ts'
import { redactSaid, redactText } from '../diagnose/report/redact.ts'
import { severityOf } from '../diagnose/report/severity.ts'
import { type Diagnosis, type JsonReport, type PageRequest, type ReportItem, toJson } from '../diagnose.ts'
import { readExpectations } from './expectations.ts'
import { readJson } from './files.ts'
import { EXIT, UsageError } from './io.ts'
import { type CheckSetting, exitOf, report, titleOf } from './report.ts'
import { VERSION } from './version.ts'

/**
 * Runs `corsmith check --expect`: each check of the file must come out as the file says. An
 * expected refusal is a success. A server that cannot be reached, or a request that was not sent,
 * is neither a success nor a mismatch.
 *
 * @param path The file of expectations.
 * @param base The URL for relative URLs of the file, instead of its own `base`.
 * @param setting How requests are examined and reported.
 * @returns The exit code.
 * @throws {UsageError} for a file that cannot be read
 */
export async function checkExpectations(
  path: string,
  base: string | undefined,
  setting: CheckSetting,
): Promise<number> {
  const { io, paint, format } = setting
  const expectations = readExpectations(readJson(path), path, base)
  const items: ReportItem[] = []
  let exit: number = EXIT.ok
  for (const { name, place, request, wants, code, send } of expectations) {
    const diagnosis = await examineAt(place, request, send, setting)
    const { conclusion } = diagnosis
    const hasCode =
      code === null || diagnosis.failure?.code === code || diagnosis.findings.some((finding) => finding.code === code)
    // A request that was not tested counts neither as shared nor as refused.
    const isUntested = conclusion === 'error' || (conclusion === 'allowed-unverified' && wants === 'shared')
    const isMet = hasCode && conclusion === (wants === 'shared' ? 'allowed' : 'blocked')
    const own = exitOf(diagnosis, setting.failOn)
    const result = isUntested ? EXIT.untested : !isMet ? EXIT.blocked : own === EXIT.findings ? own : EXIT.ok
    exit = worse(exit, result)
    items.push({
      title: name ?? titleOf(diagnosis),
      diagnosis,
      isFine: result === EXIT.ok,
      expected: code === null ? wants : `${wants} (${code})`,
      ...(conclusion === 'allowed-unverified' && isUntested ? { notes: [UNSENT] } : {}),
    })
  }
  if (format === 'json') {
    const results = items.map(({ title, isFine, expected, diagnosis, notes = [] }) => ({
      name: redactText(title),
      passed: isFine,
      level: isFine ? 'note' : 'error',
      expected,
      notes,
      report: asExpected(toJson(diagnosis, VERSION), isFine),
    }))
    io.print(jsonText({ schema: 1, tool: { name: 'corsmith', version: VERSION }, passed: exit === EXIT.ok, results }))
  } else if (format === 'text') {
    for (const { title, isFine, expected, diagnosis, notes = [] } of items) {
      const reason = notes[0] ?? diagnosis.findings[0]?.message
      const why = isFine || reason === undefined ? '' : `\n    ${printable(redactSaid(reason))}`
      io.print(
        `${isFine ? paint('green', '✓') : paint('red', '✗')} ${printable(clip(redactText(title), 300))}: ${diagnosis.conclusion}, expected ${expected}${why}`,
      )
    }
    io.print(`${items.filter(({ isFine }) => isFine).length} of ${items.length} as expected`)
  } else {
    report(items, setting)
  }
  return exit
}

/** Explains why a request with side effects has no result. */
const UNSENT =
  'not tested: the request has side effects and was not sent; if they are harmless, add "send": true to this check, or --send'

/** Lowers the severity of findings that were expected. */
function asExpected(report: JsonReport, isFine: boolean): JsonReport {
  if (!isFine) return report
  const findings = report.findings.map((finding) => ({ ...finding, severity: severityOf(finding, isFine) }))
  return { ...report, findings }
}

/** Returns the worse exit code: a mismatch, then a server that was not reached, then a warning. */
function worse(a: number, b: number): number {
  const order: readonly number[] = [EXIT.ok, EXIT.findings, EXIT.untested, EXIT.blocked]
  return order.indexOf(a) >= order.indexOf(b) ? a : b
}

/** A request that no page can send is a mistake in the file, so the message names its place. */
async function examineAt(
  place: string,
  request: PageRequest,
  send: boolean | undefined,
  { examine }: CheckSetting,
): Promise<Diagnosis> {
  try {
    return await examine(request, send)
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${place}: ${error.message}`, error.details)
    throw error
  }
}
