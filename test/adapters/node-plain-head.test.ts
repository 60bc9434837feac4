// Which requests are answered by the policy at hand: those whose URL the parser would leave as it is. Any other gets a Request.
import { expect, it, vi } from 'vitest'
import { createSafeSource } from '../../adapters/node-request.ts'
import { createCors } from '../../src/index.ts'
import { createPerRequest } from '../../src/server/per-request.ts'
import type { PlainHead } from '../../src/server/resolve.ts'

const policy = createCors({ origins: ['https://app.example.com'] })
const head = { method: 'PUT', headers: new Headers({ Origin: 'https://app.example.com' }) }

interface Asked {
  readonly headers?: Record<string, string>
  readonly url?: string
  readonly originalUrl?: string
}

/** Asks for the policy at hand, and tells what it was asked about. */
function seen(asked: Asked): PlainHead | null {
  let given: PlainHead | null = null
  const ready = createPerRequest(
    async () => policy,
    {},
    (plain) => {
      given = plain
      return policy
    },
  )
  const kept = createSafeSource(ready).kept(ready, head, asked as never)
  expect(kept).toBe(given === null ? null : policy)
  return given
}

it.each<[host: string, plain: string]>([
  ['api.example.com', 'api.example.com'],
  ['localhost', 'localhost'],
  ['localhost:3000', 'localhost'],
  ['api.example.com:8', 'api.example.com'],
  ['a-1.example.com:443', 'a-1.example.com'],
  [`${'a.'.repeat(126)}a`, `${'a.'.repeat(126)}a`],
])('knows the host %s', (host, plain) => {
  expect(seen({ headers: { host }, url: '/items?page=2' })).toEqual({
    method: 'PUT',
    headers: head.headers,
    host: plain,
    path: '/items?page=2',
  })
})

it.each([
  '127.0.0.1',
  'api.example.1',
  'API.example.com',
  '[::1]',
  'user@api.example.com',
  'api.example.com/x',
  'api.example.com:',
  'api.example.com:99999',
  'api.example.com:80:80',
  'api:80.example.com',
  '.example.com',
  'example.com.',
  'xn--bcher-kva.example',
  'a.xn--bcher-kva',
  `${'a.'.repeat(127)}aa`,
  '',
])('leaves the host %j to the URL parser', (host) => expect(seen({ headers: { host }, url: '/' })).toBeNull())

it.each(['/', '/a/b.c/~d-e_f', '/?q=%2e%2e/..', '//a', '/a//'])('knows the path %s', (url) => {
  expect(seen({ headers: { host: 'a.test' }, url })?.path).toBe(url)
})

it.each(['*', '', 'x', 'http://a.test/', '/.', '/../x', '/a/.', '/%2e/', '/a b', '/ä', '/a#b', '/a\\b', '/a@b'])(
  'leaves the path %j to the URL parser',
  (url) => expect(seen({ headers: { host: 'a.test' }, url })).toBeNull(),
)

it('takes the authority of HTTP/2 before the host, and the path before a router changed it', () => {
  const headers = { host: 'old.test', ':authority': 'new.test' }
  expect(seen({ headers, url: '/x', originalUrl: '/mounted/x' })).toMatchObject({
    host: 'new.test',
    path: '/mounted/x',
  })
})

it('asks for a Request where the host or the path is missing', () => {
  expect(seen({})).toBeNull()
  expect(seen({ headers: { host: 'a.test' } })).toBeNull()
  expect(seen({ url: '/' })).toBeNull()
  expect(seen({ headers: {}, url: '/' })).toBeNull()
})

it('refuses, and prints why, where the policy cannot be resolved', async () => {
  const print = vi.spyOn(console, 'error').mockImplementation(() => {})
  const broken = {
    ...createPerRequest(
      async () => policy,
      {},
      () => policy,
    ),
  }
  const resolve = Object.assign(broken, {
    'corsmith.resolve': () => {
      throw new Error('gone')
    },
  })
  const closed = await createSafeSource(resolve).resolve(
    resolve,
    { headers: { host: 'a.test' }, url: '/' } as never,
    {},
  )
  expect(closed.decide(head).shared).toBe(false)
  expect(print).toHaveBeenCalledOnce()
  print.mockRestore()
})
