// The Model Context Protocol, with the client of today and the client of earlier revisions.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import {
  discoverOAuthProtectedResourceMetadata,
  extractWWWAuthenticateParams,
} from '@modelcontextprotocol/sdk/client/auth.js'
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { McpServer as LegacyServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server'
import { z } from 'zod'
import { mcp, mcpLegacy, oauthMetadata } from '../../../src/presets.ts'
import { API, type ClientRun } from './run-of.ts'

const INFO = { name: 'test', version: '1' }
const url = new URL(`${API}/mcp`)
const requestInit = { headers: { Authorization: 'Bearer t' } }

const modern: ClientRun['server'] = () => {
  const handler = createMcpHandler(() => {
    const server = new McpServer(INFO)
    const inputSchema = z.object({ region: z.string().meta({ 'x-mcp-header': 'Region' }) })
    server.registerTool(
      'weather',
      { description: 'tells the weather', inputSchema },
      ({ region }: { region: string }) => ({
        content: [{ type: 'text', text: `sunny in ${region}` }],
      }),
    )
    server.registerTool('hello', { description: 'greets' }, () => ({ content: [{ type: 'text', text: 'hello' }] }))
    return server
  })
  return (request) => handler.fetch(request)
}

const legacy: ClientRun['server'] = () => {
  const sessions = new Map<string, WebStandardStreamableHTTPServerTransport>()
  return async (request) => {
    const known = sessions.get(request.headers.get('Mcp-Session-Id') ?? '')
    if (known !== undefined) return known.handleRequest(request)
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      onsessioninitialized: (id) => void sessions.set(id, transport),
    })
    const server = new LegacyServer(INFO)
    server.registerTool('hello', { description: 'greets' }, () => ({ content: [{ type: 'text', text: 'hello' }] }))
    await server.connect(transport)
    return transport.handleRequest(request)
  }
}

const denied = (request: Request) =>
  request.headers.has('Authorization') || request.method === 'GET'
    ? new Response(null, { status: 405 })
    : new Response(null, {
        status: 401,
        headers: { 'WWW-Authenticate': `Bearer resource_metadata="${API}/metadata", scope="mcp"` },
      })

/** What a client learns of an answer 401: where the metadata stands, and which scope to ask for. */
async function asked(
  connect: (fetch: typeof globalThis.fetch) => Promise<unknown>,
  fetch: typeof globalThis.fetch,
): Promise<unknown> {
  let learned: unknown = null
  await connect(async (input, init) => {
    const response = await fetch(input, init)
    if (response.status === 401) learned = extractWWWAuthenticateParams(response)
    return response
  }).catch(() => undefined)
  return learned
}

export const runs: readonly ClientRun[] = [
  {
    preset: mcp,
    client: '@modelcontextprotocol/client',
    does: 'calls a tool',
    server: modern,
    use: async ({ fetch }) => {
      const client = new Client(INFO, { versionNegotiation: { mode: { pin: '2026-07-28' } } })
      await client.connect(new StreamableHTTPClientTransport(url, { fetch, requestInit }))
      const { content } = await client.callTool({ name: 'hello' })
      await client.close()
      return content
    },
  },
  {
    preset: mcp,
    client: '@modelcontextprotocol/client',
    does: 'calls a tool that has a parameter in a header',
    server: modern,
    // It knows pages by their `window`, and sends no Mcp-Param-* header there. The server then refuses the call.
    failsInPages: 'the Mcp-Param-Region header is absent',
    use: async ({ fetch }) => {
      const client = new Client(INFO, { versionNegotiation: { mode: { pin: '2026-07-28' } } })
      await client.connect(new StreamableHTTPClientTransport(url, { fetch, requestInit }))
      const { tools } = await client.listTools()
      const { content } = await client.callTool({ name: 'weather', arguments: { region: 'west' } })
      await client.close()
      return [tools.length, content]
    },
  },
  {
    preset: mcp,
    client: '@modelcontextprotocol/client',
    does: 'is told to log in',
    server: () => denied,
    use: ({ fetch }) =>
      asked(
        (own) =>
          new Client(INFO, { versionNegotiation: { mode: { pin: '2026-07-28' } } }).connect(
            new StreamableHTTPClientTransport(url, { fetch: own }),
          ),
        fetch,
      ),
  },
  {
    preset: mcpLegacy,
    client: '@modelcontextprotocol/sdk',
    does: 'opens a session, calls a tool and ends the session',
    server: legacy,
    use: async ({ fetch }) => {
      const client = new LegacyClient(INFO)
      const transport = new LegacyTransport(url, { fetch, requestInit })
      await client.connect(transport as never)
      const { content } = await client.callTool({ name: 'hello' })
      await transport.terminateSession()
      await client.close()
      return content
    },
  },
  {
    preset: mcpLegacy,
    client: '@modelcontextprotocol/sdk',
    does: 'resumes a stream after the last event that it saw',
    server: () => (request) =>
      request.headers.get('Last-Event-ID') === '7'
        ? new Response(
            'id: 8\ndata: {"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"eight"}}\n\n',
            {
              headers: { 'Content-Type': 'text/event-stream' },
            },
          )
        : new Response(null, { status: 405 }),
    use: async ({ fetch }) => {
      const transport = new LegacyTransport(url, {
        fetch,
        reconnectionOptions: {
          maxRetries: 0,
          initialReconnectionDelay: 1,
          maxReconnectionDelay: 1,
          reconnectionDelayGrowFactor: 1,
        },
      })
      await transport.start()
      return new Promise((resolve, reject) => {
        transport.onmessage = (message) => resolve(message)
        transport.resumeStream('7').catch(reject)
      })
    },
  },
  {
    preset: mcpLegacy,
    client: '@modelcontextprotocol/sdk',
    does: 'is told to log in',
    server: () => denied,
    use: ({ fetch }) =>
      asked((own) => new LegacyClient(INFO).connect(new LegacyTransport(url, { fetch: own }) as never), fetch),
  },
  {
    preset: oauthMetadata,
    client: '@modelcontextprotocol/sdk',
    does: 'reads the metadata of a protected resource',
    server: () => () => Response.json({ resource: `${API}/mcp`, authorization_servers: [API] }),
    use: ({ fetch }) => discoverOAuthProtectedResourceMetadata(url, {}, fetch),
  },
]
