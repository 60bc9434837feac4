import { describe, expect, it } from 'vitest'
import { canAsk, checkOf, isHttp, lacksCause } from '../../../src/diagnose/messages/command.ts'
import { type MessageCode, messageCommand, type RecognizedMessage, recognizeMessage } from '../../../src/diagnose.ts'

const FRAME =
  "Access to fetch at 'https://api.example.com/x' from origin 'https://app.example.com' has been blocked by CORS policy"
const CHECK = 'npx corsmith check https://api.example.com/x --origin https://app.example.com'

describe('messageCommand()', () => {
  it.each([
    [`${FRAME}: No 'Access-Control-Allow-Origin' header is present on the requested resource.`, CHECK],
    [FRAME, CHECK],
    [
      `${FRAME}: Method PATCH is not allowed by Access-Control-Allow-Methods in preflight response.`,
      `${CHECK} -X PATCH`,
    ],
    [
      `${FRAME}: Request header field x-api-key is not allowed by Access-Control-Allow-Headers in preflight response.`,
      `${CHECK} -H 'x-api-key: x'`,
    ],
    [
      `POST https://api.example.com/x net::ERR_FAILED\n${FRAME}: The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.`,
      `${CHECK} -X POST --credentials include`,
    ],
    [
      "Access to fetch at 'https://login.example.net/' (redirected from 'https://api.example.com/x') from origin 'https://app.example.com' has been blocked by CORS policy: It does not have HTTP ok status.",
      CHECK,
    ],
    ['GET https://api.example.com/x net::ERR_CONNECTION_REFUSED', CHECK],
    ['Not allowed to load local resource: file:///C:/a.json', 'npx corsmith why scheme-not-http'],
    ["WebSocket connection to 'wss://ws.example.com/' failed: ", 'npx corsmith why websocket'],
    [
      `Refused to connect to 'https://api.example.com/x' because it violates the following Content Security Policy directive: "connect-src 'self'".`,
      'npx corsmith why content-security-policy',
    ],
    ['TypeError: Failed to fetch', 'npx corsmith check https://api.example.com/path --origin https://app.example.com'],
  ])('asks the server where that can help: %s', (line, command) => {
    const message = recognizeMessage(line)
    expect(message && messageCommand(message)).toBe(command)
  })

  it('quotes what a line brings for the shell', () => {
    const message = recognizeMessage(
      "Access to fetch at 'https://api.example.com/$(id);x' from origin 'https://a.com' has been blocked by CORS policy",
    )
    expect(message && messageCommand(message)).toContain("'https://api.example.com/$(id);x'")
  })
})

const MESSAGE: RecognizedMessage = {
  speaker: 'any',
  code: 'allow-origin-missing',
  name: null,
  cors: true,
  during: null,
  url: 'https://api.example.com/x',
  redirectedFrom: null,
  origin: 'https://app.example.com',
  method: null,
  header: null,
  value: null,
  status: null,
  meaning: '',
  first: '',
  otherwise: [],
  also: [],
}

describe('a command', () => {
  it.each([
    [{}, CHECK],
    [{ method: 'GET' }, CHECK],
    [{ method: 'HEAD' }, `${CHECK} -X HEAD`],
    [{ code: 'header-not-allowed', value: 'x-a' }, `${CHECK} -H 'x-a: x'`],
    [{ code: 'header-not-allowed' }, CHECK],
    [{ code: 'header-not-exposed', value: 'x-a' }, CHECK],
    [{ code: 'allow-credentials', method: 'PUT' }, `${CHECK} -X PUT --credentials include`],
    [{ code: 'allow-origin-wildcard' }, `${CHECK} --credentials include`],
    [{ origin: null }, CHECK],
    [{ url: null }, 'npx corsmith check https://api.example.com/path --origin https://app.example.com'],
    [{ url: null, cors: null }, 'npx corsmith check https://api.example.com/path --origin https://app.example.com'],
    [{ url: null, cors: false }, 'npx corsmith why allow-origin-missing'],
    [{ url: 'wss://api.example.com/' }, 'npx corsmith why allow-origin-missing'],
    [{ url: 'wss://a.example/', redirectedFrom: 'https://api.example.com/x' }, CHECK],
    [{ redirectedFrom: 'ftp://a.example/' }, 'npx corsmith why allow-origin-missing'],
  ] as const)('for %j', (part, command) => expect(messageCommand({ ...MESSAGE, ...part })).toBe(command))

  it.each([
    'blocked-by-extension',
    'cleartext-blocked',
    'content-security-policy',
    'cookie-blocked',
    'cross-origin-isolation',
    'csrf-check',
    'forbidden-header',
    'frame-access',
    'frame-refused',
    'opener-policy',
    'origin-not-registered',
    'post-message',
    'referrer-policy',
    'report-only',
    'worker-origin',
  ] as readonly MessageCode[])('cannot see %s from outside', (code) => {
    expect(canAsk({ ...MESSAGE, code })).toBe(false)
    expect(messageCommand({ ...MESSAGE, code })).toBe(`npx corsmith why ${code}`)
  })

  it.each([
    [{ during: 'preflight' }, true],
    [{ during: 'preflight', method: 'PUT' }, false],
    [{ during: 'preflight', method: 'GET' }, true],
    [{ during: 'preflight', code: 'header-not-allowed', value: 'x-a' }, false],
    [{ during: 'response' }, false],
    [{ during: 'preflight', code: 'csrf-check' }, false],
  ] as const)('lacks what caused the preflight: %j %s', (part, lacks) =>
    expect(lacksCause({ ...MESSAGE, ...part })).toBe(lacks),
  )

  it('has an example for what is not known', () => {
    expect(checkOf('https://a.example/b c', null)).toBe(
      "check 'https://a.example/b c' --origin https://app.example.com",
    )
    expect(checkOf('ftp://a.example/', 'https://b.example')).toBe(
      'check https://api.example.com/path --origin https://b.example',
    )
    expect(checkOf(null, null)).toBe('check https://api.example.com/path --origin https://app.example.com')
    expect([null, 'http://a', 'HTTPS://a', 'xhttp://a', 'httpx:a', 'wss://a'].map(isHttp)).toEqual([
      false,
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
