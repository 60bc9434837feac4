// What is called a response and is none of Node's: a mock in a test, the stand-in that Socket.IO makes for a WebSocket, a server that is
// not Node's own. Each has a part of the interface, and none promises that headers are sent through `writeHead`.
import type { Cors, RequestHead } from '../src/adapter.ts'
import { isTouched, merged, type NodeResponse, setAll } from './node-response.ts'

type Method = (...args: unknown[]) => unknown

/**
 * Puts the header set on a double now, and once more before it is sent, where it can be read what the application has said since.
 * Some doubles send what they are given and cannot say what that was: to these each line is written once.
 */
export function stampDouble(cors: Cors, head: RequestHead, res: NodeResponse): void {
  // What most often has none is a wrapper: its framework's answer would go out without a header set, and nobody would know why.
  if (!isFunction(res.setHeader))
    throw new TypeError('cors: no setHeader: write "reply.raw" in Fastify, "ctx.res" in Koa')
  stampNow(cors, head, res, res.statusCode ?? 200)
  if (cors.entries(head).some(([name]) => readHeader(res, name) !== undefined)) stampAgain(cors, head, res)
}

function stampAgain(cors: Cors, head: RequestHead, res: NodeResponse): void {
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
        // It was stamped before. What a double refuses now cannot be said on it.
      }
      const rest = name === 'writeHead' && isTaken ? args.slice(0, hasReason ? 2 : 1) : args
      return method.apply(res, rest)
    }
  }
}

function stampNow(cors: Cors, head: RequestHead, res: NodeResponse, status: number): void {
  const names = namesOf(res)
  const before = names.map((name) => [name, isTouched(name.toLowerCase()) ? readHeader(res, name) : ''] as const)
  const after = merged(
    cors,
    head,
    before.map(([name, value]) => [name, String(value)]),
    status,
  )
  for (const name of names) {
    if (!isTouched(name.toLowerCase())) continue
    if (isFunction(res.removeHeader)) res.removeHeader(name)
    // Where nothing can be removed, an empty value grants nothing.
    else if (!after.has(name)) res.setHeader?.(name, '')
  }
  // In the spelling that is usual: a double may tell `vary` from `Vary`.
  for (const [name, value] of after) if (isTouched(name)) res.setHeader?.(spelling(name), value)
}

/** The names on a double as it spells them. One that does not list them is asked about those that matter. */
function namesOf(res: NodeResponse): readonly string[] {
  if (isFunction(res.getHeaderNames)) return res.getHeaderNames()
  const asked = ASKED.flatMap((name) => [name, name.toLowerCase()])
  const found = asked.filter((name) => readHeader(res, name) !== undefined)
  // Without regard to case a double answers to both.
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

function isFunction(value: unknown): value is Method {
  return typeof value === 'function'
}
