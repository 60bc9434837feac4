import type { Cors, HeaderEntry, RequestHead } from '../src/adapter.ts'

/** What the adapter uses of a `ServerResponse` or an `Http2ServerResponse`. */
export interface NodeResponse {
  statusCode: number
  readonly headersSent: boolean
  getHeader(name: string): number | string | readonly string[] | undefined
  getHeaderNames(): string[]
  setHeader(name: string, value: string | readonly string[]): unknown
  removeHeader(name: string): void
  writeHead(status: number, ...rest: never[]): unknown
  end(...args: never[]): unknown
}

/** Puts the header set on a response at the last moment. Whoever sends headers, and however: it ends in `writeHead`. */
export function stampWhenSent(cors: Cors, head: RequestHead, res: NodeResponse): void {
  const writeHead = res.writeHead as (status: number, reason?: unknown, headers?: unknown) => unknown
  res.writeHead = (status: number, reason?: unknown, headers?: unknown) => {
    if (res.headersSent) return writeHead.call(res, status, reason, headers)
    const hasReason = typeof reason === 'string'
    setAll(res, hasReason ? headers : (reason ?? headers))
    stamp(cors, head, res, status)
    return hasReason ? writeHead.call(res, status, reason) : writeHead.call(res, status)
  }
}

/** Answers without content in one write, where nobody has said anything that the header set would have to be merged with. */
export function answerAtOnce(
  { status, entries }: { readonly status: number; readonly entries: readonly HeaderEntry[] },
  res: NodeResponse,
): boolean {
  if (res.getHeaderNames().some(isTouched) || res.headersSent) return false
  // An object: what other middlewares put in the place of writeHead does not always read lists right (CVE-2025-7339). By index: an
  // iterator, or Object.fromEntries, takes longer than all that the engine does.
  const headers: Record<string, string> = status === 204 ? {} : { 'Content-Length': '0' }
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] as HeaderEntry
    headers[entry[0]] = entry[1]
  }
  res.writeHead(status, headers as never)
  res.end()
  return true
}

/** Takes over the headers given to `writeHead`: an object, a flat list of names and values, or a list of pairs. */
function setAll(res: NodeResponse, given: unknown): void {
  if (typeof given !== 'object' || given === null) return
  const flat: unknown[] = Array.isArray(given) ? given.flat() : []
  const entries = Array.isArray(given)
    ? flat.flatMap((name, i) => (i % 2 === 0 ? [[String(name), flat[i + 1]] as const] : []))
    : Object.entries(given)
  const lines = new Map<string, { readonly name: string; readonly values: unknown[] }>()
  for (const [name, value] of entries) {
    const line = lines.get(name.toLowerCase()) ?? { name, values: [] }
    line.values.push(value)
    lines.set(name.toLowerCase(), line)
  }
  // Two lines of one name are two lines: a list given to setHeader.
  for (const { name, values } of lines.values()) {
    res.setHeader(name, (values.length === 1 ? values[0] : values.map(String)) as string)
  }
}

/** Writes the header set over what stands on a response. Merging is the engine's: it is asked wherever there is something to merge. */
function stamp(cors: Cors, head: RequestHead, res: NodeResponse, status: number): void {
  const names = res.getHeaderNames()
  if (status !== 304 && !names.some(isTouched)) {
    const entries = cors.entries(head, names)
    for (let i = 0; i < entries.length; i++)
      res.setHeader((entries[i] as HeaderEntry)[0], (entries[i] as HeaderEntry)[1])
    return
  }
  // The engine reads values of these alone. Of the others it may need the names, to expose them.
  const before = new Headers(names.map((name) => [name, isTouched(name) ? String(res.getHeader(name)) : '']))
  const after =
    status === 304
      ? cors.apply(head, new Response(null, { status, headers: before })).headers
      : cors.headers(head, before)
  for (const name of names) if (isTouched(name) && !after.has(name)) res.removeHeader(name)
  for (const [name, value] of after) if (isTouched(name)) res.setHeader(name, value)
}

/** Most names are too short to begin like that: their characters are not looked at. */
function isTouched(name: string): boolean {
  return name === 'vary' || (name.length > 14 && (name.startsWith('access-control-') || name === 'timing-allow-origin'))
}
