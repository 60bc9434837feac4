/// <reference types="node" />

import { parseArgs } from 'node:util'
import { clip } from '../diagnose/page-request.ts'
import { annotation } from '../diagnose/report/github.ts'
import { jsonText, printable } from '../diagnose/report/printable.ts'
import { readPolicy } from '../policy/check/snapshot.ts'
import { checkPolicy } from '../policy/check.ts'
import { placeOf } from '../policy/error.ts'
import type { PolicyIssue } from '../policy/types.ts'
import { COMMAND_OPTIONS } from './command-options.ts'
import { configTarget } from './config-file.ts'
import { atMost, oneOf } from './input.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { lintConfiguration } from './lint-config.ts'
import { createPaint } from './paint.ts'
import { readPolicySource } from './policy-file.ts'
import { VERSION } from './version.ts'

/** Runs `corsmith lint`: prints every defect and warning of a policy. */
export async function lintCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...argv], options: COMMAND_OPTIONS.lint, allowPositionals: true })
  const [path] = positionals
  if (path === undefined) throw new UsageError('no policy: corsmith lint policy.json')
  atMost(1, positionals)
  const failOn = oneOf('--fail-on', values['fail-on'] ?? 'error', ['error', 'warning'] as const)
  const format = values.format === undefined ? null : oneOf('--format', values.format, ['github'] as const)
  const target = configTarget(path)
  if (target !== null) return lintConfiguration(path, target, { json: values.json === true, format, failOn }, io)
  const source = await readPolicySource(path)
  const issues = [...source.issues, ...(await checkFully(source.policy, io))]
  const paint = createPaint(io)
  if (values.json) {
    io.print(jsonText(issuesJson(path, issues)))
  } else if (format === 'github') {
    for (const { severity, code, path: place, message } of issues)
      io.print(annotation({ level: severity, file: path, title: code, text: `${placeOf(place)}: ${message}` }))
  } else {
    for (const { severity, path: place, message, code, spec } of issues) {
      const mark = severity === 'error' ? paint('red', '✗') : paint('yellow', '!')
      io.print(
        `${mark} ${printable(clip(placeOf(place)))}: ${printable(clip(message, 600))}  ${paint('dim', code)}${spec === undefined ? '' : `\n  ${paint('dim', spec)}`}`,
      )
    }
    const errors = issues.filter(({ severity }) => severity === 'error').length
    io.print(
      issues.length === 0
        ? `${paint('green', '✓')} ${printable(path)}: no defect`
        : `${errors} ${errors === 1 ? 'defect' : 'defects'}, ${issues.length - errors} to look at`,
    )
  }
  if (issues.some(({ severity }) => severity === 'error')) return EXIT.blocked
  return failOn === 'warning' && issues.length > 0 ? EXIT.findings : EXIT.ok
}

/** Returns the issues of a policy as data, schema 1. */
export function issuesJson(file: string, issues: readonly PolicyIssue[]): unknown {
  return {
    schema: 1,
    tool: { name: 'corsmith', version: VERSION },
    file,
    issues: issues.map((issue) => ({ ...issue, value: jsonValue(issue.value) })),
  }
}

/**
 * Checks a policy with the full Public Suffix List; without `tldts`, with the short list of the
 * core. That is said only where it matters: for a policy with a pattern of a domain.
 *
 * @param policy The policy, as it was read.
 * @param io Takes the notice.
 * @param load Loads the check with the full list.
 */
export async function checkFully(
  policy: unknown,
  io: Io,
  load: () => Promise<typeof checkPolicy> = async () => (await import('../strict.ts')).checkPolicyStrict,
): Promise<readonly PolicyIssue[]> {
  try {
    return (await load())(policy)
  } catch {
    if (hasPattern(policy))
      io.warn('Patterns are checked against a short list of public suffixes; install tldts for the full list.\n')
    return checkPolicy(policy)
  }
}

/** Tells whether a policy lists a pattern under which names can be registered. */
function hasPattern(policy: unknown): boolean {
  const origins = readPolicy(policy).values?.get('origins')
  return (
    Array.isArray(origins) && origins.some((entry) => typeof entry === 'string' && /\/\/[^/]*\*[^/]*\./.test(entry))
  )
}

/** Returns text for values that JSON cannot hold, such as functions. */
function jsonValue(value: unknown): unknown {
  return ['function', 'symbol', 'bigint', 'undefined'].includes(typeof value) ? String(value) : value
}
