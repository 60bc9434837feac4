import { describe, expect, it } from 'vitest'
import type { Handler, Request } from '../stage.ts'
import { always, JSON_POST, MARK, PUT, two, VARY } from './case.ts'
import { ask, saidOf } from './variations.ts'

type Line = readonly [string, string]
const at = (path: string, over: Request = {}): Request => ({ url: `https://api.example.com${path}`, ...over })
const withLine = (...line: Line): Handler => always(200, [line])
const body = (text: string): Handler => always(200, [], text)
const named = async (handler: Handler, request?: Request) =>
  (await ask(handler, request)).findings.map(({ code }) => code)
const plain = always(200)

/** A product and its setting, what shows it, and what does not. */
type Sign = readonly [
  product: string,
  setting: string,
  shown: readonly [Handler, Request?],
  ...misses: (readonly [Handler, Request?])[],
]

const OLLAMA = 'the environment variable OLLAMA_ORIGINS'
const KEYCLOAK = 'Web Origins of the client'
const PROMETHEUS = 'the argument --web.cors.origin'
const COMFY = 'the argument --enable-cors-header'
const VITE = 'server.cors.origin in vite.config'
const aiohttp = withLine('Server', 'Python/3.12 aiohttp/3.9')
/** The dev server of Vite, which answers OPTIONS with the list of the cors package. */
const vite = (page: string, methods = 'GET,HEAD,PUT,PATCH,POST,DELETE'): Handler =>
  two({ status: 204, headers: [['Access-Control-Allow-Methods', methods]] }, { body: page })

