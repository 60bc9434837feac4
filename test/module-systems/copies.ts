import { DONE } from './cell.ts'

/** Hands what one copy makes to the adapters of the other. */
export const TOGETHER: string = `
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import assert from 'node:assert'
const require = createRequire(process.cwd() + '/x.js')
const load = async (load) => ({ core: await load('corsmith'), node: await load('corsmith/node'), workers: await load('corsmith/workers'), proxy: await load('corsmith/proxy') })
const copies = [await load((name) => import(name)), await load(require)]
assert.notEqual(copies[0].core.createCors, copies[1].core.createCors)

const origin = 'https://app.example.com'
const policy = { origins: [origin], credentials: true }
for (const [{ core }, other] of [copies, copies.toReversed()]) {
  const cors = core.createCors(policy)
  const async = core.perRequest(async () => cors)
  const chosen = other.core.perRequest(async () => cors)
  for (const source of [cors, async, chosen, () => cors, () => async]) {
    const middleware = other.node.cors(source)
    const server = createServer((request, response) => middleware(request, response, () => response.end('x')))
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
    const answer = await fetch('http://127.0.0.1:' + server.address().port, { headers: { origin } })
    server.close()
    assert.equal(answer.headers.get('access-control-allow-origin'), origin)
    const { fetch: handle } = other.workers.withCors(source, { fetch: () => new Response('x') })
    const shared = await handle(new Request('https://api.example.com/', { headers: { origin } }), {}, {})
    assert.equal(shared.headers.get('access-control-allow-origin'), origin)
  }
  assert.equal(typeof other.proxy.createProxy({ upstream: 'https://api.example.com', cors: async }), 'function')

  let thrown
  try { core.createCors({ origins: [] , credentials: 1 }) } catch (error) { thrown = error }
  class Own extends other.core.CorsPolicyError {}
  assert.equal(thrown.code, 'ERR_CORS_POLICY')
  assert(thrown instanceof other.core.CorsPolicyError)
  assert(!(thrown instanceof Own) && new Own(thrown.issues) instanceof Own)
  assert(!({ code: 'ERR_CORS_POLICY', issues: [] } instanceof other.core.CorsPolicyError))
}
console.log('${DONE}')
`
