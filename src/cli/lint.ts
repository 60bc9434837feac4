/// <reference types="node" />
import { parseArgs } from 'node:util'
import { checkPolicy } from '../policy/check.ts'
import { placeOf } from '../policy/error.ts'
import { oneOf } from './input.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { createPaint, printable } from './paint.ts'
import { readPolicyFile } from './policy-file.ts'
import { VERSION } from './version.ts'

const OPTIONS = { json: { type: 'boolean' }, format: { type: 'string' }, 'fail-on': { type: 'string' } } as const

/** Runs `corsmith lint`: every defect and warning of a policy. */
export async function lint(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })
  const [path] = positionals
  if (path === undefined) throw new UsageError('no policy: corsmith lint policy.json')
  const failOn = oneOf('--fail-on', values['fail-on'] ?? 'error', ['error', 'warning'] as const)
  const format = values.format === undefined ? null : oneOf('--format', values.format, ['github'] as const)
  const issues = checkPolicy(await readPolicyFile(path))
  const paint = createPaint(io)
  if (values.json) {
    io.print(
      JSON.stringify(
        {
          schema: 1,
          tool: { name: 'corsmith', version: VERSION },
          file: path,
          issues: issues.map((issue) => ({ ...issue, value: jsonValue(issue.value) })),
        },
        null,
        2,
      ),
    )
  } else if (format === 'github') {
    for (const { severity, code, path: place, message } of issues)
      io.print(`::${severity} file=${path},title=${code}::${placeOf(place)}: ${printable(message)}`)
  } else {
    for (const { severity, path: place, message, code, spec } of issues) {
      const mark = severity === 'error' ? paint('red', '✗') : paint('yellow', '!')
      io.print(
        `${mark} ${placeOf(place)}: ${printable(message)}  ${paint('dim', code)}${spec === undefined ? '' : `\n  ${paint('dim', spec)}`}`,
      )
    }
    const errors = issues.filter(({ severity }) => severity === 'error').length
    io.print(
      issues.length === 0
        ? `${paint('green', '✓')} ${path}: no defect`
        : `${errors} ${errors === 1 ? 'defect' : 'defects'}, ${issues.length - errors} to look at`,
    )
  }
  if (issues.some(({ severity }) => severity === 'error')) return EXIT.blocked
  return failOn === 'warning' && issues.length > 0 ? EXIT.findings : EXIT.ok
}

/** Functions and the like have no JSON. */
function jsonValue(value: unknown): unknown {
  return ['function', 'symbol', 'bigint', 'undefined'].includes(typeof value) ? String(value) : value
}
