// One run, two projects: the sources under Node, and the edge worker inside workerd with the bindings of wrangler.toml.
import { fileURLToPath } from 'node:url'
import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))

export default defineConfig({
  test: {
    projects: [
      {
        // What the examples import by name is the sources, so that no build is needed, and none that is stale is tested.
        resolve: {
          alias: [
            { find: /^corsmith$/, replacement: path('src/index.ts') },
            {
              find: /^corsmith\/(browser|diagnose|policy|proxy|routes|runtime|migrate|tenants)$/,
              replacement: path('src/$1.ts'),
            },
            { find: /^corsmith\/(hono|node|runtime\/\w+)$/, replacement: path('adapters/$1.ts') },
          ],
        },
        test: {
          name: 'node',
          globalSetup: path('test/support/temporary.ts'),
          // Properties run many cases, and CI has two slow cores.
          testTimeout: 60_000,
          include: ['test/**/*.test.ts'],
          // The peers of the bench bring tests of their own.
          // The host of mutation testing tries mutants, and there are none.
          exclude: ['**/node_modules/**', 'test/workerd/**', 'test/e2e/**', 'test/browsers/**', 'test/mutation/**'],
        },
      },
      {
        test: {
          name: 'e2e',
          globalSetup: path('test/support/temporary.ts'),
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        // The package comes from its sources, so that no build is needed.
        resolve: {
          alias: {
            'corsmith/workers': path('adapters/workers.ts'),
            'corsmith/tenants': path('src/tenants.ts'),
            'corsmith/routes': path('src/routes.ts'),
          },
        },
        plugins: [
          cloudflareTest({
            main: './test/workerd/worker.ts',
            additionalExports: { Api: 'WorkerEntrypoint' },
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              assets: { directory: path('test/workerd/assets'), binding: 'ASSETS' },
              kvNamespaces: ['TENANTS'],
              d1Databases: ['DB'],
              durableObjects: { TENANT: { className: 'Tenant', useSQLite: true } },
            },
          }),
        ],
        test: { name: 'workerd', include: ['test/workerd/**/*.test.ts'] },
      },
    ],
  },
})
