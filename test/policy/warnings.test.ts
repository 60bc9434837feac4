// What is worth a second look although the policy constructs, where it stands, and in which order it is said.
import { describe, expect, it } from 'vitest'
import { checkPolicy, createCors } from '../../src/index.ts'

const ORIGINS = ['https://a.com']

/** Each issue as its code, place, suggestion, and whether a person has to look at it. */
function found(policy: object) {
  return checkPolicy({ origins: ORIGINS, ...policy }).map(({ code, path, suggestion, review }) => {
    const extra = review === undefined ? [suggestion] : [suggestion, review]
    return [code, path.join('.'), ...(suggestion === undefined ? [] : extra)]
  })
}

describe('a list of names', () => {
  it.each<[object, unknown[]]>([
    [{ methods: ['GET', 'PUT', 'HEAD', 'POST'] }, ['method-safelisted methods.0', 'method-safelisted methods.3']],
    [{ methods: ['PUT', 'PUT', 'put-x', 'PUT-X'] }, ['name-duplicate methods.1']],
    [{ methods: ['X*', 'XA'] }, []],
    [{ methods: ['patch', 'purge', 'shout'] }, ['method-lower-case methods.0', 'method-lower-case methods.1']],
    [{ methods: ['patch', 'PATCH'] }, []],
    [
      { requestHeaders: ['X-A', 'x-a', 'X-*', 'x-*'] },
      ['name-covered requestHeaders.0', 'name-duplicate requestHeaders.1', 'name-covered requestHeaders.1'].concat(
        'name-duplicate requestHeaders.3',
      ),
    ],
    [{ requestHeaders: ['X-*', 'X-A-*', 'X-', 'Y-A'] }, ['name-covered requestHeaders.1']],
    [{ requestHeaders: ['ETag', 'Accept'] }, []],
    [
      { exposedHeaders: ['ETag', 'content-type', 'Expires'] },
      ['exposed-header-safelisted exposedHeaders.1'].concat('exposed-header-safelisted exposedHeaders.2'),
    ],
    [{ requestHeaders: ['*', 'Authorization'] }, []],
    [{ exposedHeaders: ['X-*', 'X-A'] }, ['name-covered exposedHeaders.1']],
  ])('%j: %j', (policy, expected) => {
    expect(found(policy).map(([code, path]) => `${code} ${path}`)).toEqual(expected)
    expect(checkPolicy({ origins: ORIGINS, ...policy }).every(({ severity }) => severity === 'warning')).toBe(true)
    expect(() => createCors({ origins: ORIGINS, ...policy })).not.toThrow()
  })

  it('is told what to write: the method that most pages send, or nothing', () => {
    expect(found({ methods: ['patch', 'GET', 'PUT', 'PUT'] })).toEqual([
      ['method-lower-case', 'methods.0', 'PATCH', true],
      ['method-safelisted', 'methods.1', null],
      ['name-duplicate', 'methods.3', null],
    ])
    expect(found({ exposedHeaders: ['X-A', 'X-*', 'Expires'] })).toEqual([
      ['name-covered', 'exposedHeaders.0', null],
      ['exposed-header-safelisted', 'exposedHeaders.2', null],
    ])
  })

  it('has no warning beside a defect of the same entry, and those of the other entries', () => {
    expect(found({ methods: ['get', 'GET', 'PUT'] }).map(([code]) => code)).toEqual([
      'method-case',
      'method-safelisted',
    ])
    expect(found({ exposedHeaders: ['Set-Cookie', 'Expires'], methods: ['GET', 'PUT', 'put'] })).toEqual([
      ['method-safelisted', 'methods.0', null],
      ['method-case', 'methods.2', 'PUT'],
      ['exposed-header-forbidden', 'exposedHeaders.0', null],
      ['exposed-header-safelisted', 'exposedHeaders.1', null],
    ])
  })

  it('compares names that are no names as they are', () => {
    expect(found({ requestHeaders: ['ß', 'ss'] }).map(([code]) => code)).toEqual(['header-not-a-token'])
  })

  it('passes over entries that are no strings, which are defects', () => {
    expect(found({ methods: [5, 'PUT', 'PUT'], requestHeaders: [null, 'X-A', 'x-a'] }).map(([code]) => code)).toEqual([
      'name-not-a-string',
      'name-duplicate',
      'name-not-a-string',
      'name-duplicate',
    ])
  })
})

