import type { Cors, HeaderEntry, RequestHead } from '../src/adapter.ts'

/**
 * What the adapter uses of a `ServerResponse` or an `Http2ServerResponse`. What stands in for one, in a test or in front of a
 * WebSocket, may have less of it.
 */
export interface NodeResponse {
  statusCode?: number
  readonly headersSent?: boolean
  getHeader?(name: string): number | string | readonly string[] | undefined
  getHeaderNames?(): string[]
  setHeader?(name: string, value: string | readonly string[]): unknown
  removeHeader?(name: string): unknown
  writeHead?(status: number, ...rest: never[]): unknown
  end(...args: never[]): unknown
}

/** A response that Node sends: all of the interface is there, and every way to send headers ends in `writeHead`. */
export type OwnResponse = Required<NodeResponse>

type WriteHead = (status: number, reason?: unknown, headers?: unknown) => unknown

/** Tells a response of `node:http` or `node:http2`, and what inherits from one, by a method that nobody else has. */
export function isNodesOwn(res: NodeResponse): res is OwnResponse {
  return '_implicitHeader' in res || 'createPushResponse' in res
}

/** Puts the header set on a response at the last moment. Whoever sends headers, and however: it ends in `writeHead`. */
export function stampWhenSent(cors: Cors, head: RequestHead, res: OwnResponse, report: (error: unknown) => void): void {
  const writeHead = res.writeHead as WriteHead
  res.writeHead = (status: number, reason?: unknown, headers?: unknown) => {
    // A 101 hands the connection over: it is no answer that a page reads.
    if (res.headersSent || status === 101) return writeHead.call(res, status, reason, headers)
    const hasReason = typeof reason === 'string'
    // What cannot be set, writeHead refuses as well, in its own words.
    if (!setAll(res, hasReason ? headers : (reason ?? headers))) return writeHead.call(res, status, reason, headers)
    try {
      stamp(cors, head, res, status)
    } catch (error) {
      // Here an error would end the application in the middle of an answer that it has nothing to do with.
      report(error)
      for (const name of res.getHeaderNames()) if (isTouched(name) && name !== 'vary') res.removeHeader(name)
    }
    return hasReason ? writeHead.call(res, status, reason) : writeHead.call(res, status)
  }
}

/** Answers without content in one write, where nobody has said anything that the header set would have to be merged with. */
export function answerAtOnce(
  { status, entries }: { readonly status: number; readonly entries: readonly HeaderEntry[] },
  res: OwnResponse,
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

/**
 * Takes over the headers given to `writeHead`: an object, a flat list of names and values, or a list of pairs. False where one of them
 * cannot be set.
 */
export function setAll(res: NodeResponse, given: unknown): boolean {
  if (typeof given !== 'object' || given === null) return true
  const lines = new Map<string, { readonly name: string; readonly values: unknown[] }>()
  for (const [name, value] of linesOf(given)) {
    // Node skips them too.
    if (name === '') continue
    const line = lines.get(name.toLowerCase()) ?? { name, values: [] }
    line.values.push(value)
    lines.set(name.toLowerCase(), line)
  }
  try {
    // Two lines of one name are two lines: a list given to setHeader.
    for (const { name, values } of lines.values()) {
      res.setHeader?.(name, (values.length === 1 ? values[0] : values.flat().map(String)) as string)
    }
    return res.setHeader !== undefined
  } catch {
    return false
  }
}

function linesOf(given: object): readonly (readonly [name: string, value: unknown])[] {
  if (!Array.isArray(given)) return Object.entries(given)
  // A value may be a list itself, so only a list of pairs is made flat.
  const flat: unknown[] = Array.isArray(given[0]) ? given.flat() : given
  return flat.flatMap((name, i) => (i % 2 === 0 ? [[String(name), flat[i + 1]] as const] : []))
}

/** Writes the header set over what stands on a response. Merging is the engine's: it is asked wherever there is something to merge. */
function stamp(cors: Cors, head: RequestHead, res: OwnResponse, status: number): void {
  const names = res.getHeaderNames()
  if (status !== 304 && !names.some(isTouched)) {
    const entries = cors.entries(head, names)
    for (let i = 0; i < entries.length; i++)
      res.setHeader((entries[i] as HeaderEntry)[0], (entries[i] as HeaderEntry)[1])
    return
  }
  // The engine reads values of these alone. Of the others it may need the names, to expose them.
  const before = names.map((name) => [name, isTouched(name) ? String(res.getHeader(name)) : ''] as const)
  const after = merged(cors, head, before, status)
  for (const name of names) if (isTouched(name) && !after.has(name)) res.removeHeader(name)
  for (const [name, value] of after) if (isTouched(name)) res.setHeader(name, value)
}

/** The headers of a response after the engine has seen them. */
export function merged(
  cors: Cors,
  head: RequestHead,
  lines: readonly (readonly [name: string, value: string])[],
  status: number,
): Headers {
  const before = new Headers(lines.filter(([name]) => !name.startsWith(':')) as [string, string][])
  return status === 304
    ? cors.apply(head, new Response(null, { status, headers: before })).headers
    : cors.headers(head, before)
}

/** Most names are too short to begin like that: their characters are not looked at. */
export function isTouched(name: string): boolean {
  return name === 'vary' || (name.length > 14 && (name.startsWith('access-control-') || name === 'timing-allow-origin'))
}
