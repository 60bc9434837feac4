import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, it } from 'vitest'
import { writeFiles } from '../../runtimes/launch/files.ts'
import { NEXT_ENV, serveNext } from '../../runtimes/launch/next.ts'
import { installed, program, ROOT } from '../../runtimes/paths.ts'
import { freePort, run } from '../../runtimes/process.ts'
import { describeWith } from '../../support/component.ts'
import { ORIGIN, type Stage } from '../stage.ts'
import { PUT, proves, type Row } from './row.ts'

const next = { name: 'Next.js', present: installed('next') !== undefined, cure: 'npm ci' }
const folders: string[] = []

/** What the mistakes have in common: a route that shares by hand, one that does not, and a redirect of the configuration. */
const APP: Readonly<Record<string, string>> = {
  'package.json': '{ "private": true, "type": "module" }',
  'next.config.mjs': `export default {
  turbopack: { root: ${JSON.stringify(ROOT)} },
  typescript: { ignoreBuildErrors: true },
  redirects: async () => [{ source: '/api/old', destination: '/api/marked', permanent: true }],
}
`,
  // Without one, the root of the repository is searched for one too.
  'proxy.ts': "export function proxy() {}\nexport const config = { matcher: '/none' }\n",
  'app/layout.jsx': 'export default function Layout({ children }) { return <html><body>{children}</body></html> }\n',
  'app/api/items/route.js':
    "export const dynamic = 'force-dynamic'\nexport const GET = () => Response.json({ ok: true })\n",
  'app/api/marked/route.js': `export const dynamic = 'force-dynamic'
const headers = { 'Access-Control-Allow-Origin': '${ORIGIN}', 'Access-Control-Allow-Methods': 'PUT', Vary: 'Origin' }
export const OPTIONS = () => new Response(null, { status: 204, headers })
export const GET = () => new Response('x', { headers })
export const PUT = GET
`,
}

/** Builds and starts an application; it lies in the repository, where Next finds its packages. */
async function start(files: Readonly<Record<string, string>>): Promise<Stage> {
  await mkdir(join(ROOT, '.runtimes'), { recursive: true })
  const folder = await mkdtemp(join(ROOT, '.runtimes', 'staged-next-'))
  folders.push(folder)
  const adapter = relative(folder, join(ROOT, 'adapters', 'next.ts'))
  for (const [name, text] of Object.entries({ ...APP, ...files }))
    await writeFiles(folder, { [name]: text.replaceAll("'corsmith/next'", `'${adapter}'`) })
  await run(process.execPath, [program('next/dist/bin/next'), 'build'], folder, NEXT_ENV)
  const port = await freePort()
  const { stop } = await serveNext(port, folder)
  return { origin: `http://127.0.0.1:${port}`, close: stop }
}

describeWith([next], 'corsmith check in front of Next.js', () => {
  let staged: Stage
  beforeAll(async () => {
    staged = await start({})
  }, 120_000)
  afterAll(async () => {
    await staged?.close()
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
  })

  const shared = async () => ({ origin: staged.origin, close: async () => {} })
  const rows: readonly Row[] = [
    {
      name: 'the redirect of a trailing slash',
      start: shared,
      path: '/api/marked/',
      request: PUT,
      finding: 'redirect-trailing-slash',
      target: 'client',
      isOurs: true,
    },
    {
      name: 'a redirect of the configuration',
      start: shared,
      path: '/api/old',
      request: PUT,
      finding: 'preflight-redirect',
      target: 'client',
      isOurs: true,
    },
    {
      name: 'a route handler without OPTIONS',
      start: shared,
      pasted: (snippet) => start({ 'proxy.ts': snippet }),
      path: '/api/items',
      request: PUT,
      finding: 'options-answered-by-router',
      target: 'next',
      isOurs: true,
    },
    {
      name: 'a route handler without headers',
      start: shared,
      path: '/api/items',
      finding: 'never-shared',
      target: 'next',
      isOurs: true,
    },
  ]

  it.each(rows)('$name → $finding', proves, 120_000)
})
