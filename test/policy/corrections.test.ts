import { describe, expect, it } from 'vitest'
import { checkPolicy } from '../../src/index.ts'
import { WARNINGS } from '../../src/policy/catalogue.ts'

function first(policy: object) {
  const [issue] = checkPolicy(policy)
  return issue === undefined
    ? undefined
    : { code: issue.code, suggestion: issue.suggestion, review: issue.review ?? false }
}

function of(origin: unknown, rest: object = {}) {
  return first({ origins: [origin, 'https://ok.example'], ...rest })
}

const credentials = { credentials: true }

describe('a malformed origin', () => {
  it.each<[string, string, string | null | undefined]>([
    ['https://b.com/', 'origin-trailing-slash', 'https://b.com'],
    ['https://b.com/app?x#y', 'origin-path', 'https://b.com'],
    ['https://b.com?x', 'origin-query', 'https://b.com'],
    ['https://b.com#y', 'origin-fragment', 'https://b.com'],
    ['HTTPS://B.com', 'origin-upper-case', 'https://b.com'],
    ['https://b.com:443', 'origin-default-port', 'https://b.com'],
    ['http://b.com:80/', 'origin-default-port', 'http://b.com'],
    ['https://b.com:08443', 'origin-port', 'https://b.com:8443'],
    ['https://b.com:', 'origin-port', 'https://b.com'],
    ['https://b.com:0', 'origin-port', undefined],
    ['https://b.com:65536', 'origin-port', undefined],
    ['https://münchen.de', 'origin-host-unicode', 'https://xn--mnchen-3ya.de'],
    ['https://*.münchen.de', 'origin-host-unicode', 'https://*.xn--mnchen-3ya.de'],
    ['https://app．example.com', 'origin-host-unicode', 'https://app.example.com'],
    ['http://127.1', 'origin-address', 'http://127.0.0.1'],
    ['http://0x7f.1:8080', 'origin-address', 'http://127.0.0.1:8080'],
    ['http://[0:0:0:0:0:0:0:1]', 'origin-address', 'http://[::1]'],
    ['https://256.1.1.1', 'origin-address', undefined],
    [' https://b.com\t', 'origin-white-space', 'https://b.com'],
    ['capacitor://LocalHost', 'origin-upper-case', 'capacitor://localhost'],
    ['https://*.Example.com/', 'origin-upper-case', 'https://*.example.com'],
    ['null', 'origin-null', null],
    ['', 'origin-empty', null],
    ['file://', 'origin-file', null],
    ['undefined', 'origin-unset', null],
    ['https://undefined', 'origin-unset', null],
    ['*', 'origin-wildcard-in-list', null],
    ['https://a_b.com/', 'origin-trailing-slash', 'https://a_b.com'],
    ['https://*.-.com', 'origin-host', undefined],
    [`https://${'a'.repeat(64)}.com`, 'origin-host-too-long', undefined],
    [`https://*.${'a'.repeat(64)}.com`, 'origin-host-too-long', undefined],
    [`https://*.${'a.'.repeat(121)}example.com`, 'origin-host-too-long', undefined],
    [`${'a'.repeat(65)}://b.com`, 'origin-scheme', undefined],
    ['https://a.com,https://b.com/', 'origin-joined', undefined],
  ])('%j is %s, and %j is to be written', (origin, code, suggestion) => {
    expect(of(origin)).toEqual({ code, suggestion, review: false })
  })

  it.each<[string, string, string]>([
    ['b.com', 'origin-without-scheme', 'https://b.com'],
    ['//b.com/x', 'origin-without-scheme', 'https://b.com'],
    ['https:/b.com', 'origin-without-scheme', 'https://b.com'],
    ['https//b.com', 'origin-without-scheme', 'https://b.com'],
    ['localhost:3000', 'origin-without-scheme', 'http://localhost:3000'],
    ['127.0.0.1:8080', 'origin-without-scheme', 'http://127.0.0.1:8080'],
    ['*.b.com', 'origin-without-scheme', 'https://*.b.com'],
    ['.b.com', 'origin-without-scheme', 'https://*.b.com'],
    ['htps://b.com', 'origin-scheme-never-sent', 'https://b.com'],
    ['ws://localhost:3000', 'origin-scheme-never-sent', 'http://localhost:3000'],
    ['https://trusted.com@b.com', 'origin-user', 'https://b.com'],
    ['https://b.com.', 'origin-host-trailing-dot', 'https://b.com'],
    ['https://*b.com', 'origin-public-suffix', 'https://*.b.com'],
    ['https://*.*.b.com', 'origin-pattern', 'https://*.b.com'],
    ['https://**.b.com', 'origin-pattern', 'https://*.b.com'],
    ['https://b.com:*', 'origin-pattern-port', 'https://b.com'],
    ['http://localhost:[*]', 'origin-port', 'http://localhost:*'],
    ['https://b.com,', 'origin-joined', 'https://b.com'],
  ])('%j is %s, and %j is to be read before it is taken', (origin, code, suggestion) => {
    expect(of(origin)).toEqual({ code, suggestion, review: true })
  })

  it('is repaired for the policy that it stands in', () => {
    expect(of('http://b.com/', credentials)).toEqual({
      code: 'origin-trailing-slash',
      suggestion: 'https://b.com',
      review: true,
    })
    expect(of('http://b.com:443', credentials)).toEqual({
      code: 'origin-insecure',
      suggestion: 'https://b.com',
      review: true,
    })
    expect(of('http://b.com/', { ...credentials, dangerouslyAllowInsecureOrigins: true })?.suggestion).toBe(
      'http://b.com',
    )
    expect(of('https://*.Vercel.app')?.suggestion).toBeUndefined()
    expect(of('https://*.Vercel.app', { dangerouslyAllowPublicSuffixes: true })?.suggestion).toBe(
      'https://*.vercel.app',
    )
  })

  it('that holds several shows them one by one', () => {
    const [issue] = checkPolicy({ origins: ['https://a.com, b.com/'] })
    expect(issue?.message).toBe('one entry is one origin; list them one by one: write "https://a.com", "https://b.com"')
  })
})

