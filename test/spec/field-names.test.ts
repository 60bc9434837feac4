// The names of the protocol, as they are written.
import { expect, it } from 'vitest'
import * as fields from '../../src/spec/fields.ts'

it('every field is spelled as its standard spells it', () => {
  const { READ: _, CORS_RESPONSE_FIELDS: __, CDN_CACHING: ___, ...names } = fields
  expect(names).toEqual({
    ALLOW_ORIGIN: 'Access-Control-Allow-Origin',
    ALLOW_CREDENTIALS: 'Access-Control-Allow-Credentials',
    ALLOW_PRIVATE_NETWORK: 'Access-Control-Allow-Private-Network',
    ALLOW_METHODS: 'Access-Control-Allow-Methods',
    ALLOW_HEADERS: 'Access-Control-Allow-Headers',
    EXPOSE_HEADERS: 'Access-Control-Expose-Headers',
    MAX_AGE: 'Access-Control-Max-Age',
    TIMING_ALLOW_ORIGIN: 'Timing-Allow-Origin',
    VARY: 'Vary',
    ORIGIN: 'Origin',
    REQUEST_METHOD: 'Access-Control-Request-Method',
    REQUEST_HEADERS: 'Access-Control-Request-Headers',
    SERVER_TIMING: 'Server-Timing',
    CACHE_CONTROL: 'Cache-Control',
  })
})
