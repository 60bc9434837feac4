// Several lines in one text, and what is told of the one that counts.
import { describe, expect, it } from 'vitest'
import { recognizeMessage } from '../../../src/diagnose.ts'

const [API, APP] = ['https://api.example.com/x', 'https://app.example.com']
const FRAME = `Access to fetch at '${API}' from origin '${APP}' has been blocked by CORS policy`
const MISSING = "No 'Access-Control-Allow-Origin' header is present on the requested resource."
const PREFLIGHT = "Response to preflight request doesn't pass access control check: "

const read = (...lines: readonly string[]) => recognizeMessage(lines.join('\n'))

describe('of several lines', () => {
  it.each([
    [['TypeError: Failed to fetch', `${FRAME}: ${MISSING}`], 'allow-origin-missing', ['no-reason']],
    [[`${FRAME}: ${MISSING}`, 'GET https://b.example/ 404'], 'allow-origin-missing', ['http-status']],
    // Of two that tell as much, the first.
    [
      ['Method PUT is not allowed by Access-Control-Allow-Methods.', MISSING],
      'method-not-allowed',
      ['allow-origin-missing'],
    ],
    [
      [MISSING, 'Method PUT is not allowed by Access-Control-Allow-Methods.'],
      'allow-origin-missing',
      ['method-not-allowed'],
    ],
    // A frame belongs to its reason, but not to a line that tells less.
    [[FRAME, 'TypeError: Failed to fetch'], 'cors-no-reason', ['no-reason']],
    [[FRAME, 'GET https://b.example/ net::ERR_NAME_NOT_RESOLVED'], 'network-error', []],
    [[`${FRAME}: ${MISSING}`, `${FRAME}: ${MISSING}`], 'allow-origin-missing', []],
    [
      ['Script error. (:0)', 'Failed to fetch', 'Referrer Policy: strict-origin-when-cross-origin'],
      'script-error',
      ['no-reason', 'referrer-policy'],
    ],
    [['"OPTIONS /x HTTP/1.1" 404', 'Error: Not allowed by CORS'], 'refused-by-server', ['preflight-status']],
    [['"OPTIONS /x HTTP/1.1" 404', FRAME], 'preflight-status', []],
  ] as const)('%j: %s counts', (lines, code, also) => {
    const message = read(...lines)
    expect([message?.code, message?.also]).toEqual([code, also])
  })

  it('one may bring the status of another with the same code', () => {
    expect(
      read(
        `${FRAME}: ${PREFLIGHT}It does not have HTTP ok status.`,
        'Invalid HTTP status code in preflight response: 405',
      )?.status,
    ).toBe(405)
    expect(
      read('Invalid HTTP status code in preflight response: 404', 'Invalid HTTP status code in preflight response: 405')
        ?.status,
    ).toBe(404)
  })

  it('a translation counts only where no known line names a cause', () => {
    const spanish = `El acceso a fetch en '${API}' desde el origen '${APP}' ha sido bloqueado por la política CORS: El estado HTTP no es correcto.`
    expect(read(spanish)).toMatchObject({
      speaker: 'chromium',
      code: 'preflight-status',
      name: 'PreflightInvalidStatus',
      url: API,
      origin: APP,
      value: null,
    })
    expect(read(spanish, 'TypeError: Failed to fetch')?.code).toBe('preflight-status')
    expect(read(spanish, 'GET https://b.example/ net::ERR_NAME_NOT_RESOLVED')?.code).toBe('network-error')
    expect(read(spanish, 'Error: Not allowed by CORS')?.code).toBe('refused-by-server')
  })

  it('a line in another language counts beside known lines, but not over them', () => {
    const german = `Anfrage blockiert: Lesen von ${API} verboten. (Grund: CORS-Antwort schlug fehl). Statuscode: 405`
    expect(read(german)).toMatchObject({
      speaker: 'firefox',
      code: 'preflight-status',
      name: 'CORSPreflightDidNotSucceed3',
      status: 405,
      url: API,
      value: null,
    })
    expect(read(german, 'Error: Not allowed by CORS')).toMatchObject({
      code: 'preflight-status',
      also: ['refused-by-server'],
    })
    const english = `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ${API}. (Reason: CORS request did not succeed). Status code: (null).`
    expect(read(english)).toMatchObject({ code: 'network-error', name: 'CORSDidNotSucceed2', status: null, also: [] })
    const unsafe = `Gemischte Inhalte „http://cdn.example.com/a.js“ blockiert`
    expect(read(unsafe)).toMatchObject({
      speaker: 'firefox',
      code: 'mixed-content',
      name: null,
      url: 'http://cdn.example.com/a.js',
    })
  })

  it('no more than twenty of a kind are read', () => {
    const many = Array.from({ length: 30 }, (_, i) => `GET https://api.example.com/${i} 404`).join('\n')
    expect(recognizeMessage(many)).toMatchObject({ code: 'http-status', url: 'https://api.example.com/0', also: [] })
  })
})

