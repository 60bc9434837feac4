// What `react-router build` writes, by hand, so that this example needs no compiler. In your project: `import * as build from './build/server'`.
import type { ServerBuild } from 'react-router'
import * as hello from './app/hello.ts'

export const build: ServerBuild = {
  entry: { module: { default: (_request, status, headers) => new Response('a page', { status, headers }) } },
  routes: {
    root: { id: 'root', path: '', module: { default: () => null } },
    hello: { id: 'hello', parentId: 'root', path: 'hello', module: { ...hello, default: undefined as never } },
  },
  assets: { entry: { module: '', imports: [] }, routes: {}, url: '', version: '1' },
  publicPath: '/',
  assetsBuildDirectory: 'build/client',
  future: {},
  ssr: true,
  isSpaMode: false,
  prerender: [],
  routeDiscovery: { mode: 'initial', manifestPath: '/__manifest' },
}
