import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createWireClient } from '../../../src/cli/wire-client.ts'
import { type Diagnosis, diagnose, type Transport } from '../../../src/diagnose.ts'
import { ORIGIN, stage } from '../stage.ts'

const client = createWireClient({ timeoutMs: 400, insecure: false })

function ask(url: string, transport: Transport = client): Promise<Diagnosis> {
  return diagnose(url, { origin: ORIGIN, transport })
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** A raw server that answers with bytes, whatever is asked. */
async function bytes(text: string | Buffer): Promise<Server> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(text))
  })
  await listen(server)
  return server
}

function urlOf(server: Server, scheme = 'http'): string {
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

describe('findings below HTTP, on real sockets', () => {
  it('names a host without an address', async () => {
    const { conclusion, findings } = await ask('https://corsmith-test.invalid/')
    expect([conclusion, findings[0]?.code]).toEqual(['error', 'unreachable-dns'])
  })

  it('names a refused connection', async () => {
    const server = await bytes('')
    const url = urlOf(server)
    await new Promise((resolve) => server.close(resolve))
    const { conclusion, findings } = await ask(url)
    expect([conclusion, findings[0]?.code]).toEqual(['error', 'unreachable-refused'])
  })

  it('names the other loopback address, where a program listens there', async () => {
    const transport: Transport = async ({ url }) =>
      url.startsWith('http://[::1]')
        ? { status: 404, statusText: '', headers: [] }
        : { kind: 'refused', detail: 'ECONNREFUSED' }
    const { conclusion, findings } = await ask('http://127.0.0.1:4321/items', transport)
    expect([conclusion, findings[0]?.code, findings[0]?.fix?.request?.url]).toEqual([
      'error',
      'loopback-other-address',
      'http://localhost:4321/items',
    ])
    const neither = await ask('http://127.0.0.1:4321/items', async () => ({ kind: 'refused', detail: 'ECONNREFUSED' }))
    expect(neither.findings[0]?.code).toBe('unreachable-refused')
  })

  it('names a server that does not answer', async () => {
    const staged = await stage(() => ({ hang: true }))
    const { conclusion, findings } = await ask(`${staged.origin}/`)
    await staged.close()
    expect([conclusion, findings[0]?.code]).toEqual(['error', 'unreachable-timeout'])
  })

  it('names a connection that is closed without an answer', async () => {
    const staged = await stage(() => ({ destroy: true }))
    const { conclusion, findings } = await ask(`${staged.origin}/`)
    await staged.close()
    expect([conclusion, findings[0]?.code]).toEqual(['error', 'connection-closed'])
  })

  it('names what is no HTTP', async () => {
    const server = await bytes(Buffer.from([0, 255, 1, 254, 10, 13, 7, 7, 7]))
    const { conclusion, findings } = await ask(urlOf(server))
    server.close()
    expect([conclusion, findings[0]?.code]).toEqual(['error', 'not-http'])
  })

  it('names headers of 10 MB', async () => {
    const server = await bytes(`HTTP/1.1 200 OK\r\nX-Big: ${'a'.repeat(10 * 1024 * 1024)}\r\n\r\n`)
    const { conclusion, findings } = await ask(urlOf(server))
    server.close()
    expect([conclusion, findings[0]?.code]).toEqual(['error', 'headers-too-large'])
  })

  it('names https asked of an http port', async () => {
    const staged = await stage(() => ({}))
    const { conclusion, findings } = await ask(staged.origin.replace('http:', 'https:'))
    await staged.close()
    expect([conclusion, findings[0]?.code]).toEqual(['error', 'https-to-http-port'])
  })

  it('names the limit of requests', async () => {
    const staged = await stage(({ path }) => ({
      status: 302,
      headers: [
        ['Location', `${path}x`],
        ['Access-Control-Allow-Origin', '*'],
      ],
    }))
    const { conclusion, findings, observations } = await diagnose(`${staged.origin}/`, {
      origin: ORIGIN,
      transport: client,
      maxRequests: 3,
    })
    await staged.close()
    expect([conclusion, findings[0]?.code]).toEqual(['error', 'request-limit'])
    expect(observations.filter(({ response }) => response !== null)).toHaveLength(3)
  })

  it('names a certificate signed by itself', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'corsmith-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-subj',
        '/CN=localhost',
        '-keyout',
        key,
        '-out',
        cert,
      ],
      { stdio: 'ignore' },
    )
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) =>
      response.end('ok'),
    )
    await listen(server)
    const url = urlOf(server, 'https')
    const { conclusion, findings } = await ask(url)
    const tolerant = await ask(url, createWireClient({ timeoutMs: 2000, insecure: true }))
    server.close()
    server.closeAllConnections()
    rmSync(folder, { recursive: true })
    expect([conclusion, findings[0]?.code]).toEqual(['error', 'certificate-self-signed'])
    expect(tolerant.findings[0]?.code).toBe('never-shared')
  })

  it.each([
    ['certificate-expired', 'tls', 'certificate has expired'],
    ['certificate-incomplete', 'tls', 'unable to verify the first certificate'],
    ['certificate-wrong-host', 'tls', "Hostname/IP does not match certificate's altnames"],
    ['client-certificate', 'tls', 'ssl/tls alert certificate required'],
    ['tls-failed', 'tls', 'unsupported protocol'],
    ['network-error', 'failed', 'something else'],
  ] as const)('names %s by what the network stack says', async (code, kind, detail) => {
    const { conclusion, findings } = await ask('https://api.example.com/', async () => ({ kind, detail }))
    expect([conclusion, findings[0]?.code]).toEqual(['error', code])
    const near = await ask('https://api.example.com/', async () => ({
      kind: 'refused',
      detail: 'connect ECONNREFUSED',
    }))
    expect(near.findings.map((finding) => finding.code)).not.toContain(code)
  })
})
