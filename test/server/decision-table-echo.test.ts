// Rows S13 and S15–S20 of the decision table: what has to be read of a preflight, and how little.
import { describe, expect, it } from 'vitest'
import { createCors } from '../../src/index.ts'
import { MAX_ORIGIN } from '../../src/spec/origins.ts'
import { APP, cors, head, preflight, present, STRANGER, VARY_ECHO } from '../support/exchanges.ts'

function asked(names: string | undefined, method = 'PUT') {
  return head('OPTIONS', {
    origin: APP,
    'access-control-request-method': method,
    'access-control-request-headers': names,
  })
}

describe("requestHeaders: '*'", () => {
  it('S18 is sent as * without credentials, whatever was asked for', () => {
    const policy = createCors({ origins: [APP], requestHeaders: '*' })
    expect(cors(policy.preflight(asked('x-a,x-b')))).toEqual({
      'Access-Control-Allow-Origin': APP,
      'Access-Control-Allow-Headers': '*',
      Vary: 'origin',
    })
  })

  it('S18 covers Authorization only where it is listed', () => {
    const policy = createCors({ origins: '*', requestHeaders: ['*', 'Authorization'] })
    expect(cors(policy.preflight(asked('authorization')))).toEqual({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Headers': '*, authorization',
    })
  })

  it('S19 echoes the validated names with credentials, and varies by what it reads', () => {
    const policy = createCors({ origins: [APP], credentials: true, requestHeaders: '*' })
    expect(cors(policy.preflight(asked('x-b,content-type')))).toEqual({
      'Access-Control-Allow-Origin': APP,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Headers': 'content-type, x-b',
      Vary: VARY_ECHO,
    })
  })

  it('S19 never echoes Authorization unless it is listed', () => {
    const echo = (requestHeaders: '*' | string[]) =>
      cors(createCors({ origins: [APP], credentials: true, requestHeaders }).preflight(asked('authorization,x-a')))
    expect(echo('*')['Access-Control-Allow-Headers']).toBe('x-a')
    expect(echo(['*', 'Authorization'])['Access-Control-Allow-Headers']).toBe('authorization, x-a')
  })

  it('S19 never echoes *, which without credentials a browser takes for every header, Authorization included', () => {
    const policy = createCors({ origins: [APP], credentials: true, requestHeaders: '*' })
    expect(cors(policy.preflight(asked('*,authorization,x-a')))['Access-Control-Allow-Headers']).toBe('x-a')
    expect(cors(policy.preflight(asked('*')))).not.toHaveProperty('Access-Control-Allow-Headers')
  })

  it('S14 says nothing where nothing was asked for', () => {
    const policy = createCors({ origins: [APP], credentials: true, requestHeaders: '*' })
    expect(cors(policy.preflight(asked(undefined)))).not.toHaveProperty('Access-Control-Allow-Headers')
    expect(cors(policy.preflight(asked('')))).not.toHaveProperty('Access-Control-Allow-Headers')
    expect(cors(policy.preflight(asked(' , ,\t')))).not.toHaveProperty('Access-Control-Allow-Headers')
  })

  it('S9 varies the refusal by the same fields', () => {
    const policy = createCors({ origins: [APP], credentials: true, requestHeaders: '*' })
    const response = present(policy.preflight(preflight(STRANGER)))
    expect(response.status).toBe(403)
    expect(cors(response)).toEqual({ Vary: VARY_ECHO })
  })
})

describe('name patterns of requestHeaders', () => {
  it('S15 echo the names they cover, beside the names that are listed', () => {
    const policy = createCors({ origins: [APP], requestHeaders: ['Content-Type', 'X-Stainless-*'] })
    expect(cors(policy.preflight(asked('x-other,x-stainless-lang,x-stainless-os')))).toEqual({
      'Access-Control-Allow-Origin': APP,
      'Access-Control-Allow-Headers': 'content-type, x-stainless-lang, x-stainless-os',
      Vary: VARY_ECHO,
    })
  })

  it('S15 are read without case, order and white space, from several lines and around empty elements', () => {
    const policy = createCors({ origins: [APP], requestHeaders: ['X-A-*'] })
    const names = (field: string) => cors(policy.preflight(asked(field)))['Access-Control-Allow-Headers']
    expect(names('X-A-Two,x-a-one')).toBe('x-a-one, x-a-two')
    expect(names(' x-a-one \t,\t ,, x-a-two,')).toBe('x-a-one, x-a-two')
    expect(names('x-a-one, x-a-one')).toBe('x-a-one')
    const lines = preflight(APP, 'PUT', 'x-a-one')
    lines.headers.append('Access-Control-Request-Headers', 'x-a-two')
    expect(cors(policy.preflight(lines))['Access-Control-Allow-Headers']).toBe('x-a-one, x-a-two')
  })

  it('S15 name each field once in the entries too', () => {
    const policy = createCors({ origins: [APP], requestHeaders: ['Content-Type', 'X-A-*'] })
    expect(policy.entries(asked('x-a-1'))).toEqual([
      ['Access-Control-Allow-Origin', APP],
      ['Access-Control-Allow-Headers', 'content-type,x-a-1'],
      ['Vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers'],
    ])
  })

  it('S17 echo nothing that is no token', () => {
    const policy = createCors({ origins: [APP], requestHeaders: ['X-A-*'] })
    const response = policy.preflight(asked('x-a-ok,x-a-b d,x-a-é,x-a-:1,x-a-"q",x-a-(c)'))
    expect(cors(response)['Access-Control-Allow-Headers']).toBe('x-a-ok')
  })

  it('S17 echo no control bytes, which a raw request may hold', () => {
    const policy = createCors({ origins: [APP], credentials: true, requestHeaders: '*' })
    const response = policy.preflight(asked('x-a\r\nset-cookie: a=b,x-ok,x-\0'))
    expect(cors(response)['Access-Control-Allow-Headers']).toBe('x-ok')
    expect(present(response).headers.has('Set-Cookie')).toBe(false)
  })

  it('S17 echo no header that pages cannot set', () => {
    const policy = createCors({ origins: [APP], credentials: true, requestHeaders: '*' })
    const field = 'cookie,host,origin,referer,sec-fetch-site,proxy-x,content-length,access-control-request-method,x-ok'
    expect(cors(policy.preflight(asked(field)))['Access-Control-Allow-Headers']).toBe('x-ok')
  })
})

