import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createServerH2 } from 'node:http2'
import { cors } from 'corsmith/node'
import { tryAll } from '../../conformance/construct.ts'
import { NAMES, nameOf, pathOf } from '../../conformance/policies.ts'
import { serveNode } from './node.ts'
import { sourceOf } from './sources.ts'
import { upgradeWith } from './websocket.ts'

const [, , port, mode] = process.argv
const handle = Object.fromEntries(NAMES.map((name) => [name, cors(sourceOf(name) as never)]))

function listener(req: IncomingMessage, res: ServerResponse): void {
  if (pathOf(req.url ?? '') === '/constructed') return void res.end(JSON.stringify(tryAll((policy) => cors(policy))))
  handle[nameOf(req.url ?? '')]?.(req, res, () => serveNode(req, res))
}

if (mode === 'http2') createServerH2(listener as never).listen(Number(port), '127.0.0.1')
else upgradeWith(createServer(listener).listen(Number(port), '127.0.0.1'))
