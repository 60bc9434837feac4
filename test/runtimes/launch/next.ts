// `next build`, then `next start`: the application is written out, because Next reads routes from folders.
import { join } from 'node:path'
import { PATHS } from '../../conformance/app.ts'
import { program, ROOT } from '../paths.ts'
import { launch, run } from '../process.ts'
import type { Target } from '../target.ts'
import { writeFiles } from './files.ts'

type Kind = 'proxy' | 'middleware'

const ENV = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' } as const

/** With proxy.ts and instrumentation.ts, or with middleware.ts alone. `base` picks what is asked for: `/route` has neither. */
export function nextStart(name: string, kind: Kind, base = ''): Target {
  return {
    name,
    needs: ['next'],
    base,
    async start(port, work) {
      const app = join(work, `next-${kind}`)
      if (base === '') await build(app, kind)
      return launch(
        process.execPath,
        [program('next/dist/bin/next'), 'start', '-H', '127.0.0.1', '-p', String(port)],
        port,
        app,
        ENV,
      )
    },
  }
}

async function build(app: string, kind: Kind): Promise<void> {
  const files: Record<string, string> = {
    'package.json': '{ "private": true, "type": "module" }',
    'next.config.mjs': `export default { turbopack: { root: ${JSON.stringify(ROOT)} }, typescript: { ignoreBuildErrors: true } }`,
    'app/layout.tsx': 'export default function Layout({ children }) { return <html><body>{children}</body></html> }',
    'app/constructed/route.ts': `export { byProxy as GET } from '../../../test/runtimes/apps/next/constructed.ts'\nexport const dynamic = 'force-dynamic'`,
    'app/route/constructed/route.ts': `export { byWrapper as GET } from '../../../../test/runtimes/apps/next/constructed.ts'\nexport const dynamic = 'force-dynamic'`,
    [`${kind}.ts`]: `export { byPath as ${kind} } from '../test/runtimes/apps/next/proxies.ts'\nexport const config = { matcher: '/((?!route/).*)' }`,
  }
  if (kind === 'proxy') {
    files['instrumentation.ts'] =
      `export async function register() {\n  if (process.env.NEXT_RUNTIME === 'nodejs') (await import('../test/runtimes/apps/next/instrumentation.ts')).stampEverything()\n}`
  }
  for (const path of PATHS) {
    const own = path === '/opt' ? ', handle as OPTIONS' : ''
    files[`app/[policy]${path}/route.ts`] =
      `export { handle as GET, handle as POST${own} } from '../../../../test/runtimes/apps/next/handlers.ts'\n`
    const from = path === '/opt' ? 'wrappedOpt' : 'wrapped'
    files[`app/route/[policy]${path}/route.ts`] =
      `import { ${from} } from '../../../../../test/runtimes/apps/next/handlers.ts'\nexport const { GET, POST, OPTIONS } = ${from}\n`
  }
  await writeFiles(app, files)
  await run(process.execPath, [program('next/dist/bin/next'), 'build'], app, ENV)
}
