import { describe, expect, it } from 'vitest'
import { isNoAnswer, type NoAnswerKind, troubleOf, viaFetch } from '../../src/diagnose/transport.ts'

/** An error as Node gives it. */
const coded = (code: string, message = `it failed: ${code}`) => Object.assign(new Error(message), { code })

/** What a network stack names, and the kind of trouble. */
const CODES: Readonly<Record<Exclude<NoAnswerKind, 'withheld' | 'limit' | 'blocked' | 'unrecorded'>, string>> = {
  dns: 'ENOTFOUND EAI_AGAIN EAI_NODATA EAI_NONAME',
  refused: 'ECONNREFUSED EHOSTUNREACH ENETUNREACH EADDRNOTAVAIL EACCES EPERM',
  reset: 'ECONNRESET EPIPE UND_ERR_SOCKET ECONNABORTED',
  timeout: 'ETIMEDOUT ESOCKETTIMEDOUT UND_ERR_CONNECT_TIMEOUT ABORT_ERR TimeoutError',
  tls: 'CERT_HAS_EXPIRED CERT_NOT_YET_VALID DEPTH_ZERO_SELF_SIGNED_CERT EPROTO HOSTNAME_MISMATCH SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_GET_ISSUER_CERT UNABLE_TO_GET_ISSUER_CERT_LOCALLY UNABLE_TO_VERIFY_LEAF_SIGNATURE ERR_TLS_CERT_ALTNAME_INVALID ERR_SSL_WRONG_VERSION_NUMBER',
  'headers-too-large': 'HPE_HEADER_OVERFLOW UND_ERR_HEADERS_OVERFLOW',
  'not-http': 'HPE_INVALID_CONSTANT HPE_INVALID_VERSION HTTPParserError',
  failed: 'UND_ERR_INVALID_ARG XENOTFOUND ENOTFOUNDX X_HPE_ XERR_TLS XERR_SSL XHTTPParserError',
}

describe('troubleOf()', () => {
  it.each(Object.entries(CODES).flatMap(([kind, codes]) => codes.split(' ').map((code) => [kind, code] as const)))(
    'says %s for %s, wherever it stands',
    (kind, code) => {
      const error = coded(code)
      const detail = `it failed: ${code}`
      expect(troubleOf(error)).toEqual({ kind, detail })
      expect(troubleOf(new TypeError('fetch failed', { cause: error }))).toEqual({ kind, detail })
      expect(troubleOf(new AggregateError([new Error(''), error], ''))).toEqual({ kind, detail })
      expect(troubleOf(Object.assign(new Error('named'), { name: code }))).toEqual({ kind, detail: 'named' })
    },
  )

  it.each([
    ['socket hang up', 'reset'],
    ['Connection Reset by peer', 'reset'],
    ['other side closed', 'reset'],
    ['it fails', 'failed'],
  ])('reads "%s"', (message, kind) => expect(troubleOf(new Error(message))).toEqual({ kind, detail: message }))

  it.each<readonly [what: string, error: unknown, detail: string]>([
    ['the first line', new Error('one\ntwo'), 'one'],
    ['the innermost words', new Error('outer', { cause: new Error('inner') }), 'inner'],
    ['the outer words, where there are no others', new Error('outer', { cause: new Error('') }), 'outer'],
    ['a code, where there are no words', coded('E_CODE', ''), 'E_CODE'],
    ['the innermost code', Object.assign(coded('E_OUTER', ''), { cause: coded('E_INNER', '') }), 'E_INNER'],
    ['two hundred characters', new Error('x'.repeat(300)), 'x'.repeat(200)],
    ['no advice', new Error('no issuer; if the root CA is installed locally, try this'), 'no issuer'],
    [
      'the reason of OpenSSL',
      new Error('80:error:0A:SSL routines:ssl3_get_record:wrong version number:../x.c:3'),
      'wrong version number',
    ],
    ['an object', { message: 'text' }, 'text'],
    ['nothing of a text', 'text', 'no answer'],
    ['nothing of null', null, 'no answer'],
    ['nothing of nothing', undefined, 'no answer'],
    ['nothing of an empty object', {}, 'no answer'],
    ['a name', { name: 'AbortError', code: 20 }, 'AbortError'],
  ])('tells %s', (_, error, detail) => expect(troubleOf(error)).toEqual({ kind: 'failed', detail }))

  it('looks at eight errors, and so comes to an end', () => {
    const chain = (length: number): Error =>
      length === 0 ? coded('ENOTFOUND') : new Error('outer', { cause: chain(length - 1) })
    expect([troubleOf(chain(7)).kind, troubleOf(chain(8)).kind]).toEqual(['dns', 'failed'])
    const circle: Error & { cause?: unknown } = new Error('circle')
    circle.cause = circle
    expect(troubleOf(circle)).toEqual({ kind: 'failed', detail: 'circle' })
  })
})

