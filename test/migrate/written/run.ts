// Runs what public projects wrote with each library, before and after `corsmith migrate --write`.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inject } from 'light-my-request'
import { routeOf } from '../../../src/cli/migrating/beside.ts'
import type { PeerOptions } from '../../../src/migrate/meaning.ts'
import { type Migration, migrate, peerNamed } from '../../../src/migrate/migrate.ts'
import type { Peer, PeerName } from '../../../src/migrate/peer.ts'
import { scenariosOf } from '../../../src/migrate/scenarios.ts'
import { findOptions } from '../../../src/migrate/source/calls.ts'
import { type AskedRequest, fieldsOf, type GivenAnswer } from '../../../src/migrate/wire.ts'
import { corsmith } from '../../cli/run.ts'
import { NPM_FOLDER, startPythonFile, startReal } from '../real.ts'
import { startNextApp } from '../real-next.ts'
import { type AskAll, differences, said } from './compare.ts'
import { NEXT } from './next.ts'
import { DJANGO, FLASK } from './python.ts'
import { SCRIPTS, type Shape } from './scripts.ts'
import { SPRING } from './spring.ts'

const ROOT = join(import.meta.dirname, '../../..')
/** Packages resolve from here, and so does corsmith. */
const COPIES = join(ROOT, 'node_modules/.cache/corsmith/written')

/** What became of one file. */
export interface Outcome {
  readonly name: string
  /** Differences that the report names, and that running does not find; and the other way round. */
  readonly wrong: readonly string[]
}

/** Runs every file of a library; null where the library cannot run here. */
export async function runWritten(peer: PeerName): Promise<readonly Outcome[] | null> {
  if (peer === 'next') return each(NEXT, runNext)
  if (peer === 'spring') return inBatch(peer, SPRING)
  if (peer === 'flask') return each(FLASK, (shape) => runPython('flask', shape))
  if (peer === 'django') return each(DJANGO, (shape) => runPython('django', shape))
  return each(SCRIPTS[peer] ?? [], (shape) => runScript(peer, shape))
}

async function each<T extends Shape>(
  shapes: readonly T[],
  run: (shape: T) => Promise<readonly string[] | null>,
): Promise<readonly Outcome[] | null> {
  const outcomes: Outcome[] = []
  for (const shape of shapes) {
    const wrong = await run(shape)
    if (wrong === null) return null
    outcomes.push({ name: shape.name, wrong })
  }
  return outcomes
}

/** Writes a file, runs the command on it, and gives both texts. The second run has to find nothing to do. */
export async function writtenOf(peer: PeerName, file: string, text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'corsmith-written-'))
  const path = join(folder, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  const words = ['migrate', '--from', peer, path, '--write', '--accept']
  const { out } = await corsmith(words)
  const after = readFileSync(path, 'utf8')
  const again = await corsmith(words)
  const problems = [
    ...(/^not written/m.test(out) ? [out.slice(out.indexOf('not written'))] : []),
    ...(/nothing to do/.test(again.out) && readFileSync(path, 'utf8') === after
      ? []
      : [`a second run: ${again.out}${again.err}`]),
  ]
  const beside = (name: string) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : null)
  const result = { after, policy: beside('policy.json'), proxy: beside('proxy.js'), problems }
  rmSync(folder, { recursive: true })
  return result
}

/** The report on the first set of options of a file, without what only the path changes. */
function reportOn(
  peer: PeerName,
  text: string,
  language: 'javascript' | 'python',
  at = 0,
): { options: PeerOptions; migration: Migration } {
  const { parts } = peerNamed(peer) as Peer
  const options = findOptions(text.replace(/^\uFEFF/, ''), language, peer)
    .flatMap((place) => (place.options === null ? [] : (parts?.(place.options) ?? [place.options])))
    .at(at) as PeerOptions
  return { options, migration: migrate(peer, options) }
}

async function compared(
  peer: PeerName,
  options: PeerOptions,
  migration: Migration,
  before: AskAll,
  after: AskAll,
  counts: (direction: string) => boolean,
) {
  const scenarios = scenariosOf((peerNamed(peer) as Peer).read(options), migration.policy)
  const found = (await differences(before, after, scenarios)).filter(({ direction }) => counts(direction)).map(said)
  const named = migration.changes
    .filter(({ what, direction }) => !what.startsWith('paths that do not match') && counts(direction))
    .map(said)
  return [
    ...found.filter((text) => !named.includes(text)).map((text) => `not said: ${text}`),
    ...named.filter((text) => !found.includes(text)).map((text) => `said, and not so: ${text}`),
  ]
}

