// `next build`, then `next start`: the application is written out, because Next reads routes from folders.
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { PATHS } from '../../conformance/app.ts'
import { program, ROOT } from '../paths.ts'
import { launch, run, until } from '../process.ts'
import type { Running, Target } from '../target.ts'
import { writeFiles } from './files.ts'

type Kind = 'proxy' | 'middleware'

export const NEXT_ENV: Readonly<Record<string, string>> = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' }
const APPS = 'test/runtimes/apps/next'

/** With proxy.ts and instrumentation.ts, or with middleware.ts alone. `base` picks what is asked for: `/route` has neither. */
export function nextStart(name: string, kind: Kind, base = ''): Target {
  return {
    name,
    needs: ['next'],
    base,
    async start(port, work) {
      const app = join(work, `next-${kind}`)
      if (!existsSync(app)) await build(app, kind)
      const running = await serveNext(port, app)
      if (kind === 'proxy') await untilStamped(`http://127.0.0.1:${port}/std/page`)
      return running
    },
  }
}

/** Starts a build. Its port is open before its instrumentation has run; the first answer comes after. */
export async function serveNext(port: number, app: string): Promise<Running> {
  const args = ['start', '-H', '127.0.0.1', '-p', String(port)]
  const running = await launch(process.execPath, [program('next/dist/bin/next'), ...args], port, app, NEXT_ENV)
  // A connection that comes while Next is still preparing may be closed without an answer.
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    )
  await until(answers, 30_000, () => `next start did not answer on port ${port}`)
  return running
}

/** What arrives while Next is still starting is not stamped (docs/adapters.md); the table is about what comes after. */
async function untilStamped(page: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const response = await fetch(page)
    await response.text()
    if (response.headers.get('Vary')?.includes('Origin')) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function build(app: string, kind: Kind): Promise<void> {
  await writeFiles(app, { ...(await shared(kind)), ...(kind === 'proxy' ? INSTRUMENTATION : {}), ...routes() })
  await run(process.execPath, [program('next/dist/bin/next'), 'build'], app, NEXT_ENV)
}

const INSTRUMENTATION = {
  'instrumentation.ts': `export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs') (await import('../${APPS}/instrumentation.ts')).stampEverything()
}
`,
}

async function shared(kind: Kind): Promise<Record<string, string>> {
  const config = {
    turbopack: { root: ROOT },
    typescript: { ignoreBuildErrors: true },
    // What docs/adapters.md says to set; the other application shows what happens without.
    ...(kind === 'proxy' ? { skipTrailingSlashRedirect: true } : {}),
  }
  return {
    'package.json': '{ "private": true, "type": "module" }',
    'next.config.mjs': `export default {
  ...${JSON.stringify(config)},
  rewrites: async () => [{ source: '/std/external', destination: '${await upstream()}' }],
  redirects: async () => [{ source: '/std/moved', destination: '/std/ok', permanent: true }],
}
`,
    [`${kind}.ts`]: `export { byPath as ${kind} } from '../${APPS}/proxies.ts'\nexport const config = { matcher: '/((?!route/).*)' }\n`,
    'app/layout.jsx': 'export default function Layout({ children }) { return <html><body>{children}</body></html> }\n',
    'app/std/page/page.jsx': 'export default function Page() { return <h1>page</h1> }\n',
    'app/std/broken/page.jsx': `export const dynamic = 'force-dynamic'\nexport default function Page() { throw new Error('thrown on purpose') }\n`,
    'public/std/static.txt': 'static\n',
    'app/constructed/route.ts': `export { byProxy as GET } from '../../../${APPS}/constructed.ts'\nexport const dynamic = 'force-dynamic'\n`,
    'app/route/constructed/route.ts': `export { byWrapper as GET } from '../../../../${APPS}/constructed.ts'\nexport const dynamic = 'force-dynamic'\n`,
  }
}

/** Each path twice: below the proxy, and below /route with the wrapper for route handlers. */
function routes(): Record<string, string> {
  return Object.fromEntries(
    PATHS.flatMap((path) => {
      const handlers = `export { handle as GET, handle as POST${path === '/opt' ? ', handle as OPTIONS' : ''} }`
      const wrapped = path === '/opt' ? 'wrappedOpt' : 'wrapped'
      return [
        [`app/[policy]${path}/route.ts`, `${handlers} from '../../../../${APPS}/handlers.ts'\n`],
        [
          `app/route/[policy]${path}/route.ts`,
          `import { ${wrapped} } from '../../../../../${APPS}/handlers.ts'\nexport const { GET, POST, OPTIONS } = ${wrapped}\n`,
        ],
      ]
    }),
  )
}

/** A server that says something else about CORS. Its address is fixed when the application is built. */
function upstream(): Promise<string> {
  const server = createServer((_request, response) => {
    response
      .writeHead(200, { 'Access-Control-Allow-Origin': 'https://upstream.example', Vary: 'X-Upstream' })
      .end('upstream')
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)).unref()
  })
}
