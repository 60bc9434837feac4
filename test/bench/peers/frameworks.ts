/** Against the frameworks' own: h3, itty-router and Elysia, each bare, with its CORS, and inside `wrap`. */
import { cors as elysiaCors } from '@elysiajs/cors'
import { Elysia } from 'elysia'
import { H3, handleCors } from 'h3'
import { cors as ittyCors, Router } from 'itty-router'
import { EXPOSED, get, MAX_AGE, METHODS, origins, preflight, REQUEST_HEADERS } from '../inputs.ts'
import { corsOf } from '../policies.ts'
import type { Row } from '../row.ts'

const LAST = 'https://tenant-9.example.com'
const ORIGINS = origins(10)
type Fetch = (request: Request) => Response | Promise<Response>

function pair(framework: string, bare: () => Fetch, own: () => Fetch): Row[] {
  const row = (kind: string, title: string, request: () => Request): Row => ({
    id: `${framework}-${kind}`,
    title: `${framework}, ${title}`,
    cases() {
      const [plain, theirs] = [bare(), own()]
      const ours = corsOf(ORIGINS).wrap(plain as (request: Request) => Response)
      const sent = request()
      return { bare: () => plain(sent), 'its own': () => theirs(sent), wrap: () => ours(sent) }
    },
  })
  return [row('get', 'GET allowed', () => get(LAST)), row('preflight', 'preflight allowed', () => preflight(LAST))]
}

function h3(withCors: boolean): Fetch {
  const app = new H3()
  const options = {
    origin: ORIGINS,
    credentials: true,
    methods: METHODS,
    allowHeaders: REQUEST_HEADERS,
    exposeHeaders: EXPOSED,
    maxAge: String(MAX_AGE),
  }
  if (withCors) {
    app.use((event) => {
      const answer = handleCors(event, options)
      return answer === false ? undefined : answer
    })
  }
  app.get('/items', () => ({ ok: true }))
  return (request) => app.fetch(request)
}

function itty(withCors: boolean): Fetch {
  const { preflight: before, corsify } = ittyCors({
    origin: ORIGINS,
    credentials: true,
    allowMethods: METHODS,
    allowHeaders: REQUEST_HEADERS,
    exposeHeaders: EXPOSED,
    maxAge: MAX_AGE,
  })
  const router = withCors ? Router({ before: [before], finally: [corsify] }) : Router()
  router.get('/items', () => Response.json({ ok: true }))
  router.all('*', () => new Response('not found', { status: 404 }))
  return router.fetch as Fetch
}

function elysia(withCors: boolean): Fetch {
  const app = new Elysia()
  if (withCors) {
    app.use(
      elysiaCors({
        origin: ORIGINS,
        credentials: true,
        methods: METHODS,
        allowedHeaders: REQUEST_HEADERS,
        exposeHeaders: EXPOSED,
        maxAge: MAX_AGE,
      }),
    )
  }
  app.get('/items', () => ({ ok: true }))
  return (request) => app.handle(request)
}

export const rows: readonly Row[] = [
  ...pair(
    'h3',
    () => h3(false),
    () => h3(true),
  ),
  ...pair(
    'itty-router',
    () => itty(false),
    () => itty(true),
  ),
  ...pair(
    'elysia',
    () => elysia(false),
    () => elysia(true),
  ),
]