const PRODUCTS: readonly Sign[] = [
  ['Ollama', OLLAMA, [body('{"models":[]}')], [body('x{"models":[]}')], [body('{"models":{}}')]],
  ['Ollama', OLLAMA, [body('{"models": null}')]],
  ['Ollama', OLLAMA, [body('Ollama is running')], [body('Is Ollama is running')]],
  [
    'Ollama',
    OLLAMA,
    [plain, { url: 'http://localhost:11434/api/tags' }],
    [plain, { url: 'http://localhost:11435/api/tags' }],
    [plain, { url: 'http://localhost:11434/apis' }],
    [plain, { url: 'http://localhost:11434/x/api/tags' }],
  ],
  ['Ollama', OLLAMA, [plain, { url: 'http://localhost:11434/v1/models' }]],
  [
    'Keycloak',
    KEYCLOAK,
    [plain, at('/auth/realms/main/protocol/openid-connect/token')],
    [plain, at('/realms/main/protocol/openid-connect/auth')],
    [plain, at('/realms//protocol/openid-connect/token')],
    [plain, at('/realms/a/b/protocol/openid-connect/token')],
  ],
  ['Keycloak', KEYCLOAK, [plain, at('/realms/m/protocol/openid-connect/userinfo')]],
  [
    'Elasticsearch',
    'http.cors.enabled and http.cors.allow-origin in elasticsearch.yml',
    [withLine('X-Elastic-Product', 'Elasticsearch')],
    [withLine('X-Elastic-Product', '')],
  ],
  [
    'Kubo (IPFS)',
    'API.HTTPHeaders.Access-Control-Allow-Origin, by ipfs config',
    [withLine('Server', 'kubo/0.30')],
    [withLine('Server', 'x kubo/0.30')],
  ],
  ['Kubo (IPFS)', 'API.HTTPHeaders.Access-Control-Allow-Origin, by ipfs config', [withLine('Server', 'go-ipfs/0.12')]],
  [
    'CouchDB',
    '[chttpd] enable_cors and [cors] origins',
    [withLine('Server', 'CouchDB/3.3')],
    [withLine('Server', 'Apache CouchDB')],
  ],
  [
    'MinIO',
    'MINIO_API_CORS_ALLOW_ORIGIN',
    [withLine('Server', 'MinIO')],
    [withLine('Server', 'MinIO Console')],
    [withLine('Server', 'xMinIO')],
  ],
  [
    'Astro',
    'security.allowedDomains in astro.config, for development',
    [body('Cross-origin request blocked')],
    [body('Cross-origin request blocked.')],
    [body('x Cross-origin request blocked')],
  ],
  ...['prompt', 'object_info', 'system_stats', 'queue', 'history', 'view', 'upload'].map(
    (word): Sign => ['ComfyUI', COMFY, [aiohttp, at(`/${word}`)], [aiohttp, at(`/${word}s`)], [plain, at(`/${word}`)]],
  ),
  ['ComfyUI', COMFY, [aiohttp, at('/api/prompt')], [aiohttp, at('/v1/prompt')], [aiohttp, at('/api/apis')]],
  [
    'Vite',
    VITE,
    [plain, at('/@vite/client')],
    [plain, at('/x/@vite/client')],
    [plain, at('/@vitest')],
    [plain, at('/node_modules/react')],
  ],
  ...['/@vite', '/@id/x', '/@fs/home', '/@react-refresh', '/node_modules/.vite/deps/react.js'].map(
    (path): Sign => ['Vite', VITE, [plain, at(path)]],
  ),
  ...["'/@vite/client'", '"/@react-refresh"', '"/@id/x"', '"/@fs/x"'].map(
    (text): Sign => [
      'Vite',
      VITE,
      [vite(`<script type="module">import ${text}`), PUT],
      [vite(`<script type="module">import ${text}`, 'GET'), PUT],
      [vite(`<script type="module">import ${text.replaceAll(/['"]/g, '')}`), PUT],
    ],
  ),
  ...['query', 'query_range', 'series', 'labels', 'targets'].map(
    (word): Sign => [
      'Prometheus',
      PROMETHEUS,
      [plain, at(`/api/v1/${word}`)],
      [plain, at(`/prom/api/v1/${word}`)],
      [plain, at(`/api/v1/${word}/x`)],
    ],
  ),
  ['Jenkins', 'the CORS Filter plugin', [withLine('X-Jenkins', '2.4')]],
  [
    'Gitea or Forgejo',
    '[cors] ENABLED and ALLOW_DOMAIN in app.ini',
    [withLine('Set-Cookie', 'i_like_gitea=1; Path=/')],
    [withLine('Set-Cookie', 'sid=1')],
  ],
  [
    'Strapi',
    'origin of strapi::cors in config/middlewares',
    [withLine('X-Powered-By', 'Strapi <strapi.io>')],
    [withLine('X-Powered-By', 'Express')],
  ],
  ['Directus', 'CORS_ENABLED and CORS_ORIGIN', [withLine('X-Powered-By', 'Directus')]],
  ['InfluxDB', 'a proxy in front: InfluxDB has no setting', [withLine('X-Influxdb-Version', '1.8')]],
  [
    'PostgREST',
    'server-cors-allowed-origins',
    [withLine('Server', 'postgrest/12')],
    [withLine('Server', 'x postgrest')],
  ],
  ...['api', 'user', 'hub'].map(
    (word): Sign => [
      'Jupyter',
      'ServerApp.allow_origin',
      [withLine('Server', 'TornadoServer/6.4'), at(`/${word}/kernels`)],
      [withLine('Server', 'TornadoServer/6.4'), at(`/x/${word}/kernels`)],
      [withLine('Server', 'x TornadoServer/6.4'), at(`/${word}/kernels`)],
    ],
  ),
]

