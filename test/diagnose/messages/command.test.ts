import { describe, expect, it } from 'vitest'
import { messageCommand, recognizeMessage } from '../../../src/diagnose.ts'

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
