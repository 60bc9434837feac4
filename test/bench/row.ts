/** What a suite is made of, and how its cases are called. */

/** A function to be timed: from a request to a Response, at once or later. */
export type Case = () => unknown

/** One line of a table: the same request under several ways to answer it. The first is what the others are compared with. */
export interface Row {
  readonly id: string
  readonly title: string
  /** Made when the row's turn comes: some hold a hundred thousand origins. The runner adds the control. */
  readonly cases: () => Readonly<Record<string, Case>>
  /** Awaited before each batch, untimed where the runtime's clock allows: what a batch uses and cannot make by itself. */
  readonly prepare?: () => Promise<void>
  /** What is read of each answer; by default what the reader of a Response would. */
  readonly read?: (answer: never) => unknown
}

/** A row whose cases are there. */
export interface ReadyRow {
  readonly names: readonly string[]
  prepare(): Promise<void>
  run(name: string, count: number): Promise<void>
}

/** The name of the case that repeats the first. */
export const CONTROL = 'control'

let sink: unknown

/** Makes the cases of a row, with the first one twice. */
export function readyRow(row: Row): ReadyRow {
  const [[name, first] = ['', () => undefined], ...others] = Object.entries(row.cases())
  const cases: Readonly<Record<string, Case>> = { [name]: first, [CONTROL]: first, ...Object.fromEntries(others) }
  const read = (row.read as ((answer: unknown) => unknown) | undefined) ?? readResponse
  return {
    names: Object.keys(cases),
    prepare: async () => row.prepare?.(),
    run: (name, count) => repeat(cases[name] ?? (() => undefined), count, read),
  }
}

/** Calls a case so many times, and waits for what is a promise. */
async function repeat(run: Case, count: number, read: (answer: unknown) => unknown): Promise<void> {
  for (let i = 0; i < count; i++) {
    const result = run()
    sink = read(result instanceof Promise ? await result : result)
  }
}

function readResponse(answer: unknown): unknown {
  const response = answer as Response
  sink = response.status
  return response.headers.get('access-control-allow-origin')
}

/** What was read last: nothing of it may be optimised away. */
export function lastRead(): unknown {
  return sink
}
