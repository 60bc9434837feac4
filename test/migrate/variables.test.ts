// Options that a file spells out in several places, and those that depend on what runs.
import { describe, expect, it } from 'vitest'
import { findOptions } from '../../src/migrate/source/calls.ts'

const django = (text: string) => findOptions(text, 'python', 'django')
const flask = (text: string) => findOptions(text, 'python', 'flask').map(({ options, why }) => options ?? why)
const express = (text: string) =>
  findOptions(`import cors from 'cors'\n${text}`, 'javascript', 'express').map(({ options, why }) => options ?? why)

describe('Python settings with variables', () => {
  it('reads constants of the same file, joined lists, and texts without placeholders', () => {
    const text = `ORIGINS = ["https://a.com"]  # ours
MORE: list[str] = [*ORIGINS, f"https://b.com"] + [
    "https://" "c.com",
]
CORS_ALLOWED_ORIGINS = MORE
CORS_ALLOW_HEADERS = ("a",) + ("b",)
`
    expect(django(text)).toMatchObject([
      {
        line: 5,
        options: {
          CORS_ALLOWED_ORIGINS: ['https://a.com', 'https://b.com', 'https://c.com'],
          CORS_ALLOW_HEADERS: ['a', 'b'],
        },
      },
    ])
    expect(flask(`O = "https://a.com"\nCORS(app, origins=[O], supports_credentials=True)`)).toEqual([
      { origins: ['https://a.com'], supports_credentials: true },
    ])
  })

  it.each([
    ['CORS_ALLOWED_ORIGINS = [f"https://{HOST}"]', 1, 'filled in'],
    ['CORS_ALLOWED_ORIGINS = ["https://a.com"] + env.list("X")', 1, 'not written out'],
    ['CORS_ALLOW_ALL_ORIGINS = True if DEBUG else False', 1, 'a calculation'],
    ['if DEBUG:\n    CORS_ALLOW_ALL_ORIGINS = True', 2, 'in a block'],
    ['A = ["https://a.com"]\nA.append(x)\nCORS_ALLOWED_ORIGINS = A', 3, 'changed later'],
    ['A = A\nCORS_ALLOWED_ORIGINS = A', 2, 'stands for itself'],
    ['CORS_ALLOWED_ORIGINS += ["https://a.com"]', 1, 'changed here'],
    ['A = ["a"] if x else []\nCORS_ALLOWED_ORIGINS = A', 2, 'not written out'],
  ])('lists %j', (text, line, why) => {
    expect(django(text)).toMatchObject([{ line, options: null, why: expect.stringContaining(why) }])
  })
})

describe('JavaScript options with variables', () => {
  it('reads spreads and short properties', () => {
    const text = `const a = ['https://a.com']\nconst origin = [...a, 'https://b.com'] as const\nconst methods = 'GET'\napp.use(cors({ origin, methods, maxAge: 5 }))`
    expect(express(text)).toEqual([{ origin: ['https://a.com', 'https://b.com'], methods: 'GET', maxAge: 5 }])
  })

  it.each([
    [`const origin = ['https://a.com'].concat(process.env.X)\napp.use(cors({ origin }))`, 'not written out'],
    [`const origin = ['https://a.com']\norigin.push(x)\napp.use(cors({ origin }))`, 'changed later'],
    [`const a = [...a]\napp.use(cors({ origin: a }))`, 'stands for itself'],
    [`app.use(cors({ origin: [...list] }))`, 'not written out'],
  ])('lists %j', (text, why) => {
    expect(express(text)).toEqual([expect.stringContaining(why)])
  })
})
