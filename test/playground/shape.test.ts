import { describe, expect, it } from 'vitest'
import { headerNames } from '../architecture/header-names.ts'
import { classes, defaultExports, fileLength, importsOf, moduleState, type Rule } from '../architecture/rules.ts'
import { codeOf, sourcesOf } from '../architecture/source.ts'

const sources = sourcesOf('examples/playground')
const page = sources.filter(({ path }) => path.startsWith('examples/playground/src/'))

describe('examples/playground', () => {
  it.each<[string, Rule]>([
    ['default exports', defaultExports],
    ['state in a module', moduleState],
    ['classes but errors', classes],
    ['files that are too long', fileLength],
    // `origin` is a field of the form as well.
    [
      'header names in another case',
      (source) => headerNames(source).filter((found) => !found.endsWith(' writes origin')),
    ],
  ])('has no %s', (_, rule) => {
    expect(sources.length).toBeGreaterThan(25)
    expect(sources.flatMap(rule)).toEqual([])
  })

  it('takes every rule from the surfaces of the package', () => {
    const foreign = page.flatMap((source) => importsOf(source).filter((specifier) => !specifier.startsWith('./')))
    expect([...new Set(foreign)].sort()).toEqual(['corsmith', 'corsmith/diagnose', 'corsmith/policy'])
  })

  it('writes no markup', () => {
    const writers = page.filter(({ text }) =>
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|setHTML/.test(codeOf(text)),
    )
    expect(writers.map(({ path }) => path)).toEqual([])
  })
})
