/// <reference types="node" />

import { parseArgs } from 'node:util'
import { annotation } from '../diagnose/report/github.ts'
import { jsonText, printable } from '../diagnose/report/printable.ts'
import { diffPolicies, type PolicyChange, type PolicyDiff } from '../policy/data/diff.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { COMMAND_OPTIONS } from './command-options.ts'
import { readPolicyOrConfig, warnDrift } from './config-file.ts'
import { withPolicyOf } from './defects.ts'
import { atMost, oneOf } from './input.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { createPaint, type Paint, type Style } from './paint.ts'
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
  const format = values.format === undefined ? null : oneOf('--format', values.format, ['github', 'markdown'] as const)
  const [first, second] = [await readPolicyOrConfig(before, io), await readPolicyOrConfig(after, io)]
  const result = compare(first, second, `${before}, ${after}`)
  warnDrift(before, second, after, io)
  warnDrift(after, first, before, io)
  if (values.json) {
    io.print(jsonText({ schema: 1, tool: { name: 'corsmith', version: VERSION }, before, after, ...result }))
  } else if (format === 'github') {
    for (const { sentence } of result.allowed)
      io.print(annotation({ level: 'error', file: after, title: 'CORS policy widened', text: sentence }))
    for (const { sentence } of result.stopped)
      io.print(annotation({ level: 'warning', file: after, title: 'CORS policy narrowed', text: sentence }))
  } else if (format === 'markdown') {
    io.print(diffMarkdown(result))
  } else {
    io.print(diffText(result, createPaint(io)))
  }
  return result.allowed.length > 0 ? EXIT.blocked : EXIT.ok
}

function compare(before: unknown, after: unknown, place: string): PolicyDiff {
  return withPolicyOf(place, () => diffPolicies(before as CorsPolicy, after as CorsPolicy))
}

/** Writes the changes for a comment of a code review, those that allow more first. */
function diffMarkdown({ allowed, stopped, other }: PolicyDiff): string {
  const section = (title: string, changes: readonly PolicyChange[]) =>
    changes.length === 0 ? [] : ['', `**${title}**`, '', ...changes.map(({ sentence }) => `- ${asCode(sentence)}`)]
  const verdict =
    allowed.length > 0
      ? 'This change allows more than before.'
      : stopped.length + other.length > 0
        ? 'This change allows no more than before.'
        : 'Both policies mean the same.'
  return [
    `### CORS policy: ${verdict}`,
    ...section('Allowed now, and not before', allowed),
    ...section('No longer allowed', stopped),
    ...section('Other changes', other),
  ].join('\n')
}

/** A name is its author's text: in a comment it must be no link, no mention and no markup. */
function asCode(text: string): string {
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return longest === 0 ? `${fence}${printable(text)}${fence}` : `${fence} ${printable(text)} ${fence}`
}

function diffText({ allowed, stopped, other }: PolicyDiff, paint: Paint): string {
  const lines = (mark: string, style: Style, changes: readonly PolicyChange[]) =>
    changes.map(({ sentence }) => `${paint(style, mark)} ${printable(sentence)}`)
  const all = [...lines('+', 'red', allowed), ...lines('-', 'yellow', stopped), ...lines('~', 'dim', other)]
  if (all.length === 0) return 'both policies mean the same'
  const verdict = allowed.length > 0 ? paint('red', 'the second policy is wider') : 'the second policy is not wider'
  return [...all, verdict].join('\n')
}
