import { type Cors, type HeaderEntry, type RequestHead, readEntries } from '../src/runtime-adapter.ts'

/**
 * The part of a `ServerResponse` or an `Http2ServerResponse` that the adapter uses. A stand-in for
 * one, in a test or for a WebSocket, may have fewer methods.
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

/**
 * A response that Node sends. It has every method, and every way to send headers ends in
 * `writeHead`.
 */
export type OwnResponse = Required<NodeResponse>

/** A response that takes headers. */
export type SettableResponse = NodeResponse & Required<Pick<NodeResponse, 'setHeader'>>

type WriteHead = (status: number, reason?: unknown, headers?: unknown) => unknown

/**
 * Recognizes a response of `node:http` or `node:http2` by a method that only these and their
 * subclasses have.
 */
export function isNodesOwn(res: NodeResponse): res is OwnResponse {
  return '_implicitHeader' in res || 'createPushResponse' in res
}

/**
 * Puts the header set on a response at the last moment, in `writeHead`. Node calls `writeHead` for
 * every way to send headers, so no handler can lose the header set.
 */
export function stampWhenSent(cors: Cors, head: RequestHead, res: OwnResponse, report: (error: unknown) => void): void {
  const writeHead = res.writeHead as WriteHead
  res.writeHead = (status: number, reason?: unknown, headers?: unknown) => {
    // A 101 hands the connection over. A page does not read its headers.
    if (res.headersSent || status === 101) return writeHead.call(res, status, reason, headers)
    const hasReason = typeof reason === 'string'
    // writeHead refuses the same headers that setHeader does, with an error that names them.
    if (!setAll(res, hasReason ? headers : (reason ?? headers))) return writeHead.call(res, status, reason, headers)
    try {
      stamp(cors, head, res, status)
    } catch (error) {
      // An error thrown here would end the process, in the middle of an answer of the application.
      report(error)
      for (const name of res.getHeaderNames()) if (isTouched(name) && name !== 'vary') res.removeHeader(name)
    }
    return hasReason ? writeHead.call(res, status, reason) : writeHead.call(res, status)
  }
}

/**
 * Answers a preflight in one write. That is the fast way, for a response that has no header with
 * which the header set would have to be merged.
 *
 * @returns whether the answer was sent
 */
export function answerAtOnce(
  { status, entries }: { readonly status: number; readonly entries: readonly HeaderEntry[] },
  res: OwnResponse,
): boolean {
  if (res.getHeaderNames().some(isTouched) || res.headersSent) return false
  // An object, because some middlewares replace writeHead by a function that misreads lists
  // (CVE-2025-7339). A loop by index, because Object.fromEntries takes longer than the engine.
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
 * Sets the headers that were passed to `writeHead`: an object, a flat list of names and values, or
 * a list of pairs.
 *
 * @returns false if one of them cannot be set
 */
export function setAll(res: SettableResponse, given: unknown): boolean {
  if (typeof given !== 'object' || given === null) return true
  const lines = new Map<string, { readonly name: string; readonly values: unknown[] }>()
  for (const [name, value] of linesOf(given)) {
    // Node skips empty names too.
    if (name === '') continue
    const line = lines.get(name.toLowerCase()) ?? { name, values: [] }
    line.values.push(value)
    lines.set(name.toLowerCase(), line)
  }
  try {
    // setHeader writes a list as several lines of one name.
    for (const { name, values } of lines.values()) {
      res.setHeader(name, (values.length === 1 ? values[0] : values.flat().map(String)) as string)
    }
    return true
  } catch {
    return false
  }
}

function linesOf(given: object): readonly (readonly [name: string, value: unknown])[] {
  if (!Array.isArray(given)) return Object.entries(given)
  // A value may be a list itself, so only a list of pairs is flattened.
  const flat: unknown[] = Array.isArray(given[0]) ? given.flat() : given
  return flat.flatMap((name, i) => (i % 2 === 0 ? [[String(name), flat[i + 1]] as const] : []))
}

/**
 * Writes the header set over the headers of a response. Where headers have to be merged, the engine
 * does it.
 */
function stamp(cors: Cors, head: RequestHead, res: OwnResponse, status: number): void {
  const names = res.getHeaderNames()
  if (status !== 304 && !names.some(isTouched)) {
    const entries = readEntries(cors, head, names)
    for (let i = 0; i < entries.length; i++)
      res.setHeader((entries[i] as HeaderEntry)[0], (entries[i] as HeaderEntry)[1])
    return
  }
  // The engine reads the values of CORS headers only. It needs the names of all, for
  // `exposedHeaders`.
  const before = names.map((name) => [name, isTouched(name) ? String(res.getHeader(name)) : ''] as const)
  const after = mergeHeaders(cors, head, before, status)
  for (const name of names) if (isTouched(name)) res.removeHeader(name)
  for (const [name, value] of after) if (isTouched(name)) res.setHeader(name, value)
}

/** Gives the headers of a response with the header set merged into them. */
export function mergeHeaders(
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

/** Tells whether the engine may read or change a header. */
export function isTouched(name: string): boolean {
  return name === 'vary' || name.startsWith('access-control-') || name === 'timing-allow-origin'
}
