/** What a suite is made of, and how its cases are called. */

/** A function to be timed: from a request to a Response, at once or later. */
export type Case = () => unknown

/** One line of a table: the same request under several ways to answer it. The first is what the others are compared with. */
export interface Row {
  readonly id: string
  readonly title: string
  /** Made when the row's turn comes: some hold a hundred thousand origins. The runner adds the control. */
  readonly cases: () => Readonly<Record<string, Case>>
}

let sink: unknown

/** Calls a case so many times, waits for what is a promise, and reads of each response what its reader would. */
export async function repeat(run: Case, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const result = run()
    const response = (result instanceof Promise ? await result : result) as Response
    sink = response.status
    sink = response.headers.get('access-control-allow-origin')
  }
}

/** What was read last: nothing of it may be optimised away. */
export function lastRead(): unknown {
  return sink
}

/** The name of the case that repeats the first. */
export const CONTROL = 'control'

/** The cases of a row, with the first one twice. */
export function withControl(cases: Readonly<Record<string, Case>>): Readonly<Record<string, Case>> {
  const [[name, first] = ['', () => undefined], ...others] = Object.entries(cases)
  return { [name]: first, [CONTROL]: first, ...Object.fromEntries(others) }
}
