// Row S30: what fetch() returned, from a real server.
import { describe, expect, it } from 'vitest'
import { createCors } from '../../src/index.ts'
import { APP, actual, cors, STRANGER } from '../support/exchanges.ts'
import { withServer } from '../support/loopback-server.ts'

const policy = () => createCors({ origins: [APP], credentials: true })
const shared = { 'Access-Control-Allow-Origin': APP, 'Access-Control-Allow-Credentials': 'true', Vary: 'origin' }

describe('apply() to what fetch() returned', () => {
  it('S30 makes a copy that keeps status, text, cookies and body', () =>
    withServer(
      (_, response) => {
        response.writeHead(
          201,
          'Made',
          [
            ['Set-Cookie', 'a=1'],
            ['Set-Cookie', 'b=2, 3'],
            ['X-A', '1'],
          ].flat(),
        )
        response.end('upstream')
      },
      async (url) => {
        const upstream = await fetch(url)
        const response = policy().apply(actual(APP), upstream)
        expect(cors(response)).toEqual(shared)
        expect([response.status, response.statusText, response.headers.get('X-A')]).toEqual([201, 'Made', '1'])
        expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2, 3'])
        expect(await response.text()).toBe('upstream')
        expect(upstream.headers.has('Access-Control-Allow-Origin')).toBe(false)
      },
    ))

  it('S28 replaces the headers of an upstream that doubles its own, and removes them for a stranger', () =>
    withServer(
      (_, response) => {
        response.setHeader('Access-Control-Allow-Origin', ['*', 'https://other.example'])
        response.setHeader('Access-Control-Allow-Credentials', ['true', 'true'])
        response.setHeader('Vary', 'Accept-Encoding')
        response.end('x')
      },
      async (url) => {
        expect(cors(policy().apply(actual(APP), await fetch(url)))).toEqual({
          ...shared,
          Vary: 'accept-encoding, origin',
        })
        expect(cors(policy().apply(actual(STRANGER), await fetch(url)))).toEqual({ Vary: 'accept-encoding, origin' })
      },
    ))

  it('S26 shares a 304, a 204 and an answer to HEAD, which have no body', () =>
    withServer(
      (request, response) => response.writeHead(Number(request.url?.slice(1))).end(),
      async (url) => {
        const apply = async (status: number, method = 'GET') =>
          policy().apply(actual(APP, { method }), await fetch(`${url}/${status}`, { method }))
        const notModified = await apply(304)
        expect([notModified.status, notModified.body, cors(notModified)]).toEqual([304, null, shared])
        const empty = await apply(204)
        expect([empty.status, empty.body, cors(empty)]).toEqual([204, null, shared])
        expect(cors(await apply(200, 'HEAD'))).toEqual(shared)
      },
    ))

  it('S24 passes a redirect on', () =>
    withServer(
      (_, response) => response.writeHead(302, { Location: 'https://third.example/' }).end(),
      async (url) => {
        const response = policy().apply(actual(APP), await fetch(url, { redirect: 'manual' }))
        expect([response.status, response.headers.get('Location')]).toEqual([302, 'https://third.example/'])
        expect(cors(response)).toEqual(shared)
      },
    ))

  it('S25 makes a thrown one the response', () =>
    withServer(
      (_, response) => response.writeHead(418).end('teapot'),
      async (url) => {
        const handler = policy().wrap(async (): Promise<Response> => {
          throw await fetch(url)
        })
        const response = await handler(actual(APP))
        expect([response.status, await response.text()]).toEqual([418, 'teapot'])
        expect(cors(response)).toEqual(shared)
      },
    ))

  it('S30 streams it without buffering', () =>
    withServer(
      (_, response) => {
        response.write('first')
        setTimeout(() => response.end('last'), 10_000).unref()
      },
      async (url) => {
        const response = policy().apply(actual(APP), await fetch(url))
        const reader = response.body?.getReader()
        expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('first')
        await reader?.cancel()
      },
    ))
})
