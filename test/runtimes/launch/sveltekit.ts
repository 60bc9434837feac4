// `vite build` with the adapter for Node, and the handler it makes.
import { join } from 'node:path'
import { PATHS } from '../../conformance/app.ts'
import { program } from '../paths.ts'
import { launch, run } from '../process.ts'
import type { Target } from '../target.ts'
import { writeFiles } from './files.ts'

const CONFIG = `import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
export default {
  plugins: [sveltekit({ adapter: adapter(), csrf: { trustedOrigins: ['*'] } })],
  logLevel: 'error',
}
`

export const sveltekit: Target = {
  name: 'sveltekit',
  needs: ['@sveltejs/kit', '@sveltejs/adapter-node', 'svelte', 'vite'],
  async start(port, work) {
    const app = join(work, 'sveltekit')
    const from = '../../../../../test/runtimes/apps/sveltekit/hooks.ts'
    const files: Record<string, string> = {
      'package.json': '{ "private": true, "type": "module" }',
      'vite.config.js': CONFIG,
      'src/app.html': '<!doctype html><html><head>%sveltekit.head%</head><body>%sveltekit.body%</body></html>',
      'src/hooks.server.ts': `export { handle } from '../../test/runtimes/apps/sveltekit/hooks.ts'\n`,
      'src/routes/constructed/+server.ts': `export { constructed as GET } from '${from.slice(3)}'\n`,
    }
    for (const path of PATHS) {
      const own = path === '/opt' ? ', endpoint as OPTIONS' : ''
      files[`src/routes/[policy]${path}/+server.ts`] =
        `export { endpoint as GET, endpoint as POST${own} } from '${from}'\n`
    }
    await writeFiles(app, files)
    await run(process.execPath, [program('vite/bin/vite.js'), 'build'], app, { NODE_ENV: 'production' })
    const server = join('test', 'runtimes', 'apps', 'handler-server.ts')
    return launch(process.execPath, [server, String(port), join(app, 'build', 'handler.js')], port, work, {
      NODE_ENV: 'production',
    })
  },
}
