import { describe, expect, it } from 'vitest'
import { SIGNS } from '../../../src/diagnose/fixes/signs.ts'
import { IN_APPLICATIONS } from './applications.ts'
import { IN_FRONT } from './platforms.ts'
import { isTold } from './product.ts'

describe('the signs of a product', () => {
  it('have an example each', () => {
    const examples = [...IN_APPLICATIONS, ...IN_FRONT].map(({ target, says }) => `${target}: ${says}`)
    const named = [...examples, 'go: the 404 of Go']
    expect(SIGNS.map(({ target, says }) => `${target}: ${says}`).sort()).toEqual(named.sort())
  })

  it.each(IN_FRONT)('are told by the answer, and by nothing like it: $target, $says', isTold)
})
