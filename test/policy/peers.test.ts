import { describe, expect, it } from 'vitest'
import { checkPolicy, createCors } from '../../src/index.ts'

function errors(policy: unknown) {
  return checkPolicy(policy)
    .filter(({ severity }) => severity === 'error')
    .map(({ path, message, suggestion }) => ({ place: path.join('.'), message, suggestion }))
}

// What other libraries take without a word, row by row of a survey of nine; the names of the rows are the survey's.
describe('a configuration that other libraries take', () => {
  it.each<[string, string, unknown, string, string | number | undefined]>([
    ['S13', 'credentials and nothing else', { credentials: true }, 'origins', undefined],
    ['S14', '"*" with credentials', { origins: '*', credentials: true }, 'origins', undefined],
    ['S14b', 'reflection with credentials', { origins: true, credentials: true }, 'origins', undefined],
    ['S15', 'nothing', {}, 'origins', undefined],
    ['S16', 'a RegExp with a memory', { origins: [/^https:\/\/a\.example$/g] }, 'origins.0', 'https://a.example'],
    [
      'S17',
      'a RegExp without anchors',
      { origins: [/example\.com/], credentials: true },
      'origins.0',
      'https://*.example.com',
    ],
    ['S19', 'a max-age that is no number', { origins: ['https://a.example'], maxAge: Number.NaN }, 'maxAge', undefined],
    ['S19b', 'a max-age of thirty years', { origins: ['https://a.example'], maxAge: 1e9 }, 'maxAge', 86_400],
    [
      'S25',
      'a trailing slash',
      { origins: ['https://a.example/'], credentials: true },
      'origins.0',
      'https://a.example',
    ],
    ['S26', 'a host name', { origins: ['a.example'], credentials: true }, 'origins.0', 'https://a.example'],
    ['S29', 'undefined', { origins: undefined, credentials: true }, 'origins', undefined],
    ['S30', 'an empty text', { origins: '', credentials: true }, 'origins', undefined],
    ['S31', 'an empty list', { origins: [], credentials: true }, 'origins', undefined],
    [
      'S33',
      'a list in one text',
      { origins: 'https://a.example,https://b.example', credentials: true },
      'origins',
      undefined,
    ],
    ['S35', 'upper case', { origins: ['https://A.example'], credentials: true }, 'origins.0', 'https://a.example'],
    [
      'S36',
      'the default port',
      { origins: ['https://a.example:443'], credentials: true },
      'origins.0',
      'https://a.example',
    ],
    ['S38', 'a misspelt option', { orgin: ['https://a.example'], credentials: true }, 'orgin', 'origins'],
  ])('%s, %s, is refused with a sentence', (_, __, policy, place, suggestion) => {
    const found = errors(policy)
    expect(found.map((issue) => issue.place)).toContain(place)
    expect(found.find((issue) => issue.place === place)?.suggestion).toBe(suggestion)
    expect(() => createCors(policy as never)).toThrow(found[0]?.message)
  })

  it('S28, names that are none, is refused at each of them', () => {
    const found = errors({
      origins: ['https://a.example'],
      methods: ['get post'],
      requestHeaders: ['x y'],
      exposedHeaders: ['set-cookie'],
    })
    expect(found.map(({ place }) => place)).toEqual(['methods.0', 'requestHeaders.0', 'exposedHeaders.0'])
  })

  it('S33 shows the list that was meant', () => {
    expect(errors({ origins: 'https://a.example,https://b.example' })[0]?.message).toContain(
      'write ["https://a.example","https://b.example"]',
    )
  })

  it.each([
    ['S18, a max-age of 0', { origins: ['https://a.example', 'https://b.example'], credentials: true, maxAge: 0 }],
    ['S34, one origin, as a list of one', { origins: ['https://a.example'], credentials: true }],
    ['S37, subdomains with credentials', { origins: ['https://*.a.example'], credentials: true }],
  ])('%s, constructs', (_, policy) => {
    expect(errors(policy)).toEqual([])
  })
})
