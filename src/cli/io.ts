/** All that a command sees of the world: tests hand it another. */
export interface Io {
  /** Writes to standard output. */
  readonly print: (text: string) => void
  /** Writes to standard error. */
  readonly warn: (text: string) => void
  /** The environment. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean
  /** Whether standard error is a terminal: progress is only shown there. */
  readonly showsProgress: boolean
  /** Resolves when the user asks a server to stop. */
  readonly untilStopped: () => Promise<void>
}

/** How a command ended. @see docs/check.md */
export const EXIT = {
  /** Shared, or nothing to complain about. */
  ok: 0,
  /** Blocked; a policy with defects; a policy that became wider. */
  blocked: 1,
  /** Shared, but something at or above `--fail-on` was found. */
  findings: 2,
  /** Nothing could be tested: DNS, TLS, a refused connection, a timeout. */
  untested: 3,
  /** The command line, or a file that it names, cannot be used. */
  usage: 64,
} as const

/** Thrown for what the user wrote: it ends in one line and {@link EXIT.usage}. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** What stands below the line, a line each. */
  readonly details: readonly string[]

  constructor(message: string, details: readonly string[] = []) {
    super(message)
    this.details = details
  }
}
