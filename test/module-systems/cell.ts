/** One cell of the table: a tool, how it is used, and a run that throws where the package fails. */
export interface Cell {
  readonly tool: string
  readonly version: string
  readonly use: string
  /** Why the tool has no such use, where it has none. */
  readonly absent?: string
  /** Runs in `npm test` too: its tools are installed there. */
  readonly sample?: boolean
  run(folder: string): Promise<void>
}

/** The cells that share a folder, and what is installed there beside the package. */
export interface Group {
  readonly name: string
  readonly packages: Readonly<Record<string, string>>
  readonly cells: readonly Cell[]
}

/** A program printed something else than the line that says that all went well. */
export function expectDone(output: string): void {
  if (!output.includes(DONE)) throw new Error(`it did not print "${DONE}":\n${output.slice(-2000)}`)
}

/** What a program prints when every entry was there and answered. */
export const DONE = 'every entry answers'
