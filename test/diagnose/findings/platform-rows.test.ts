import { describe, expect, it } from 'vitest'
import { type Handler, ORIGIN, type Request, type Said } from '../stage.ts'
import { always, MARK, PUT, two, VARY } from './case.ts'
import { ask, saidOf } from './variations.ts'

type Line = readonly [string, string]
const page = (status: number, body: string, ...headers: readonly Line[]): Handler => always(status, headers, body)
const withLine = (status: number, ...line: Line): Handler => always(status, [line])
const codesOf = async (handler: Handler, request?: Request) => (await ask(handler, request)).findings.map((f) => f.code)
/** Shares past every cache. */
const sharedPastCaches =
  (said: Said): Handler =>
  ({ path }) =>
    path.includes('corsmith=') ? { headers: [MARK] } : said

describe('buckets', () => {
  const NO_RULE = `the bucket has no CORS rule for ${ORIGIN} and`
  const XML = '<?xml version="1.0"?><Error><Code>AccessForbidden</Code></Error>'

  it.each([
    ['CORSResponse: CORS is not enabled for this bucket.', page(403, '<Message>CORSResponse</Message>')],
    ['R2', page(403, 'CORS not configured for this bucket')],
    ['a request that no rule allows', page(403, 'This CORS request is not allowed.')],
    ['AmazonS3', withLine(403, 'Server', 'AmazonS3')],
  ])('of S3 refuse in their words: %s', async (_, handler) => {
    expect(await saidOf('s3-cors-missing', handler, PUT)).toBe(`${NO_RULE} PUT (403)`)
    expect(await codesOf(handler, PUT)).toEqual(['s3-cors-missing'])
  })

  it.each(['x-amz-request-id', 'x-oss-request-id', 'x-cos-request-id', 'x-obs-id', 'x-tos-id-2', 'X-Bz-Request-Id'])(
    'with the API of S3 refuse a preflight with XML and %s',
    async (name) => {
      const refuses = (status: number, body = XML) => two({ status, body, headers: [[name, '1']] }, { status, body })
      const code = 's3-cors-missing'
      expect(await saidOf(code, refuses(403), PUT)).toBe(`${NO_RULE} PUT (403)`)
      expect(await saidOf(code, refuses(400), PUT)).toBe(`${NO_RULE} PUT (400)`)
      expect(await saidOf(code, refuses(404), PUT)).toBeNull()
      expect(await saidOf(code, refuses(403, '<Error><Message>'), PUT)).toBeNull()
      expect(await saidOf(code, refuses(403, '<Error>\n  <Code>'), PUT)).not.toBeNull()
      expect(await saidOf(code, page(403, XML, [name, '1']))).toBeNull()
    },
  )

  it.each(['x-request-id', 'y-amz-request-id', 'x-amz-region', 'x-amz'])('are not told by %s', async (name) =>
    expect(await saidOf('s3-cors-missing', page(403, XML, [name, '1']), PUT)).toBeNull(),
  )

  it('that compare origins have rules', async () => {
    expect(await saidOf('s3-cors-missing', always(403, [['Server', 'AmazonS3'], VARY]))).toBeNull()
    const cached = sharedPastCaches({ headers: [['Server', 'AmazonS3']] })
    expect(await saidOf('s3-cors-missing', cached)).toBeNull()
  })

  it('are written for as what they are', async () => {
    const fixOf = async (handler: Handler) => (await ask(handler)).findings[0]?.fix
    expect(await fixOf(page(403, 'CORSResponse'))).toMatchObject({
      where: 'platform',
      target: 's3',
      advice: 'Give the bucket this CORS configuration; AllowedOrigins have no trailing slash.',
    })
    expect((await fixOf(page(403, 'This CORS request is not allowed', ['Server', 'cloudflare'])))?.target).toMatch(
      /^(s3|r2)$/,
    )
  })

  const away = (host: string, region = 'eu-west-1', status = 307): [Handler, Request] => [
    always(status, [
      ['x-amz-bucket-region', region],
      ['Location', 'https://elsewhere.example.com/'],
    ]),
    { url: `https://${host}/k`, method: 'PUT' },
  ]
  it.each([
    ['b.s3.amazonaws.com', 'https://b.s3.eu-west-1.amazonaws.com/k'],
    ['b.s3-us-west-2.amazonaws.com', 'https://b.s3.eu-west-1.amazonaws.com/k'],
    ['b.s3.us-east-1.amazonaws.com', 'https://b.s3.eu-west-1.amazonaws.com/k'],
  ])('at %s are called in their region', async (host, url) => {
    const { findings } = await ask(...away(host))
    expect([findings[0]?.message, findings[0]?.fix?.advice, findings[0]?.fix?.request?.url]).toEqual([
      'the bucket is in eu-west-1, and S3 redirects to the endpoint of that region',
      'Use the endpoint of eu-west-1 in the URL.',
      url,
    ])
  })

  it('redirect to a region with a redirect', async () => {
    const code = 's3-region-redirect'
    const host = 'b.s3.amazonaws.com'
    expect(await saidOf(code, ...away(host, 'eu-west-1', 300))).not.toBeNull()
    for (const status of [299, 400]) expect(await saidOf(code, ...away(host, 'eu-west-1', status))).toBeNull()
    for (const region of ['eu west', '', 'eu/', 'é', 'EU']) expect(await saidOf(code, ...away(host, region))).toBeNull()
    expect(await saidOf(code, ...away(host, 'az09-'))).not.toBeNull()
  })

  it.each(['Blob', 'Table', 'Queue', 'File'])('of Azure refuse: %s', async (service) => {
    const handler = withLine(403, 'Server', `Windows-Azure-${service}/1.0`)
    expect(await saidOf('azure-blob-cors', handler, PUT)).toBe(
      `the storage account has no CORS rule for ${ORIGIN} and PUT (403)`,
    )
    expect((await ask(handler, PUT)).findings[0]?.fix).toMatchObject({
      where: 'platform',
      target: 'azure-blob',
      advice: 'Add a CORS rule to this service of the storage account: origin, methods, allowed and exposed headers.',
    })
    const line: Line = ['Server', `Windows-Azure-${service}/1.0`]
    expect(await saidOf('azure-blob-cors', sharedPastCaches({ headers: [line] }))).toBeNull()
  })

  it('of Azure and Google have more signs', async () => {
    expect(await saidOf('azure-blob-cors', withLine(403, 'x-ms-error-code', 'CorsPreflightFailure'))).not.toBeNull()
    expect(await saidOf('azure-blob-cors', withLine(403, 'x-ms-error-code', 'AuthenticationFailed'))).toBeNull()
    expect(await saidOf('azure-blob-cors', withLine(403, 'Server', 'Windows-Azure-Web'))).toBeNull()
    const google = `the bucket of Google Cloud Storage has no CORS rule for ${ORIGIN} and GET`
    expect(await saidOf('gcs-cors', withLine(200, 'Server', 'UploadServer'))).toBe(google)
    expect(await saidOf('gcs-cors', withLine(200, 'x-guploader-uploadid', 'A'))).toBe(google)
    expect(await saidOf('gcs-cors', withLine(200, 'Server', 'Google Frontend'))).toBeNull()
    expect(await saidOf('gcs-cors', sharedPastCaches({ headers: [['Server', 'UploadServer']] }))).toBeNull()
  })
})

