/** What stands around a function on its platform: a server that calls it as the platform does. */

/** The event of a function URL and of API Gateway, in its second version. */
const LAMBDA_SERVER = `import { createServer } from 'node:http'
import { handler } from './index.ts'

createServer(async (req, res) => {
  const chunks = []
  for await (const chunk of req) chunks.push(chunk)
  const body = Buffer.concat(chunks).toString('base64')
  const [rawPath, rawQueryString = ''] = req.url.split('?')
  const http = { method: req.method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' }
  const event = {
    version: '2.0', routeKey: '$default', rawPath, rawQueryString, headers: req.headers,
    requestContext: { http, domainName: req.headers.host, stage: '$default', requestId: '1' },
    ...(body !== '' && { body, isBase64Encoded: true }),
  }
  const { statusCode, headers, body: content, isBase64Encoded } = await handler(event, {})
  res.writeHead(statusCode, headers).end(Buffer.from(content ?? '', isBase64Encoded ? 'base64' : 'utf8'))
}).listen(3000)
`

const VERCEL_SERVER = `import { serve } from '@hono/node-server'
import items from './api/items.ts'

const fetch = (request) =>
  new URL(request.url).pathname === '/api/items' ? items.fetch(request) : new Response('not found', { status: 404 })
serve({ fetch, port: 3000 })
`

export const LAMBDA: Readonly<Record<string, string>> = { 'lambda.js': LAMBDA_SERVER }
export const VERCEL: Readonly<Record<string, string>> = { 'vercel.js': VERCEL_SERVER }
