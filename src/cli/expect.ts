import { clip } from '../diagnose/page-request.ts'
import { jsonText, printable } from '../diagnose/report/printable.ts'
import { redactSaid, redactText } from '../diagnose/report/redact.ts'
import { type Diagnosis, type PageRequest, type ReportItem, toJson } from '../diagnose.ts'
import type { CheckSetting } from './check.ts'
import { exitOf, report, titleOf } from './check.ts'
import { readExpectations } from './expectations.ts'
import { readJson } from './files.ts'
import { EXIT, UsageError } from './io.ts'
import { VERSION } from './version.ts'

/**
 * Runs `corsmith check --expect`: every line of the file must come out as it says. A refusal that was expected is a success; a server
 * that cannot be reached is neither.
 *
 * @param base what relative URLs of the file are relative to, instead of its own `base`
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
  for (const { name, place, request, wants, code } of expectations) {
    const diagnosis = await examineAt(place, request, setting)
    const isShared = diagnosis.conclusion === 'allowed' || diagnosis.conclusion === 'allowed-unverified'
    const hasCode =
      code === null || diagnosis.failure?.code === code || diagnosis.findings.some((finding) => finding.code === code)
    const isMet = diagnosis.conclusion !== 'error' && isShared === (wants === 'shared') && hasCode
    const own = exitOf(diagnosis, setting.failOn)
    const result =
      diagnosis.conclusion === 'error' ? EXIT.untested : !isMet ? EXIT.blocked : own === EXIT.findings ? own : EXIT.ok
    exit = worse(exit, result)
    items.push({
      title: name ?? titleOf(diagnosis),
      diagnosis,
      isFine: result === EXIT.ok,
      expected: code === null ? wants : `${wants} (${code})`,
    })
  }
  if (format === 'json') {
    const results = items.map(({ title, isFine, expected, diagnosis }) => ({
      name: redactText(title),
      passed: isFine,
      expected,
      report: toJson(diagnosis, VERSION),
    }))
    io.print(jsonText({ schema: 1, tool: { name: 'corsmith', version: VERSION }, passed: exit === EXIT.ok, results }))
  } else if (format === 'text') {
    for (const { title, isFine, expected, diagnosis } of items) {
      const first = diagnosis.findings[0]
      const why = isFine || first === undefined ? '' : `\n    ${printable(redactSaid(first.message))}`
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

/** A mismatch weighs more than a server that was not reached, and that more than a warning. */
function worse(a: number, b: number): number {
  const order: readonly number[] = [EXIT.ok, EXIT.findings, EXIT.untested, EXIT.blocked]
  return order.indexOf(a) >= order.indexOf(b) ? a : b
}

/** What no page can send is a mistake of the file: say where. */
async function examineAt(place: string, request: PageRequest, { examine }: CheckSetting): Promise<Diagnosis> {
  try {
    return await examine(request)
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${place}: ${error.message}`, error.details)
    throw error
  }
}
