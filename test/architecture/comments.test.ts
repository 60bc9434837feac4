import { describe, expect, it } from 'vitest'
import {
  allBreaches,
  bracedThrows,
  commentBreaches,
  fencedExamples,
  LONGEST_COMMENT,
  shortComments,
  UNFINISHED,
} from './comments.ts'
import { type Rule, roomOf } from './rules.ts'
import { sourcesOf } from './source.ts'

const sources = sourcesOf('src', 'adapters')
const finds = (rule: Rule, text: string) => rule({ path: 'src/server/planted.ts', text }).length

describe('comments of src and adapters', () => {
  it(`fence examples, put errors in braces, and have lines of ${LONGEST_COMMENT} columns at most`, () => {
    expect(sources.flatMap(commentBreaches)).toEqual([])
  })

  it('need each exemption of a room', () => {
    const needed = new Set(sources.filter((source) => allBreaches(source).length > 0).map(({ path }) => roomOf(path)))
    expect(UNFINISHED.filter((room) => !needed.has(room))).toEqual([])
  })
})

describe('the rules for comments', () => {
  it('find an example without a fence, and without a language', () => {
    expect(finds(fencedExamples, '/**\n * @example\n * cors({})\n */')).toBe(1)
    expect(finds(fencedExamples, '/** @example cors({}) */')).toBe(1)
    expect(finds(fencedExamples, '/**\n * @example\n * ```\n * cors({})\n * ```\n */')).toBe(1)
    expect(finds(fencedExamples, '/**\n * @example\n * ```ts\n * cors({})\n * ```\n */')).toBe(0)
    expect(finds(fencedExamples, "const a = '@example b'")).toBe(0)
  })

  it('find an error without braces', () => {
    expect(finds(bracedThrows, '/**\n * @throws TypeError for a name\n */')).toBe(1)
    expect(finds(bracedThrows, '/** @throws CorsPolicyError */')).toBe(1)
    expect(finds(bracedThrows, '/** @throws {TypeError} for a name */')).toBe(0)
    expect(finds(bracedThrows, '/** @throws what the handler threw */')).toBe(0)
  })

  it('find a long line of a comment, and leave code and addresses alone', () => {
    const long = 'word '.repeat(30)
    expect(finds(shortComments, `const a = 1\n// ${long}`)).toBe(1)
    expect(finds(shortComments, `/**\n * ${long}\n * ${long}\n */`)).toBe(2)
    expect(finds(shortComments, `const a = f(${"'word', ".repeat(30)})`)).toBe(0)
    expect(finds(shortComments, `/**\n * @see https://example.com/${'a'.repeat(LONGEST_COMMENT)}\n */`)).toBe(0)
    expect(finds(shortComments, `/** ${'a '.repeat(48)}*/`)).toBe(0)
  })
})