describe('a list of origins', () => {
  it('names what stands twice, and what another entry covers', () => {
    expect(
      found({ origins: ['https://a.com', 'https://*.b.com', 'https://x.b.com', 'https://a.com', 'https://*.b.com'] }),
    ).toEqual([
      ['origin-covered', 'origins.2', null],
      ['origin-duplicate', 'origins.3', null],
      ['origin-duplicate', 'origins.4', null],
    ])
  })

  it('is not covered by an entry that is refused', () => {
    const origins = ['https://*.github.io', 'https://mine.github.io']
    expect(found({ origins }).map(([code, path]) => [code, path])).toEqual([['origin-public-suffix', 'origins.0']])
    expect(found({ origins, dangerouslyAllowPublicSuffixes: true })).toEqual([['origin-covered', 'origins.1', null]])
  })

  it('names the hosts of platforms, but for entries that the policy means, and loopback next to credentials', () => {
    const origins = ['https://*.zendesk.com', 'https://x.zendesk.com', 'http://localhost:3000', 'https://a.com']
    expect(found({ origins })).toEqual([
      ['origin-shared-host', 'origins.0'],
      ['origin-covered', 'origins.1', null],
    ])
    expect(found({ origins, credentials: true, dangerouslyAllowPublicSuffixes: true })).toEqual([
      ['origin-covered', 'origins.1', null],
      ['origin-loopback', 'origins.2'],
    ])
  })

  it.each([
    [
      ['http://localhost:*', 'http://localhost:3000', 'http://localhost'],
      [1, 2],
    ],
    [['http://*.localhost', 'http://x.localhost:*', 'http://y.localhost'], [2]],
    [
      ['http://*.localhost:*', 'http://x.localhost:*', 'http://*.localhost', 'http://*.x.localhost:*'],
      [1, 2, 3],
    ],
    [['http://*.localhost:*', 'http://*.localhost:3000', 'http://app-*.localhost:80'], [1]],
    [['http://localhost:*', 'http://*.localhost:*'], []],
    [['moz-extension://*', 'moz-extension://a', 'app://*'], [1]],
    [
      ['https://*.a.com', 'https://*.b.a.com', 'https://x-*.a.com', 'https://*.a.com:8443'],
      [1, 2],
    ],
  ])('%j: covered at %j', (origins, expected) => {
    const covered = checkPolicy({ origins }).filter(({ code }) => code === 'origin-covered')
    expect(covered.map(({ path }) => path[1])).toEqual(expected)
  })

  it('has no warning of a platform beside a defect, nor for one host of the platform itself', () => {
    expect(found({ origins: ['http://*.zendesk.com'], credentials: true }).map(([code]) => code)).toEqual([
      'origin-insecure',
    ])
    expect(found({ origins: ['https://zendesk.com', 'https://x.zendesk.com'] })).toEqual([])
  })

  it('passes over entries that are no strings, which are defects', () => {
    expect(found({ origins: [5, 'https://a.com', 'https://a.com'] }).map(([code, path]) => [code, path])).toEqual([
      ['origin-not-a-string', 'origins.0'],
      ['origin-duplicate', 'origins.2'],
    ])
  })
})

