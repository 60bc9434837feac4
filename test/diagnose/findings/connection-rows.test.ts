import { describe, expect, it } from 'vitest'
import type { NoAnswer } from '../../../src/diagnose/transport.ts'
import { type Handler, ORIGIN, type Request } from '../stage.ts'
import { always, PUT, two, VARY } from './case.ts'
import { ask, saidOf } from './variations.ts'

type Line = readonly [string, string]
const STAR: Line = ['Access-Control-Allow-Origin', '*']
const named = async (code: string, handler: Handler, request?: Request) => {
  const { findings } = await ask(handler, request)
  const finding = findings.find((each) => each.code === code)
  return finding === undefined
    ? null
    : [finding.message, finding.fix?.advice ?? null, finding.fix?.request?.url ?? null, finding.fix?.target ?? null]
}

describe('a connection that fails', () => {
  const fails = (kind: NoAnswer['kind'], detail = 'why'): Request => ({ transport: async () => ({ kind, detail }) })
  const HOST = 'api.example.com'
  const NOT_CORS = '; this is not a CORS problem'

  it.each([
    ['unreachable-dns', 'dns', `the name ${HOST} has no address (why)${NOT_CORS}`],
    ['unreachable-refused', 'refused', `nothing listens at ${HOST} (why)${NOT_CORS}`],
    ['unreachable-timeout', 'timeout', `${HOST} did not answer in time (why)${NOT_CORS}`],
    ['connection-closed', 'reset', `${HOST} closed the connection without an answer (why)${NOT_CORS}`],
    ['not-http', 'not-http', `the answer of ${HOST} is not HTTP/1.1 (why)`],
    ['headers-too-large', 'headers-too-large', 'the response headers are larger than browsers accept (why)'],
    ['request-limit', 'limit', 'the check is incomplete: why'],
    ['network-error', 'failed', `no answer came from ${HOST} (why)${NOT_CORS}`],
    [
      'answer-not-recorded',
      'blocked',
      'the archive says that the page got no answer (why), and does not contain the answer that would explain it',
    ],
    [
      'answer-not-recorded',
      'unrecorded',
      'the archive says that the page got no answer (why), and does not contain the answer that would explain it',
    ],
    ['tls-failed', 'tls', `the secure connection to ${HOST} failed (why)${NOT_CORS}`],
  ] as const)('is %s', async (code, kind, message) => {
    const { findings, conclusion } = await ask(always(200), fails(kind))
    expect(findings.map((each) => [each.code, each.message])).toEqual([[code, message]])
    expect(conclusion).toBe(kind === 'blocked' ? 'blocked' : 'error')
  })

  it.each([
    [
      'certificate-self-signed',
      'self-signed certificate',
      `the certificate of ${HOST} is signed by itself (self-signed certificate): Firefox calls this "CORS request did not succeed"`,
    ],
    [
      'certificate-self-signed',
      'self signed certificate in certificate chain',
      `the certificate of ${HOST} is signed by itself (self signed certificate in certificate chain): Firefox calls this "CORS request did not succeed"`,
    ],
    [
      'certificate-incomplete',
      'unable to verify the first certificate',
      `the certificate chain of ${HOST} is incomplete or unknown (unable to verify the first certificate)`,
    ],
    [
      'certificate-incomplete',
      'unable to get local issuer',
      `the certificate chain of ${HOST} is incomplete or unknown (unable to get local issuer)`,
    ],
    [
      'certificate-expired',
      'certificate has expired',
      `the certificate of ${HOST} is outside its dates (certificate has expired)`,
    ],
    ['certificate-expired', 'not yet valid', `the certificate of ${HOST} is outside its dates (not yet valid)`],
    ['certificate-wrong-host', 'altnames', `the certificate is for another name than ${HOST} (altnames)`],
    ['certificate-wrong-host', 'Hostname', `the certificate is for another name than ${HOST} (Hostname)`],
    ['certificate-wrong-host', 'does not match', `the certificate is for another name than ${HOST} (does not match)`],
    [
      'client-certificate',
      'certificate required',
      'the server wants a client certificate (certificate required), but by the standard a preflight carries none: Firefox sends none, Chromium sends one anyway',
    ],
    [
      'client-certificate',
      'bad certificate',
      'the server wants a client certificate (bad certificate), but by the standard a preflight carries none: Firefox sends none, Chromium sends one anyway',
    ],
    ['https-to-http-port', 'wrong version number', `${HOST} answers with http on this port, but the URL is https`],
    ['https-to-http-port', 'packet length too long', `${HOST} answers with http on this port, but the URL is https`],
    ['https-to-http-port', 'http request', `${HOST} answers with http on this port, but the URL is https`],
  ] as const)('of TLS is %s: %s', async (code, detail, message) => {
    const { findings } = await ask(always(200), fails('tls', detail))
    expect(findings.map((each) => [each.code, each.message])).toEqual([[code, message]])
    if (code !== 'https-to-http-port') expect(await saidOf(code, always(200), fails('reset', detail))).toBeNull()
  })

  it('of TLS calls http', async () => {
    const { findings } = await ask(always(200), fails('tls', 'wrong version number'))
    expect(findings[0]?.fix?.request?.url).toBe('http://api.example.com/items')
    const plain = { ...fails('reset', 'wrong version number'), url: 'http://api.example.com/', origin: 'http://a.com' }
    expect(await saidOf('https-to-http-port', always(200), plain)).toBeNull()
  })

  it('wants a client certificate, by an answer', async () => {
    const code = 'client-certificate'
    for (const text of ['No required SSL certificate was sent', 'send a client certificate'])
      for (const handler of [always(400, [], text), two({ status: 400, body: text }, {})])
        expect(await saidOf(code, handler, PUT)).toContain('(the server asks for one)')
    expect(await saidOf(code, always(400, [], 'certificate'), PUT)).toBeNull()
  })

  it.each([
    ['http://127.0.0.1:4321/items', '[::1]:4321', '127.0.0.1:4321'],
    ['http://[::1]:4321/items', '127.0.0.1:4321', '[::1]:4321'],
  ])('may be at the other address of %s', async (url, there, host) => {
    const listens: Request['transport'] = async (request) =>
      new URL(request.url).host === there ? { status: 200, headers: [] } : { kind: 'refused', detail: 'ECONNREFUSED' }
    expect(
      await named('loopback-other-address', always(200), { url, transport: listens, origin: 'http://localhost:3000' }),
    ).toEqual([
      `nothing listens at ${host}, but ${there} answers: the server listens on the other loopback address`,
      `Call localhost instead of ${host}, or let the server listen on 0.0.0.0 (or on ::, for both).`,
      'http://localhost:4321/items',
      'client',
    ])
    const { findings } = await ask(always(200), { url, ...fails('refused'), origin: 'http://localhost:3000' })
    expect(findings.map((each) => each.code)).toEqual(['unreachable-refused'])
    const slow = await ask(always(200), { url, ...fails('timeout'), origin: 'http://localhost:3000' })
    expect(slow.observations.some(({ purpose }) => purpose === 'other-address')).toBe(false)
  })

  it('is never made to some ports', async () => {
    const { findings, conclusion } = await ask(always(200), { url: 'https://api.example.com:6000/' })
    expect([conclusion, findings.map((each) => [each.code, each.message])]).toEqual([
      'blocked',
      [['bad-port', 'browsers never connect to port 6000']],
    ])
    const silent = await ask(always(200), { ...fails('refused'), url: 'https://api.example.com:6000/' })
    expect([silent.conclusion, silent.findings.map((each) => each.code)]).toEqual(['error', ['bad-port']])
  })
})

