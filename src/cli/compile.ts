/// <reference types="node" />
import { parseArgs } from 'node:util'
import { compileJs } from './compile-js.ts'
import { oneOf } from './input.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { COMMAND_OPTIONS } from './options.ts'

/** Writes a policy in one language: `path` is the policy's file, `out` the file to write. */
type Compiler = (path: string, out: string | undefined, io: Io) => Promise<void>

/** What a policy can be compiled to. */
const COMPILERS = { js: compileJs } as const satisfies Readonly<Record<string, Compiler>>

/** Runs `corsmith compile`: checks a policy now, and writes what answers for it later. */
export async function compileCommand(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: COMMAND_OPTIONS.compile,
    allowPositionals: true,
  })
  const [name, path, ...more] = positionals
  if (name === undefined) throw new UsageError('no target: corsmith compile js policy.json')
  const target = oneOf('a target', name, Object.keys(COMPILERS) as (keyof typeof COMPILERS)[])
  if (path === undefined) throw new UsageError(`no policy: corsmith compile ${target} policy.json`)
  if (more.length > 0) throw new UsageError(`one policy at a time: corsmith compile ${target} ${path}`)
  await COMPILERS[target](path, values.out, io)
  return EXIT.ok
}
