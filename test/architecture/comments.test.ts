import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  AVOIDED,
  bracedThrows,
  commentBreaches,
  fencedExamples,
  LONGEST_COMMENT,
  plainWords,
  shortComments,
} from './comments.ts'
import type { Rule } from './rules.ts'
import { sourcesOf } from './source.ts'

const sources = sourcesOf('src', 'adapters')
const finds = (rule: Rule, text: string) => rule({ path: 'src/server/planted.ts', text }).length

describe('comments of src and adapters', () => {
  it(`fence examples, put errors in braces, have lines of ${LONGEST_COMMENT} columns at most, and plain words`, () => {
    expect(sources.flatMap(commentBreaches)).toEqual([])
  })
})

describe('the pages', () => {
  // The changelog is history.
  const pages = ['.', 'docs', 'docs/errors', 'docs/migrate'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.md') && name !== 'CHANGELOG.md')
      .map((name) => `${folder}/${name}`),
  )

  it('avoid the words that CONTRIBUTING.md avoids', () => {
    expect(pages.length).toBeGreaterThan(50)
    const found = pages.flatMap((page) => {
      // CONTRIBUTING.md quotes the words.
      const text = readFileSync(page, 'utf8').replaceAll(/Avoid "[^.]*\./g, '')
      return (text.match(AVOIDED) ?? []).map((word) => `${page} says "${word}"`)
    })
    expect(found).toEqual([])
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

  it('find a word to avoid in a comment and in a text, and no word of code', () => {
    expect(finds(plainWords, '// Whoever asks gets whatever there is.')).toBe(2)
    expect(finds(plainWords, "const a = 'a name that is none'")).toBe(1)
    expect(finds(plainWords, '/** Null where there is none. It is none of these. */')).toBe(0)
    expect(finds(plainWords, 'const whatever = 1')).toBe(0)
  })
})
