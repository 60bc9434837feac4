// What a report calls the verdict of each browser, the line that each prints, and why there is a preflight.
import { describe, expect, it } from 'vitest'
import { consoleLine, verdictName } from '../../../src/diagnose/report/names.ts'
import { BROWSER_NAMES } from '../../../src/diagnose/verdicts.ts'
import {
  type DiagnoseOptions,
  diagnose,
  type NoAnswerKind,
  preflightReasons,
  type Transport,
} from '../../../src/diagnose.ts'

const ORIGIN = 'https://app.example.com'
const MARK = ['Access-Control-Allow-Origin', ORIGIN] as const
const shared: Transport = async () => ({ status: 200, headers: [MARK] })

const ask = (url: string, transport: Transport, options: Partial<DiagnoseOptions> = {}) =>
  diagnose(url, { origin: ORIGIN, transport, now: () => 0, ...options })

async function verdicts(...args: Parameters<typeof ask>) {
  const diagnosis = await ask(...args)
  return BROWSER_NAMES.map((browser) => [browser, verdictName(diagnosis, browser), consoleLine(diagnosis, browser)])
}

describe('the verdict of a browser', () => {
  it('on a response that is shared is no line', async () => {
    expect(await verdicts('https://api.example.com/', shared)).toEqual([
      ['chromium', 'shared', null],
      ['firefox', 'shared', null],
      ['webkit', 'shared', null],
    ])
  })

  it('on a failure of CORS has the name that the browser gives it', async () => {
    expect(await verdicts('https://api.example.com/', async () => ({ status: 200, headers: [] }))).toEqual([
      [
        'chromium',
        'MissingAllowOriginHeader',
        "Access to fetch at 'https://api.example.com/' from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
      ],
      [
        'firefox',
        'CORSMissingAllowOrigin2',
        'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 200.',
      ],
      [
        'webkit',
        'Origin https://app.example.com is not allowed by Access-Control-Allow-Origin. Status code: 200',
        'Origin https://app.example.com is not allowed by Access-Control-Allow-Origin. Status code: 200',
      ],
    ])
  })

  it.each([
    ['dns', 'net::ERR_NAME_NOT_RESOLVED'],
    ['refused', 'net::ERR_CONNECTION_REFUSED'],
    ['timeout', 'net::ERR_CONNECTION_TIMED_OUT'],
    ['tls', 'net::ERR_CERT_INVALID'],
    ['reset', 'net::ERR_EMPTY_RESPONSE'],
    ['not-http', 'net::ERR_INVALID_HTTP_RESPONSE'],
    ['headers-too-large', 'net::ERR_RESPONSE_HEADERS_TOO_BIG'],
    ['failed', 'net::ERR_FAILED'],
  ] as readonly (readonly [NoAnswerKind, string])[])('on no answer (%s) is %s in Chromium', async (kind, name) => {
    const [chromium, firefox] = await verdicts('https://api.example.com/', async () => ({ kind, detail: 'x' }))
    expect(chromium?.slice(1)).toEqual([name, expect.stringContaining(name)])
    expect(firefox?.[1]).toBe('CORSDidNotSucceed2')
  })

  it('on a request that was not sent is unknown', async () => {
    const permits: Transport = async () => ({ status: 204, headers: [MARK, ['Access-Control-Allow-Methods', 'PUT']] })
    expect(await verdicts('https://api.example.com/', permits, { method: 'PUT' })).toEqual([
      ['chromium', 'unverified', null],
      ['firefox', 'unverified', null],
      ['webkit', 'unverified', null],
    ])
  })

  it('on mixed content is that, in the words of each browser', async () => {
    expect(await verdicts('http://api.example.com/x', shared)).toEqual([
      [
        'chromium',
        'mixed-content',
        "Mixed Content: The page at 'https://app.example.com/' was loaded over HTTPS, but requested an insecure resource 'http://api.example.com/x'. This request has been blocked; the content must be served over HTTPS.",
      ],
      ['firefox', 'mixed-content', 'Blocked loading mixed active content “http://api.example.com/x”'],
      [
        'webkit',
        'mixed-content',
        '[blocked] The page at https://app.example.com/ was not allowed to run insecure content from http://api.example.com/x.',
      ],
    ])
  })

  it.each([
    ['fetch', 'fetch'],
    ['xhr', 'XMLHttpRequest'],
    ['font', 'resource'],
  ] as const)('on the local network is that, for a page of http (%s)', async (initiator, what) => {
    const origin = 'http://app.example.com'
    const open: Transport = async () => ({ status: 200, headers: [['Access-Control-Allow-Origin', origin]] })
    const [chromium, ...others] = await verdicts('http://127.0.0.1:8080/x', open, { origin, initiator })
    expect(chromium).toEqual([
      'chromium',
      'InsecureLocalNetwork',
      `Access to ${what} at 'http://127.0.0.1:8080/x' from origin 'http://app.example.com' has been blocked by CORS policy: The request client is not a secure context and the resource is in more-private address space \`loopback\`.`,
    ])
    expect(others).toEqual([
      ['firefox', 'shared', null],
      ['webkit', 'shared', null],
    ])
  })
})

describe('the reasons for a preflight', () => {
  it.each([
    ['none', {}, []],
    ['a method', { method: 'PUT' }, ['method PUT']],
    ['a header', { headers: { 'X-A': '1' } }, ['header x-a']],
    ['two headers', { headers: { 'X-A': '1', 'X-B': '2' } }, ['headers x-a, x-b']],
    [
      'a type',
      { method: 'POST', headers: { 'content-TYPE': 'application/json', 'X-A': '1' } },
      ['headers content-type: application/json, x-a'],
    ],
    ['a listener', { method: 'POST', initiator: 'xhr', uploadListener: true }, ['a listener on the upload']],
    [
      'all of them',
      { method: 'PUT', headers: { 'X-A': '1' }, uploadListener: true },
      ['method PUT', 'header x-a', 'a listener on the upload'],
    ],
  ] as const)('%s', async (_, request, reasons) => {
    expect(preflightReasons(await ask('https://api.example.com/', shared, request))).toEqual(reasons)
  })

  it('are a redirect, if the request itself has none', async () => {
    const diagnosis = await ask('https://api.example.com/', shared, { method: 'PUT' })
    expect(preflightReasons({ ...diagnosis, call: { ...diagnosis.call, method: 'GET' } })).toEqual(['a redirect'])
  })
})
