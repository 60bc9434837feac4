/// <reference types="node" />
import { writeFileSync } from 'node:fs'
import { basename, dirname, relative, resolve } from 'node:path'
import { emitModule } from '../build/emit.ts'
import { withPolicyOf } from './defects.ts'
import { type Io, UsageError } from './io.ts'
import { readPolicyModule } from './policy-file.ts'

/**
 * Compiles a policy to an ES module and its declarations. Without `out` the module is printed.
 *
 * A predicate is code, and stays code: the written module imports the policy's module for it.
 *
 * @throws {UsageError} for a policy with a defect, and for a file that cannot be written
 */
export async function compileJs(path: string, out: string | undefined, io: Io): Promise<void> {
  const form = /^(?<name>.*)\.(?<kind>m?js)$/.exec(out ?? 'cors.js')?.groups
  if (form === undefined) throw new UsageError(`${out}: a compiled policy is a module: write -o cors.js`)
  const { policy, exported } = await readPolicyModule(path)
  const isCode = typeof (policy as { origins?: unknown } | null)?.origins === 'function'
  if (isCode && out !== undefined && resolve(out) === resolve(path))
    throw new UsageError(`${out} is the module of the policy: write another file`)
  const { code, types } = withPolicyOf(path, () =>
    emitModule(policy, {
      source: basename(path),
      ...(isCode && exported !== null ? { predicate: importOf(path, out ?? 'cors.js', exported) } : {}),
    }),
  )
  if (out === undefined) {
    io.print(code.trimEnd())
    return
  }
  const declarations = `${form.name}.d.${form.kind === 'mjs' ? 'mts' : 'ts'}`
  for (const [file, text] of [
    [out, code],
    [declarations, types],
  ] as const) {
    write(file, text)
    io.warn(`wrote ${file}\n`)
  }
}

/** Writes the import of a policy's module, as the compiled module sees it. */
function importOf(path: string, out: string, exported: string): { statement: string; expression: string } {
  const found = relative(dirname(resolve(out)), resolve(path)).replaceAll('\\', '/')
  const specifier = JSON.stringify(found.startsWith('.') ? found : `./${found}`)
  const binding = exported === 'default' ? 'source' : `{ ${exported} as source }`
  return {
    statement: `import ${binding} from ${specifier}`,
    expression: exported === 'cors' ? 'source.policy' : 'source',
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new UsageError(`${file}: cannot be written (${String((error as { code?: unknown }).code)})`)
  }
}
