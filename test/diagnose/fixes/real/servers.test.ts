// What is printed for servers, pasted into the real ones, in front of an API that speaks CORS wrongly.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWith } from '../../../support/component.ts'
import type { Stage } from '../../stage.ts'
import { run, SERVERS } from './components.ts'
import { provesAll } from './proofs.ts'
import { wrongApi } from './wrong-api.ts'

let api: Stage
beforeAll(async () => {
  api = await wrongApi()
})
afterAll(() => api.close())

for (const server of SERVERS) {
  describeWith([server.program], `what is printed for ${server.target}, in the real one`, () => {
    provesAll(server.target, (text) => run(server, text, api.origin))

    it('refuses a text that is no configuration', async () => {
      await expect(
        run(server, '# in every location\n# in the virtual host\n}}} nonsense "', api.origin),
      ).rejects.toThrow('does not answer')
    })
  })
}
