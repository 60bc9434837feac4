import { describe, expect, it } from 'vitest'
import { diagnose } from '../../../src/diagnose.ts'
import { settles } from '../settles.ts'
import { ORIGIN, sendingTo, stage } from '../stage.ts'
import { applied, ask } from './apply.ts'
import { POSTS } from './posts.ts'
import { POSTS_OF_APPS } from './posts-of-apps.ts'
import { POSTS_OF_GATEWAYS } from './posts-of-gateways.ts'
import { POSTS_OF_MIDDLEWARE } from './posts-of-middleware.ts'
import { POSTS_OF_PLATFORMS } from './posts-of-platforms.ts'

describe('corsmith check names what was found to be the cause of a public post', () => {
  it.each([...POSTS, ...POSTS_OF_PLATFORMS, ...POSTS_OF_APPS, ...POSTS_OF_GATEWAYS, ...POSTS_OF_MIDDLEWARE])(
    '$post: $cause → $finding ($target)',
    async (row) => {
      const { server, path = '/x', host, request = {}, finding, target, isOurs } = row
      const staged = await stage(server)
      try {
        const url = host === undefined || host.includes('://') ? `${host}${path}` : `https://${host}${path}`
        const diagnosis =
          host === undefined
            ? await ask(staged.origin, path, request)
            : await diagnose(url, { origin: ORIGIN, transport: sendingTo(staged.origin), ...request })
        const [first] = diagnosis.findings
        expect([diagnosis.conclusion, first?.code, first?.fix?.target]).toEqual(['blocked', finding, target])
        const at = host === undefined ? `${staged.origin}${path}` : url
        await settles(finding, server, { ...request, url: at }, diagnosis)
        if (!isOurs || first?.fix == null) return
        expect((await applied(first.fix, staged, path, request))?.conclusion).toBe('allowed')
      } finally {
        await staged.close()
      }
    },
  )
})
