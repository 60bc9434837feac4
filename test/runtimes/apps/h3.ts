import { cors } from 'corsmith/h3'
import { H3, type H3Event, serve } from 'h3'
import { ANSWERS, answer, createConstants, PATHS } from '../../conformance/app.ts'
import { tryAll } from '../../conformance/construct.ts'
import { nameOf } from '../../conformance/policies.ts'
import { sourceOf } from './sources.ts'
import { upgradeWith } from './websocket.ts'

const constants = createConstants()
const app = new H3({ silent: true })
app.register(cors((request: Request) => sourceOf(nameOf(request.url)) as never))

app.get('/constructed', () => tryAll((policy) => cors(policy)))
// As h3 wants it: headers and status on the event, a text as the result.
for (const path of ['/ok', '/vary', '/acao', '/auth']) {
  const { status, headers, body } = ANSWERS[path] ?? { status: 500, headers: [], body: null }
  app.all(`/:policy${path}`, (event: H3Event) => {
    event.res.status = status
    for (const [name, value] of headers) event.res.headers.set(name, value)
    return body
  })
}
for (const path of PATHS) app.all(`/:policy${path}`, ({ req }: H3Event) => answer(req as Request, constants))

const server = serve(app, { port: Number(process.argv[2]), hostname: '127.0.0.1', silent: true })
await server.ready()
upgradeWith(server.node?.server as never)
