/// <reference types="node" />
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { jsonText, printable } from '../diagnose/report/printable.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { type Compilation, type CompileOptions, compile, compileText, type TargetName, targets } from '../targets.ts'
import { COMMAND_OPTIONS } from './command-options.ts'
import { compileJs } from './compile-js.ts'
import { withPolicyOf } from './defects.ts'
import { atMost, oneOf, readTarget } from './input.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { readPolicyFile } from './policy-file.ts'
import { VERSION } from './version.ts'

/** What a word of `corsmith compile` writes. */
interface Output extends Compilation {
  /** The text for standard output, where everything has to stand in one text. */
  readonly text: string
}

type Writer = (policy: CorsPolicy, options: CompileOptions) => Output

/**
 * Runs `corsmith compile`: writes a policy in the language of a target, or with `js` as a module
 * that needs no checks. Without a target it lists them. It exits with 1 if the target can express
 * no entry of `origins`.
 */
export async function compileCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: COMMAND_OPTIONS.compile,
    allowPositionals: true,
  })
  const [name, path] = positionals
  atMost(2, positionals)
  if (name === undefined) {
    io.print(listing())
    return EXIT.ok
  }
  if (name === 'js') {
    if (path === undefined) throw new UsageError('no policy: corsmith compile js policy.json')
    await compileJs(path, values.out, io)
    return EXIT.ok
  }
  if (path === undefined && /\.[cm]?[jt]son?$|\.[cm]?[jt]s$/.test(name))
    throw new UsageError(`no target: corsmith compile nginx ${name}; corsmith compile lists the targets`)
  const write = targetWriter(readTarget(name, 'compile') as TargetName)
  if (path === undefined) throw new UsageError(`no policy: corsmith compile ${name} policy.json`)
  const failOn = values['fail-on'] === undefined ? null : oneOf('--fail-on', values['fail-on'], ['loss'] as const)
  const { upstream, listen } = values
  const policy = await readPolicyFile(path)
  const output = withPolicyOf(path, () =>
    withUsage(() =>
      write(policy as CorsPolicy, {
        ...(upstream === undefined ? {} : { upstream }),
        ...(listen === undefined ? {} : { listen }),
      }),
    ),
  )
  const { files, losses, notes, text } = output
  if (values.json) {
    io.print(jsonText({ schema: 1, tool: { name: 'corsmith', version: VERSION }, target: name, files, losses, notes }))
  } else if (values.out === undefined) {
    io.print(text)
  } else {
    for (const file of save(output, values.out)) io.warn(`wrote ${file}\n`)
  }
  for (const { what, requests, instead } of losses)
    io.warn(`not said: ${printable(what)}\n  noticed by ${printable(requests)}\n  instead: ${printable(instead)}\n`)
  if (files.length === 0) return EXIT.blocked
  return failOn !== null && losses.length > 0 ? EXIT.findings : EXIT.ok
}

function targetWriter(target: TargetName): Writer {
  return (policy, options) => {
    const compiled = compile(policy, target, options)
    const isWhole = options.upstream !== undefined || options.listen !== undefined
    const [first] = compiled.files
    return { ...compiled, text: (isWhole ? first?.text.trimEnd() : undefined) ?? compileText(policy, target) }
  }
}

/** A `TypeError` of the library is about an option of the command line. */
function withUsage<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof TypeError && error.name === 'TypeError') throw new UsageError(error.message)
    throw error
  }
}

/** Writes one file to the path, or all of them into the folder, and returns their paths. */
function save({ files }: Compilation, out: string): readonly string[] {
  const isFolder = out.endsWith('/') || files.length > 1 || (existsSync(out) && statSync(out).isDirectory())
  try {
    if (isFolder) mkdirSync(out, { recursive: true })
    return files.map(({ path, text }) => {
      const file = isFolder ? join(out, basename(path)) : out
      writeFileSync(file, text)
      return file
    })
  } catch (error) {
    throw new UsageError(`${out}: cannot be written (${String((error as { code?: unknown }).code)})`)
  }
}

function listing(): string {
  const width = Math.max(...targets.map(({ name }) => name.length))
  const rows = targets.map(
    ({ name, title, proven }) => `  ${name.padEnd(width)} ${title}${proven ? '' : ' (by its published schema)'}`,
  )
  const module = `  ${'js'.padEnd(width)} a module of corsmith/runtime, without the checks`
  return ['corsmith compile <target> policy.json [-o file]', '', module, ...rows].join('\n')
}