describe('gateways and tunnels', () => {
  it.each([
    ['x-amzn-ErrorType', 'ForbiddenException:http://x', 'ForbiddenException'],
    ['x-amzn-ErrorType', 'ForbiddenException', 'ForbiddenException'],
    ['x-amzn-ErrorType', ':x', 'an error'],
    ['x-amz-apigw-id', 'A', 'an error'],
    ['apigw-requestid', 'A', 'an error'],
  ])('of API Gateway are told by %s: %s', async (name, value, type) => {
    const code = 'api-gateway-error'
    const message = (status: number) =>
      `API Gateway itself answers ${status} (${type}) before the integration runs, and its own answers carry no CORS headers`
    expect(await saidOf(code, withLine(403, name, value))).toBe(message(403))
    expect(await saidOf(code, withLine(400, name, value))).toBe(message(400))
    expect(await saidOf(code, withLine(399, name, value))).toBeNull()
    expect(await codesOf(withLine(403, name, value))).toEqual([code])
  })

  it('are told by nothing else', async () => {
    expect(await saidOf('api-gateway-error', withLine(403, 'x-amzn-ErrorType', ''))).toBeNull()
    expect(await saidOf('api-gateway-error', always(403))).toBeNull()
  })

  it.each([
    ['ERR_NGROK_6024', page(200, '<p>ERR_NGROK_6024</p>')],
    ['its header', withLine(200, 'ngrok-error-code', 'ERR_NGROK_6024')],
    ['localtunnel', page(401, 'set bypass-tunnel-reminder')],
    ['loca.lt', page(511, 'https://x.loca.lt')],
  ])('with a page of their own are told by %s', async (_, handler) => {
    const { findings, observations } = await ask(handler)
    const status = observations[0]?.response?.status
    expect(findings.map(({ code, message }) => [code, message])).toEqual([
      [
        'tunnel-interstitial',
        `the tunnel answers browsers with its own page instead of forwarding the request (${status})`,
      ],
    ])
  })

  it('with other errors are other causes', async () => {
    expect(await saidOf('tunnel-interstitial', withLine(404, 'ngrok-error-code', 'ERR_NGROK_3200'))).toBeNull()
    expect(await saidOf('tunnel-interstitial', page(200, 'localt'))).toBeNull()
  })

  it('of macOS listen at port 5000', async () => {
    const { findings } = await ask(withLine(403, 'Server', 'AirTunes/595'), { url: 'http://localhost:5000/x' })
    expect(findings.map(({ code, message }) => [code, message])).toContainEqual([
      'airplay-receiver',
      'macOS AirPlay Receiver listens on port 5000 and answers 403: the request did not reach your server',
    ])
  })

  it('of Workers answer OPTIONS for static assets', async () => {
    const code = 'workers-assets'
    const assets = (preflight: Said, rest: Said) => saidOf(code, two(preflight, rest), PUT)
    const server: Line = ['Server', 'cloudflare']
    const refused = { status: 405, headers: [server] }
    const file = { headers: [['ETag', '"1"']] as const }
    expect(await assets(refused, file)).toBe('static assets of Workers answer OPTIONS with 405 before the Worker runs')
    expect(await assets({ ...refused, status: 404 }, file)).toBeNull()
    expect(await assets({ status: 405 }, file)).toBeNull()
    expect(await assets({ status: 405, headers: [server, ['CF-Cache-Status', 'DYNAMIC']] }, file)).toBeNull()
    expect(await assets(refused, { ...file, status: 404 })).toBeNull()
    expect(await assets(refused, {})).toBeNull()
  })
})

