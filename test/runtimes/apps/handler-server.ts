// Serves what a build has made for Node: a handler (req, res). WebSockets are guarded and echoed beside it.
import { createServer, type RequestListener } from 'node:http'
import { upgradeWith } from './websocket.ts'

const [, , port, file = ''] = process.argv
const { handler }: { handler: RequestListener } = await import(file)
upgradeWith(createServer(handler).listen(Number(port), '127.0.0.1'))
