import { describe, expect, it } from 'vitest'
import { stage } from '../stage.ts'
import { applied, ask } from './apply.ts'
import { POSTS } from './posts.ts'

describe('corsmith check names what was found to be the cause of a public post', () => {
  it.each(POSTS)('$post: $cause → $finding ($target)', async (row) => {
    const { server, path = '/x', request = {}, finding, target, isOurs } = row
    const staged = await stage(server)
    try {
      const diagnosis = await ask(staged.origin, path, request)
      const [first] = diagnosis.findings
      expect([diagnosis.conclusion, first?.code, first?.fix?.target]).toEqual(['blocked', finding, target])
      if (!isOurs || first?.fix == null) return
      expect((await applied(first.fix, staged, path, request))?.conclusion).toBe('allowed')
    } finally {
      await staged.close()
    }
  })
})