describe('walls', () => {
  it.each([
    ['Cloudflare', withLine(403, 'cf-mitigated', 'Challenge'), withLine(403, 'cf-mitigated', 'block')],
    ['Cloudflare', page(503, '<title>Just a moment...</title>'), page(503, '<h1>Just a moment...</h1>')],
    ['Cloudflare', page(403, 'class="cf-browser-verification"'), page(403, 'cf-browser')],
    ['AWS WAF', withLine(202, 'x-amzn-waf-action', 'challenge'), withLine(202, 'x-amzn-waf-action', 'count')],
    ['AWS WAF', withLine(405, 'x-amzn-waf-action', 'captcha'), always(405)],
    ['Akamai', withLine(403, 'Server', 'AkamaiGHost'), withLine(404, 'Server', 'AkamaiGHost')],
    ['Imperva', withLine(400, 'X-Iinfo', '1'), withLine(399, 'X-Iinfo', '1')],
    ['DataDome', withLine(403, 'X-DataDome', 'protected'), withLine(404, 'X-DataDome', 'protected')],
    ['DataDome', withLine(403, 'X-DataDome', '1'), withLine(403, 'X-DataDome', '')],
  ])('%s is told by its signs', async (who, handler, miss) => {
    const { findings, observations } = await ask(handler)
    const status = observations[0]?.response?.status
    expect(findings.map(({ code, message, fix }) => [code, message, fix?.target, fix?.advice])).toEqual([
      [
        'bot-challenge',
        `${who} treats the request as a bot and answers ${status}; a fetch cannot solve a challenge`,
        'waf',
        `Exempt the API paths and OPTIONS from challenges in ${who}.`,
      ],
    ])
    expect(await saidOf('bot-challenge', miss)).toBeNull()
  })

  it('of Vercel want a login', async () => {
    const code = 'vercel-protection'
    const nonce: Line = ['Set-Cookie', '_vercel_sso_nonce=x; Path=/']
    const server: Line = ['Server', 'Vercel']
    expect(await codesOf(page(401, '', nonce))).toEqual([code])
    expect(await saidOf(code, page(401, '', nonce))).toBe(
      'Vercel Deployment Protection answers 401 before the function runs',
    )
    expect(await saidOf(code, page(401, 'Authentication Required', server))).not.toBeNull()
    expect(await saidOf(code, page(401, '<title>Vercel</title>', server))).not.toBeNull()
    expect(await saidOf(code, page(401, 'no', server))).toBeNull()
    expect(await saidOf(code, page(401, 'Authentication Required'))).toBeNull()
    expect(await saidOf(code, page(403, '', nonce))).toBeNull()
  })

  it('of Cloud Run want a token', async () => {
    const code = 'cloud-run-private'
    const server: Line = ['Server', 'Google Frontend']
    for (const status of [401, 403])
      for (const text of ['Your client does not have permission', 'The request was not authorized']) {
        expect(await saidOf(code, page(status, text, server))).toBe(
          `Cloud Run wants an identity token (${status}), but a preflight cannot carry one`,
        )
        expect(await codesOf(page(status, text, server))).toEqual([code])
      }
    expect(await saidOf(code, page(404, 'not authorized', server))).toBeNull()
    expect(await saidOf(code, page(403, 'not authorized'))).toBeNull()
    expect(await saidOf(code, page(403, 'no', server))).toBeNull()
  })

  describe('that read Fetch metadata', () => {
    const code = 'cross-site-refused'
    /** Refuses what a browser calls cross-site. */
    const refuses =
      (status: number, then = 200, headers: readonly Line[] = []): Handler =>
      ({ headers: asked }) =>
        asked['sec-fetch-site'] === undefined ? { status: then } : { status, headers }

    it.each([400, 401, 403, 404])('are proven by an answer without it: %i', async (status) => {
      expect(await saidOf(code, refuses(status))).toBe(
        `the server refuses what browsers call same-site (Sec-Fetch-Site) with ${status}, before any CORS policy runs; without Sec-Fetch-…, the same request gets 200`,
      )
      expect(await codesOf(refuses(status))).toEqual([code])
    })

    it('are not proven by an error, nor where the answer is shared', async () => {
      expect(await saidOf(code, refuses(403, 400))).toBeNull()
      expect(await saidOf(code, refuses(403, 399))).not.toBeNull()
      expect(await saidOf(code, refuses(403, 200, [MARK]))).toBeNull()
      expect(await saidOf(code, refuses(403), { origin: 'https://api.example.com' })).toBeNull()
    })

    it.each([
      ['cross-origin request detected, and/or browser is out of date', 403, true],
      ['Cross-Origin request blocked: Sec-Fetch', 403, true],
      ['the header Sec-Fetch-Site is cross-site', 400, true],
      ['sec-fetch-mode: cors', 499, true],
      ['sec-fetch-mode: cors', 500, false],
      ['sec-fetch-mode: cors', 399, false],
      ['xsec-fetch-mode', 403, false],
      ['sec-fetch-modes', 403, false],
      ['sec-fetch-dest', 403, false],
      ['cross-origin request', 403, false],
    ])('say so: %s, with %i', async (text, status, isOne) =>
      expect(await saidOf(code, page(status, text))).toBe(
        isOne
          ? `the server refuses what browsers call same-site (Sec-Fetch-Site) with ${status}, before any CORS policy runs`
          : null,
      ),
    )

    it('are told of the site, and of the setting of the product', async () => {
      const far = { url: 'https://api.elsewhere.org/x' }
      expect(await saidOf(code, page(403, 'sec-fetch-site'), far)).toContain('what browsers call cross-site (')
      const { findings } = await ask(page(403, 'sec-fetch-site', ['X-Jenkins', '2']))
      expect(findings[0]?.fix?.advice).toBe(
        `Let this check trust ${ORIGIN}, or let the CORS policy answer before it. In Jenkins: the CORS Filter plugin.`,
      )
      expect((await ask(page(403, 'sec-fetch-site'))).findings[0]?.fix?.advice).toBe(
        `Let this check trust ${ORIGIN}, or let the CORS policy answer before it.`,
      )
    })

    it('need no policy of a request without CORS', async () => {
      const policyOf = async (request: Request) =>
        (await ask(page(403, 'sec-fetch-site'), request)).findings.find((each) => each.code === code)?.fix?.policy
      expect(await policyOf({ mode: 'no-cors', initiator: 'script' })).toBeNull()
      expect(await policyOf({})).toMatchObject({ origins: [ORIGIN] })
    })
  })
})
