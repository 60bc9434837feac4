import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ROWS } from '../../../src/diagnose/findings/rows.ts'
import { NOT_VISIBLE, recognizeMessage } from '../../../src/diagnose.ts'
import { INVISIBLE, VISIBLE } from './causes.ts'

describe('the causes of what people call a CORS error', () => {
  it('are seventy or more', () => expect(VISIBLE.length + INVISIBLE.length).toBeGreaterThanOrEqual(70))

  it.each(VISIBLE)('%s has a finding of its own', (_, ...codes) => {
    const known: readonly string[] = ROWS.map(({ code }) => code)
    expect(codes.filter((code) => !known.includes(code))).toEqual([])
  })

  it.each(INVISIBLE)('%s cannot be seen from outside, and that is said', (_, said, line) => {
    expect(NOT_VISIBLE.filter((sentence) => said.test(sentence))).toHaveLength(1)
    if (line !== null) expect(recognizeMessage(line)).not.toBeNull()
  })

  it('are explained where nothing is wrong: curl and the runtimes of tests enforce nothing', () => {
    const page = readFileSync(new URL('../../../docs/console-messages.md', import.meta.url), 'utf8')
    expect(page).toContain('works in curl and Postman')
  })
})
