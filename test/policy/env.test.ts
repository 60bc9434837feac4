import { describe, expect, it } from 'vitest'
import { CorsPolicyError, createCors, policyFromEnv } from '../../src/index.ts'

function issuesOf(env: object, options?: Parameters<typeof policyFromEnv>[1]) {
  try {
    policyFromEnv(env, options)
  } catch (error) {
    if (error instanceof CorsPolicyError)
      return error.issues.map(({ code, path, suggestion }) => ({ code, path: path.join('.'), suggestion }))
    throw error
  }
  return []
}

describe('policyFromEnv()', () => {
  it('reads every variable', () => {
    const env = {
      CORS_ORIGINS: 'https://a.com,https://*.a.com',
      CORS_CREDENTIALS: 'true',
      CORS_METHODS: 'PUT DELETE',
      CORS_REQUEST_HEADERS: '["Content-Type", "Authorization"]',
      CORS_EXPOSED_HEADERS: 'ETag',
      CORS_MAX_AGE: '600',
      PATH: '/usr/bin',
    }
    expect(policyFromEnv(env)).toEqual({
      origins: ['https://a.com', 'https://*.a.com'],
      credentials: true,
      methods: ['PUT', 'DELETE'],
      requestHeaders: ['Content-Type', 'Authorization'],
      exposedHeaders: ['ETag'],
      maxAge: 600,
    })
    expect(() => createCors(policyFromEnv(env))).not.toThrow()
  })

  it.each([
    ['commas', 'https://a.com,https://b.com'],
    ['commas and spaces', ' https://a.com, https://b.com, '],
    ['spaces', 'https://a.com https://b.com'],
    ['lines', 'https://a.com\nhttps://b.com\n'],
    ['JSON', '["https://a.com","https://b.com"]'],
    ['JSON that a platform has parsed', ['https://a.com', 'https://b.com']],
    ['quotes that a .env file left', '"https://a.com,https://b.com"'],
    ['JSON in quotes and white space', '" [\\"https://a.com\\", \\"https://b.com\\"] "'],
  ])('reads a list by %s', (_, value) => {
    expect(policyFromEnv({ CORS_ORIGINS: value }).origins).toEqual(['https://a.com', 'https://b.com'])
  })

  it('reads "*" as every origin', () => {
    expect(policyFromEnv({ CORS_ORIGINS: '*' })).toEqual({ origins: '*' })
    expect(policyFromEnv({ CORS_ORIGINS: '["*"]' })).toEqual({ origins: '*' })
  })

  it('takes booleans and numbers that a platform has parsed', () => {
    expect(policyFromEnv({ CORS_ORIGINS: ['https://a.com'], CORS_CREDENTIALS: true, CORS_MAX_AGE: 60 })).toEqual({
      origins: ['https://a.com'],
      credentials: true,
      maxAge: 60,
    })
  })

  it.each([
    ['unset', {}],
    ['undefined', { CORS_ORIGINS: undefined }],
    ['empty', { CORS_ORIGINS: '' }],
    ['white space', { CORS_ORIGINS: ' \n' }],
  ])('names the variable of origins that are %s', (_, env) => {
    expect(issuesOf(env)).toEqual([{ code: 'variable-missing', path: 'CORS_ORIGINS', suggestion: undefined }])
  })

  it('names the variable when there is no environment at all', () => {
    expect(issuesOf(undefined as never)).toMatchObject([{ path: 'CORS_ORIGINS' }])
  })

  it('refuses a list of nothing but commas', () => {
    expect(issuesOf({ CORS_ORIGINS: ', ,' })).toMatchObject([{ code: 'origins-empty', path: 'CORS_ORIGINS' }])
  })

  it('leaves out what is empty and not required', () => {
    expect(
      policyFromEnv({ CORS_ORIGINS: 'https://a.com', CORS_METHODS: '', CORS_CREDENTIALS: ' ', CORS_MAX_AGE: '' }),
    ).toEqual({ origins: ['https://a.com'] })
  })

  it('names the variable and the place of every defect', () => {
    expect(
      issuesOf({
        CORS_ORIGINS: 'https://a.com b.com/',
        CORS_CREDENTIALS: 'maybe',
        CORS_METHODS: 'put',
        CORS_MAX_AGE: '10m',
      }),
    ).toEqual([
      { code: 'origin-without-scheme', path: 'CORS_ORIGINS.1', suggestion: 'https://b.com' },
      { code: 'not-a-boolean', path: 'CORS_CREDENTIALS', suggestion: undefined },
      { code: 'method-case', path: 'CORS_METHODS.0', suggestion: 'PUT' },
      { code: 'max-age-not-whole-seconds', path: 'CORS_MAX_AGE', suggestion: undefined },
    ])
  })

  it('names the variable of what does not go together', () => {
    expect(issuesOf({ CORS_ORIGINS: '*', CORS_CREDENTIALS: '1' })).toMatchObject([
      { code: 'origins-wildcard-credentials', path: 'CORS_ORIGINS' },
    ])
  })

  it('names the variable of broken JSON', () => {
    expect(issuesOf({ CORS_ORIGINS: '["https://a.com"', CORS_METHODS: '[PUT]' })).toMatchObject([
      { code: 'variable-unreadable', path: 'CORS_ORIGINS' },
      { code: 'variable-unreadable', path: 'CORS_METHODS' },
    ])
    expect(issuesOf({ CORS_ORIGINS: 'https://a.com', CORS_METHODS: '"PUT' })).toMatchObject([
      { code: 'variable-unreadable', path: 'CORS_METHODS' },
    ])
    expect(issuesOf({ CORS_ORIGINS: 'https://a.com', CORS_METHODS: 'PUT"' })).toMatchObject([
      { code: 'method-not-a-token', path: 'CORS_METHODS.0' },
    ])
  })

  it("answers another library's variable with ours", () => {
    expect(issuesOf({ CORS_ALLOWED_ORIGINS: 'https://a.com' })).toEqual([
      { code: 'variable-missing', path: 'CORS_ORIGINS', suggestion: undefined },
      { code: 'variable-unknown', path: 'CORS_ALLOWED_ORIGINS', suggestion: 'CORS_ORIGINS' },
    ])
    expect(issuesOf({ CORS_ORIGINS: 'https://a.com', CORS_ALLOW_CREDENTIALS: 'true' })).toMatchObject([
      { path: 'CORS_ALLOW_CREDENTIALS', suggestion: 'CORS_CREDENTIALS' },
    ])
  })

  it.each([
    ['CORS_METHDOS', 'CORS_METHODS'],
    ['CORS_ALLOWED_HEADERS', 'CORS_REQUEST_HEADERS'],
    ['CORS_EXPOSE_HEADERS', 'CORS_EXPOSED_HEADERS'],
    ['CORS_REFUSE', 'CORS_REFUSED'],
    ['CORS_OPTIONS_SUCCESS_STATUS', 'CORS_PREFLIGHT_STATUS'],
    ['CORS_PRIVATE_NETWORK', null],
    ['CORS_ALLOWED_ORIGINS', null],
    ['CORS_FORBID_STRANGERS', undefined],
    ['CORS_', undefined],
  ])('does not ignore %s', (name, suggestion) => {
    expect(issuesOf({ CORS_ORIGINS: 'https://a.com', [name]: 'x' })).toEqual([
      { code: 'variable-unknown', path: name, suggestion },
    ])
  })

  it('suggests a name once', () => {
    expect(issuesOf({ CORS_ORIGINS: '*', CORS_ALLOW_METHODS: 'PUT', CORS_METHOD: 'PUT' })).toMatchObject([
      { path: 'CORS_ALLOW_METHODS', suggestion: 'CORS_METHODS' },
      { path: 'CORS_METHOD', suggestion: null },
    ])
  })

  it('lets what is named, empty or an object be, and what begins otherwise', () => {
    const env = {
      CORS_ORIGINS: 'https://a.com',
      CORS_PROXY_URL: 'x',
      CORS_UNUSED: '',
      CORS_UNDEFINED: undefined,
      CORS_NULL: null,
      CORS_STORE: { get: () => null },
      CORSMITH_ORIGINS: 'x',
      XCORS_ORIGINS: 'x',
    }
    expect(issuesOf(env, { ignore: ['CORS_PROXY_URL'] })).toEqual([])
    expect(issuesOf(env)).toMatchObject([{ path: 'CORS_PROXY_URL' }])
  })

  it('behind another prefix, looks only at what is like a name of ours that is not set', () => {
    const env = { API_ORIGINS: 'https://a.com', API_KEY: 'x', API_URL: 'y', API_ALLOWED_ORIGINS: 'https://b.com' }
    expect(issuesOf(env, { prefix: 'API_' })).toEqual([])
    expect(issuesOf({ ...env, API_ALLOW_METHODS: 'PUT' }, { prefix: 'API_' })).toMatchObject([
      { path: 'API_ALLOW_METHODS', suggestion: 'API_METHODS' },
    ])
    expect(issuesOf({ MY_CORS_ORIGINS: '*', MY_CORS_X: '1' }, { prefix: 'MY_CORS_' })).toMatchObject([
      { path: 'MY_CORS_X' },
    ])
  })

  it('reads each variable as the type of its option', () => {
    const env = {
      CORS_ORIGINS: 'http://a.com',
      CORS_CREDENTIALS: 'true',
      CORS_REFUSED: ' forbid ',
      CORS_PREFLIGHT_STATUS: '200',
      CORS_TIMING_ALLOW_ORIGIN: 'TRUE',
      CORS_DANGEROUSLY_ALLOW_INSECURE_ORIGINS: '1',
      CORS_DANGEROUSLY_ALLOW_PUBLIC_SUFFIXES: 'false',
    }
    expect(policyFromEnv(env)).toEqual({
      origins: ['http://a.com'],
      credentials: true,
      refused: 'forbid',
      preflightStatus: 200,
      timingAllowOrigin: true,
      dangerouslyAllowInsecureOrigins: true,
      dangerouslyAllowPublicSuffixes: false,
    })
    // The other four are read above.
    const stranger = new Request('https://api.example.com/', { headers: { Origin: 'https://evil.test' } })
    expect(createCors(policyFromEnv(env)).guard(stranger)?.status).toBe(403)
  })

  it.each([
    ['CORS_REFUSED', 'Forbid', 'refused-value', 'forbid'],
    ['CORS_PREFLIGHT_STATUS', '201', 'preflight-status', 204],
    ['CORS_PREFLIGHT_STATUS', 'ok', 'preflight-status', 204],
    ['CORS_TIMING_ALLOW_ORIGIN', 'yes', 'not-a-boolean', undefined],
    ['CORS_CREDENTIALS', 'untrue', 'not-a-boolean', undefined],
    ['CORS_CREDENTIALS', 'falsey', 'not-a-boolean', undefined],
    ['CORS_CREDENTIALS', '10', 'not-a-boolean', undefined],
    ['CORS_CREDENTIALS', 'off', 'not-a-boolean', undefined],
    ['CORS_MAX_AGE', '-1', 'max-age-not-whole-seconds', 0],
    ['CORS_MAX_AGE', '600s', 'max-age-not-whole-seconds', undefined],
    ['CORS_MAX_AGE', 's600', 'max-age-not-whole-seconds', undefined],
    ['CORS_MAX_AGE', '6e2', 'max-age-not-whole-seconds', 600],
    ['CORS_MAX_AGE', '+600', 'max-age-not-whole-seconds', 600],
  ])('refuses %s=%s', (name, value, code, suggestion) => {
    expect(issuesOf({ CORS_ORIGINS: 'https://a.com', [name]: value })).toEqual([{ code, path: name, suggestion }])
  })

  it('shows a number that it cannot read as the variable has it', () => {
    const env = { CORS_ORIGINS: 'https://a.com', CORS_MAX_AGE: '600s', CORS_PREFLIGHT_STATUS: 'OK200' }
    expect(() => policyFromEnv(env)).toThrow(/CORS_MAX_AGE: "600s".*CORS_PREFLIGHT_STATUS: "OK200"/s)
  })

  it.each(['false', 'FALSE', ' false ', '0', false])('leaves credentials off for %j', (value) => {
    expect(policyFromEnv({ CORS_ORIGINS: 'https://a.com', CORS_CREDENTIALS: value }).credentials).toBe(false)
  })

  it.each(['true', 'True', '1', true])('switches credentials on for %j', (value) => {
    expect(policyFromEnv({ CORS_ORIGINS: 'https://a.com', CORS_CREDENTIALS: value }).credentials).toBe(true)
  })

  it.each(['*, https://a.com', 'https://a.com *', '["*","https://a.com"]', '*,*'])(
    'does not let "*" swallow a list: %s',
    (value) => {
      const codes = issuesOf({ CORS_ORIGINS: value }).map(({ code }) => code)
      expect(codes.length).toBeGreaterThan(0)
      expect(new Set(codes)).toEqual(new Set(['origin-wildcard-in-list']))
    },
  )

  it('names what else is wrong while the origins are missing, and nothing about those', () => {
    expect(issuesOf({ CORS_MAX_AGE: 'x', CORS_CREDENTIALS: null })).toMatchObject([
      { code: 'variable-missing', path: 'CORS_ORIGINS' },
      { code: 'max-age-not-whole-seconds', path: 'CORS_MAX_AGE' },
    ])
  })

  it('reads origins that need not be set by a prefix of their own', () => {
    const extra = (EXTRA_ORIGINS: string | undefined) =>
      EXTRA_ORIGINS ? policyFromEnv({ EXTRA_ORIGINS }, { prefix: 'EXTRA_' }).origins : []
    const origins = (value: string | undefined) =>
      createCors({ origins: ['https://app.example.com', ...extra(value)] }).policy.origins
    expect(origins(undefined)).toEqual(['https://app.example.com'])
    expect(origins('https://10.0.0.7:5273, http://localhost:*')).toEqual([
      'https://app.example.com',
      'https://10.0.0.7:5273',
      'http://localhost:*',
    ])
    expect(() => origins('*')).toThrow('"*" means every origin')
    expect(() => origins('https://10.0.0.7/')).toThrow('EXTRA_ORIGINS[0]')
  })

  it('reads other names by a prefix', () => {
    expect(policyFromEnv({ API_CORS_ORIGINS: 'https://a.com', CORS_ORIGINS: '*' }, { prefix: 'API_CORS_' })).toEqual({
      origins: ['https://a.com'],
    })
    expect(issuesOf({ CORS_ORIGINS: '*' }, { prefix: 'API_CORS_' })).toMatchObject([{ path: 'API_CORS_ORIGINS' }])
  })

  it('puts what stands in the source behind the variables', () => {
    const defaults = { maxAge: 60, refused: 'forbid', methods: ['PUT'] } as const
    expect(policyFromEnv({ CORS_ORIGINS: 'https://a.com', CORS_MAX_AGE: '5' }, { defaults })).toEqual({
      origins: ['https://a.com'],
      maxAge: 5,
      refused: 'forbid',
      methods: ['PUT'],
    })
    expect(issuesOf({ CORS_ORIGINS: 'https://a.com' }, { defaults: { maxAge: -1 } })).toMatchObject([
      { path: 'maxAge' },
    ])
  })

  it('does not read what a polluted prototype holds', () => {
    const polluted = Object.prototype as Record<string, unknown>
    try {
      polluted.CORS_ORIGINS = '*'
      expect(issuesOf({})).toMatchObject([{ code: 'variable-missing' }])
    } finally {
      delete polluted.CORS_ORIGINS
    }
  })

  it('reads process.env', () => {
    process.env.CORSMITH_TEST_ORIGINS = 'https://a.com'
    try {
      expect(policyFromEnv(process.env, { prefix: 'CORSMITH_TEST_' }).origins).toEqual(['https://a.com'])
    } finally {
      delete process.env.CORSMITH_TEST_ORIGINS
    }
  })
})
