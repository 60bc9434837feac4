import { annotation } from '../diagnose/report/github.ts'
import { jsonText, printable } from '../diagnose/report/printable.ts'
import { readConfigOrCode } from './config-file.ts'
import { EXIT, type Io } from './io.ts'
import { createPaint } from './paint.ts'
import { VERSION } from './version.ts'

interface Output {
  readonly json: boolean
  readonly format: 'github' | null
  readonly failOn: 'error' | 'warning'
}

/**
 * Lints the configuration of a server, or application code: what it lets in that its owner hardly
 * meant. A part that is not understood is a warning.
 */
export async function lintConfiguration(
  path: string,
  target: string,
  { json, format, failOn }: Output,
  io: Io,
): Promise<number> {
  const { issues: found, notUnderstood } = await readConfigOrCode(path, target)
  const issues = [
    ...found,
    ...notUnderstood.map(({ line, text, why }) => ({
      code: 'not-understood' as const,
      severity: 'warning' as const,
      line,
      text,
      message: why,
    })),
  ].toSorted((a, b) => a.line - b.line)
  const errors = issues.filter(({ severity }) => severity === 'error').length
  if (json) {
    io.print(jsonText({ schema: 1, tool: { name: 'corsmith', version: VERSION }, file: path, target, issues }))
  } else if (format === 'github') {
    for (const { severity, code, line, message } of issues)
      io.print(annotation({ level: severity, file: path, title: code, text: `line ${line}: ${message}` }))
  } else {
    const paint = createPaint(io)
    for (const { severity, code, line, text, message } of issues) {
      const mark = severity === 'error' ? paint('red', '✗') : paint('yellow', '!')
      const shown = printable(text.slice(0, 200))
      io.print(
        `${mark} ${printable(path)}:${line}: ${printable(message)}  ${paint('dim', code)}\n    ${paint('dim', shown)}`,
      )
    }
    io.print(
      issues.length === 0
        ? `${paint('green', '✓')} ${printable(path)}: no defect`
        : `${errors} ${errors === 1 ? 'defect' : 'defects'}, ${issues.length - errors} to look at`,
    )
  }
  if (errors > 0) return EXIT.blocked
  return failOn === 'warning' && issues.length > 0 ? EXIT.findings : EXIT.ok
}
