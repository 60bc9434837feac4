// A server build as the router's own compiler makes one, by hand: resource routes and a page, with or without middleware.
import { serve } from '@hono/node-server'
import { cors, withCors } from 'corsmith/react-router'
import { createRequestHandler, type ServerBuild } from 'react-router'
import { answer, createConstants, PATHS } from '../../conformance/app.ts'
import { tryAll } from '../../conformance/construct.ts'
import { nameOf } from '../../conformance/policies.ts'
import { sourceOf } from './sources.ts'
import { upgradeWith } from './websocket.ts'

const [, , port, mode] = process.argv
const constants = createConstants()
const handle = async ({ request }: { request: Request }) => (await answer(request, constants)) as Response
const source = (request: Request) => sourceOf(nameOf(request.url)) as never

const routes: Record<string, object> = {
  root: { id: 'root', path: '', module: { default: () => null } },
  policy: {
    id: 'policy',
    parentId: 'root',
    path: ':policy',
    module: mode === 'middleware' ? { middleware: [cors(({ request }) => source(request))] } : {},
  },
  constructed: {
    id: 'constructed',
    parentId: 'root',
    path: 'constructed',
    module: {
      loader: () => Response.json(tryAll((policy) => [cors(policy), withCors(policy, async () => new Response())])),
    },
  },
}
for (const path of PATHS)
  routes[path] = { id: path, parentId: 'policy', path: path.slice(1), module: { loader: handle, action: handle } }

const build = {
  entry: {
    module: {
      default: (_request: Request, status: number, headers: Headers) => new Response('a page', { status, headers }),
      handleError() {},
    },
  },
  routes,
  assets: { entry: { module: '', imports: [] }, routes: {}, url: '', version: '1' },
  publicPath: '/',
  assetsBuildDirectory: '',
  basename: '/',
  future: {},
  ssr: true,
  isSpaMode: false,
  prerender: [],
  routeDiscovery: { mode: 'initial', manifestPath: '/__manifest' },
} as unknown as ServerBuild

const handler = createRequestHandler(build, 'production')
const fetch =
  mode === 'middleware' ? (request: Request) => handler(request) : withCors(source, (request) => handler(request))
upgradeWith(serve({ fetch, port: Number(port), hostname: '127.0.0.1' }))