async function runScript(peer: PeerName, shape: Shape): Promise<readonly string[] | null> {
  const ending = shape.ending ?? 'mjs'
  if (['itty', 'remix', 'whatwg'].includes(peer) && (await startReal(peer)) === null) return null
  const { after, problems } = await writtenOf(peer, `server.${ending}`, shape.text)
  const { options, migration } = reportOn(peer, shape.text, 'javascript')
  const [one, other] = [await askerOf(shape.text, ending), await askerOf(after, ending)]
  return [...problems, ...(await compared(peer, options, migration, one, other, () => true))]
}

/** Loads a file from a folder where its packages resolve. */
export async function askerOf(text: string, ending: string, path = '/x'): Promise<AskAll> {
  mkdirSync(COPIES, { recursive: true })
  const copy = join(mkdtempSync(join(COPIES, 'file-')), `server.${ending.replace('mts', 'mjs')}`)
  writeFileSync(copy, placed(ending === 'mts' ? stripTypeScriptTypes(text.replace(/^\uFEFF/, '')) : text))
  const module = await import(pathToFileURL(copy).href)
  const app = module.default
  return async (requests) => {
    const answers: GivenAnswer[] = []
    for (const request of requests) answers.push(await ask(module, app, request, path))
    return answers
  }
}

/** Names the packages of other folders, and corsmith by its sources. */
function placed(text: string): string {
  return text.replaceAll(/(from\s+|require\()(['"])([^'"]+)\2/g, (whole, head: string, _q: string, name: string) => {
    const own = name === 'corsmith' ? 'src/index.ts' : /^corsmith\/(.+)$/.exec(name)?.[1]
    if (own !== undefined) {
      const path = join(ROOT, own.endsWith('.ts') ? own : `adapters/${own}.ts`)
      return `${head}'${head.startsWith('require') ? path : pathToFileURL(path).href}'`
    }
    const peer = NPM_ENTRIES[name]
    return peer === undefined ? whole : `${head}'${pathToFileURL(join(NPM_FOLDER, 'node_modules', peer)).href}'`
  })
}

const NPM_ENTRIES: Readonly<Record<string, string>> = {
  'itty-router': 'itty-router/index.mjs',
  'remix-utils/cors': 'remix-utils/build/server/cors.js',
  'remix-utils/middleware/cors': 'remix-utils/build/server/middleware/cors.js',
  '@whatwg-node/server': '@whatwg-node/server/esm/index.js',
  'graphql-yoga': 'graphql-yoga/esm/index.js',
}

type Loaded = Readonly<Record<string, unknown>>

async function ask(module: Loaded, app: unknown, request: AskedRequest, path: string): Promise<GivenAnswer> {
  const { method } = request
  if (typeof app === 'function' && !('fetch' in app)) {
    const { statusCode, headers } = await inject(app as never, {
      method: method as 'GET',
      url: path,
      headers: fieldsOf(request),
    })
    return given(
      statusCode,
      Object.entries(headers).flatMap(([name, value]) => [value].flat().map((each) => [name, String(each)] as const)),
    )
  }
  const isGraphql = Object(app) === app && 'graphqlEndpoint' in (app as object)
  const url = isGraphql ? 'http://localhost/graphql?query={a}' : 'http://localhost/x'
  const asked = new Request(url, {
    method,
    headers: { ...fieldsOf(request), ...(isGraphql ? { Accept: 'application/json' } : {}) },
  })
  const response = await answerOf(module, app, asked)
  const { status, headers } = given(response.status, response.headers)
  // Without a mark of its own, GraphQL Yoga is reached where it answers the query.
  const isReached =
    response.headers.has('x-reached') || (isGraphql && (method !== 'OPTIONS' || [404, 405].includes(response.status)))
  return { status, headers, isReached }
}

async function answerOf(module: Loaded, app: unknown, request: Request): Promise<Response> {
  const { loader, middleware } = module as {
    loader?: (args: { request: Request }) => Promise<Response>
    middleware?: readonly ((args: { request: Request }, next: () => Promise<Response>) => Promise<Response>)[]
  }
  const reached = async () => new Response('reached', { headers: { 'X-Reached': '1' } })
  if (middleware?.[0] !== undefined) return middleware[0]({ request }, reached)
  if (loader !== undefined) return loader({ request })
  return (app as { fetch: (request: Request) => Promise<Response> }).fetch(request)
}

function given(status: number, headers: Iterable<readonly [string, string]>): GivenAnswer {
  const lines = [...headers].map(([name, value]) => [name, value] as const)
  const isReached = lines.some(([name]) => name.toLowerCase() === 'x-reached')
  return { status, headers: lines.filter(([name]) => /^(access-control-|vary)/i.test(name)), isReached }
}

/** Pages notice what the report says. The library still answers, so the rest of the wire stays. */
const noticed = (direction: string) => direction !== 'other'

async function runPython(peer: 'flask' | 'django', shape: Shape): Promise<readonly string[] | null> {
  const { after, policy, problems } = await writtenOf(peer, peer === 'flask' ? 'app.py' : 'settings.py', shape.text)
  const { options, migration } = reportOn(peer, shape.text, 'python')
  const path = migration.paths === undefined ? '/x' : (routeOf(migration.paths, true) ?? '/x').replace('*', 'x')
  const servers = [startPythonFile(peer, shape.text, path), startPythonFile(peer, after, path)]
  const [one, other] = servers
  if (!one || !other) return null
  try {
    return [
      ...problems,
      ...policyProblems(policy, migration),
      ...(await compared(peer, options, migration, one.ask, other.ask, noticed)),
    ]
  } finally {
    for (const server of servers) server?.stop()
  }
}

/** The policy that is written has to be the one of the report. */
function policyProblems(text: string | null, { policy }: Migration): readonly string[] {
  const written = text === null ? null : JSON.parse(text)
  const found = written?.routes?.[0]?.policy ?? written
  return JSON.stringify(found) === JSON.stringify(policy) ? [] : [`policy.json: ${text}`]
}

async function inBatch(peer: 'spring', shapes: typeof SPRING): Promise<readonly Outcome[] | null> {
  const outcomes: Outcome[] = []
  for (const { name, file, text } of shapes) {
    const real = await startReal(peer)
    if (real === null) return null
    await using started = real
    const { after, policy, problems } = await writtenOf(peer, file, text)
    const { options, migration } = reportOn(peer, text, 'javascript')
    const asker =
      (given: PeerOptions): AskAll =>
      async (requests) => {
        const [answers] = await started.askAll([{ options: given, requests }])
        if (answers === undefined || typeof answers === 'string') throw new Error(`${name}: ${answers}`)
        return answers
      }
    const corrected = reportOn(peer, after, 'javascript').options
    const wrong = await compared(peer, options, migration, asker(options), asker(corrected), noticed)
    outcomes.push({ name, wrong: [...problems, ...policyProblems(policy, migration), ...wrong] })
  }
  return outcomes
}

async function runNext(shape: Shape): Promise<readonly string[]> {
  const { after, proxy, problems } = await writtenOf('next', 'next.config.mjs', shape.text)
  if (proxy === null) return [...problems, 'no proxy.js was written']
  const wrong: string[] = [...problems]
  await using before = await startNextApp({ 'next.config.mjs': shape.text })
  await using later = await startNextApp({ 'next.config.mjs': after, 'proxy.js': proxy })
  const places = findOptions(shape.text, 'javascript', 'next')
  for (const [i, { options }] of places.entries()) {
    const { migration } = reportOn('next', shape.text, 'javascript', i)
    const path = String(options?.source)
      .replace(/:\w+\*|\(\.\*\)/, 'x')
      .replace(/:\w+/, 'y')
    const isHidden = places.some((other, j) => j > i && String(other.options?.source).startsWith(path))
    if (options === null || isHidden) continue
    const asker =
      (app: typeof before): AskAll =>
      (requests) =>
        Promise.all(requests.map((request) => app.ask(path, request)))
    wrong.push(
      ...(await compared('next', options, migration, asker(before), asker(later), () => true)).map(
        (each) => `${path}: ${each}`,
      ),
    )
  }
  return wrong
}