describe('the addresses of page and server', () => {
  it.each([
    ['http://api.example.com/x', ORIGIN, 'browsers'],
    ['http://192.168.1.10/x', ORIGIN, 'Firefox and Safari'],
  ])('are mixed: %s from %s', async (url, origin, who) => {
    expect(await named('mixed-content', always(200, [STAR]), { url, origin })).toEqual([
      `the page is https and the URL is http: ${who} block this before they check CORS`,
      'Serve the API over https and call it there.',
      url.replace('http:', 'https:'),
      'client',
    ])
  })

  it.each([
    ['https://192.168.1.10/', ORIGIN, 'local', 'Chrome and Firefox', ''],
    ['https://127.0.0.1/', ORIGIN, 'loopback', 'Chrome and Firefox', ''],
    ['http://127.0.0.1/', ORIGIN, 'loopback', 'Chrome and Firefox', '; Safari blocks http there as mixed content'],
    ['http://127.0.0.1/', 'http://app.example.com', 'loopback', 'Firefox', ''],
    ['http://192.168.1.10/', ORIGIN, 'local', 'Chrome', ''],
  ])('need permission: %s from %s', async (url, origin, space, who, safari) => {
    const message = await saidOf('local-network', always(200, [STAR, VARY]), { url, origin })
    expect(message).toBe(
      `a public page requests an address in the ${space} address space: the browser asks the user for permission (${who})${safari}; no header changes this`,
    )
  })

  it('are never reached without https', async () => {
    const request = { url: 'http://192.168.1.10/', origin: 'http://app.example.com' }
    expect(await saidOf('insecure-local-network', always(200, [STAR]), request)).toBe(
      'a page without https requests an address in the local address space: Chrome blocks this without asking the user (InsecureLocalNetwork), and no header changes it',
    )
  })
})
