import { describe, expect, it } from 'vitest'
import { linesOfCases, loadCases } from './compile.ts'

const correct = await loadCases('correct.ts')
const lines = linesOfCases('correct.ts')

// That these compile is checked by mistakes.test.ts, whose expectation names no line of correct.ts.
describe('a correct policy', () => {
  it('is there at least 40 times', () => {
    expect(correct.length).toBeGreaterThanOrEqual(40)
    expect(lines).toHaveLength(correct.length)
  })

  it.each(correct.map((construct, index) => ({ construct, line: lines[index] })))(
    'constructs on line $line',
    ({ construct }) => {
      expect(construct).not.toThrow()
    },
  )
})