describe('a product with a list of its own', () => {
  it.each(PRODUCTS.map(([product, setting, shown, ...misses]) => ({ product, setting, shown, misses })))(
    'is $product, with $setting',
    async ({ product, setting, shown, misses }) => {
      const { findings } = await ask(...shown)
      const finding = findings.find(({ code }) => code === 'product-cors-setting')
      const status = shown[1]?.method === 'PUT' ? 204 : 200
      expect([finding?.message, finding?.fix?.advice, finding?.fix?.where]).toEqual([
        `${product} answers (${status}) and does not share with https://app.example.com: it has its own list of origins`,
        `Add https://app.example.com to ${setting}.`,
        'platform',
      ])
      for (const miss of misses)
        expect([miss[1]?.url, await saidOf('product-cors-setting', ...miss)]).toEqual([miss[1]?.url, null])
    },
  )

  it('refuses the page, and does not fail', async () => {
    const code = 'product-cors-setting'
    const jenkins = (status: number, ...lines: readonly Line[]) => always(status, [['X-Jenkins', '2'], ...lines])
    expect(await saidOf(code, jenkins(500))).toBeNull()
    expect(await saidOf(code, jenkins(499))).not.toBeNull()
    expect(await saidOf(code, jenkins(200, ['Access-Control-Allow-Origin', 'https://b.example.com']))).not.toBeNull()
    expect(await saidOf(code, two({ status: 404, headers: [MARK] }, jenkins(200)({} as never)), PUT)).toBeNull()
  })

  it('is known by any of its answers', async () => {
    const jenkins: Handler = ({ origin }) => (origin === undefined ? { headers: [['X-Jenkins', '2']] } : {})
    expect(await saidOf('product-cors-setting', jenkins)).toContain('Jenkins')
  })
})

describe('rack-cors', () => {
  it.each([
    ['miss; no-origin', 'no allow block lists this origin'],
    ['miss; no-path', 'no resource covers this path'],
    ['miss; no-method', 'the resource does not list the method'],
    ['miss; no-header', 'the resource does not list a request header'],
    ['miss; no-resource', 'no resource covers this path'],
    ['miss', 'it gives no reason'],
  ])('says %s', async (value, reason) => {
    const { findings } = await ask(withLine('X-Rack-CORS', value))
    expect(findings.map(({ code }) => code)).toEqual(['rack-cors-miss'])
    expect([findings[0]?.message, findings[0]?.fix?.target, findings[0]?.fix?.advice]).toEqual([
      `rack-cors gives the reason in X-Rack-CORS ("${value}"): ${reason}`,
      'rails',
      `Correct the block in config/initializers/cors.rb: ${reason}.`,
    ])
  })

  it('covers a path that is not routed', async () => {
    const miss: Line = ['X-Rack-CORS', 'miss; no-path']
    expect(await named(two({ status: 404, headers: [miss] }, { headers: [miss] }), PUT)).toEqual(['rack-cors-miss'])
    expect(await saidOf('rack-cors-miss', withLine('X-Rack-CORS', 'preflight-hit; no-origin'))).toBeNull()
  })
})

describe('Socket.IO and Apps Script', () => {
  it('shares with no other origin', async () => {
    const message = (status: number) =>
      `Socket.IO answers (${status}) without CORS headers: it runs before the middleware of the application, and by default shares with no other origin`
    const code = 'socket-io-cors'
    expect(await saidOf(code, plain, at('/socket.io/?EIO=4'))).toBe(message(200))
    expect(await saidOf(code, plain, at('/engine.io/?EIO=4'))).toBe(message(200))
    expect(await saidOf(code, always(400), at('/socket.io/?EIO=4'))).toBe(message(400))
    expect(await saidOf(code, always(500), at('/socket.io/?EIO=4'))).toBeNull()
    expect(await saidOf(code, two({ status: 404, headers: [MARK] }, {}), at('/socket.io/', PUT))).toBeNull()
    expect(await saidOf(code, plain, at('/socket.io'))).toBeNull()
  })

  const code = 'apps-script'
  const script = (path: string, request: Request = JSON_POST) => ({
    ...request,
    url: `https://script.google.com${path}`,
  })
  const refuses = two({ status: 405 }, { headers: [['Access-Control-Allow-Origin', '*']] })

  it.each([
    ['/macros/s/AKf/exec', true],
    ['/macros/s/AKf/dev', true],
    ['/a/example.com/macros/s/AKf/exec', true],
    ['/a//macros/s/AKf/exec', false],
    ['/x/macros/s/AKf/exec', false],
    ['/macros/s/AKf/exec/x', false],
    ['/macros/exec', false],
  ])('answers no OPTIONS: %s %s', async (path, isOne) =>
    expect(await saidOf(code, refuses, script(path))).toBe(
      isOne
        ? 'a web app of Google Apps Script cannot answer OPTIONS (405): only requests without a preflight reach it'
        : null,
    ),
  )

  it('is sent what needs no preflight', async () => {
    const fixOf = async (request: Request) =>
      (await ask(refuses, script('/macros/s/AKf/exec', request))).findings.find((each) => each.code === code)?.fix
        ?.request
    const Accept = 'text/plain'
    expect(
      await fixOf({ ...JSON_POST, headers: { Accept, 'X-A': '1', 'Content-Type': 'application/json' } }),
    ).toMatchObject({
      method: 'POST',
      headers: [
        ['Accept', 'text/plain'],
        ['Content-Type', 'text/plain;charset=utf-8'],
      ],
    })
    expect(
      await fixOf({ headers: { 'Accept-Language': 'de', 'content-language': 'de', 'X-Accept': '1', Accepts: '1' } }),
    ).toMatchObject({
      method: 'GET',
      headers: [
        ['Accept-Language', 'de'],
        ['content-language', 'de'],
      ],
    })
    expect(await fixOf(PUT)).toMatchObject({ method: 'POST', headers: [] })
  })

  it('is no matter of a preflight that succeeds, or of a request without one', async () => {
    expect(await saidOf(code, two({ status: 399 }, {}), script('/macros/s/AKf/exec'))).toBeNull()
    expect(await saidOf(code, two({ status: 400 }, {}), script('/macros/s/AKf/exec'))).not.toBeNull()
    expect(await saidOf(code, always(405), script('/macros/s/AKf/exec', {}))).toBeNull()
  })
})

