import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { CorsPolicyError } from '../../src/index.ts'
import { CASES, COMPILERS, compile, linesOfCases, loadCases, sentencesByLine, versionOf } from './compile.ts'

const mistakes = await loadCases('mistakes.ts')
const EXPECTED = readFileSync(join(CASES, 'expected.txt'), 'utf8')

const SOURCE = readFileSync(join(CASES, 'mistakes.ts'), 'utf8').split('\n')

/** Where the compiler says the sentence but not the correction: that takes the URL parser, or the text of a RegExp. */
const UNFINISHED = [
  "origins: ['https://b.com:080']",
  "origins: ['https://münchen.de']",
  "origins: ['http://127.1']",
  'origins: [/^https:\\/\\/.*\\.example\\.com$/]',
  "origins: [new URL('https://a.com')]",
  'origins: /example\\.com$/',
  'requestHeaders: [/^x-/]',
]

describe.each(COMPILERS)('the compiler of TypeScript $version', ({ version, folder }) => {
  let output = ''
  beforeAll(() => {
    output = compile(folder, 'tsconfig.json')
  }, 60_000)

  it('is the release that it is said to be', () => {
    expect(versionOf(folder)).toMatch(new RegExp(`^${version.replace('.', '\\.')}\\.`))
  })

  it('prints the expected text for the mistakes, and nothing for what is correct', () => {
    expect(output).toBe(EXPECTED)
  })
})

describe.each(COMPILERS)('the compiler of TypeScript $version, when it is not strict', ({ folder }) => {
  it('takes what is correct', () => {
    const output = compile(folder, 'tsconfig.loose.json')
    expect(output.split('\n').filter((line) => line.startsWith('correct.ts'))).toEqual([])
  }, 60_000)
})

describe('createCors() and the compiler', () => {
  const lines = linesOfCases('mistakes.ts')
  const compiled = sentencesByLine(EXPECTED, 'mistakes.ts')
  const cases = mistakes.map((mistake, index) => ({ mistake, line: lines[index] ?? 0 }))

  it('know at least 80 mistakes', () => {
    expect(lines).toHaveLength(mistakes.length)
    expect(mistakes.length).toBeGreaterThanOrEqual(80)
    expect(compiled.size).toBe(mistakes.length)
  })

  it.each(cases)('say the same words about line $line', ({ mistake, line }) => {
    const sentences = compiled.get(line) ?? []
    const messages = messagesOf(mistake)
    expect(sentences).toHaveLength(1)
    for (const sentence of sentences) {
      expect(
        messages.some((message) => message === sentence || message.startsWith(`${sentence}: `)),
        `${sentence}\n${messages.join('\n')}`,
      ).toBe(true)
    }
  })

  it('differ only where the correction cannot be computed from types', () => {
    const unfinished = cases.filter(({ mistake, line }) => !messagesOf(mistake).includes(compiled.get(line)?.[0] ?? ''))
    expect(unfinished.map(({ line }) => /\{ (?:\.\.\.options, )?(.*) \}\)/.exec(SOURCE[line - 1] ?? '')?.[1])).toEqual(
      UNFINISHED,
    )
  })
})

function messagesOf(mistake: () => unknown): readonly string[] {
  try {
    mistake()
  } catch (error) {
    if (error instanceof CorsPolicyError) return error.issues.map(({ message }) => message)
    throw error
  }
  throw new Error('this policy constructs')
}
