// What is pasted, and the whole request that it describes: each test names what differs from a GET without headers.
import { expect, it } from 'vitest'
import { parseCommands } from '../../../src/diagnose.ts'

export const URL = 'https://api.example.com/items'
export const FORM = ['Content-Type', 'application/x-www-form-urlencoded'] as const
export const JSON_TYPE = ['Content-Type', 'application/json'] as const

/** A GET of the URL without headers, but for what differs. */
export function request(differs: object = {}): object {
  return { url: URL, method: 'GET', headers: [], ...differs }
}

/** What is pasted into a shell, and what differs. */
export type Row = readonly [what: string, pasted: string, request?: object]

/** Adds a test for each text that is pasted. */
export function reads(rows: readonly Row[]): void {
  for (const [what, pasted, differs] of rows)
    it(`reads ${what}`, () => expect(parseCommands(pasted)).toStrictEqual([request(differs)]))
}
