// Connect, gRPC-Web, tRPC and GraphQL.
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client/core'
import { StringValueSchema } from '@bufbuild/protobuf/wkt'
import { Code, ConnectError, createClient, createConnectRouter } from '@connectrpc/connect'
import { createFetchHandler } from '@connectrpc/connect/protocol'
import { createConnectTransport, createGrpcWebTransport } from '@connectrpc/connect-web'
import { createTRPCClient, httpBatchLink, httpBatchStreamLink } from '@trpc/client'
import { initTRPC } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { GraphQLClient } from 'graphql-request'
import { connect, graphql, grpcWeb, trpc } from '../../../src/presets.ts'
import { API, type ClientRun } from './run-of.ts'
import { ElizaService } from './service.ts'

function connectServer(): ClientRun['server'] {
  return () => {
    const router = createConnectRouter({ connect: true, grpcWeb: true })
    router.service(ElizaService, {
      say: ({ value }: { value: string }) => {
        if (value !== 'lost') return { value: `you said ${value}` }
        throw new ConnectError('not here', Code.NotFound, undefined, [
          { desc: StringValueSchema, value: { value: 'why' } },
        ])
      },
      async *listen() {
        yield { value: 'one' }
        yield { value: 'two' }
      },
    })
    const handlers = new Map(router.handlers.map((handler) => [handler.requestPath, createFetchHandler(handler)]))
    return (request) => handlers.get(new URL(request.url).pathname)?.(request) ?? new Response(null, { status: 404 })
  }
}

/** One call, a stream, and an error with its code, message and details. */
async function talk(transport: Parameters<typeof createClient>[1]): Promise<unknown> {
  const client = createClient(ElizaService, transport)
  const { value } = await client.say({ value: 'hello' }, { timeoutMs: 2_000 })
  const heard: string[] = []
  for await (const { value: word } of client.listen({})) heard.push(word)
  const error = await client.say({ value: 'lost' }).catch((reason: unknown) => ConnectError.from(reason))
  const details = error instanceof ConnectError ? error.findDetails(StringValueSchema).map((one) => one.value) : []
  return [value, heard, error instanceof ConnectError ? [error.code, error.rawMessage] : null, details]
}

const DETAILS = 'CAUSCG5vdCBoZXJlGjoKL3R5cGUuZ29vZ2xlYXBpcy5jb20vZ29vZ2xlLnByb3RvYnVmLlN0cmluZ1ZhbHVlEgcKBXdoeTEy'
const FAILURES = [
  ['code and message', { 'Grpc-Status': '5', 'Grpc-Message': 'not here' }],
  ['the details', { 'Grpc-Status': '5', 'Grpc-Message': 'not here', 'Grpc-Status-Details-Bin': DETAILS }],
] as const

const t = initTRPC.create()
const router = t.router({
  items: t.procedure.query(() => [1, 2]),
  add: t.procedure.input((value) => value).mutation(({ input }) => input),
})
const trpcServer: ClientRun['server'] = () => (req) =>
  fetchRequestHandler({ endpoint: '/trpc', req, router, createContext: () => ({}) })

const useTrpc = async (link: typeof httpBatchLink | typeof httpBatchStreamLink, fetch: typeof globalThis.fetch) => {
  const headers = { Authorization: 'Bearer t' }
  const client = createTRPCClient<typeof router>({ links: [link({ url: `${API}/trpc`, fetch, headers } as never)] })
  return [await client.items.query(), await client.add.mutate({ a: 1 })]
}

const graphqlServer: ClientRun['server'] = () => () =>
  Response.json({ data: { item: { __typename: 'Item', id: '1' } } })
const QUERY = gql`query Item { item { id } }`

export const runs: readonly ClientRun[] = [
  {
    preset: connect,
    client: '@connectrpc/connect-web',
    does: 'calls, streams and fails, over Connect',
    server: connectServer(),
    use: ({ fetch }) => talk(createConnectTransport({ baseUrl: API, fetch })),
  },
  {
    preset: grpcWeb,
    client: '@connectrpc/connect-web',
    does: 'calls, streams and fails, over gRPC-Web',
    server: connectServer(),
    use: ({ fetch }) => talk(createGrpcWebTransport({ baseUrl: API, fetch })),
  },
  ...FAILURES.map(
    ([what, headers]): ClientRun => ({
      preset: grpcWeb,
      client: '@connectrpc/connect-web',
      does: `reads ${what} of an error that is in the headers alone`,
      server: () => () => new Response(null, { headers: { 'Content-Type': 'application/grpc-web+proto', ...headers } }),
      use: async ({ fetch }) => {
        const client = createClient(ElizaService, createGrpcWebTransport({ baseUrl: API, fetch }))
        const error = ConnectError.from(await client.say({ value: 'lost' }).catch((reason: unknown) => reason))
        return [error.code, error.rawMessage, error.details.length]
      },
    }),
  ),
  {
    preset: trpc,
    client: '@trpc/client',
    does: 'queries and changes, in batches',
    server: trpcServer,
    use: ({ fetch }) => useTrpc(httpBatchLink, fetch),
  },
  {
    preset: trpc,
    client: '@trpc/client',
    does: 'queries and changes, in streamed batches',
    server: trpcServer,
    use: ({ fetch }) => useTrpc(httpBatchStreamLink, fetch),
  },
  {
    preset: graphql,
    client: '@apollo/client',
    does: 'asks with its name and version, and by GET with the header against forgery',
    server: graphqlServer,
    use: async ({ fetch }) => {
      const of = (useGETForQueries: boolean, headers: Record<string, string>) =>
        new ApolloClient({
          cache: new InMemoryCache(),
          clientAwareness: { name: 'app', version: '1' },
          link: new HttpLink({ uri: `${API}/graphql`, fetch, useGETForQueries, headers }),
        }).query({ query: QUERY })
      const { data } = await of(false, { Authorization: 'Bearer t' })
      const { data: got } = await of(true, { 'Apollo-Require-Preflight': 'true' })
      return [data, got]
    },
  },
  {
    preset: graphql,
    client: 'graphql-request',
    does: 'asks GraphQL Yoga, with its header against forgery',
    server: graphqlServer,
    use: ({ fetch }) =>
      new GraphQLClient(`${API}/graphql`, { fetch, headers: { 'X-GraphQL-Yoga-CSRF': '1' } }).request(
        '{ item { id } }',
      ),
  },
]