describe('viaFetch()', () => {
  const wire = {
    method: 'PUT',
    url: 'https://api.example/x',
    headers: [
      ['X-A', '1'],
      ['X-A', '2'],
    ] as const,
    body: null,
  }

  it('sends the request as it is, and follows nothing', async () => {
    const sent: Request[] = []
    const send = viaFetch((request) => {
      sent.push(request)
      return new Response('text', { status: 302, statusText: 'Elsewhere', headers: { Location: '/y' } })
    })
    expect(await send({ ...wire, body: new TextEncoder().encode('body') })).toEqual({
      status: 302,
      statusText: 'Elsewhere',
      headers: [
        ['content-type', 'text/plain;charset=UTF-8'],
        ['location', '/y'],
      ],
      sample: 'text',
    })
    const [request] = sent
    expect([request?.method, request?.url, request?.redirect, request?.headers.get('x-a')]).toEqual([
      'PUT',
      'https://api.example/x',
      'manual',
      '1, 2',
    ])
    expect(await request?.text()).toBe('body')
  })

  it('reads the beginning of a body, and ends the rest', async () => {
    const sampleOf = async (body: BodyInit | null) => {
      const answer = await viaFetch(() => new Response(body))(wire)
      return 'sample' in answer ? answer.sample : null
    }
    expect([await sampleOf(null), await sampleOf(''), await sampleOf('é'.repeat(10))]).toEqual(['', '', 'é'.repeat(10)])
    expect(await sampleOf('x'.repeat(4097))).toBe('x'.repeat(4096))
    let isCancelled = false
    const bytes = new TextEncoder().encode(`${'x'.repeat(2999)}é`)
    const endless = new ReadableStream<Uint8Array>({
      // A character may be cut in two.
      pull: (controller) => {
        controller.enqueue(bytes.subarray(0, 3000))
        controller.enqueue(bytes.subarray(3000))
      },
      cancel: () => {
        isCancelled = true
      },
    })
    expect(await sampleOf(endless)).toBe(`${'x'.repeat(2999)}é${'x'.repeat(1096)}`)
    expect(isCancelled).toBe(true)
  })

  it('never rejects', async () => {
    const refused = viaFetch(() => Promise.reject(new TypeError('fetch failed', { cause: coded('ECONNREFUSED') })))
    expect(await refused(wire)).toEqual({ kind: 'refused', detail: 'it failed: ECONNREFUSED' })
    expect(isNoAnswer(await viaFetch(() => new Response())({ ...wire, method: 'a b' }))).toBe(true)
    expect(isNoAnswer(await viaFetch(() => new Response())(wire))).toBe(false)
  })

  it('gives up in time', async () => {
    const send = (request: Request) =>
      new Promise<Response>((_, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason))
      })
    expect(await viaFetch(send, 5)(wire)).toMatchObject({ kind: 'timeout' })
  })
})
