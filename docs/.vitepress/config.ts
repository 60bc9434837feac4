/**
 * The documentation site: the repository's own Markdown, and the API reference that TypeDoc writes into docs/api. No page is written
 * for the site alone, so nothing can say two things. `npm run site` builds it.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'
import llms from 'vitepress-plugin-llms'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A link to a source file or a folder: the repository has it, and the site shows pages only. `npm test` checks where it leads. */
function isInRepository(url: string): boolean {
  const path = url.replace(/#.*/, '').replace(/^(?:\.{1,2}\/)+/, '')
  return [ROOT, join(ROOT, 'docs')].some((folder) => existsSync(join(folder, path)))
}

export default defineConfig({
  title: 'corsmith',
  description: 'One CORS policy, checked before it can run, answering the same on every Fetch runtime.',
  srcDir: '..',
  srcExclude: ['**/node_modules/**', 'dist/**', 'test/**', 'src/**', 'adapters/**', '.github/**', '.*/**'],
  rewrites: { 'README.md': 'index.md', 'docs/errors/README.md': 'docs/errors/index.md' },
  cleanUrls: true,
  lastUpdated: false,
  ignoreDeadLinks: [/^http:\/\/localhost/, isInRepository],
  vite: { plugins: [llms({ ignoreFiles: ['docs/api/**', 'CHANGELOG.md'] })] },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Start', link: '/' },
      { text: 'Guides', link: '/docs/guides' },
      { text: 'API', link: '/docs/api/' },
      { text: 'Changes', link: '/CHANGELOG' },
    ],
    sidebar: [
      {
        text: 'Use',
        items: [
          { text: 'First page', link: '/' },
          { text: 'Frameworks', link: '/docs/frameworks' },
          { text: 'Guides', link: '/docs/guides' },
          { text: 'Adapters', link: '/docs/adapters' },
          { text: 'Routes', link: '/docs/routes' },
          { text: 'Moving in', link: '/docs/migrate' },
          { text: 'The least policy', link: '/docs/learn' },
          { text: 'Presets', link: '/docs/presets' },
          { text: 'Every layer', link: '/docs/layers' },
          { text: 'Operating', link: '/docs/operating' },
          { text: 'Shared caches', link: '/docs/caching' },
          { text: 'Testing', link: '/docs/testing' },
          { text: 'The edge', link: '/docs/edge' },
          { text: 'Many tenants', link: '/docs/tenants' },
          { text: 'Preview deployments', link: '/docs/previews' },
          { text: 'Field reports', link: '/docs/field-reports' },
          { text: 'Module systems', link: '/docs/module-systems' },
          { text: 'Performance', link: '/docs/performance' },
        ],
      },
      {
        text: 'Moving in from',
        collapsed: true,
        items: [
          { text: 'Express', link: '/docs/migrate/express' },
          { text: 'NestJS', link: '/docs/migrate/nest' },
          { text: 'Hono', link: '/docs/migrate/hono' },
          { text: 'Fastify', link: '/docs/migrate/fastify' },
          { text: 'Koa', link: '/docs/migrate/koa' },
          { text: 'h3', link: '/docs/migrate/h3' },
          { text: 'Elysia', link: '/docs/migrate/elysia' },
          { text: 'Next.js', link: '/docs/migrate/next' },
          { text: 'itty-router', link: '/docs/migrate/itty' },
          { text: 'Remix and React Router', link: '/docs/migrate/remix' },
          { text: 'whatwg-node and Yoga', link: '/docs/migrate/whatwg' },
          { text: 'Flask', link: '/docs/migrate/flask' },
          { text: 'Django', link: '/docs/migrate/django' },
          { text: 'Spring', link: '/docs/migrate/spring' },
        ],
      },
      {
        text: 'Find out why',
        items: [
          { text: 'The command', link: '/docs/check' },
          { text: 'Coding agents', link: '/docs/agents' },
          { text: 'Targets', link: '/docs/targets' },
          { text: 'Console messages', link: '/docs/console-messages' },
          { text: 'Findings', link: '/docs/findings' },
          { text: 'Errors of a policy', link: '/docs/errors/' },
          { text: 'Failures', link: '/docs/failures' },
          { text: 'Playground', link: '/docs/playground' },
        ],
      },
      {
        text: 'Reference',
        items: [
          { text: 'API', link: '/docs/api/' },
          { text: 'Conformance', link: '/docs/conformance' },
          { text: 'Differences between browsers', link: '/docs/browser-differences' },
          { text: 'Architecture', link: '/ARCHITECTURE' },
          { text: 'Security', link: '/SECURITY' },
          { text: 'Contributing', link: '/CONTRIBUTING' },
          { text: 'Changes', link: '/CHANGELOG' },
        ],
      },
    ],
  },
})
