/**
 * `npm run test:clients:chromium`: runs the client packages in pages of the real Chromium, against servers with policies made of the
 * presets. Each client must see there what it sees in the simulated page. With a policy that lacks what the preset adds, no client may
 * see the same.
 */
import { build, type Plugin } from 'esbuild'
import { createCors } from '../../../src/index.ts'
import { type Preset, withPresets } from '../../../src/presets.ts'
import { findChromium, launchChromium } from '../../support/chromium.ts'
import { serve } from '../../support/serve-fetch.ts'
import { API, type ClientRun, runOf, versionOf } from './run-of.ts'

const FILES = ['models', 'rpc', 'mcp', 'uploads', 'backends', 'files'] as const
const FOLDER: string = import.meta.dirname

/** Puts what a page has in the place of what only the tests under Node have. */
const inPage: Plugin = {
  name: 'in-page',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/(?:run-of|bundled)\.ts$/ }, ({ path }) => ({ path, namespace: 'page' }))
    onResolve(
      {
        filter:
          /^(?:node:|(?:crypto|fs|path|http|https|stream|util|url|buffer|events|os|zlib|net|tls|child_process|async_hooks|process)$)/,
      },
      ({ path }) => ({ path, namespace: 'node' }),
    )
    onLoad({ filter: /run-of/, namespace: 'page' }, () => ({ contents: 'export const API = globalThis.API' }))
    onLoad({ filter: /bundled/, namespace: 'page' }, () => ({
      contents: `const packages = { '@aws-sdk/client-s3': () => import('@aws-sdk/client-s3') }\nexport const forBrowsers = (name) => packages[name]()`,
      resolveDir: FOLDER,
    }))
    // Servers of the protocols stand beside the clients. A page loads them and never starts one.
    onLoad({ filter: /.*/, namespace: 'node' }, () => ({
      contents:
        'module.exports = new Proxy(function () {}, { get: (target, key) => key === "__esModule" ? false : target[key] ?? target, construct: () => ({}) })',
      loader: 'js',
    }))
  },
}

async function bundle(file: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `import { runs } from './${file}.ts'\nglobalThis.runs = runs`, resolveDir: FOLDER },
    bundle: true,
    platform: 'browser',
    conditions: ['browser'],
    format: 'esm',
    plugins: [inPage],
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    write: false,
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

const chromium = await findChromium()
if (!chromium.present) throw new Error(chromium.cure)
const browser = await launchChromium(chromium)
await using site = await serve(() => new Response('<title>page</title>', { headers: { 'Content-Type': 'text/html' } }))
const page = site.origin.replace('127.0.0.1', 'localhost')
let current: (request: Request) => Response | Promise<Response> = () => new Response()
await using api = await serve((request) => current(request))

async function inChromium(run: ClientRun, preset: Preset | null, script: string, index: number) {
  const policy = { origins: [page], credentials: run.credentials ?? false }
  current = createCors(preset === null ? policy : withPresets(policy, preset)).wrap(run.server())
  const tab = await browser.newPage()
  const blocked: string[] = []
  tab.on('console', (line) => void (line.text().includes('CORS policy') && blocked.push(line.text())))
  tab.on('pageerror', (error) => console.log(`    the page threw ${error.message}`))
  try {
    await tab.goto(page)
    // @trpc/server, which stands beside its client, starts in tests and on servers alone.
    await tab.evaluate(
      `globalThis.API = ${JSON.stringify(api.origin)}; globalThis.process = { env: { NODE_ENV: 'test' } }`,
    )
    await tab.addScriptTag({ content: script, type: 'module' })
    await tab.waitForFunction('globalThis.runs', undefined, { timeout: 5000 })
    const code = `Promise.race([
      globalThis.runs[${index}].use({ fetch: globalThis.fetch.bind(globalThis), outcomes: [] }).then((seen) => JSON.stringify(seen) ?? 'undefined'),
      new Promise((resolve) => setTimeout(resolve, 5000, 'took too long')),
    ]).catch((error) => 'threw ' + error.message)`
    const seen = String(await tab.evaluate(code))
    return { seen: seen.replaceAll(api.origin, API), blocked }
  } finally {
    await tab.close()
  }
}

let passed = 0
let failed = 0
for (const file of FILES.filter((name) => process.argv[2] === undefined || name === process.argv[2])) {
  const { runs } = (await import(`./${file}.ts`)) as { runs: readonly ClientRun[] }
  const script = await bundle(file)
  for (const [index, run] of runs.entries()) {
    const expected = (await runOf(run, run.preset, 'chromium')).seen
    const { seen, blocked } = await inChromium(run, run.preset, script, index)
    const without = await inChromium(run, null, script, index)
    // Some clients do without what is blocked, and see the same in the end.
    const isMissed = without.seen !== expected || without.blocked.length > 0
    const isExpected = run.failsInPages === undefined ? seen === expected && isMissed : seen.includes(run.failsInPages)
    const isFine = isExpected && blocked.length === 0
    isFine ? passed++ : failed++
    console.log(
      `${isFine ? '✓' : '✗'} ${run.preset.name}: ${run.client} ${versionOf(run.client)} ${run.does}${run.failsInPages === undefined ? '' : ', which it does not in pages'}`,
    )
    if (!isFine)
      console.log(
        `    saw ${seen}\n    expected ${expected}\n    without the preset ${without.seen}\n    ${blocked.join('\n    ')}`,
      )
  }
}
await browser.close()
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
