// esbuild with the plugin, before wrangler: a policy with a defect stops the deployment at its line, and no check is deployed.
import { corsmith } from 'corsmith/unplugin'
import { build } from 'esbuild'

await build({
  entryPoints: ['src/worker.ts'],
  outfile: 'dist/worker.js',
  bundle: true,
  format: 'esm',
  minify: true,
  sourcemap: true,
  external: ['cloudflare:*', 'node:*'],
  plugins: [corsmith.esbuild({ report: true })],
})
