// The policy of a path is that of the route which serves it, or the answer is narrower: however the path is spelled, on every server.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { send } from '../support/loopback.ts'
import { holds } from '../support/property.ts'
import type { Running } from '../support/runtimes.ts'
import { RUNTIMES, SERVERS } from './servers.ts'
import { ADMIN, APP, engineOf, STRANGER, sources } from './table.ts'

vi.setConfig({ testTimeout: 120_000 })

const plain = fc.constantFrom(
  ...['/', '/admin', '/admin/users', '/admin/users/7', '/reports/7', '/reports/a.b', '/items/7'],
  ...['/items', '/Files/a%20b/c', '/Files/a%20b', '/public/x', '/items/7/admin', '/x/admin/users'],
)

const escaped = (text: string, i: number) => {
  const code = text.charCodeAt(i).toString(16).padStart(2, '0')
  return `${text.slice(0, i)}%${i % 2 === 0 ? code.toUpperCase() : code}${text.slice(i + 1)}`
}

/** Ways to spell a path differently, each at a place that `at` points to. */
const WAYS: Readonly<Record<string, (path: string, at: number) => string>> = {
  escape: (path, at) => escaped(path, 1 + (at % Math.max(1, path.length - 1))),
  'escape a slash': (path, at) => nth(path, '/', at, (i) => escaped(path, i)),
  'escape twice': (path, at) => nth(path, '%', at, (i) => escaped(path, i)),
  'two slashes': (path, at) => nth(path, '/', at, (i) => `${path.slice(0, i)}/${path.slice(i)}`),
  'a slash at the end': (path) => `${path}/`,
  case: (path, at) => {
    const i = 1 + (at % Math.max(1, path.length - 1))
    const letter = path.charAt(i)
    const other = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()
    return path.slice(0, i) + other + path.slice(i + 1)
  },
  'a dot': (path, at) => nth(path, '/', at, (i) => `${path.slice(0, i)}/.${path.slice(i)}`),
  'two dots': (path, at) => nth(path, '/', at, (i) => `${path.slice(0, i)}/x/..${path.slice(i)}`),
  'escaped dots': (path, at) => nth(path, '/', at, (i) => `${path.slice(0, i)}/x/%2e%2E${path.slice(i)}`),
  'dots behind an escaped slash': (path, at) => nth(path, '/', at, (i) => `${path.slice(0, i)}/x%2f..${path.slice(i)}`),
  'a matrix parameter': (path, at) => nth(`${path}/`, '/', at + 1, (i) => `${path.slice(0, i)};a=1${path.slice(i)}`),
  'a backslash': (path, at) =>
    nth(path, '/', at, (i) => (i === 0 ? path : `${path.slice(0, i)}\\${path.slice(i + 1)}`)),
  'from outside': (path) => `/public/..${path}`,
}

/** Changes a path at one of the places of a character. */
function nth(path: string, character: string, at: number, change: (i: number) => string): string {
  const places = [...path].flatMap((one, i) => (one === character ? [i] : []))
  const place = places[at % Math.max(1, places.length)]
  return place === undefined ? path : change(place)
}

const spelled = fc
  .tuple(plain, fc.array(fc.tuple(fc.constantFrom(...Object.keys(WAYS)), fc.nat(20)), { maxLength: 3 }))
  .map(([path, ways]) => ways.reduce((text, [way, at]) => WAYS[way]?.(text, at) ?? text, path))
  // What Node's client does not send.
  .filter((path) => /^[!-~]+$/.test(path))

const asked = fc.record({
  path: spelled,
  origin: fc.constantFrom(ADMIN, APP, STRANGER),
  method: fc.constantFrom('GET', 'HEAD', 'PUT', 'DELETE'),
})

