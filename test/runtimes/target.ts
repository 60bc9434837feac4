// What a runtime under test is to the table: a name, how it is started, and what it cannot do.
import type { PolicyName } from '../conformance/policies.ts'

export interface Target {
  /** The column: `adapter on runtime`. */
  readonly name: string
  /** What must exist for it to run, as a path below node_modules. */
  readonly needs: readonly string[]
  /** Starts the server on a port and returns what stops it. */
  start(port: number, work: string): Promise<Running>
  /** Where the policies stand, if not below `/`. */
  readonly base?: string
  readonly http2?: boolean
  /** Whether the adapter is given a function, which chooses a policy by the request: then every answer varies by Origin. */
  readonly chooses?: boolean
}

export interface Running {
  /** The process whose memory counts. */
  readonly pid: number
  stop(): Promise<void>
}

/** One cell that is a limit of the framework, proven by the row failing. */
export interface Limit {
  readonly target: string
  readonly row: string
  readonly reason: string
}

export type { PolicyName }