describe('a host of a platform below a label', () => {
  const isShared = (host: string) => checkPolicy({ origins: [`https://*.${host}`] }).length > 0
  const below = (labels: string) => labels.split(' ').map((label) => `${label}.zendesk.com`)

  it('is shared where the label is a region or a product', () => {
    const labels =
      'eu us a1 nyc3 abcdef12 fr-par us-east-1 us-east1 aws-us-east-1 abcdef-west-2 eastus eastus2 westeurope north south1 centralus api app apps blob s3-website storage web www eu.api'
    expect(below(labels).filter((host) => !isShared(host))).toEqual([])
    expect(['zendesk.com', 'my.canva.site', 'lightning.force.com'].filter((host) => !isShared(host))).toEqual([])
  })

  it('is a customer where the label is a name', () => {
    const labels =
      'e xyz 12 1a abcdefg12 a123 f-par fr-pa fr-paris us-east us-east-12 u-east-1 abcdefg-west-2 us--1 aws-u-east-1 xnorth centralus22 apis myapp appx webs xwww blobs eu.mine mine.eu'
    expect(below(labels).filter(isShared)).toEqual([])
    expect(['zendesk.de', 'eu.com', 'zendesk.example.com', 'constructor.com'].filter(isShared)).toEqual([])
  })
})

describe('maxAge', () => {
  it.each([
    [600, []],
    [601, [['max-age-above-caps', 'maxAge']]],
    [86_400, [['max-age-above-caps', 'maxAge']]],
    [86_401, [['max-age-not-whole-seconds', 'maxAge', 86_400]]],
    ['700', [['max-age-not-whole-seconds', 'maxAge', 700]]],
  ])('of %j', (maxAge, expected) => {
    expect(found({ maxAge })).toEqual(expected)
  })

  it('is looked at although another option has a defect', () => {
    expect(found({ maxAge: 700, credentials: 'yes' })).toEqual([
      ['not-a-boolean', 'credentials'],
      ['max-age-above-caps', 'maxAge'],
    ])
    expect(checkPolicy({ origins: ORIGINS, maxAge: 700 })).toMatchObject([{ value: 700, severity: 'warning' }])
  })
})

describe('options that only a prototype has', () => {
  it('are named one by one; origins are missing', () => {
    const policy = Object.create({ origins: ['https://a.com'], maxAge: 60, credentials: true })
    expect(checkPolicy(policy).map(({ code, path, value }) => [code, path.join('.'), value])).toEqual([
      ['origins-inherited', 'origins', undefined],
      ['inherited-key', 'credentials', undefined],
      ['inherited-key', 'maxAge', undefined],
    ])
  })
})

describe('issues', () => {
  it('stand in the order of the options, and of the entries, whatever is a defect and what a warning', () => {
    const policy = {
      zzz: 1,
      maxAge: 700,
      exposedHeaders: ['Expires', 'Set-Cookie', 'ETag', 'etag'],
      methods: ['PUT', 'PUT', 'CONNECT', 'GET', 'TRACE'],
      credentials: 'yes',
      origins: ['https://a.com', 'https://a.com', 'https://b.com/', 'https://a.com'],
    }
    expect(found(policy).map(([code, path]) => `${path} ${code}`)).toEqual([
      'origins.1 origin-duplicate',
      'origins.2 origin-trailing-slash',
      'origins.3 origin-duplicate',
      'credentials not-a-boolean',
      'methods.1 name-duplicate',
      'methods.2 method-forbidden',
      'methods.3 method-safelisted',
      'methods.4 method-forbidden',
      'exposedHeaders.0 exposed-header-safelisted',
      'exposedHeaders.1 exposed-header-forbidden',
      'exposedHeaders.3 name-duplicate',
      'maxAge max-age-above-caps',
      'zzz unknown-key',
    ])
  })

  it('of the list itself stand before those of its entries', () => {
    const inherited = Object.assign(Object.create({ methods: ['PUT'] }), { origins: ORIGINS, exposedHeaders: 'ETag' })
    expect(checkPolicy(inherited).map(({ code, path }) => [code, path.join('.')])).toEqual([
      ['inherited-key', 'methods'],
      ['not-a-list', 'exposedHeaders'],
    ])
    expect(checkPolicy(5)).toMatchObject([{ code: 'policy-not-an-object', path: [], value: 5 }])
    expect(checkPolicy([])).toMatchObject([{ code: 'policy-not-an-object', path: [] }])
  })
})
