/// <reference types="node" />
import { parseArgs } from 'node:util'
import { MAX_AGE_SECONDS } from '../diagnose/fixes/union.ts'
import { printable } from '../diagnose/report/printable.ts'
import { CHOOSABLE, snippet, TARGETS } from '../diagnose.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { compileText, isTarget } from '../targets.ts'
import { COMMAND_OPTIONS } from './command-options.ts'
import { createFromFile } from './explain.ts'
import { writeNewText } from './files.ts'
import { atMost, readTarget } from './input.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { readPolicyFile } from './policy-file.ts'
import { policyFromOptions } from './policy-options.ts'

/** The policy to begin with. It names what most applications have to decide. */
const STARTING_POINT: CorsPolicy = {
  origins: ['https://app.example.com'],
  methods: ['PUT', 'DELETE'],
  requestHeaders: ['Content-Type', 'Authorization'],
  maxAge: MAX_AGE_SECONDS,
}

/**
 * Runs `corsmith init`: prints a policy as text for a framework, a server or a bucket. Without a
 * policy it prints one to begin with. With `--write` it writes a new file instead.
 */
export async function initCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...argv], options: COMMAND_OPTIONS.init, allowPositionals: true })
  const [name] = positionals
  atMost(1, positionals)
  if (name === undefined) {
    const width = Math.max(...CHOOSABLE.map((target) => target.length))
    const rows = CHOOSABLE.map((target) => `  ${target.padEnd(width)} ${TARGETS[target]}`)
    io.print(
      ['corsmith init <target> [--policy policy.json | --origins https://…] [--write <file>]', '', ...rows].join('\n'),
    )
    return EXIT.ok
  }
  const given = policyFromOptions(values)
  if (given !== null && values.policy !== undefined)
    throw new UsageError('one policy at a time: use --policy, or --origins and the options for lists')
  const policy = values.policy === undefined ? (given ?? STARTING_POINT) : await readPolicyFile(values.policy)
  const cors = createFromFile(policy, values.policy ?? 'the command line')
  const target = readTarget(name, 'init')
  if (target === undefined || !isTarget(target)) throw new UsageError(`there is nothing to paste for ${name}`)
  const isOwn = given !== null || values.policy !== undefined
  const text = isOwn ? compileText(cors.policy, target) : (snippet(target, cors.policy) ?? '')
  if (values.write === undefined) {
    io.print(text)
  } else {
    writeNewText(values.write, `${text}\n`)
    io.print(`${printable(values.write)}: written; its first lines say where the text goes, and what has to go`)
  }
  return EXIT.ok
}
