import { expect } from 'vitest'
import { recognizeServer } from '../../../src/diagnose/fixes/detect.ts'
import { SIGNS } from '../../../src/diagnose/fixes/signs.ts'
import { type Exchange, evidenceOf, seen, URL_ } from './exchange.ts'

/** Answers that show a sign, and answers that look like it and do not. */
export interface Product {
  readonly target: string
  readonly layer: 'application' | 'platform' | 'server'
  readonly says: string
  /** Whether the sign suffices alone. Absent: it does. */
  readonly isWeak?: true
  readonly shown: readonly Exchange[]
  readonly not: readonly Exchange[]
}

export type Row = readonly [
  target: string,
  says: string,
  shown: readonly Exchange[],
  not: readonly Exchange[],
  isWeak?: true,
]

export const rowsOf = (layer: Product['layer'], rows: readonly Row[]): Product[] =>
  rows.map(([target, says, shown, not, isWeak]) => ({ target, layer, says, shown, not, ...(isWeak && { isWeak }) }))

export const by = (name: string, ...values: string[]): Exchange[] =>
  values.map((value) => ({ headers: [[name, value]] }))
export const page = (...bodies: string[]): Exchange[] => bodies.map((body) => ({ status: 404, body }))
export const plain = (...bodies: string[]): Exchange[] =>
  bodies.map((body) => ({ status: 404, body, headers: [['Content-Type', 'text/plain; charset=utf-8']] }))
export const html = (...bodies: string[]): Exchange[] =>
  bodies.map((body) => ({ status: 404, body, headers: [['Content-Type', 'text/html']] }))
export const at = (...urls: string[]): Exchange[] => urls.map((url) => ({ url }))

/** The signs that one answer shows. */
const signsOf = (exchange: Exchange) => {
  const answer = seen(exchange)
  const evidence = evidenceOf([answer], { request: { url: exchange.url ?? URL_ } })
  return SIGNS.filter(({ shows, needs }) => (needs?.(evidence) ?? true) && shows(answer)).map(
    ({ layer, target, says }) => ({ layer, target, says }),
  )
}

/** What these answers are recognized as, for a call of the first one's URL. */
export const recognized = (...exchanges: Exchange[]) =>
  recognizeServer(evidenceOf(exchanges.map(seen), { request: { url: exchanges[0]?.url ?? URL_ } }))

/** Expects the sign in each example, and in nothing like it. */
export function isTold({ target, layer, says, shown, not, isWeak }: Product): void {
  for (const exchange of shown) {
    expect(signsOf(exchange), JSON.stringify(exchange)).toContainEqual({ layer, target, says })
    const found = recognized(exchange)
    if (isWeak) expect(found, JSON.stringify(exchange)).toBeNull()
    else expect(found, JSON.stringify(exchange)).toMatchObject({ target, signs: expect.arrayContaining([says]) })
  }
  for (const exchange of not)
    expect(signsOf(exchange), JSON.stringify(exchange)).not.toContainEqual({ layer, target, says })
}
