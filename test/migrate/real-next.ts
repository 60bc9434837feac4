// Next.js itself: one application whose configuration has a path of its own for every set of header lines, so that one build and one server
// answer for all of them.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { Agent, request as ask } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { PeerOptions } from '../../src/migrate/meaning.ts'
import { type AskedRequest, asksPreflight, fieldsOf, type GivenAnswer } from '../../src/migrate/wire.ts'
import { launch } from '../support/launched.ts'
import type { Real } from './real.ts'

const MODULES = join(import.meta.dirname, '../../node_modules')
const NEXT = join(MODULES, 'next/dist/bin/next')
const ENV = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The route handler. It has no `OPTIONS`, as is usual, so Next.js answers that itself. */
const ROUTE = `const answer = () => new Response('reached', { headers: { 'X-Reached': '1' } })
${METHODS.map((method) => `export const ${method} = answer`).join('\n')}
export const dynamic = 'force-dynamic'
`

/** An application of Next.js that runs. */
export interface RunningNext extends AsyncDisposable {
  ask(path: string, request: AskedRequest): Promise<GivenAnswer>
}

/**
 * Builds and starts an application: its files, beside a route handler for every path of one or two
 * segments.
 */
export async function startNextApp(files: Readonly<Record<string, string>>): Promise<RunningNext> {
  const folder = mkdtempSync(join(tmpdir(), 'corsmith-next-'))
  mkdirSync(join(folder, 'node_modules'))
  for (const name of ['next', 'react', 'react-dom'])
    symlinkSync(join(MODULES, name), join(folder, 'node_modules', name))
  symlinkSync(dirname(MODULES), join(folder, 'node_modules/corsmith'))
  const all = {
    'package.json': '{ "private": true, "type": "module" }',
    'app/[a]/route.js': ROUTE,
    'app/[a]/[b]/route.js': ROUTE,
    ...files,
  }
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  // With Turbopack, the packages would have to stand in the folder itself.
  const built = await launch(process.execPath, [NEXT, 'build', folder, '--webpack'], ENV).ended
  if (built.code !== 0) throw new Error(`next build: ${built.output}`)
  const server = launch(process.execPath, [NEXT, 'start', folder, '-H', '127.0.0.1', '-p', '0'], ENV)
  const [, port] = await server.waitFor(/http:\/\/127\.0\.0\.1:(\d+)/)
  await server.waitFor(/Ready/)
  const agent = new Agent({ keepAlive: true })
  return {
    ask: (path, request) =>
      new Promise((resolve, reject) => {
        const { method } = request
        const options = { agent, host: '127.0.0.1', port: Number(port), path, method, headers: fieldsOf(request) }
        ask(options, (response) => {
          response.resume().on('end', () => resolve(givenOf(request, response.statusCode ?? 0, response.rawHeaders)))
        })
          .on('error', reject)
          .end()
      }),
    async [Symbol.asyncDispose]() {
      agent.destroy()
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function givenOf(request: AskedRequest, status: number, raw: readonly string[]): GivenAnswer {
  const lines = raw.flatMap((name, i) => (i % 2 === 0 ? [[name, raw[i + 1] ?? ''] as const] : []))
  return {
    status,
    headers: lines.filter(([name]) => /^(access-control-|vary)/i.test(name)),
    // Next.js answers OPTIONS for a handler that has none, and names its methods.
    isReached: lines.some(([name]) => name.toLowerCase() === (isPlainOptions(request) ? 'allow' : 'x-reached')),
  }
}

function isPlainOptions(request: AskedRequest): boolean {
  return request.method === 'OPTIONS' && !asksPreflight(request)
}

/** Starts Next.js with the sets of the first batch. Later batches ask about the same sets. */
export function startNext(): Real {
  let running: Promise<RunningNext> | null = null
  return {
    async askAll(batch) {
      running ??= startNextApp({ 'next.config.mjs': configOf(batch.map(({ options }) => options)) })
      const app = await running
      const answers: GivenAnswer[][] = []
      for (const [i, { requests }] of batch.entries()) {
        answers.push(await Promise.all(requests.map((request) => app.ask(`/s${i}`, request))))
      }
      return answers
    },
    async [Symbol.asyncDispose]() {
      await (await running)?.[Symbol.asyncDispose]()
    },
  }
}

function configOf(sets: readonly PeerOptions[]): string {
  const entries = sets.flatMap((options, i) => {
    const headers = Object.entries(options).map(([key, value]) => ({ key, value }))
    return headers.length === 0 ? [] : [{ source: `/s${i}`, headers }]
  })
  return `export default { headers: async () => ${JSON.stringify(entries)} }\n`
}
