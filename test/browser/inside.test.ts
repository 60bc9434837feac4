import { expect, it } from 'vitest'
import { runInside } from '../browsers/inside.ts'

it('passes under Node what it passes inside a page', async () => {
  expect(await runInside()).toEqual({ passed: 8, failures: [] })
})
