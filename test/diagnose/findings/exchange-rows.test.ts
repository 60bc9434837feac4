import { describe, expect, it } from 'vitest'
import { type Handler, ORIGIN, type Request } from '../stage.ts'
import { always, MARK, PUT } from './case.ts'
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
const to = (location: string, status = 301): Handler => always(status, [['Location', location]])
const at = (url: string, over: Request = PUT): Request => ({ ...over, url })
const API = 'https://api.example.com'

describe('a redirect of a preflight', () => {
  const directly = (location: string) => `Call ${location} directly: browsers never follow a redirect of a preflight.`

  it.each([
    [
      'redirect-to-https',
      'http://api.example.com/items',
      `${API}/items`,
      'the server redirects http to https (301 to {location})',
    ],
    [
      'redirect-trailing-slash',
      `${API}/items`,
      `${API}/items/`,
      'the server redirects for a trailing slash (301 to {location})',
    ],
    [
      'redirect-trailing-slash',
      `${API}/items//`,
      `${API}/items`,
      'the server redirects for a trailing slash (301 to {location})',
    ],
    [
      'redirect-www',
      `${API}/items`,
      'https://www.api.example.com/items',
      'the server redirects to its other name (301 to {location})',
    ],
    [
      'redirect-www',
      'https://www.api.example.com/items',
      'https://api.example.com/new',
      'the server redirects to its other name (301 to {location})',
    ],
    [
      'preflight-redirect',
      `${API}/items`,
      'https://elsewhere.example.net/',
      'the preflight is redirected (301 to {location}), which no browser follows',
    ],
  ])('%s is called directly: %s', async (code, url, location, says) => {
    const request = at(url, { ...PUT, origin: url.startsWith('http:') ? 'http://app.example.com' : ORIGIN })
    expect(await named(code, to(location), request)).toEqual([
      says.replace('{location}', location),
      directly(location),
      location,
      'client',
    ])
    const { findings } = await ask(to(location), request)
    expect(findings.filter(({ severity }) => severity === 'error').map((each) => each.code)).toEqual([code])
    if (code === 'preflight-redirect') return
    for (const status of [300, 399]) expect(await saidOf(code, to(location, status), request)).not.toBeNull()
    for (const status of [299, 400]) expect(await saidOf(code, to(location, status), request)).toBeNull()
  })

  it('joins two slashes', async () => {
    const code = 'redirect-double-slash'
    for (const path of ['//items', '/a//b///c'])
      expect(await named(code, to(path.replaceAll(/\/+/g, '/')), at(`${API}${path}`))).toEqual([
        `the path has two slashes in a row, and the server redirects to the path with one (${API}${path.replaceAll(/\/+/g, '/')})`,
        `Join the base URL and the path with one slash: ${API}${path.replaceAll(/\/+/g, '/')}`,
        `${API}${path.replaceAll(/\/+/g, '/')}`,
        'client',
      ])
    expect(await saidOf(code, to('/items'), at(`${API}/items`))).toBeNull()
    expect(await saidOf(code, to('/other'), at(`${API}//items`))).toBeNull()
  })

  it.each([
    ['/en/items', true],
    ['/en-US/items', true],
    ['/de-at/items', true],
    ['/eng/items', false],
    ['/e/items', false],
    ['/x/en/items', false],
    ['/EN/items', false],
    ['/en-USA/items', false],
    ['/en-U/items', false],
    ['/en/other', false],
    ['https://elsewhere.example.net/en/items', false],
  ])('is for a language: %s %s', async (path, isOne) => {
    const location = new URL(path, API).href
    expect(await named('redirect-locale', to(path), PUT)).toEqual(
      isOne
        ? [
            `the server redirects to a language (301 to ${location})`,
            `Call ${location} directly, and exclude the API from the language redirect.`,
            location,
            'client',
          ]
        : null,
    )
  })

  it.each([
    ['redirect-to-https', 'http://api.example.com/items', 'https://www.api.example.com/items'],
    ['redirect-to-https', 'http://api.example.com/items', `${API}/other`],
    ['redirect-to-https', `${API}/items`, `${API}/items`],
    ['redirect-to-https', 'http://api.example.com/items', 'http://api.example.com/items'],
    ['redirect-to-https', `${API}/items`, 'http://api.example.com/items'],
    ['redirect-trailing-slash', `${API}/items`, 'https://b.example.com/items/'],
    ['redirect-trailing-slash', `${API}/items`, `${API}/items`],
    ['redirect-trailing-slash', `${API}/items`, `${API}/item/s`],
    ['redirect-www', `${API}/items`, `${API}/items/`],
    ['redirect-www', `${API}/items`, 'https://wwwapi.example.com/items'],
    ['redirect-www', `${API}/items`, 'https://api.www.example.com/items'],
  ])('%s is not of %s to %s', async (code, url, location) =>
    expect(await saidOf(code, to(location), at(url, { ...PUT, origin: 'http://app.example.com' }))).toBeNull(),
  )

  it('goes to Cloudflare Access', async () => {
    const code = 'cloudflare-access'
    for (const location of [
      'https://team.cloudflareaccess.com/x',
      'https://cloudflareaccess.com/',
      '/cdn-cgi/access/login',
    ]) {
      expect(await saidOf(code, to(location), PUT)).toBe(
        'Cloudflare Access sends the request to its login page: a preflight carries no cookie, so it has no session',
      )
      expect((await ask(to(location), PUT)).findings.map((each) => each.code)).toEqual([code])
    }
    for (const location of [
      'https://xcloudflareaccess.com/',
      'https://cloudflareaccess.com.example.net/',
      '/x/cdn-cgi/access/',
    ])
      expect(await saidOf(code, to(location), PUT)).toBeNull()
  })

  it('goes to a sign-in of a forwarded port', async () => {
    const code = 'forwarded-port-private'
    const message = (where: string) =>
      `this port of a Codespace or Gitpod workspace is private: the request is sent to ${where}`
    expect(await saidOf(code, to('https://github.dev/x'), PUT)).toBe(message('https://github.dev/x'))
    expect(await saidOf(code, to('https://b.example.com/pf-signin?x'), PUT)).toBe(
      message('https://b.example.com/pf-signin?x'),
    )
    expect(await saidOf(code, to('https://xgithub.dev/'), PUT)).toBeNull()
    expect(await saidOf(code, to('/x/pf-signin'), PUT)).toBeNull()
    for (const host of ['x-3000.app.github.dev', 'app.github.dev', '3000-x.gitpod.io', 'gitpod.io'])
      expect(await saidOf(code, always(401), { url: `https://${host}/` })).toBe(message('a sign-in'))
    for (const host of ['xapp.github.dev', 'gitpod.io.example.com', 'api.example.com'])
      expect(await saidOf(code, always(401), { url: `https://${host}/` })).toBeNull()
    expect(await saidOf(code, always(403), { url: 'https://gitpod.io/' })).toBeNull()
  })

  it.each([
    ...['login.microsoftonline.com', 'accounts.google.com', 'tenant.auth0.com', 'auth0.com', 'x.okta.com'],
    ...['x.onelogin.com', 'login.live.com', 'github.com', 'x.pingidentity.com'],
  ])('goes to a login at %s', async (host) => {
    const location = `https://${host}/x`
    expect((await named('redirect-login', to(location), PUT))?.slice(0, 2)).toEqual([
      `the server redirects to a login page (${location}), and a fetch cannot log in there`,
      'Answer API requests with 401 and the CORS headers instead of a redirect, let OPTIONS through, and let the page navigate to the login.',
    ])
    expect(await saidOf('redirect-login', to(`https://x${host.replaceAll('.', '-')}.example/x`), PUT)).toBeNull()
    expect(await saidOf('redirect-login', to(`https://${host}.example/x`), PUT)).toBeNull()
  })

  it.each([
    ...['/login', '/log-in/', '/Signin', '/sign-in.html', '/sso', '/oauth', '/oauth2/x', '/authorize', '/auth/x'],
  ])('goes to a login page: %s', async (path) => {
    expect(await saidOf('redirect-login', to(path), PUT)).not.toBeNull()
    expect(await saidOf('redirect-login', to(path.replace(/(\/)(\w)/, '$1x$2')), PUT)).toBeNull()
  })

  it.each(['/logins', '/oauth3', '/author', '/sso-x', '/auth_x'])('goes to no login: %s', async (path) =>
    expect(await saidOf('redirect-login', to(path), PUT)).toBeNull(),
  )
})

