// What a policy is shown of a request of Node's: over HTTP/1.1, TLS and HTTP/2.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect as connectH2, createServer as createServerH2 } from 'node:http2'
import { createServer as createServerTls, request as requestTls } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { describe, expect, it } from 'vitest'
import { cors, requestHead } from '../../adapters/node.ts'
import { fetchRequest } from '../../adapters/node-request.ts'
import { createCors, perRequest } from '../../src/index.ts'
import { selfSigned } from '../support/certificate.ts'
import { send } from '../support/loopback.ts'
import { PAGE } from '../support/pages.ts'

const POLICY = createCors({ origins: [PAGE] })

/** A listener that answers with the URL and the method a policy was chosen by. */
function shown(): (req: IncomingMessage, res: ServerResponse) => void {
  const seen: string[] = []
  const handle = cors(
    perRequest((request: Request) => {
      seen.push(`${request.method} ${request.url} ${[...request.headers.keys()].sort().join()}`)
      return POLICY
    }),
  )
  return (req, res) => handle(req, res, () => res.end(seen.pop() ?? 'nothing was asked'))
}

async function port(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

describe('requestHead()', () => {
  it('shows two lines of one name as one value, which is no origin', () => {
    const head = requestHead({ headers: { origin: [PAGE, PAGE] } })
    expect(head.headers.get('origin')).toBe(`${PAGE}, ${PAGE}`)
    expect(POLICY.decide(head).refusal).toBe('origin-multiple')
  })

  it('shows what is not there as not there, and a request without a method as GET', () => {
    const head = requestHead({ headers: {} })
    expect([head.method, head.headers.get('origin')]).toEqual(['GET', undefined])
  })
})

describe('a policy chosen per request in node:http', () => {
  it.each([
    ['OPTIONS', '*', 'OPTIONS http://api.example.com/'],
    ['GET', 'http://other.example/a', 'GET http://api.example.com/'],
    ['GET', '/a?b', 'GET http://api.example.com/a?b'],
    ['TRACE', '/a', 'GET http://api.example.com/a'],
  ])('is chosen by %s %s as by %s', async (method, path, expected) => {
    const server = createServer(shown())
    const answer = await send(
      { port: await port(server) },
      { method, path, headers: { Origin: PAGE, Host: 'api.example.com' } },
    )
    server.close()
    expect(answer.body).toMatch(new RegExp(`^${expected.replace(/[.*+?]/g, '\\$&')} `))
    expect(answer.headers['access-control-allow-origin']).toBe(PAGE)
  })
})

describe('a policy chosen per request in node:https', () => {
  it('is chosen by an https URL', async () => {
    const server = createServerTls(selfSigned(), shown())
    const options = { port: await port(server), host: '127.0.0.1', path: '/a', rejectUnauthorized: false, agent: false }
    const body = await new Promise<string>((resolve, reject) => {
      requestTls({ ...options, headers: { Origin: PAGE, Host: 'api.example.com' } }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        response.on('end', () => resolve(text))
      })
        .on('error', reject)
        .end()
    })
    server.close()
    expect(body).toMatch(/^GET https:\/\/api\.example\.com\/a /)
  })
})

describe('a policy chosen per request in node:http2', () => {
  it.each([
    ['GET', 'GET'],
    ['TRACK', 'GET'],
    ['PUT', 'PUT'],
  ])('is chosen by the authority, and sees no pseudo-headers: %s', async (method, shownAs) => {
    const server = createServerH2(shown() as never)
    const session = connectH2(`http://127.0.0.1:${await port(server as never)}`)
    const stream = session.request({
      ':method': method,
      ':path': '/a',
      ':authority': 'api.example.com',
      origin: PAGE,
    })
    let body = ''
    let allowed: unknown
    stream.on('response', (fields) => (allowed = fields['access-control-allow-origin']))
    for await (const chunk of stream.setEncoding('utf8')) body += chunk
    session.close()
    server.close()
    expect(body).toBe(`${shownAs} http://api.example.com/a origin`)
    expect(allowed).toBe(PAGE)
  })
})

describe('fetchRequest()', () => {
  it.each([
    ['no socket', undefined],
    ['null for a socket', null],
    ['a socket that is not encrypted', {}],
    ['a socket that says so', { encrypted: false }],
  ])('takes a request with %s for one over http', (_, socket) => {
    const request = fetchRequest({
      url: '/a',
      headers: { host: 'api.example.com' },
      ...(socket !== undefined && { socket }),
    })
    expect(request.url).toBe('http://api.example.com/a')
  })

  it.each(['CONNECT', 'TRACE', 'TRACK', 'track'])('shows %s, which no Request can have, as GET', (method) => {
    expect(fetchRequest({ method, headers: {} }).method).toBe('GET')
  })

  it.each([
    [{ url: '/a', originalUrl: '/mounted/a' }, 'http://api.example.com/mounted/a'],
    [{}, 'http://api.example.com/'],
  ])('reads the path of %o', (given, url) => {
    expect(fetchRequest({ ...given, headers: { host: 'api.example.com' } }).url).toBe(url)
  })

  it('leaves out what is undefined, and joins what stands on several lines', () => {
    const request = fetchRequest({ headers: { 'x-none': undefined, 'x-two': ['a', 'b'] } })
    expect([...request.headers]).toEqual([['x-two', 'a,b']])
  })
})
