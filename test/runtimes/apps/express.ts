import type { IncomingMessage, ServerResponse } from 'node:http'
import connect from 'connect'
import { cors } from 'corsmith/node'
import { tryAll } from '../../conformance/construct.ts'
import { NAMES } from '../../conformance/policies.ts'
import { answerNode } from './node.ts'
import { sourceOf } from './sources.ts'
import { upgradeWith } from './websocket.ts'

const [, , port, mode = 'express'] = process.argv
// Express 4 and 5 and Connect have `use` and `listen` in common.
const create: typeof connect = mode === 'connect' ? connect : (await import(mode)).default

const app = create()
for (const name of NAMES) app.use(`/${name}`, cors(sourceOf(name) as never))
app.use('/constructed', (_req: IncomingMessage, res: ServerResponse) =>
  res.end(JSON.stringify(tryAll((policy) => cors(policy)))),
)
// Express 5 takes a promise; Express 4 and Connect want `next`.
app.use((req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => {
  answerNode(req, res).then((isAnswered) => (isAnswered ? undefined : next()), next)
})
upgradeWith(app.listen(Number(port), '127.0.0.1'))