describe('CloudFront and App Service', () => {
  it('refuses methods', async () => {
    const text = 'This distribution is not configured to allow the HTTP request method that was used'
    expect(await named(always(403, [], text), PUT)).toEqual(['cloudfront-methods'])
    expect(await saidOf('cloudfront-methods', always(403, [], text), PUT)).toBe(
      'CloudFront itself refuses the method (403): the cache behavior for this path allows only GET and HEAD, or lacks OPTIONS',
    )
  })

  const code = 'azure-platform-cors'
  const azure = { ...PUT, url: 'https://shop.azurewebsites.net/items' }
  const message = (status: number) =>
    `App Service itself answers the preflight (${status}): its CORS setting takes effect before the application, which would share`

  it('answers preflights itself', async () => {
    for (const status of [400, 403, 404, 405]) {
      const { findings } = await ask(two({ status }, { headers: [MARK, VARY] }), azure)
      expect(findings.filter(({ severity }) => severity === 'error').map((each) => each.code)).toEqual([code])
    }
    expect(await saidOf(code, two({ status: 400 }, { headers: [MARK] }), azure)).toBe(message(400))
  })

  it('is told by its host or by its cookie', async () => {
    const cookie: Line = ['Set-Cookie', 'ARRAffinity=1; Path=/']
    expect(await saidOf(code, two({ status: 400 }, { headers: [MARK, cookie] }), PUT)).toBe(message(400))
    expect(await saidOf(code, two({ status: 400 }, { headers: [MARK, ['Set-Cookie', 'x=1']] }), PUT)).toBeNull()
    for (const host of ['a.azurewebsites.net.example.com', 'azurewebsites.net', 'xazurewebsites.net'])
      expect(
        await saidOf(code, two({ status: 400 }, { headers: [MARK] }), { ...PUT, url: `https://${host}/` }),
      ).toBeNull()
  })

  it('is at fault if the application would share, or shares elsewhere', async () => {
    expect(await saidOf(code, two({ status: 400 }, {}), azure)).toBeNull()
    expect(await saidOf(code, two({ status: 400, headers: [MARK] }, { headers: [MARK] }), azure)).toBeNull()
    const elsewhere =
      (status: number): Handler =>
      ({ path, isPreflight }) =>
        isPreflight ? { status: 400 } : path === '/' ? { status, headers: [MARK] } : {}
    expect(await saidOf(code, elsewhere(200), azure)).toBe(message(400))
    expect(await saidOf(code, elsewhere(404), azure)).toBeNull()
    // Here nothing stands before the request itself.
    expect(await saidOf(code, always(200), { url: azure.url })).toBeNull()
  })
})
