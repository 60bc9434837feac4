/** Runs a suite inside a worker, whose clock stands still while it computes: a client outside says what to repeat, and measures. */
import { type Case, type Row, repeat, withControl } from './row.ts'

/** Makes the worker. `/` lists the rows, `?row=` its cases, and `&case=&count=` repeats one. */
export function createWorker(rows: readonly Row[]): { fetch(request: Request): Promise<Response> } {
  const made = new Map<string, Readonly<Record<string, Case>>>()
  return {
    async fetch(request) {
      const { searchParams } = new URL(request.url)
      const row = rows.find(({ id }) => id === searchParams.get('row'))
      if (row === undefined) return Response.json(rows.map(({ id, title }) => ({ id, title })))
      const cases = made.get(row.id) ?? withControl(row.cases())
      made.set(row.id, cases)
      const run = cases[searchParams.get('case') ?? '']
      if (run === undefined) return Response.json(Object.keys(cases))
      await repeat(run, Number(searchParams.get('count')))
      return new Response('done')
    },
  }
}
