import { describe, expect, it } from 'vitest'
import { inHeaderTerms } from '../../src/diagnose/header-terms.ts'

describe('a policy in header lines', () => {
  it('of public data is short', () =>
    expect(inHeaderTerms({ origins: '*' })).toBe(
      [
        '# on every answer, errors included',
        'Access-Control-Allow-Origin: *',
        '',
        '# OPTIONS with Access-Control-Request-Method: 204 without a body, before authentication',
        'Access-Control-Allow-Origin: *',
        'Access-Control-Allow-Methods: GET, HEAD, POST',
      ].join('\n'),
    ))

  it('of one page names it', () =>
    expect(
      inHeaderTerms({
        origins: ['https://app.example.com'],
        credentials: true,
        methods: ['PUT', 'DELETE'],
        requestHeaders: ['X-A', 'X-B'],
        exposedHeaders: ['ETag', 'Link'],
        maxAge: 600,
      }),
    ).toBe(
      [
        '# on every answer, errors included',
        'Access-Control-Allow-Origin: https://app.example.com',
        'Access-Control-Allow-Credentials: true',
        'Access-Control-Expose-Headers: ETag, Link',
        'Vary: Origin',
        '',
        '# OPTIONS with Access-Control-Request-Method: 204 without a body, before authentication',
        'Access-Control-Allow-Origin: https://app.example.com',
        'Access-Control-Allow-Credentials: true',
        'Access-Control-Allow-Methods: GET, HEAD, POST, PUT, DELETE',
        'Access-Control-Allow-Headers: X-A, X-B',
        'Access-Control-Max-Age: 600',
        'Vary: Origin',
      ].join('\n'),
    ))

  it('of several pages lists them, and * stays', () =>
    expect(
      inHeaderTerms({
        origins: ['https://a.example.com', 'https://b.example.com'],
        methods: '*',
        requestHeaders: '*',
        exposedHeaders: '*',
        maxAge: 0,
      }),
    ).toBe(
      [
        '# on every answer, errors included',
        'Access-Control-Allow-Origin: the Origin of the request, if it is listed',
        'Access-Control-Expose-Headers: *',
        'Vary: Origin',
        '',
        '# OPTIONS with Access-Control-Request-Method: 204 without a body, before authentication',
        'Access-Control-Allow-Origin: the Origin of the request, if it is listed',
        'Access-Control-Allow-Methods: *',
        'Access-Control-Allow-Headers: *',
        'Access-Control-Max-Age: 0',
        'Vary: Origin',
        '# listed: https://a.example.com https://b.example.com',
      ].join('\n'),
    ))
})