describe('what failed', () => {
  it.each([
    [`${FRAME}: ${MISSING}`, 'response', 'MissingAllowOriginHeader'],
    [`${FRAME}: ${PREFLIGHT}${MISSING}`, 'preflight', 'PreflightMissingAllowOriginHeader'],
    [
      `${FRAME}: ${PREFLIGHT}The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when`,
      'preflight',
      'PreflightWildcardOriginNotAllowed',
    ],
    [`${FRAME}: ${PREFLIGHT}It does not have HTTP ok status.`, 'preflight', 'PreflightInvalidStatus'],
    [
      `${FRAME}: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.`,
      'preflight',
      'MethodDisallowedByPreflightResponse',
    ],
    [FRAME, null, null],
    ['net::ERR_BLOCKED_BY_CLIENT', null, null],
    ['net::ERR_NAME_NOT_RESOLVED', null, null],
    [`${PREFLIGHT}${'x '.repeat(40)}${MISSING}`, 'response', 'MissingAllowOriginHeader'],
    [`${MISSING} OPTIONS ${API}`, 'preflight', 'MissingAllowOriginHeader'],
    ['"OPTIONS /x HTTP/1.1" 404', 'preflight', 'access log'],
    ['Origin https://a.example is not allowed by Access-Control-Allow-Origin.', null, null],
  ])('%s: the %s', (line, during, name) => {
    const message = recognizeMessage(line)
    expect([message?.during, message?.name]).toEqual([during, name])
  })

  it.each([
    [`${FRAME}: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response. POST ${API}`, 'PUT'],
    [`POST ${API} ${FRAME}: ${MISSING}`, 'POST'],
    [`OPTIONS ${API} ${FRAME}: ${MISSING}`, null],
    ['Method OPTIONS is not allowed by Access-Control-Allow-Methods.', null],
  ])('%s: the method is %s', (line, method) => expect(recognizeMessage(line)?.method).toBe(method))

  it('is told with the addresses as they were written', () => {
    expect(
      recognizeMessage(
        `Access to fetch at '${API}…' (redirected from 'https://old.exam…') from origin '${APP}' has been blocked by CORS policy: ${MISSING}`,
      ),
    ).toMatchObject({
      url: API,
      redirectedFrom: null,
      origin: APP,
    })
    expect(
      recognizeMessage('Security Error: Content at nowhere may not load data from https://b.example/x')?.origin,
    ).toBeNull()
    expect(
      recognizeMessage('Security Error: Content at file:///C:/x.html may not load data from https://b.example/x')
        ?.origin,
    ).toBeNull()
    expect(recognizeMessage('(Reason: CORS header ‘Access-Control-Allow-Origin’ does not match ‘“x”’)')?.value).toBe(
      '“x”',
    )
  })
})
