import type { CompiledPolicy } from '../policy/compile.ts'
import type { PartCall } from '../policy/lines.ts'
import { guard } from './guard.ts'
import { echoBoth, PARTS } from './parts.ts'
import type { Echo, Part, Tables } from './tables.ts'

/** One list for all: with thousands of policies, a list for each is felt. */
const NO_PARTS: readonly Part[] = []

/** Makes the tables of a compiled policy: its lines as they are, and the parts that it names. */
export function prepare(compiled: CompiledPolicy): Tables {
  const echoes = compiled.echo.map(made<Echo>)
  return {
    ...compiled,
    parts: compiled.parts.length > 0 ? compiled.parts.map(made<Part>) : NO_PARTS,
    echo: echoes.length > 0 ? echoes.reduce(echoBoth) : null,
    forbid: compiled.forbid ? guard : null,
  }
}

/** Makes the part that an option names. */
const made = <T>([name, ...lists]: PartCall): T => (PARTS[name] as (...lists: unknown[]) => T)(...lists)
