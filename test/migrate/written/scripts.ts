// How public projects write the options of libraries for JavaScript. Details are replaced, and each file exports what answers.
import type { PeerName } from '../../../src/migrate/peer.ts'

/** A file as a project has it. */
export interface Shape {
  readonly name: string
  readonly text: string
  /** The end of its name. */
  readonly ending?: 'mjs' | 'cjs' | 'mts'
}

const REACHED = `new Response('reached', { headers: { 'X-Reached': '1' } })`
const H3_END = `\napp.all('/**', () => ${REACHED})\nexport default app\n`
const ITTY_END = `\nrouter.all('*', () => ${REACHED})\nexport default router\n`

export const SCRIPTS: { readonly [name in PeerName]?: readonly Shape[] } = {
  h3: [
    {
      name: 'a middleware that returns the answer',
      text: `import { H3, handleCors } from "h3";

const app = new H3();

// Pages of the shop.
app.use((event) => {
  const corsRes = handleCors(event, {
    origin: ["https://shop.example.com", "https://app.example.com"],
    preflight: {
      statusCode: 204,
    },
    methods: ["GET", "PUT"],
  });
  if (corsRes) {
    return corsRes;
  }
});
${H3_END}`,
    },
    {
      name: 'a wrapped handler, compared with false',
      text: `import { defineEventHandler, H3, handleCors } from 'h3'\nconst app = new H3()\napp.use(defineEventHandler(async (event) => {\n\tconst done = handleCors(event, { origin: '*', methods: '*' })\n\tif (done !== false) return done\n}))\n${H3_END}`,
    },
    {
      name: 'one line, in a chain',
      text: `import { H3, handleCors } from 'h3'\nconst app = new H3().use((event) => { const r = handleCors(event, { origin: ['https://app.example.com'], credentials: true, methods: ['DELETE'], allowHeaders: ['content-type'], exposeHeaders: ['etag'] }); if (r) return r })\n${H3_END}`,
    },
    {
      name: 'a constant, and types',
      ending: 'mts',
      text: `import { type CorsOptions, type H3Event, H3, handleCors } from 'h3';\n\nconst corsOptions: CorsOptions = {\n    origin: ['https://app.example.com'],\n    maxAge: '600',\n    exposeHeaders: ['etag'],\n};\n\nconst app = new H3();\napp.use(async (event: H3Event) => {\n    const result = handleCors(event, corsOptions);\n    if (result !== false) {\n        return result;\n    }\n});\n${H3_END}`,
    },
    {
      name: 'a function, and Windows line endings',
      text: `import { H3, handleCors } from 'h3'\nconst app = new H3()\napp.use(function cors(event) {\n  const result = handleCors(event, {})\n  if (result) return result\n})\n${H3_END}`.replaceAll(
        '\n',
        '\r\n',
      ),
    },
  ],
  itty: [
    {
      name: 'with lists',
      text: `import { AutoRouter, cors, error } from 'itty-router'

const { preflight, corsify } = cors({
\torigin: ['https://app.example.com', 'http://localhost:8000'],
\tallowMethods: ['GET', 'PUT'],
\tmaxAge: 600,
\tallowHeaders: 'X-Client, Content-Type',
})

const router = AutoRouter({
\tbefore: [preflight],
\tfinally: [corsify],
\tcatch: error,
})
${ITTY_END}`,
    },
    {
      name: 'without options',
      text: `import { Router, cors } from "itty-router";\nconst { preflight, corsify } = cors();\nconst router = Router({ before: [preflight], finally: [corsify] });\n${ITTY_END}`,
    },
    {
      name: 'other names, and a further use',
      text: `import { Router, cors as corsOf } from 'itty-router'\nconst { corsify: seal, preflight: ask } = corsOf({ origin: 'https://app.example.com', allowMethods: 'GET, DELETE' })\nconst router = Router({ before: [ask], finally: [seal], catch: (e, request) => seal(new Response('no', { status: 500 }), request) })\nrouter.options('*', ask)\n${ITTY_END}`,
    },
    {
      name: 'types, and a constant',
      ending: 'mts',
      text: `import { AutoRouter, cors, type IRequest } from 'itty-router'\n\ntype Env = { DB: unknown }\nconst options = { origin: ['https://app.example.com'], credentials: true } as const\nexport const { preflight, corsify } = cors(options)\nconst router = AutoRouter<IRequest, [Env]>({\n  before: [preflight],\n  finally: [corsify],\n})\n${ITTY_END}`,
    },
    {
      name: 'an expression, every method, and exposed names that no page reads',
      text: `import { AutoRouter, cors } from 'itty-router'\nconst { preflight, corsify } = cors({ origin: /^https:\\/\\/app\\.example\\.com$/, allowMethods: '*', exposeHeaders: '*' })\nconst router = AutoRouter({ before: [preflight], finally: [corsify] })\n${ITTY_END}`,
    },
  ],
  remix: [
    {
      name: 'a loader',
      text: `import { cors } from "remix-utils/cors";

export const loader = async ({ request }) => {
  const response = ${REACHED};
  return await cors(request, response, {
    origin: "https://app.example.com",
    methods: ["GET", "PUT"],
    credentials: true,
  });
};
`,
    },
    {
      name: 'without options, and a loader that is no async function',
      text: `import { cors } from 'remix-utils/cors'\nexport function loader({ request }) {\n  return cors(request, ${REACHED})\n}\n`,
    },
    {
      name: 'a constant, and two calls',
      ending: 'mts',
      text: `import { cors } from 'remix-utils/cors';\n\nconst corsOptions = {\n  origin: ['https://app.example.com', /^https:\\/\\/admin\\.example\\.com$/],\n  allowedHeaders: ['X-Client'],\n  maxAge: 60,\n};\n\nexport async function loader({ request }: { request: Request }): Promise<Response> {\n  const response = await cors(request, ${REACHED}, corsOptions);\n  return response;\n}\n\nexport async function action({ request }: { request: Request }) {\n  return cors(request, ${REACHED}, corsOptions);\n}\n`,
    },
    {
      name: 'a middleware',
      text: `import { createCorsMiddleware } from 'remix-utils/middleware/cors'\nexport const [corsMiddleware] = createCorsMiddleware({ origin: 'https://app.example.com', exposedHeaders: ['ETag'] })\nexport const middleware = [corsMiddleware]\n`,
    },
    {
      name: 'two sets of options in one file',
      text: `import { cors as withCors } from 'remix-utils/cors'\n\nexport const loader = async ({ request }) => withCors(request, ${REACHED}, { origin: ['https://app.example.com'] })\nexport const action = async ({ request }) => withCors(request, ${REACHED}, { origin: ['https://admin.example.com'], credentials: true })\n`,
    },
  ],
  whatwg: [
    {
      name: 'a plugin',
      text: `import { createServerAdapter, useCORS } from '@whatwg-node/server'\n\nexport default createServerAdapter(() => ${REACHED}, {\n  plugins: [useCORS({ origin: ['https://app.example.com', 'https://admin.example.com'], methods: ['GET', 'PUT'] })],\n})\n`,
    },
    {
      name: 'one origin without credentials',
      text: `import { createServerAdapter, useCORS } from "@whatwg-node/server";\n\nconst plugins = [\n    useCORS({\n        origin: "https://app.example.com",\n        credentials: false,\n        allowedHeaders: ["X-Client"],\n        maxAge: 60,\n    }),\n];\n\nexport default createServerAdapter(() => ${REACHED}, { plugins });\n`,
    },
    {
      name: 'without options',
      text: `import { createServerAdapter, useCORS as allow } from '@whatwg-node/server'\nexport default createServerAdapter(() => ${REACHED}, { plugins: [allow()] })\n`,
    },
    {
      name: 'GraphQL Yoga',
      text: `import { createSchema, createYoga } from 'graphql-yoga'

const schema = createSchema({ typeDefs: 'type Query { a: Int }', resolvers: { Query: { a: () => 1 } } })
const mark = { onResponse({ response, request }) { if (request.method !== 'OPTIONS') response.headers.set('X-Reached', '1') } }

export default createYoga({
  schema,
  plugins: [mark],
  cors: {
    origin: ['http://localhost:4000'],
    credentials: true,
    allowedHeaders: ['X-Custom-Header'],
    methods: ['POST'],
  },
})
`,
    },
    {
      name: 'GraphQL Yoga with a constant and without plugins',
      text: `import { createSchema, createYoga } from 'graphql-yoga';\n\nconst schema = createSchema({ typeDefs: 'type Query { a: Int }', resolvers: { Query: { a: () => 1 } } });\nconst cors = { origin: ['https://app.example.com', 'https://admin.example.com'], methods: ['GET', 'POST'] };\nexport default createYoga({ schema, cors: cors });\n`,
    },
  ],
  express: [
    {
      name: 'a typed constant in two calls',
      ending: 'mts',
      text: `import cors, { type CorsOptions } from 'cors';
import express from 'express';

const app = express();
const corsOptions: CorsOptions = {
    origin: ['https://app.example.com'], // the shop
    methods: ['GET', 'PUT'],
    credentials: true,
};
app.use(cors(corsOptions));
app.options('/{*all}', cors(corsOptions));
app.use((_req, res) => void res.set('X-Reached', '1').end('reached'));
export default app;
`,
    },
    {
      name: 'a require in the call',
      ending: 'cjs',
      text: `const app = require('express')();\napp.use(require('cors')({ origin: 'https://app.example.com', maxAge: 600 }));\napp.use((_req, res) => void res.set('X-Reached', '1').end('reached'));\nmodule.exports = app;\n`,
    },
    {
      name: 'spreads, satisfies and a byte order mark',
      ending: 'mts',
      text: `\uFEFFimport express from 'express'\nimport cors from 'cors'\nconst base = { credentials: true }\nconst app = express()\napp.use(cors({ ...base, origin: ['https://app.example.com'] as string[], allowedHeaders: ['X-Client'] } satisfies cors.CorsOptions))\napp.use((_req, res) => void res.set('X-Reached', '1').end('reached'))\nexport default app\n`,
    },
  ],
  hono: [
    {
      name: 'a chain',
      text: `import { Hono } from 'hono';\nimport { cors as allow } from 'hono/cors';\n\nexport default new Hono()\n\t.use('*', allow({ origin: ['https://app.example.com'], allowMethods: ['PUT'], exposeHeaders: ['ETag'] }))\n\t.all('*', (c) => c.text('reached', 200, { 'X-Reached': '1' }));\n`,
    },
  ],
}