/** Says how an answer is wider than the policy of the route that served it; null where it is not. */
async function breach(to: Running, { path, origin, method }: { path: string; origin: string; method: string }) {
  const served = await send(to, { path, method, headers: { Origin: origin } })
  const preflighted = await send(to, {
    path,
    method: 'OPTIONS',
    headers: { Origin: origin, 'Access-Control-Request-Method': method },
  })
  const route = String(served.headers['x-route'] ?? (served.status === 404 ? 'rest' : 'none'))
  const cors = engineOf(route)
  const isServed = route !== 'none'
  const head = new Map([['origin', origin]])
  const { shared } = cors.decide({ method, headers: head })
  const isForbidden = cors.policy.refused === 'forbid' && !shared && isServed
  const wider = (answer: typeof served) =>
    isServed && answer.headers['access-control-allow-origin'] !== undefined && !shared
  const credentials = (answer: typeof served) =>
    isServed && answer.headers['access-control-allow-credentials'] === 'true' && cors.policy.credentials !== true
  const lists = String(preflighted.headers['access-control-allow-methods'] ?? '').split(',')
  const permits = ['PUT', 'DELETE'].includes(method) && lists.includes(method)
  const declared = (cors.policy.methods ?? []) as readonly string[]
  const faults = [
    ...(wider(served) ? ['the answer is shared'] : []),
    ...(wider(preflighted) ? ['the preflight is shared'] : []),
    ...(credentials(served) || credentials(preflighted) ? ['with credentials'] : []),
    ...(isServed && permits && !declared.includes(method) ? ['the preflight permits the method'] : []),
    ...(isForbidden ? ['the handler ran'] : []),
  ]
  return faults.length === 0 ? null : `${method} ${path} from ${origin}, served by ${route}: ${faults.join(', ')}`
}

/** Bun's router reads dots and backslashes as they are sent, and shows a handler the resolved path alone. No browser sends them. */
const HIDDEN: readonly string[] = ['Bun.serve']
const hasDots = (path: string) => /\\|\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path)

async function lawHolds(running: Running, numRuns: number, name: string): Promise<void> {
  await holds(
    fc.asyncProperty(asked, async (request) => {
      fc.pre(!HIDDEN.includes(name) || !hasDots(request.path))
      expect(await breach(running, request)).toBeNull()
    }),
    { numRuns },
  )
}

describe.each([...Object.keys(SERVERS), ...Object.keys(RUNTIMES)])('corsRoutes() before %s', (name) => {
  const start = (source: keyof typeof sources): Promise<Running> =>
    SERVERS[name]?.(sources[source]) ?? (RUNTIMES[name] as (given: string) => Promise<Running>)(source)
  let running: Running
  beforeAll(async () => {
    running = await start('corsRoutes')
  })
  afterAll(() => running[Symbol.asyncDispose]())

  it('answers by the policy of the route that serves, or more narrowly', async () => {
    await lawHolds(running, 200, name)
  })

  it('shares what is spelled plainly', async () => {
    const shared = async (path: string, origin: string) =>
      (await send(running, { path, headers: { Origin: origin } })).headers['access-control-allow-origin']
    expect(await shared('/admin/users', ADMIN)).toBe(ADMIN)
    expect(await shared('/reports/7', APP)).toBe(APP)
    expect(await shared('/items/7', STRANGER)).toBe('*')
    expect(await shared('/nothing', STRANGER)).toBe('*')
    expect(await shared('/admin', ADMIN)).toBe(ADMIN)
    expect(await shared('/Files/a%20b/c', APP)).toBe(APP)
    expect(await shared('/admin/users', STRANGER)).toBeUndefined()
  })
})

describe('the law', () => {
  it.each(['Express 5', 'Hono', 'an edge before a lax server'])(
    'catches a match of the URL alone before %s',
    async (name) => {
      const running = (await SERVERS[name]?.(sources['a match of the URL alone'])) as Running
      try {
        await expect(lawHolds(running, 400, name)).rejects.toThrow()
      } finally {
        await running[Symbol.asyncDispose]()
      }
    },
  )
})
