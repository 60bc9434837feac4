/** The programs that each tool is given: they import every entry of the package, and use what they import. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../runtimes/paths.ts'
import { DONE } from './cell.ts'

const manifest: { readonly exports: Readonly<Record<string, unknown>> } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
)

/** The entry for the configuration of a bundler: it needs `unplugin`, and test/build runs it in each bundler. */
const OF_BUILDS = './unplugin'

/** Every other entry with code, as it is imported. */
export const ENTRIES: readonly string[] = Object.entries(manifest.exports)
  .filter(([name, target]) => typeof target === 'object' && name !== OF_BUILDS)
  .map(([name]) => join('corsmith', name))

/** The entries that need Node. */
const NODE_ONLY: readonly string[] = ['corsmith/node-proxy', 'corsmith/runtime/node-proxy']

const useEntries = `
const origin = 'https://app.example.com'
const cors = all['corsmith'].createCors({ origins: [origin], methods: ['PUT'] })
const headers = { Origin: origin, 'Access-Control-Request-Method': 'PUT' }
const preflight = cors.preflight(new Request('https://api.example.com/', { method: 'OPTIONS', headers }))
const empty = Object.keys(all).filter((name) => Object.keys(all[name]).length === 0)
const text = preflight.status === 204 && empty.length === 0 ? '${DONE}' : 'wrong: ' + preflight.status + ' ' + empty
`

const table = (entries: readonly string[]) =>
  `const all = { ${entries.map((name, i) => `${JSON.stringify(name)}: entry${i}`).join(', ')} }`

/** The same as an ES module, in JavaScript. `end` says what happens to \`text\`. */
export function imported(end = 'console.log(text)', entries: readonly string[] = ENTRIES): string {
  const lines = entries.map((name, i) => `import * as entry${i} from ${JSON.stringify(name)}`)
  return [...lines, table(entries), useEntries, end, ''].join('\n')
}

/** As a CommonJS module. */
export function required(end = 'console.log(text)'): string {
  const lines = ENTRIES.map((name, i) => `const entry${i} = require(${JSON.stringify(name)})`)
  return [...lines, table(ENTRIES), useEntries, end, ''].join('\n')
}

/** As TypeScript, with lines that must not compile: where declarations are not found, everything is \`any\`. */
export function typed(end = 'console.log(text)'): string {
  const hono = ENTRIES.indexOf('corsmith/hono')
  const refused = ['entry0', `entry${hono}`].map(
    (entry, i) =>
      `// @ts-expect-error\nexport const refused${i} = () => ${entry}.${i === 0 ? 'createCors' : 'cors'}({ origins: 42 })`,
  )
  const typedUse = useEntries
    .replace('all[name])', '(all as Record<string, object>)[name] ?? {})')
    .replace('preflight.status ===', 'preflight?.status ===')
    .replace("'wrong: ' + preflight.status", "'wrong: ' + preflight?.status")
  const lines = ENTRIES.map((name, i) => `import * as entry${i} from ${JSON.stringify(name)}`)
  return [...lines, table(ENTRIES), typedUse, ...refused, end, ''].join('\n')
}

/** A server of Node, what a diagnosis finds there, and what the command prints. */
export const SERVED: string = `
import assert from 'node:assert'
import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import { diagnose } from 'corsmith/diagnose'
import { cors } from 'corsmith/node'
const middleware = cors({ origins: ['https://app.example.com'] })
const server = createServer((request, response) => middleware(request, response, () => response.end('x')))
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = 'http://127.0.0.1:' + server.address().port
const conclusion = async (origin) => (await diagnose(url, { origin })).conclusion
assert.deepEqual([await conclusion('https://app.example.com'), await conclusion('https://stranger.example')], ['allowed', 'blocked'])
server.close()
const command = (...args) => execFileSync(process.execPath, ['node_modules/corsmith/dist/src/cli.js', ...args], { encoding: 'utf8' })
assert.match(command('init', 'nginx', '--origins', 'https://app.example.com'), /map /)
assert.match(command('why', 'origin-null'), /null/)
console.log('${DONE}')
`

/** A Worker that answers with what the program would print. */
export const WORKER: string = imported(
  'export default { fetch: () => new Response(text) }',
  ENTRIES.filter((name) => !NODE_ONLY.includes(name)),
)
