// Every wording of every template is read, with all that it tells. No template lacks an example.
import { describe, expect, it } from 'vitest'
import { TEMPLATES } from '../../../src/diagnose/messages/templates.ts'
import { tidy } from '../../../src/diagnose/messages/tidy.ts'
import { recognizeMessage } from '../../../src/diagnose.ts'
import { CHROMIUM_LINES, FIREFOX_LINES, TRIDENT_LINES, WEBKIT_LINES } from './wordings.ts'
import { BEYOND_LINES, NAMED_LINES } from './wordings-beyond.ts'
import { LIBRARY_LINES, RUNTIME_LINES, SERVER_LINES } from './wordings-elsewhere.ts'

const FACTS = ['value', 'url', 'redirectedFrom', 'origin', 'method', 'status'] as const

type Told = Partial<Record<(typeof FACTS)[number], string>>

interface Wording {
  readonly code: string
  readonly name: string | null
  readonly line: string
  readonly told: Told
}

/** Reads a table, and writes each line in all its wordings: each choice once, beside the first of the others. */
function wordingsOf(table: string): readonly Wording[] {
  const rows = table.split('\n').filter((row) => row.trim() !== '')
  return rows.flatMap((row) => {
    const [left = '', right = ''] = row.split(' ⇒ ')
    const [code = '', name = '', ...rest] = left.split(' · ')
    const parts = rest.join(' · ').split(/[⟨⟩]/)
    const choices = parts.map((part, place) => (place % 2 === 0 ? [part] : part.split('¦')))
    const variants = choices.flatMap((some, place) =>
      some.map((one) => choices.map((others, at) => (at === place ? one : (others[0] ?? '')))),
    )
    // In a fact, `$2` stands for what is chosen at the second place.
    const told = (chosen: readonly string[]): Told =>
      Object.fromEntries(
        right
          .split('  ')
          .filter((fact) => fact !== '')
          .map((fact) => fact.replaceAll(/\$(\d)/g, (_, place) => chosen[2 * Number(place) - 1] ?? ''))
          .map((fact) => [fact.slice(0, fact.indexOf('=')), fact.slice(fact.indexOf('=') + 1)]),
      )
    const unique = new Map(variants.map((chosen) => [chosen.join(''), chosen]))
    return [...unique].map(([line, chosen]) => ({ code, name: name === '–' ? null : name, line, told: told(chosen) }))
  })
}

/** What a line tells, without what it does not. */
function toldBy(line: string): unknown {
  const read = recognizeMessage(line)
  if (read === null) return null
  const told = FACTS.map((fact) => [fact, String(read[fact] ?? '')]).filter(([, text]) => text !== '')
  return { speaker: read.speaker, code: read.code, name: read.name, ...Object.fromEntries(told) }
}

const TABLES = [
  ['chromium', CHROMIUM_LINES],
  ['chromium', BEYOND_LINES],
  ['chromium', NAMED_LINES],
  ['firefox', FIREFOX_LINES],
  ['webkit', WEBKIT_LINES],
  ['trident', TRIDENT_LINES],
  ['library', LIBRARY_LINES],
  ['runtime', RUNTIME_LINES],
  ['server', SERVER_LINES],
] as const

describe.each(TABLES)('a line of %s', (speaker, table) => {
  it.each(wordingsOf(table))('$code: $line', ({ code, name, line, told }) => {
    expect(toldBy(line)).toEqual({ speaker, code, name, ...told })
  })
})

it('has an example of every template', () => {
  const lines = TABLES.flatMap(([, table]) => wordingsOf(table)).map(({ line }) => tidy(line).plain)
  const without = TEMPLATES.filter(({ pattern }) => !lines.some((line) => new RegExp(pattern, 'i').test(line)))
  expect(without.map(({ pattern }) => pattern.source)).toEqual([])
})

it.each([
  "No 'Access-Control-Allow-Origin' header is presumed here",
  "No 'Access-Control-Allow-Origin' header was sent by the server",
  "The 'Access-Control-Allow-Origin' header has a value 'https://b.example' in the list, says the log",
  'Request header field x-api-key is not what I want',
  'Method DELETE is not what I want',
  'note: it violates the directive "connect-src"',
  'A Network Error',
  'AxiosError, says the log, and then a status code',
  'Network Error happened',
  'Load failed again',
  'It says Load failed',
  'Script errors are fine',
  'MyScript error.',
  'Blocked By Nobody',
  'OPTIONS https://api.example.com/x 204',
  'OPTIONS https://api.example.com/x 4051',
  'GET https://api.example.com/x 200',
  '"OPTIONS /x HTTP/1.1" 204',
  'ERR_NETWORK_',
  'Http failure response for https://api.example.com/x: 07',
  'SEC7130: [CORS]',
  'Network Error 0x80070006',
  'CORSMissingAllowOrigin3',
  'CORSDidNotSucceed4',
  'CORSDisabledX',
  'MissingAllowOriginHeaders',
  'A cross-origin story',
])('nothing is read into: %s', (line) => {
  expect(recognizeMessage(line)).toBeNull()
})
