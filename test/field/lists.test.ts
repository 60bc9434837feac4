// Lists and functions that people carry over from other libraries.
import { describe, expect, it } from 'vitest'
import { checkPolicy, createCors, policyFromEnv } from '../../src/index.ts'

const errors = (policy: unknown) => checkPolicy(policy as never).filter(({ severity }) => severity === 'error')

describe('what other libraries hand out', () => {
  it.each([
    [
      'the lists of connect-es',
      {
        methods: ['POST', 'GET'],
        requestHeaders: [
          'Content-Type',
          'Connect-Protocol-Version',
          'Connect-Timeout-Ms',
          'Grpc-Timeout',
          'X-Grpc-Web',
        ],
        exposedHeaders: ['Content-Encoding', 'Grpc-Status', 'Grpc-Message', 'Grpc-Status-Details-Bin'],
      },
    ],
    ['WebDAV and QUERY', { methods: ['PROPFIND', 'REPORT', 'MKCOL', 'QUERY'] }],
    [
      'the headers of tracing',
      { requestHeaders: ['sentry-trace', 'baggage', 'traceparent', 'tracestate', 'x-datadog-*'] },
    ],
    [
      'what a PDF viewer reads',
      { requestHeaders: ['Range'], exposedHeaders: ['ETag', 'Accept-Ranges', 'Content-Range'] },
    ],
  ])('constructs: %s', (_, policy) => {
    expect(errors({ origins: ['https://app.example.com'], ...policy })).toEqual([])
  })

  it.each([
    'tauri://localhost',
    'http://tauri.localhost',
    'capacitor://localhost',
    'ionic://localhost',
    'https://localhost',
    'chrome-extension://bflpfmnmnokmjhmgnolecpppdbdophmk',
  ])('constructs, and allows the page of a web view or an extension: %s', (origin) => {
    expect(errors({ origins: [origin], credentials: true })).toEqual([])
    const request = { method: 'GET', headers: new Headers({ Origin: origin }) }
    expect(createCors({ origins: [origin], credentials: true }).decide(request).shared).toBe(true)
  })

  it('is taken apart in the message, where the names stand in one string', () => {
    const names = 'authorization, x-client-info, apikey, content-type'
    for (const requestHeaders of [names, [names]]) {
      const [issue] = errors({ origins: '*', requestHeaders })
      expect(issue?.message).toContain(
        '"authorization", "x-client-info", "apikey", "content-type"'.replaceAll(
          ', ',
          requestHeaders === names ? ',' : ', ',
        ),
      )
    }
  })

  it('is told the option of this library for a header and for a key of another one', () => {
    const messages = errors({ 'Access-Control-Allow-Origin': '*', allowHeaders: ['X-A'], exposeHeaders: ['X-B'] }).map(
      ({ path, message }) => [path[0], message],
    )
    expect(Object.fromEntries(messages)).toMatchObject({
      'Access-Control-Allow-Origin': expect.stringContaining('"origins"'),
      allowHeaders: expect.stringContaining('"requestHeaders"'),
      exposeHeaders: expect.stringContaining('"exposedHeaders"'),
    })
  })

  it.each(['cors', 'CORS', 'allow', 'supports', 'Access-Control-Allow', 'enabled'])(
    'is no option, and none is proposed for it: %s',
    (key) => {
      expect(errors({ origins: ['https://app.example.com'], [key]: true })).toMatchObject([
        { code: 'unknown-key', message: 'a policy has no option of this name' },
      ])
    },
  )

  it('is read from a variable with commas, white space, a comma at the end and a line break', () => {
    for (const CORS_ORIGINS of [
      'https://a.example.com,https://b.example.com',
      ' https://a.example.com , https://b.example.com,\n',
      'https://a.example.com https://b.example.com',
    ]) {
      expect(policyFromEnv({ CORS_ORIGINS }).origins).toEqual(['https://a.example.com', 'https://b.example.com'])
    }
  })

  it('never allows by a function that gives something else than true', () => {
    for (const origins of [
      (origin: string) => (origin === 'https://a.example.com' ? origin : null),
      (_origin: string, callback?: (error: null, allow: boolean) => void) => callback?.(null, true),
    ]) {
      const request = { method: 'GET', headers: new Headers({ Origin: 'https://a.example.com' }) }
      let isShared = false
      try {
        isShared = createCors({ origins: origins as never }).decide(request).shared
      } catch {
        // Refused when it is constructed, which is as good.
      }
      expect(isShared).toBe(false)
    }
  })
})
