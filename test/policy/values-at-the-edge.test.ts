// Values at the very edge of a rule: the last that holds, the first that does not, and what is written instead.
import { describe, expect, it } from 'vitest'
import { checkPolicy, createCors } from '../../src/index.ts'

const ORIGINS = ['https://a.com']

/** Each issue as its code, place, suggestion, and whether a person has to look at it. */
function issues(policy: unknown) {
  return checkPolicy(policy).map(({ code, path, suggestion, review }) => [code, path.join('.'), suggestion, review])
}

const unreadable = new Proxy(['https://a.com', 'PUT'], {
  get(list, key) {
    if (key === '1') throw new Error('not ready')
    return Reflect.get(list, key)
  },
})

describe('maxAge', () => {
  it.each([
    ['600', 600],
    [' 600 ', 600],
    ['1e9', 86_400],
    ['', undefined],
    [' ', undefined],
    ['1h', undefined],
    [-1, 0],
    [-0, 0],
    [1.5, 1],
    [86_401, 86_400],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, 86_400],
    [null, null],
    [true, undefined],
  ])('of %j is answered with %j', (maxAge, suggestion) => {
    const [found] = checkPolicy({ origins: ORIGINS, maxAge })
    expect(found?.code).toBe('max-age-not-whole-seconds')
    expect(found?.suggestion).toBe(suggestion)
    expect(Object.is(found?.suggestion, -0)).toBe(false)
  })

  it.each([0, 1, 600])('of %j holds', (maxAge) => {
    expect(issues({ origins: ORIGINS, maxAge })).toEqual([])
  })
})

describe('refused, preflightStatus and what is true or false', () => {
  it.each([
    [{ refused: 'FORBID' }, ['refused-value', 'refused', 'forbid', undefined]],
    [{ refused: ' Pass ' }, ['refused-value', 'refused', 'pass', undefined]],
    [{ refused: 'deny' }, ['refused-value', 'refused', 'forbid', true]],
    [{ refused: null }, ['refused-value', 'refused', null, undefined]],
    [{ preflightStatus: '200' }, ['preflight-status', 'preflightStatus', 200, undefined]],
    [{ preflightStatus: 201 }, ['preflight-status', 'preflightStatus', 204, undefined]],
    [{ credentials: 'TRUE' }, ['not-a-boolean', 'credentials', true, true]],
    [{ credentials: 1 }, ['not-a-boolean', 'credentials', true, true]],
    [{ credentials: ' false ' }, ['not-a-boolean', 'credentials', false, undefined]],
    [{ credentials: 0 }, ['not-a-boolean', 'credentials', false, undefined]],
    [{ credentials: null }, ['not-a-boolean', 'credentials', null, undefined]],
    [{ credentials: 'yes' }, ['not-a-boolean', 'credentials', undefined, undefined]],
  ])('%j', (option, found) => {
    expect(issues({ origins: ORIGINS, ...option })).toEqual([found])
  })
})

describe('names that are no strings', () => {
  it.each([
    [[5], ['name-not-a-string', 'methods.0', undefined, undefined]],
    [[undefined], ['name-not-a-string', 'methods.0', null, undefined]],
    [[null], ['name-not-a-string', 'methods.0', null, undefined]],
    [[/(PUT|POST)/], ['name-regexp', 'methods.0', undefined, undefined]],
    [[/^PUT$/], ['name-regexp', 'methods.0', 'PUT', true]],
  ])('%j', (methods, found) => {
    expect(issues({ origins: ORIGINS, methods })).toEqual([found])
  })

  it('and elements that cannot be read are named where they stand', () => {
    expect(issues({ origins: ORIGINS, methods: unreadable })).toContainEqual([
      'value-unreadable',
      'methods.1',
      undefined,
      undefined,
    ])
    expect(issues({ origins: unreadable })).toEqual([['value-unreadable', 'origins.1', undefined, undefined]])
    expect(checkPolicy({ origins: unreadable })[0]?.value).toBeUndefined()
  })
})