describe('a redirect of a request', () => {
  it('needs headers', async () => {
    const code = 'redirect-unmarked'
    const location = 'https://other.example.net/x'
    expect(await named(code, to(location))).toEqual([
      `a redirect also needs CORS headers, and this one (301 to ${location}) has no Access-Control-Allow-Origin`,
      `Call ${location} directly, or send the headers with redirects too.`,
      location,
      'client',
    ])
    expect(await saidOf(code, always(301, [['Location', location], STAR]))).toBeNull()
    expect(await saidOf(code, always(200, [['Location', location]]))).toBeNull()
  })

  const hops =
    (first: string, marks: readonly Line[] = [STAR], rest: readonly Line[] = [STAR]): Handler =>
    ({ path }) =>
      path === '/items' ? { status: 302, headers: [['Location', first], ...marks] } : { headers: rest }

  it.each([
    'https://user:pass@other.example.net/x',
    'https://user@other.example.net/x',
    'https://:pass@other.example.net/x',
  ])('has a user name: %s', async (location) => {
    const said = [
      'the server redirects to a URL with a user name, which browsers refuse across origins',
      'Remove the user name and password from Location.',
      null,
      'server',
    ]
    expect(await named('redirect-credentials', hops(location))).toEqual(said)
    expect(await named('redirect-credentials', hops(location, []))).toEqual(said)
    expect(await named('redirect-credentials', to(location), PUT)).toEqual(said)
    expect(await saidOf('redirect-location', hops(location))).toBeNull()
  })

  it.each(['ftp://other.example.net/', 'data:text/plain,x', 'xhttps://a/', 'httpsx://a/'])(
    'goes to no web server: %s',
    async (location) => {
      const said = [
        `the server redirects to ${location}, which no browser follows`,
        'Send one absolute http or https URL in Location.',
        null,
        'server',
      ]
      expect(await named('redirect-location', hops(location))).toEqual(said)
      expect(await named('redirect-location', hops(location, []))).toEqual(said)
      expect(await named('redirect-location', to(location), PUT)).toEqual(said)
      expect(await saidOf('redirect-credentials', hops(location))).toBeNull()
    },
  )

  it('cannot be read', async () =>
    expect(await saidOf('location-breaks-response', hops('https://'))).toBe(
      'the answer arrived (302), but browsers discard it because of its Location (https://)',
    ))

  it('never ends', async () => {
    const code = 'redirect-limit'
    const round: Handler = () => ({ status: 302, headers: [['Location', '/items'], STAR] })
    expect(await saidOf(code, round)).toBe('the redirects never end: browsers stop after 20')
    let count = 0
    const away: Handler = () => ({ status: 302, headers: [['Location', `/${count++}`], STAR] })
    expect(await saidOf(code, away)).not.toBeNull()
    expect(await saidOf(code, hops('/there'))).toBeNull()
  })

  it('makes Origin null', async () => {
    const code = 'redirect-chain-null-origin'
    const end = 'https://c.example.net/three'
    const chain =
      (last: readonly Line[]): Handler =>
      ({ path }) =>
        path === '/items'
          ? { status: 302, headers: [['Location', 'https://b.example.org/two'], STAR] }
          : path === '/two'
            ? { status: 302, headers: [['Location', end], STAR] }
            : { headers: last }
    for (const last of [[MARK], [], [['Access-Control-Allow-Origin', 'nonsense']] as const])
      expect(await named(code, chain(last))).toEqual([
        `a redirect from one foreign origin to another turns Origin into null, and ${end} does not share with null`,
        `Call ${end} itself.`,
        end,
        'client',
      ])
    expect(await saidOf(code, chain([STAR]))).toBeNull()
    expect(await saidOf(code, chain([MARK]), { origin: 'null' })).toBeNull()
    expect(await saidOf(code, hops('https://b.example.org/two', [STAR], []))).not.toBeNull()
    expect(await saidOf(code, hops('/two', [STAR], []))).toBeNull()
  })

  it('breaks a response', async () => {
    const code = 'location-breaks-response'
    const twice = always(200, [['Location', '/a'], ['Location', '/b'], STAR])
    expect(await named(code, twice)).toEqual([
      'the answer arrived (200), but browsers discard it because of its Location (/a | /b)',
      'Send Location only with a redirect, once, with a URL.',
      null,
      'server',
    ])
    expect(await saidOf(code, always(200, [['Location', '/a'], STAR]))).toBeNull()
    // An address that no page can request is no fault of an answer that is no redirect.
    for (const status of [200, 299, 400])
      for (const location of ['ftp://x.example/', 'https://user:pass@x.example/'])
        for (const other of ['redirect-location', 'redirect-credentials'])
          expect(await saidOf(other, always(status, [['Location', location]]))).toBeNull()
  })
})
