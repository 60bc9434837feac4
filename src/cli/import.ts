/// <reference types="node" />
import { parseArgs } from 'node:util'
import { jsonText, printable } from '../diagnose/report/printable.ts'
import { targets } from '../targets.ts'
import { CODE_NAMES } from './code/libraries.ts'
import { COMMAND_OPTIONS } from './command-options.ts'
import { configTarget, readConfigOrCode, warnLeftOut } from './config-file.ts'
import { atMost, readTarget } from './input.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { VERSION } from './version.ts'

/**
 * Runs `corsmith import`: prints the policy that a configuration or application code says,
 * as JSON. It exits with 1 for a
 * configuration without a policy, and with 2 if something was left out.
 */
export async function importCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: COMMAND_OPTIONS.import,
    allowPositionals: true,
  })
  atMost(2, positionals)
  const [name, path = name] = positionals
  const readable = [...targets.filter(({ reads }) => reads).map((each) => each.name), ...CODE_NAMES]
  if (name === undefined || path === undefined)
    throw new UsageError(`no file: corsmith import nginx nginx.conf; targets: ${readable.join(', ')}`)
  const target =
    positionals.length === 1 ? configTarget(path) : CODE_NAMES.includes(name) ? name : readTarget(name, 'import')
  if (target === null || target === undefined)
    throw new UsageError(`${path}: name its target: corsmith import nginx ${path}`)
  if (!readable.includes(target)) throw new UsageError(`${target} is not read: write one of ${readable.join(', ')}`)
  const { policy, notUnderstood } = await readConfigOrCode(path, target)
  if (values.json)
    io.print(jsonText({ schema: 1, tool: { name: 'corsmith', version: VERSION }, target, policy, notUnderstood }))
  else if (policy === null) io.warn(`${printable(path)}: no policy can be read from this file\n`)
  else io.print(printableLines(JSON.stringify(policy, null, 2)))
  if (!values.json) warnLeftOut(path, notUnderstood, io)
  if (policy === null) return EXIT.blocked
  return notUnderstood.length > 0 ? EXIT.findings : EXIT.ok
}

function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n')
}