describe('a RegExp', () => {
  it.each<[RegExp, string | null | undefined]>([
    [/^https:\/\/.*\.example\.com$/, 'https://*.example.com'],
    [/^https:\/\/([a-z0-9-]+\.)?example\.com$/, 'https://*.example.com'],
    [/^https?:\/\/(.+\.)?example\.com$/, 'https://*.example.com'],
    [/^(https?:\/\/)?(.+\.)?example\.com$/, 'https://*.example.com'],
    [/^https:\/\/app-[a-z0-9]+\.example\.com$/, 'https://app-*.example.com'],
    [/^https:\/\/preview-\w+-team\.example\.dev\/?$/i, 'https://preview-*-team.example.dev'],
    [/^https:\/\/example\.com$/, 'https://example.com'],
    [/^https:\/\/example\.com:8443$/, 'https://example.com:8443'],
    [/example\.com$/, 'https://*.example.com'],
    [/\.example\.com$/, 'https://*.example.com'],
    [/localhost/, 'http://localhost:*'],
    [/^http:\/\/localhost:\d+$/, 'http://localhost:*'],
    [/^https?:\/\/localhost(:\d+)?$/, 'http://localhost:*'],
    [/^http:\/\/localhost:[0-9]{4}$/, 'http://localhost:*'],
    [/^https:\/\/(www|app)\.example\.com$/, undefined],
    [/^app-.*\.example\.com$/, 'https://app-*.example.com'],
    [/^https:\/\/[^.]+\.vercel\.app$/, undefined],
    [/^(?!evil).*$/, undefined],
  ])('%s is answered with %j', (regexp, suggestion) => {
    expect(of(regexp)).toEqual({ code: 'origin-regexp', suggestion, review: typeof suggestion === 'string' })
  })

  it('of a class whose source is no text is answered with nothing', () => {
    class Odd extends RegExp {
      override get source(): string {
        return { length: 1 } as unknown as string
      }
    }
    expect(of(new Odd('x'))).toEqual({ code: 'origin-regexp', suggestion: undefined, review: false })
    expect(checkPolicy({ origins: '*', requestHeaders: [new Odd('x')] })).toMatchObject([{ code: 'name-regexp' }])
  })

  it('in the place of a list is answered with a list', () => {
    expect(checkPolicy({ origins: /\.example\.com$/ })[0]?.message).toBe(
      'origins are "*", a list of strings, or a function: write ["https://*.example.com"]',
    )
    expect(checkPolicy({ origins: /.*/ })[0]?.message).toBe(
      'origins are "*", a list of strings, or a function: write "*"',
    )
    expect(checkPolicy({ origins: /.*/, credentials: true })[0]?.message).toBe(
      'origins are "*", a list of strings, or a function',
    )
  })
})

