// What is printed for servers, pasted into the real ones, in front of an API that speaks CORS wrongly.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Stage } from '../../diagnose/stage.ts'
import { describeWith } from '../../support/component.ts'
import { provesAll } from './proofs.ts'
import { openServer, SERVERS } from './servers.ts'
import { wrongApi } from './wrong-api.ts'

let api: Stage
beforeAll(async () => {
  api = await wrongApi()
})
afterAll(() => api.close())

for (const server of SERVERS) {
  describeWith([server.program], `what is printed for ${server.target}, in the real one`, () => {
    const open = openServer(server, () => api.origin)
    provesAll(server.target, open, { isServer: true })

    it('refuses a text that is no configuration', async () => {
      await expect(open(['# in every location\n# in the virtual host\n}}} nonsense "'])).rejects.toThrow(
        'does not answer',
      )
    })
  })
}
