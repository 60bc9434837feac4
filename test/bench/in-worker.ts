/** Runs a suite inside a worker, whose clock stands still while it computes: a client outside says what to repeat, and measures. */
import { type ReadyRow, type Row, readyRow } from './row.ts'

/** Makes the worker. `/` lists the rows, `?row=` its cases, and `&case=&count=` repeats one. */
export function createWorker(rows: readonly Row[]): { fetch(request: Request): Promise<Response> } {
  const made = new Map<string, ReadyRow>()
  return {
    async fetch(request) {
      const { searchParams } = new URL(request.url)
      const row = rows.find(({ id }) => id === searchParams.get('row'))
      if (row === undefined) {
        return Response.json(rows.map(({ id, title }) => ({ id, title })))
      }
      const ready = made.get(row.id) ?? readyRow(row)
      made.set(row.id, ready)
      const name = searchParams.get('case')
      if (name === null) return Response.json(ready.names)
      await ready.prepare()
      await ready.run(name, Number(searchParams.get('count')))
      return new Response('done')
    },
  }
}