describe('origins', () => {
  it.each([
    ['', 'origins-missing'],
    [' ', 'origins-missing'],
    [null, 'origins-missing'],
    [7, 'origins-not-a-list'],
    [{}, 'origins-not-a-list'],
  ])('of %j are %s', (origins, code) => {
    expect(issues({ origins })).toEqual([[code, 'origins', undefined, undefined]])
  })

  it.each([
    ['HTTPS://app.example.com', 'origin-upper-case', 'https://app.example.com'],
    ['https://App.example.com', 'origin-upper-case', 'https://app.example.com'],
    ['https://*.xn--a', 'origin-host-punycode', undefined],
    ['https://*.xn--a.com', 'origin-host-punycode', undefined],
    ['https://x.xn--a.com', 'origin-host-punycode', undefined],
    ['https://*.undefined', 'origin-public-suffix', undefined],
    ['undefined', 'origin-unset', null],
    [' null ', 'origin-null', null],
    [`${'x'.repeat(65)}://a`, 'origin-scheme', undefined],
    [`https://${'a'.repeat(64)}.com`, 'origin-host-too-long', undefined],
    [`https://*.${'a'.repeat(64)}.com`, 'origin-host-too-long', undefined],
    [`https://${'a.'.repeat(126)}aa`, 'origin-host-too-long', undefined],
  ])('%s: %s', (origin, code, suggestion) => {
    const found = issues({ origins: [origin] })
    expect(found[0]?.slice(0, 3)).toEqual([code, 'origins.0', suggestion])
  })

  it.each([
    'https://x.undefined',
    'https://a.dev.null',
    'https://*.dev.null',
    `${'x'.repeat(64)}://a`,
    `https://${'a'.repeat(63)}.com`,
    `https://${'a.'.repeat(126)}a`,
  ])('%s holds', (origin) => {
    const found = issues({ origins: [origin] }).filter(([code]) => code !== 'origin-public-suffix')
    expect(found).toEqual([])
  })

  it('match at the greatest length that an origin can have', () => {
    const longest = `${'x'.repeat(64)}://${`${'a'.repeat(49)}.`.repeat(5)}abc:65535`
    expect(longest).toHaveLength(326)
    const cors = createCors({ origins: [longest] })
    const decide = (origin: string) => cors.decide({ method: 'GET', headers: new Headers({ Origin: origin }) })
    expect(decide(longest)).toMatchObject({ shared: true, rule: longest })
    expect(decide(`${longest.slice(0, -1)}6`)).toMatchObject({ shared: false })
    expect(decide(`${longest}5`)).toMatchObject({ shared: false, refusal: 'origin-too-long' })
  })

  it('are not covered by what stands in a polluted prototype', () => {
    const polluted = Array.prototype as unknown as Record<number, unknown>
    try {
      polluted[0] = '*'
      expect(issues({ origins: ['https://a.com'] })).toEqual([])
      expect(createCors({ origins: ['https://a.com'] }).policy.origins).toEqual(['https://a.com'])
    } finally {
      delete polluted[0]
    }
  })
})

describe('a name pattern', () => {
  it('is answered with what is longer than its own text alone', () => {
    const cors = createCors({ origins: ORIGINS, requestHeaders: ['X-A-*'], exposedHeaders: ['X-B-*'] })
    const asked = (names: string) =>
      cors
        .preflight({
          method: 'OPTIONS',
          headers: new Headers({
            Origin: 'https://a.com',
            'Access-Control-Request-Method': 'PUT',
            'Access-Control-Request-Headers': names,
          }),
        })
        ?.headers.get('Access-Control-Allow-Headers')
    expect(asked('x-a-')).toBeNull()
    expect(asked('x-a-b')).toBe('x-a-b')
    expect(asked('x-a-,x-a-b,x-b')).toBe('x-a-b')
    const exposed = (name: string) =>
      new Map(cors.entries({ method: 'GET', headers: new Headers({ Origin: 'https://a.com' }) }, [name])).get(
        'Access-Control-Expose-Headers',
      )
    expect(exposed('x-b-')).toBeUndefined()
    expect(exposed('x-b-c')).toBe('x-b-c')
  })
})
