// node:http. Run: PORT=8080 node server.ts
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { logInDevelopment } from 'corsmith/log'
import { cors } from 'corsmith/node'

const handle = cors(
  logInDevelopment({
    origins: ['https://app.example.com', 'https://*.preview.example.com', 'http://localhost:*'],
    methods: ['PUT'],
    requestHeaders: ['Content-Type'],
    exposedHeaders: ['ETag'],
    maxAge: 600,
  }),
)

/** Knows nothing of CORS. */
async function listener(req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (req.url !== '/hello') return void res.writeHead(404).end('not found')
  let name = req.method === 'PUT' ? '' : 'world'
  if (req.method === 'PUT') for await (const chunk of req) name += chunk
  res.writeHead(200, { 'Content-Type': 'application/json', ETag: '"1"' }).end(JSON.stringify({ hello: name }))
}

createServer((req, res) => handle(req, res, () => listener(req, res))).listen(process.env.PORT ?? 8080)
