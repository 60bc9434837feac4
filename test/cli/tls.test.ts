import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const cli = join(import.meta.dirname, '../../src/cli.ts')
const folder = mkdtempSync(join(tmpdir(), 'corsmith-tls-'))
const at = (name: string) => join(folder, name)
const openssl = (...argv: string[]) => execFileSync('openssl', argv, { stdio: 'ignore', cwd: folder })
const servers: Server[] = []

/** Signs a certificate by an authority of our own. */
function sign(name: string, host: string, days: string): void {
  openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    at(`${name}.key`),
    '-out',
    at('csr'),
    '-subj',
    `/CN=${host}`,
  )
  writeFileSync(at('ext'), `subjectAltName=DNS:${host}`)
  openssl(
    'x509',
    '-req',
    '-in',
    'csr',
    '-CA',
    'ca.crt',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-out',
    `${name}.crt`,
    '-days',
    days,
    '-extfile',
    'ext',
  )
}

async function listen(name: string, options: ServerOptions = {}): Promise<number> {
  const server = createServer(
    { key: readFileSync(at(`${name}.key`)), cert: readFileSync(at(`${name}.crt`)), ...options },
    (_, response) => response.end('x'),
  )
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** Runs the command as a process that trusts the authority, or does not. */
function check(url: string, trusts = true): Promise<{ status: number; stdout: string; stderr: string }> {
  const env = { ...process.env, NO_COLOR: '1', ...(trusts ? { NODE_EXTRA_CA_CERTS: at('ca.crt') } : {}) }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [cli, 'check', url, '--origin', 'https://app.example.com'],
      { env },
      (error, stdout, stderr) => resolve({ status: Number(error?.code ?? 0), stdout, stderr }),
    )
  })
}

const ports: Record<string, number> = {}

beforeAll(async () => {
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-days',
    '2',
    '-subj',
    '/CN=ca',
  )
  sign('good', 'localhost', '2')
  sign('wrong', 'other.example', '2')
  sign('expired', 'localhost', '-1')
  ports.good = await listen('good')
  ports.wrong = await listen('wrong')
  ports.expired = await listen('expired')
  ports.authority = await listen('ca')
  ports.client = await listen('good', { requestCert: true, rejectUnauthorized: true, ca: readFileSync(at('ca.crt')) })
  ports.ciphers = await listen('good', {
    maxVersion: 'TLSv1.2',
    minVersion: 'TLSv1.2',
    ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256',
  })
})
afterAll(() => {
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
  rmSync(folder, { recursive: true })
})

describe('corsmith check over TLS', () => {
  it.each([
    ['another host', 'wrong', 'localhost', true, 'certificate-wrong-host'],
    ['a date in the past', 'expired', 'localhost', true, 'certificate-expired'],
    ['an authority that nobody knows', 'good', 'localhost', false, 'certificate-incomplete'],
    ['its own signature', 'authority', 'localhost', false, 'certificate-self-signed'],
    ['an address instead of a name', 'authority', '127.0.0.1', false, 'certificate-self-signed'],
    ['a demand for a certificate of the client', 'client', 'localhost', true, 'client-certificate'],
    ['no cipher in common', 'ciphers', 'localhost', true, 'tls-failed'],
  ])('names %s in one line, and exits with 3', async (_, name, host, trusts, code) => {
    const { status, stdout, stderr } = await check(`https://${host}:${ports[name]}/`, trusts)
    expect([status, stderr]).toEqual([3, ''])
    expect(stdout.trim().split('\n')).toHaveLength(1)
    expect(stdout).toContain(`  ${code}`)
    expect(stdout).not.toMatch(/openssl\/|Node\.js/)
  })

  it('has nothing against a certificate that is right', async () => {
    const { status, stdout } = await check(`https://localhost:${ports.good}/`)
    expect([status, stdout.includes('never-shared')]).toEqual([1, true])
  })
})
