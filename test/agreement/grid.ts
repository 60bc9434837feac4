/** Policies and page requests: every combination, and random ones. */
import type { CorsPolicy } from '../../src/index.ts'
import { createRandom, type Random } from '../browsers/random.ts'

/** What a page does, and how the handler answers. */
export interface PageRequest {
  readonly origin: string
  readonly method: string
  readonly headers: readonly (readonly [string, string])[]
  readonly credentials: 'omit' | 'include'
  readonly status: number
}

export const ALLOWED = 'https://app.example.com'
const OTHER = 'https://other.example.org'

/** A predicate that is also known to the meaning of policies. */
export function isTrusted(origin: string): boolean {
  return origin === ALLOWED
}

const ORIGINS: readonly CorsPolicy['origins'][] = [
  '*',
  [ALLOWED],
  [OTHER, ALLOWED],
  ['https://*.example.com'],
  ['https://app-*.example.com', 'http://localhost:*'],
  isTrusted,
]
const METHODS: readonly (CorsPolicy['methods'] | undefined)[] = [undefined, ['PUT'], ['PATCH', 'DELETE'], '*']
const REQUEST_HEADERS: readonly (CorsPolicy['requestHeaders'] | undefined)[] = [
  undefined,
  ['X-Foo'],
  ['Content-Type', 'Authorization'],
  ['X-*'],
  '*',
  ['*', 'Authorization'],
]
const EXPOSED: readonly (CorsPolicy['exposedHeaders'] | undefined)[] = [undefined, ['X-Total', 'X-R*'], '*']

/** Every policy of the grid that can be constructed. */
export function policies(): CorsPolicy[] {
  const all: CorsPolicy[] = []
  for (const origins of ORIGINS) {
    for (const credentials of [false, true]) {
      if (credentials && origins === '*') continue
      for (const methods of METHODS) {
        for (const requestHeaders of REQUEST_HEADERS) {
          for (const exposedHeaders of EXPOSED) {
            if (credentials && exposedHeaders === '*') continue
            all.push(policy({ origins, credentials, methods, requestHeaders, exposedHeaders }))
          }
        }
      }
    }
  }
  return all
}

function policy(options: Record<string, unknown>): CorsPolicy {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never
}

const PAGES = [
  ALLOWED,
  OTHER,
  'https://a.b.example.com',
  'http://app.example.com',
  'http://localhost:3000',
  'https://app.example.com.evil.test',
  'null',
]
const WANTED: readonly (readonly (readonly [string, string])[])[] = [
  [],
  [['X-Foo', '1']],
  [['Content-Type', 'application/json']],
  [['Authorization', 'Bearer t']],
  [
    ['X-Foo', '1'],
    ['Authorization', 'Bearer t'],
  ],
  [
    ['X-Bar', '1'],
    ['Accept', 'text/html'],
  ],
]
const VERBS = ['GET', 'POST', 'PUT', 'PATCH', 'patch', 'DELETE']

/** Every page request of the grid. */
export function requests(): PageRequest[] {
  const all: PageRequest[] = []
  for (const origin of PAGES) {
    for (const method of VERBS) {
      for (const headers of WANTED) {
        const status = all.length % 7 === 0 ? 500 : 200
        for (const credentials of ['omit', 'include'] as const)
          all.push({ origin, method, headers, credentials, status })
      }
    }
  }
  return all
}

/** Random combinations beyond the grid; the same seed gives the same ones. */
export function randomCombinations(count: number, seed: number): [CorsPolicy, PageRequest][] {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => [randomPolicy(random), randomRequest(random)])
}

function subset<T>(random: Random, values: readonly T[]): T[] {
  return values.filter(() => random.chance(0.4))
}

function randomPolicy(random: Random): CorsPolicy {
  const origins = random.chance(0.15)
    ? '*'
    : [ALLOWED, ...subset(random, [OTHER, 'https://*.example.net', 'http://localhost:*'])]
  const credentials = origins !== '*' && random.chance(0.5)
  const names = subset(random, ['X-Foo', 'X-Bar', 'X-Trace-*', 'Content-Type', 'Authorization'])
  return policy({
    origins,
    credentials,
    methods: random.chance(0.2) ? '*' : subset(random, ['PUT', 'PATCH', 'DELETE', 'QUERY', 'patch']),
    requestHeaders: random.chance(0.2) ? '*' : names,
    exposedHeaders: random.chance(0.2) && !credentials ? '*' : subset(random, ['X-Total', 'ETag', 'X-R*']),
    maxAge: random.chance(0.5) ? Math.floor(random.next() * 1000) : undefined,
    preflightStatus: random.chance(0.5) ? 200 : undefined,
    refused: origins !== '*' && random.chance(0.3) ? 'forbid' : undefined,
  })
}

function randomRequest(random: Random): PageRequest {
  const values = ['1', 'application/json', 'text/plain', 'bytes=0-1', 'a'.repeat(130), '"x"']
  const names = [
    'X-Foo',
    'X-BAR',
    'x-trace-id',
    'Content-Type',
    'Authorization',
    'Accept',
    'Range',
    'X-Other',
    'Accept-Language',
  ]
  return {
    origin: random.pick([...PAGES, 'https://a.example.net', 'https://example.net']),
    method: random.pick([...VERBS, 'QUERY', 'HEAD', 'put', 'OPTIONS', 'X']),
    headers: subset(random, names).map((name) => [name, random.pick(values)] as const),
    credentials: random.pick(['omit', 'include'] as const),
    status: random.pick([200, 201, 304, 404, 500]),
  }
}
