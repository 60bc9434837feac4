/** Everything outside the process that a command uses. Tests pass their own. */
export interface Io {
  /** Writes to standard output. */
  readonly print: (text: string) => void
  /** Writes to standard error. */
  readonly warn: (text: string) => void
  /** The environment. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean
  /** Whether standard error is a terminal. Progress is shown only there. */
  readonly showsProgress: boolean
  /**
   * Asks the user a question, and gives the answer; null at the end of the input. It is there only
   * where standard input and output are a terminal.
   */
  readonly ask?: (question: string) => Promise<string | null>
  /** Reads standard input to its end. It is there where that is a pipe or a file. */
  readonly readInput?: () => Promise<string>
  /** Resolves when the user asks a server to stop. */
  readonly untilStopped: () => Promise<void>
}

/** The exit codes. @see docs/check.md */
export const EXIT = {
  /** Shared, or without a complaint. */
  ok: 0,
  /** Blocked, or a policy with defects, or a policy that became wider. */
  blocked: 1,
  /** Shared, with a finding at or above `--fail-on`. */
  findings: 2,
  /** Not tested: DNS, TLS, a refused connection or a timeout. */
  untested: 3,
  /** A command line, or a file that it names, that cannot be used. */
  usage: 64,
} as const

/** A mistake of the user. It ends in one line and {@link EXIT.usage}. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** Lines to print below the message. */
  readonly details: readonly string[]

  constructor(message: string, details: readonly string[] = []) {
    super(message)
    this.details = details
  }
}
