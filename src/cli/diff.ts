/// <reference types="node" />

import { parseArgs } from 'node:util'
import { annotation } from '../diagnose/report/github.ts'
import { jsonText, printable } from '../diagnose/report/printable.ts'
import { diffPolicies, type PolicyChange, type PolicyDiff } from '../policy/data/diff.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { withPolicyOf } from './defects.ts'
import { atMost, oneOf } from './input.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { COMMAND_OPTIONS } from './options.ts'
import { createPaint, type Paint, type Style } from './paint.ts'
import { readPolicyFile } from './policy-file.ts'
import { VERSION } from './version.ts'

/**
 * Runs `corsmith diff`. The exit code is 1 if the second policy allows something that the first
 * does not, so that a build fails.
 */
export async function diffCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...argv], options: COMMAND_OPTIONS.diff, allowPositionals: true })
  const [before, after] = positionals
  if (before === undefined || after === undefined)
    throw new UsageError('two policies: corsmith diff before.json after.json')
  atMost(2, positionals)
  const format = values.format === undefined ? null : oneOf('--format', values.format, ['github'] as const)
  const result = compare(await readPolicyFile(before), await readPolicyFile(after), `${before}, ${after}`)
  if (values.json) {
    io.print(jsonText({ schema: 1, tool: { name: 'corsmith', version: VERSION }, before, after, ...result }))
  } else if (format === 'github') {
    for (const { sentence } of result.allowed)
      io.print(annotation({ level: 'error', file: after, title: 'CORS policy widened', text: sentence }))
    for (const { sentence } of result.stopped)
      io.print(annotation({ level: 'warning', file: after, title: 'CORS policy narrowed', text: sentence }))
  } else {
    io.print(diffText(result, createPaint(io)))
  }
  return result.allowed.length > 0 ? EXIT.blocked : EXIT.ok
}

function compare(before: unknown, after: unknown, place: string): PolicyDiff {
  return withPolicyOf(place, () => diffPolicies(before as CorsPolicy, after as CorsPolicy))
}

function diffText({ allowed, stopped, other }: PolicyDiff, paint: Paint): string {
  const lines = (mark: string, style: Style, changes: readonly PolicyChange[]) =>
    changes.map(({ sentence }) => `${paint(style, mark)} ${printable(sentence)}`)
  const all = [...lines('+', 'red', allowed), ...lines('-', 'yellow', stopped), ...lines('~', 'dim', other)]
  if (all.length === 0) return 'both policies mean the same'
  const verdict = allowed.length > 0 ? paint('red', 'the second policy is wider') : 'the second policy is not wider'
  return [...all, verdict].join('\n')
}
