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

  it('lets variables of others be', () => {
    expect(
      issuesOf({ CORS_ORIGINS: 'https://a.com', CORS_PROXY_URL: 'x', CORS_ALLOWED_ORIGINS: 'https://b.com' }),
    ).toEqual([])
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
