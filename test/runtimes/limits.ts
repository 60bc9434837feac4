// Cells that a framework makes impossible. Each is run all the same and must fail: when it holds, the limit is gone and must go here.
import type { Limit } from './target.ts'

export const LIMITS: readonly Limit[] = [
  ...of('node:http2', ['S27', 'S27b'], "Node's HTTP/2 server has no `upgrade`: WebSockets need HTTP/1.1 there."),
]

function of(target: string, rows: readonly string[], reason: string): readonly Limit[] {
  return rows.map((row) => ({ target, row, reason }))
}

export function limitOf(target: string, row: string): Limit | undefined {
  return LIMITS.find((limit) => limit.target === target && limit.row === row)
}
