// Mutants that no test can tell from the source, each with the reason. They are found by what stands in the source, so that the list
// outlives lines that move; one that a test kills after all, or that no longer exists, is reported.
import { readFileSync } from 'node:fs'

/** A change of the source that changes no behaviour. */
export interface Equivalent {
  readonly file: string
  /** The line on which the change begins, without the white space around it. Absent: wherever the original stands. */
  readonly line?: string
  readonly original: string
  readonly replacement: string
  readonly reason: string
}

/** What became of one mutant. */
export interface Mutant {
  readonly file: string
  readonly at: number
  readonly line: string
  readonly original: string
  readonly replacement: string
  readonly fate: 'killed' | 'survived' | 'invalid'
  /** Whether it is in what a module makes while it loads. */
  readonly isMade?: true
}

export function readEquivalents(): Equivalent[] {
  return JSON.parse(readFileSync(new URL('./equivalents.json', import.meta.url), 'utf8'))
}

export function isOf(equivalent: Equivalent, mutant: Mutant): boolean {
  return (
    equivalent.file === mutant.file &&
    equivalent.original === mutant.original &&
    equivalent.replacement === mutant.replacement &&
    (equivalent.line === undefined || equivalent.line === mutant.line)
  )
}

/** Says which entries of the list are wrong, among those for files that were mutated. */
export function staleEquivalents(list: readonly Equivalent[], mutants: readonly Mutant[]): string[] {
  const files = new Set(mutants.map(({ file }) => file))
  return list
    .filter(({ file }) => files.has(file))
    .flatMap((equivalent) => {
      const found = mutants.filter((mutant) => isOf(equivalent, mutant))
      const name = `${equivalent.file}: ${equivalent.original} → ${equivalent.replacement}`
      if (found.length === 0) return [`${name}: is no mutant any more`]
      return found.some(({ fate }) => fate === 'survived') ? [] : [`${name}: is killed, so it is not equivalent`]
    })
}
