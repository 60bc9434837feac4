import { createCors } from 'corsmith'
import { cors } from 'corsmith/hono'
import { Hono } from 'hono'
import { answer, createConstants } from '../../conformance/app.ts'
import { tryAll } from '../../conformance/construct.ts'
import { NAMES, POLICIES } from '../../conformance/policies.ts'
import { sourceOf } from './sources.ts'

const constants = createConstants()

/** The application, on whatever runtime; `upgrade` is the runtime's own way to a WebSocket. */
export function createApp(upgrade: (request: Request, env: never) => Response): Hono {
  const app = new Hono()
  const { guard } = createCors(POLICIES.std)
  for (const name of NAMES) app.use(`/${name}/*`, cors(sourceOf(name) as never))
  app.get('/constructed', (c) => c.json(tryAll((policy) => cors(policy))))
  app.get('/std/ws', (c) => guard(c.req.raw) ?? upgrade(c.req.raw, c.env as never))
  app.all('*', async (c) => {
    const answered = await answer(c.req.raw, constants)
    return answered === null ? c.notFound() : (answered as Response)
  })
  return app
}
