/**
 * Runs every adapter on its real runtime, with the package as it would be published, under pages of real browsers: credentials,
 * headers that need permission, uploads that force a preflight, errors, event streams, and a policy that refuses the page.
 *
 *   npm run test:browsers:adapters [-- hono deno …]
 */
import { TARGETS } from '../runtimes/launch/targets.ts'
import { prepare } from '../runtimes/pack.ts'
import { installed } from '../runtimes/paths.ts'
import { freePort } from '../runtimes/process.ts'
import type { Target } from '../runtimes/target.ts'
import { callAdapter, type Outcomes } from './adapter-page.ts'
import { chromiumPath, startChromium } from './chromium.ts'
import { MissingBrowser, type RealBrowser } from './engine.ts'
import { startFirefox } from './firefox.ts'
import { startOrigins } from './origins.ts'
import { uploadStream } from './streamed-upload.ts'
import { startWebKit } from './webkit.ts'

/** What a page must see. The same in every engine, behind every adapter; a status that an app is free to choose is `…`. */
const EXPECTED: Outcomes = {
  credentials: 'read ok, X-Req-Id 1',
  preflighted: 'read …',
  notAllowedMethod: 'refused',
  notAllowedHeader: 'refused',
  upload: 'load …',
  unauthorized: 'read 401 who are you?',
  thrown: 'read 500',
  missing: 'read 404',
  events: 'data: 0',
  refusedByPolicy: 'refused',
}

/** Where the framework answers before the adapter is asked: limits of docs/conformance.md, as a page sees them. */
const LIMITS: Readonly<Record<string, Partial<Outcomes>>> = {
  'astro middleware': { thrown: 'refused' },
  'react-router middleware': { missing: 'refused' },
  // A route handler declares the methods that it exports, and this one exports no PUT.
  'next route': { preflighted: 'refused', missing: 'refused' },
}

const words = process.argv.slice(2)
// A browser speaks HTTP/2 over TLS alone; the adapter behind it is the one of node:http.
const targets = TARGETS.filter(
  ({ name, http2 }) => !http2 && (words.length === 0 || words.some((word) => name.includes(word))),
)

let passed = 0
let failed = 0
const work = await prepare()
const origins = await startOrigins()
const browsers = await startBrowsers(`http://127.0.0.1:${origins.ports.A}/page`)
try {
  for (const target of targets) await runTarget(target)
  if (browsers.some(({ name }) => name === 'chromium')) await runStreamedUpload()
} finally {
  await Promise.all(browsers.map((browser) => browser.close()))
  origins.close()
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

async function runStreamedUpload(): Promise<void> {
  const where = 'a streamed upload in chromium'.padEnd(36)
  try {
    const { outcome, preflights } = await uploadStream(chromiumPath(), `http://127.0.0.1:${origins.ports.A}/page`)
    const isRight = outcome === 'read 1048576' && preflights === 1
    if (isRight) passed++
    else failed++
    console.log(`${where} ${isRight ? 'agreed' : `DIFFERS: ${outcome}, ${preflights} preflights`}`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    console.log(`!!! ${where} SKIPPED: openssl is not installed`)
    if (process.env.CI) failed++
  }
}

async function startBrowsers(page: string): Promise<RealBrowser[]> {
  const started: RealBrowser[] = []
  for (const start of [startChromium, startFirefox, startWebKit]) {
    try {
      started.push(await start(page))
    } catch (error) {
      if (!(error instanceof MissingBrowser)) throw error
      console.log(`!!! SKIPPED: ${error.message} is not installed`)
      if (process.env.CI) failed++
    }
  }
  return started
}

async function runTarget({ name, needs, base = '', start }: Target): Promise<void> {
  const lacks = needs.filter((needed) => installed(needed) === undefined)
  if (lacks.length > 0) {
    console.log(`SKIPPED ${name}: node_modules has no ${lacks.join(', ')}`)
    if (process.env.CI) failed++
    return
  }
  const port = await freePort()
  const { stop } = await start(port, work)
  try {
    for (const browser of browsers) {
      const call = `(${callAdapter})(${JSON.stringify(`http://127.0.0.1:${port}${base}`)})`
      compare(name, browser.name, (await browser.evaluate(call)) as Outcomes)
    }
  } finally {
    await stop()
  }
}

function compare(name: string, engine: string, seen: Outcomes): void {
  const expected = { ...EXPECTED, ...LIMITS[name] }
  const calls = Object.keys(expected) as (keyof Outcomes)[]
  const differing = calls.filter((call) => !matches(seen[call], expected[call]))
  passed += calls.length - differing.length
  failed += differing.length
  console.log(`${`${name} in ${engine}`.padEnd(36)} ${differing.length === 0 ? 'agreed' : 'DIFFERS'}`)
  for (const call of differing) console.log(`  ${call}: expected ${expected[call]}, saw ${seen[call]}`)
}

function matches(seen: string, expected: string): boolean {
  return expected.endsWith(' …') ? seen.startsWith(expected.slice(0, -1)) : seen === expected
}
