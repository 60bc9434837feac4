// Programs of Node's users, checked with Node's own types.
import { createServer } from 'node:http'
import { createServer as createServerH2 } from 'node:http2'
import { cors, fromCorsOptions, requestHead } from 'corsmith/node'

const handle = cors({ origins: ['https://app.example.com'], methods: ['PUT'] })

createServer((req, res) => handle(req, res, () => res.end('hello')))
createServerH2((req, res) => handle(req, res, () => res.end('hello')))
cors((req) => (requestHead(req).method === 'GET' ? fromCorsOptions() : { origins: ['https://app.example.com'] }))
