import { join } from 'node:path'
import { createCors } from 'corsmith'
import { cors } from 'corsmith/elysia'
import { Elysia, file } from 'elysia'
import { ANSWERS, answer, createConstants, PATHS } from '../../conformance/app.ts'
import { tryAll } from '../../conformance/construct.ts'
import { nameOf, POLICIES } from '../../conformance/policies.ts'
import { sourceOf } from './sources.ts'

const constants = createConstants()
const { guard } = createCors(POLICIES.std)

const app = new Elysia()
  .use(cors((request: Request) => sourceOf(nameOf(request.url)) as never))
  .get('/constructed', () => tryAll((policy) => cors(policy)))
  .ws('/std/ws', {
    beforeHandle: ({ request }) => guard(request) ?? undefined,
    message: (socket, message) => void socket.send(message),
  })

// As Elysia wants it: headers and status on `set`, a text as the result. The other answers are Responses.
for (const path of ['/ok', '/vary', '/acao', '/auth']) {
  const { status, headers, body } = ANSWERS[path] ?? { status: 500, headers: [], body: null }
  app.get(`/:policy${path}`, ({ set }) => {
    set.status = status
    for (const [name, value] of headers) set.headers[name.toLowerCase()] = value
    return body
  })
}
const handle = ({ request }: { request: Request }): unknown => answer(request, constants)
for (const path of PATHS.filter((path) => !['/ok', '/vary', '/acao', '/auth'].includes(path))) {
  app.get(`/:policy${path}`, handle).post(`/:policy${path}`, handle)
}
app.options('/:policy/opt', handle)
app.get('/std/file', () => file(join(import.meta.dirname, 'page.html')))
app.get('/std/gone', () => file('gone.txt'))

app.listen({ port: Number(process.argv[2]), hostname: '127.0.0.1' })