describe('a key', () => {
  it.each<[string, string]>([
    ['origin', 'origins'],
    ['allowOrigin', 'origins'],
    ['allowed_origins', 'origins'],
    ['CORS_ALLOWED_ORIGINS', 'origins'],
    ['Access-Control-Allow-Origin', 'origins'],
    ['orgins', 'origins'],
    ['Origins', 'origins'],
    ['originAllowList', 'origins'],
    ['origin_allow_all', 'origins'],
  ])('%s is answered with %s', (key, option) => {
    expect(checkPolicy({ [key]: ['https://a.com'] }).find(({ code }) => code === 'unknown-key')).toMatchObject({
      path: [key],
      suggestion: option,
      review: true,
    })
  })

  it.each<[string, string | null | undefined]>([
    ['allowHeaders', 'requestHeaders'],
    ['allowedHeaders', 'requestHeaders'],
    ['exposeHeaders', 'exposedHeaders'],
    ['exposedHeader', 'exposedHeaders'],
    ['allowMethods', 'methods'],
    ['method', 'methods'],
    ['supports_credentials', 'credentials'],
    ['credentails', 'credentials'],
    ['optionsSuccessStatus', 'preflightStatus'],
    ['maxAgeSeconds', 'maxAge'],
    ['max_age', 'maxAge'],
    ['refuse', 'refused'],
    ['dangerouslyAllowInsecureOrigin', 'dangerouslyAllowInsecureOrigins'],
    ['preflightContinue', null],
    ['origin', null],
    ['banana', undefined],
    ['cors', undefined],
    ['allow', undefined],
    ['with', undefined],
    ['access-control', undefined],
    ['privateNetwork', null],
    ['allowPrivateNetworkAccess', null],
    ['Access-Control-Allow-Private-Network', null],
    ['allowLocalNetwork', null],
    ['corsMethods', 'methods'],
    ['accessControlMaxAge', 'maxAge'],
    ['supportCredentials', 'credentials'],
    ['allowedMethods', 'methods'],
    // At most two edits, and a swap of neighbors is one.
    ['crednetial', 'credentials'],
    ['mexthxods', 'methods'],
    ['mthds', 'methods'],
    ['mxxhods', 'methods'],
    ['crednetxxal', undefined],
    ['crexxntiayy', undefined],
    ['mxxxods', undefined],
    ['mtxhodz', undefined],
    ['mxehodz', undefined],
    // No name of an option has more than fifty characters.
    [`${'_'.repeat(43)}methods`, 'methods'],
    [`${'_'.repeat(44)}methods`, undefined],
    ['toString', undefined],
    ['constructor', undefined],
  ])('%s is answered with %j', (key, suggestion) => {
    expect(checkPolicy({ origins: '*', [key]: 1 })[0]).toMatchObject({ code: 'unknown-key', path: [key], value: 1 })
    expect(checkPolicy({ origins: '*', [key]: 1 })[0]?.suggestion).toBe(suggestion)
  })
})

describe('the message about a key that needs no counterpart', () => {
  const of = (key: string) => checkPolicy({ origins: '*', [key]: true })[0]?.message

  it('says to leave it out, and who is asked instead for private and local networks', () => {
    const plain = 'a policy has no option of this name: leave it out'
    expect([of('debug'), of('preflightContinue')]).toEqual([plain, plain])
    const asked = `${plain}: browsers ask the user for this, no longer the server`
    expect([of('allowPrivateNetwork'), of('localNetworkAccess')]).toEqual([asked, asked])
  })
})

describe('several keys', () => {
  const suggestions = (policy: object) =>
    checkPolicy(policy)
      .filter(({ code }) => code === 'unknown-key')
      .map(({ suggestion }) => suggestion)

  it('for one option are answered with it once', () => {
    expect(suggestions({ origins: '*', method: ['PUT'], allowMethods: ['PUT'] })).toEqual(['methods', null])
  })

  it('are compared with the options up to a thousand', () => {
    const keys = Array.from({ length: 999 }, (_, i) => [`key ${i}`, 1])
    const found = suggestions({ origins: '*', ...Object.fromEntries([...keys, ['method', 1], ['exposeHeaders', 1]]) })
    expect(found.slice(998)).toEqual([undefined, 'methods', undefined])
  })
})

describe('an option for private networks', () => {
  it('is answered with the reason why there is none', () => {
    expect(checkPolicy({ origins: '*', privateNetworkAccess: true })[0]?.message).toBe(
      'a policy has no option of this name: leave it out: browsers ask the user for this, no longer the server',
    )
  })
})

describe('what names no address', () => {
  it.each([
    'process.env.ORIGIN',
    'import.meta.env.VITE_ORIGIN',
    'data:',
    'about:blank',
    'blob:https',
    'mailto:me@a.com',
    '$' + '{ORIGIN}',
  ])('%s is refused without a silly correction', (text) => {
    const [issue] = checkPolicy({ origins: [text] })
    expect(issue?.severity).toBe('error')
    expect(issue?.suggestion).toBeUndefined()
  })
})

describe('the severity of an issue', () => {
  it('is a warning for these rules and no others', () => {
    expect(Object.values(WARNINGS).flatMap(Object.keys).toSorted()).toEqual([
      'exposed-header-safelisted',
      'inherited-key',
      'max-age-above-caps',
      'method-lower-case',
      'method-safelisted',
      'name-covered',
      'name-duplicate',
      'origin-covered',
      'origin-duplicate',
      'origin-loopback',
      'origin-shared-host',
    ])
  })

  it('does not arise for HEAD, nor for safelisted request headers', () => {
    expect(
      checkPolicy({
        origins: ['https://a.com'],
        methods: ['HEAD'],
        requestHeaders: ['Accept', 'Accept-Language', 'Content-Language', 'Content-Type', 'Range'],
      }),
    ).toEqual([])
  })
})

describe('"*" twice', () => {
  it('is no "*" alone', () => {
    expect(
      checkPolicy({ origins: ['https://a.com'], credentials: true, exposedHeaders: ['*', '*'] }).map(
        ({ code }) => code,
      ),
    ).toContain('wildcard-not-alone')
    expect(checkPolicy({ origins: ['*', '*'], credentials: true }).map(({ code }) => code)).toEqual([
      'origin-wildcard-in-list',
      'origin-wildcard-in-list',
    ])
  })
})
