// Doubles: objects that stand in for a response of Node's. A mock in a test is one, so is the
// object that Socket.IO makes for a WebSocket, and the response of a server that is not Node's. A
// double has a part of the interface, and may send headers without a call of `writeHead`.
import type { Cors, RequestHead } from '../src/runtime-adapter.ts'
import { isTouched, mergeHeaders, type NodeResponse, type SettableResponse, setAll } from './node-response.ts'

type Method = (...args: unknown[]) => unknown

/**
 * Puts the header set on a double now, and again before the double is sent, because the application
 * may have set headers since. Some doubles cannot be read: on these each header is written once,
 * now.
 */
export function stampDouble(cors: Cors, head: RequestHead, res: NodeResponse): void {
  // An object without `setHeader` is most often a framework's wrapper. Its answers would have no
  // header set, so this is an error.
  if (!canSet(res)) throw new TypeError('cors: no setHeader: use corsmith/fastify in Fastify, corsmith/koa in Koa')
  stampNow(cors, head, res, res.statusCode ?? 200)
  if (cors.entries(head).some(([name]) => readHeader(res, name) !== undefined)) stampAgain(cors, head, res)
}

function stampAgain(cors: Cors, head: RequestHead, res: SettableResponse): void {
  const methods = res as unknown as Record<string, Method | undefined>
  let isSent = false
  for (const name of ['writeHead', 'write', 'end']) {
    const method = methods[name]
    if (!isFunction(method)) continue
    methods[name] = (...args) => {
      if (isSent) return method.apply(res, args)
      isSent = true
      const [status, reason, headers] = name === 'writeHead' ? args : [res.statusCode]
      const hasReason = typeof reason === 'string'
      const isTaken = setAll(res, hasReason ? headers : (reason ?? headers))
      try {
        stampNow(cors, head, res, Number(status ?? 200))
      } catch {
        // The double refuses headers at this point. It has those that were set before.
      }
      const rest = name === 'writeHead' && isTaken ? args.slice(0, hasReason ? 2 : 1) : args
      return method.apply(res, rest)
    }
  }
}

function stampNow(cors: Cors, head: RequestHead, res: SettableResponse, status: number): void {
  const names = namesOf(res)
  const before = names.map((name) => [name, isTouched(name.toLowerCase()) ? readHeader(res, name) : ''] as const)
  const after = mergeHeaders(
    cors,
    head,
    before.map(([name, value]) => [name, String(value)]),
    status,
  )
  for (const name of names) {
    if (!isTouched(name.toLowerCase())) continue
    if (isFunction(res.removeHeader)) res.removeHeader(name)
    // A double that cannot remove a header gets an empty value, which grants nothing.
    else res.setHeader(name, '')
  }
  // In the usual spelling, because a double may keep `vary` and `Vary` apart.
  for (const [name, value] of after) if (isTouched(name)) res.setHeader(spelling(name), value)
}

/**
 * Lists the header names of a double, as it spells them. A double without a list is asked for each
 * CORS header.
 */
function namesOf(res: NodeResponse): readonly string[] {
  if (isFunction(res.getHeaderNames)) return res.getHeaderNames()
  const asked = ASKED.flatMap((name) => [name, name.toLowerCase()])
  const found = asked.filter((name) => readHeader(res, name) !== undefined)
  // A double that ignores case answers for both spellings, so each name is kept once.
  return [...new Map(found.map((name) => [name.toLowerCase(), name])).values()]
}

function readHeader(res: NodeResponse, name: string): unknown {
  return isFunction(res.getHeader) ? (res.getHeader(name) ?? undefined) : undefined
}

const ASKED = ['Vary', 'Timing-Allow-Origin'].concat(
  'Allow-Origin Allow-Credentials Allow-Methods Allow-Headers Expose-Headers Max-Age Allow-Private-Network'
    .split(' ')
    .map((name) => `Access-Control-${name}`),
)

function spelling(name: string): string {
  return name.replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase())
}

function canSet(res: NodeResponse): res is SettableResponse {
  return isFunction(res.setHeader)
}

function isFunction(value: unknown): value is Method {
  return typeof value === 'function'
}