describe('the bounds of what is echoed', () => {
  const policy = () => createCors({ origins: [APP], requestHeaders: ['X-A-*', 'Content-Type'] })
  const allowed = (field: string) =>
    (cors(policy().preflight(asked(field)))['Access-Control-Allow-Headers'] ?? '').split(', ')

  it('S16 are 4 KB: at them names are echoed, beyond them none', () => {
    const field = (length: number) => `x-a-1,x-a-${'b'.repeat(length - 'x-a-1,x-a-'.length)}`
    expect(allowed(field(4096))).toHaveLength(3)
    expect(allowed(field(4097))).toEqual(['content-type'])
  })

  it('S16 are 256 names: at them names are echoed, beyond them none', () => {
    const field = (count: number) => Array.from({ length: count }, (_, i) => `x-a-${i}`).join(',')
    expect(allowed(field(256))).toHaveLength(257)
    expect(allowed(field(257))).toEqual(['content-type'])
  })

  it('S16 still answer, with the policy that is declared', () => {
    const response = present(policy().preflight(asked(','.repeat(1_000_000))))
    expect(response.status).toBe(204)
    expect(cors(response)).toMatchObject({ 'Access-Control-Allow-Origin': APP, Vary: VARY_ECHO })
  })
})

describe("methods: '*'", () => {
  it('S20 is sent as * without credentials', () => {
    expect(cors(createCors({ origins: [APP], methods: '*' }).preflight(asked(undefined)))).toEqual({
      'Access-Control-Allow-Origin': APP,
      'Access-Control-Allow-Methods': '*',
      Vary: 'origin',
    })
  })

  it('S20 echoes the one method with credentials, as it was written', () => {
    const policy = createCors({ origins: [APP], credentials: true, methods: '*' })
    const echo = (method: string) => cors(policy.preflight(asked(undefined, method)))
    expect(echo('PUT')).toEqual({
      'Access-Control-Allow-Origin': APP,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Methods': 'PUT',
      Vary: VARY_ECHO,
    })
    expect(echo('patch')['Access-Control-Allow-Methods']).toBe('patch')
  })

  it('S13 echoes no method that is empty, no token, two, forbidden, * or beyond the bound', () => {
    const policy = createCors({ origins: [APP], credentials: true, methods: '*' })
    const echo = (method: string) => cors(policy.preflight(asked(undefined, method)))['Access-Control-Allow-Methods']
    expect(echo('')).toBeUndefined()
    expect(echo('P UT')).toBeUndefined()
    expect(echo('PUT, DELETE')).toBeUndefined()
    expect(echo('TRACE')).toBeUndefined()
    expect(echo('*')).toBeUndefined()
    expect(echo('cOnNeCt')).toBeUndefined()
    expect(echo('A'.repeat(4097))).toBeUndefined()
  })
})

describe('the limits of what is echoed and looked at', () => {
  const echoing = createCors({ origins: [APP], credentials: true, methods: '*' })
  const method = (length: number) =>
    present(
      echoing.preflight(head('OPTIONS', { origin: APP, 'access-control-request-method': 'A'.repeat(length) })),
    ).headers.get('Access-Control-Allow-Methods')

  it('echoes a method of 4096 characters, and none that is longer', () => {
    expect([method(4096)?.length, method(4097)]).toEqual([4096, null])
  })

  it('calls an Origin too long that is longer than any origin can be', () => {
    const refusal = (length: number) =>
      createCors({ origins: [APP] }).decide(head('GET', { origin: `https://${'a'.repeat(length - 8)}` })).refusal
    expect([refusal(MAX_ORIGIN), refusal(MAX_ORIGIN + 1)]).toEqual(['origin-malformed', 'origin-too-long'])
  })

  it('answers a preflight with the headers of the policy, and no other', () => {
    const answer = (origins: '*' | readonly string[]) =>
      [...present(createCors({ origins: origins as '*' }).preflight(preflight(APP))).headers].map(([name]) => name)
    expect([answer([APP]), answer('*')]).toEqual([
      ['access-control-allow-origin', 'vary'],
      ['access-control-allow-origin'],
    ])
  })
})
