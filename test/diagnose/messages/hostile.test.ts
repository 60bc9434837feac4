import { describe, expect, it } from 'vitest'
import { TEMPLATES } from '../../../src/diagnose/messages/templates.ts'
import { recognizeMessage } from '../../../src/diagnose.ts'

const LINE =
  "Access to fetch at 'https://api.example.com/x' from origin 'https://app.example.com' has been blocked by CORS policy: It does not have HTTP ok status."

/** How long the reading takes: the best of three, since the machine has other work. */
function milliseconds(text: string): number {
  const times = [0, 1, 2].map(() => {
    const started = performance.now()
    recognizeMessage(text)
    return performance.now() - started
  })
  return Math.min(...times)
}

/** The words of the patterns, each followed by what makes a pattern go on: texts of them are the slowest there are. */
const PIECES = [
  ...new Set(
    TEMPLATES.flatMap(({ pattern }) =>
      pattern.source
        .replace(/\\([/.()'])/g, '$1')
        .split(/\(\?<\w+>|\(\?[:=!]|[()|]|\[[^\]]*\]\{[^}]*\}\??|\\\w(?:\{[^}]*\})?\??|\.\{[^}]*\}\??|\?/)
        .filter((piece) => piece.length > 6),
    ),
  ),
]

describe('a hostile text', () => {
  it('takes bounded time for every repeated piece', { timeout: 120_000 }, () => {
    expect(PIECES.length).toBeGreaterThan(200)
    const slow = PIECES.flatMap((piece) => [piece, `${piece}x `, `${piece} 'http://a/`])
      .map((unit) => unit.repeat(Math.ceil(20_000 / unit.length)))
      .filter((text) => {
        const started = performance.now()
        recognizeMessage(text)
        return performance.now() - started > 400 && milliseconds(text) > 400
      })
      .map((text) => text.slice(0, 60))
    expect(slow).toEqual([])
  })

  it.each([
    ['letters', 'x'.repeat(10_000_000)],
    ['frames', 'Access to fetch at '.repeat(520_000)],
    ['entities', '&#39;'.repeat(2_000_000)],
    ['quotation marks', "'".repeat(10_000_000)],
    ['escapes', '\u001b['.repeat(5_000_000)],
  ])('of ten megabytes is no burden: %s', (_, text) => {
    expect(milliseconds(text)).toBeLessThan(1_000)
  })

  it('does not hide a line behind ten megabytes of other lines', () => {
    expect(recognizeMessage(`${'GET /health 200\n'.repeat(600_000)}${LINE}\n${'x\n'.repeat(1_000_000)}`)?.code).toBe(
      'preflight-status',
    )
  })

  it('passes no control character on', () => {
    const message = recognizeMessage(
      LINE.replace('/x', '/x\u0007\u202e\u0000y').replace('CORS', '\u001b[31mCORS\u001b[0m'),
    )
    expect(message?.code).toBe('preflight-status')
    expect(JSON.stringify(message)).not.toMatch(/\p{Cc}|\u202e|\\u00/u)
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('may hold the name %s', (name) => {
    expect(recognizeMessage(`&${name};`)).toBeNull()
    expect(
      recognizeMessage(`Request header field ${name} is not allowed by Access-Control-Allow-Headers.`),
    ).toMatchObject({ code: 'header-not-allowed', value: name })
    expect(recognizeMessage(name)).toBeNull()
  })

  it('puts no pattern of a replacement into a sentence', () => {
    expect(
      recognizeMessage('Method $& is not allowed by Access-Control-Allow-Methods in preflight response.')?.meaning,
    ).toContain('the method $&')
  })
})
