// `astro build` with the adapter for Node, and the handler it makes.
import { join } from 'node:path'
import { PATHS } from '../../conformance/app.ts'
import { program } from '../paths.ts'
import { launch, run } from '../process.ts'
import type { Target } from '../target.ts'
import { writeFiles } from './files.ts'

const CONFIG = `import node from '@astrojs/node'
export default { output: 'server', adapter: node({ mode: 'middleware' }), security: { checkOrigin: false } }
`
const CORS = 'test/runtimes/apps/astro/cors.ts'
const ENV = { ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' } as const

/** With src/fetch.ts, or with src/middleware.ts alone. */
export function astro(name: string, kind: 'fetch' | 'middleware'): Target {
  return {
    name,
    needs: ['astro', '@astrojs/node'],
    async start(port, work) {
      const app = join(work, `astro-${kind}`)
      const files: Record<string, string> = {
        'package.json': '{ "private": true, "type": "module" }',
        'astro.config.mjs': CONFIG,
        'src/pages/constructed.ts': `export { constructed as GET } from '../../../${CORS}'\n`,
        ...(kind === 'middleware'
          ? { 'src/middleware.ts': `export { onRequest } from '../../${CORS}'\n` }
          : {
              'src/fetch.ts': `import { astro, FetchState } from 'astro/fetch'\nimport { around } from '../../${CORS}'\n\nexport default around((request) => astro(new FetchState(request)))\n`,
            }),
      }
      for (const path of PATHS) {
        const own = path === '/opt' ? ', endpoint as OPTIONS' : ''
        files[`src/pages/[policy]${path}.ts`] =
          `export { endpoint as GET, endpoint as POST${own} } from '../../../../${CORS}'\n`
      }
      await writeFiles(app, files)
      await run(process.execPath, [program('astro/bin/astro.mjs'), 'build'], app, ENV)
      const server = join('test', 'runtimes', 'apps', 'handler-server.ts')
      return launch(process.execPath, [server, String(port), join(app, 'dist', 'server', 'entry.mjs')], port, work, ENV)
    },
  }
}
