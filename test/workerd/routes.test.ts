// Routes in workerd, whose URLPattern and Request are its own.
import { corsRoutes } from 'corsmith/routes'
import { createEdgeProxy, withCors } from 'corsmith/workers'
import { describe, expect, it } from 'vitest'
import { allowed, from, preflight } from './requests.ts'
import { PAGE, STRANGER } from './worker.ts'

const context = { waitUntil() {}, passThroughOnException() {}, props: {} }
const cors = corsRoutes(
  [
    { path: '/admin/*', policy: { origins: [PAGE], credentials: true, methods: ['PUT'], refused: 'forbid' } },
    { path: '/open/:id', policy: { origins: '*' } },
  ],
  { else: null },
)

describe('corsRoutes() in workerd', () => {
  it('answers each route by its own policy', async () => {
    const { fetch } = withCors(cors, {
      fetch: (_request: Request, _env: object, _ctx: object) => new Response('hello'),
    })
    const ask = (request: Request) => fetch(request, {}, context)
    expect(allowed(await ask(from(PAGE, {}, '/admin/x')))).toBe(PAGE)
    expect((await ask(from(STRANGER, {}, '/admin/x'))).status).toBe(403)
    expect(allowed(await ask(from(STRANGER, {}, '/open/1')))).toBe('*')
    expect(allowed(await ask(from(PAGE, {}, '/other')))).toBeNull()
    for (const path of ['/%61dmin/x', '//admin/x', '/Admin/x', '/admin;a/x', '/open%2f..%2fadmin/x'])
      expect([path, cors.find('GET', `https://api.example.com${path}`).isAmbiguous]).toEqual([path, true])
  })

  it('stands at the edge', async () => {
    const edge = createEdgeProxy({ upstream: 'https://api.example', cors, fetch: async () => new Response('hello') })
    expect(allowed(await edge.fetch(from(PAGE, {}, '/admin/x'), {}, context))).toBe(PAGE)
    expect((await edge.fetch(preflight(STRANGER), {}, context)).status).toBe(403)
  })
})
