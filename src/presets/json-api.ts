import { type Preset, preset } from './preset.ts'

/**
 * An API that speaks JSON over HTTP: conditional requests, retries, paging and rate limits.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110
 */
export const jsonApi: Preset = /* @__PURE__ */ preset({
  name: 'jsonApi',
  methods: ['DELETE', 'PATCH', 'PUT'],
  requestHeaders: [
    'Authorization',
    'Content-Type',
    'Idempotency-Key',
    'If-Match',
    'If-Modified-Since',
    'If-None-Match',
    'If-Unmodified-Since',
    'X-Request-Id',
  ],
  exposedHeaders: [
    'Deprecation',
    'ETag',
    'Link',
    'Location',
    'RateLimit',
    'RateLimit-Policy',
    'Retry-After',
    'Sunset',
    'WWW-Authenticate',
    'X-RateLimit-*',
    'X-Request-Id',
  ],
  source: 'https://www.rfc-editor.org/rfc/rfc9110',
  date: '2026-11-28',
})
