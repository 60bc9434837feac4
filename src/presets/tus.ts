import { type Preset, preset } from './preset.ts'

/**
 * Resumable uploads with tus 1.0, and with the IETF draft as `tus-js-client` speaks it.
 *
 * `X-HTTP-Method-Override` is not in it: pages could then use methods that the policy does not
 * list. Add it for clients with `overridePatchMethod`.
 *
 * @see https://tus.io/protocols/resumable-upload
 */
export const tus: Preset = /* @__PURE__ */ preset({
  name: 'tus',
  methods: ['DELETE', 'PATCH'],
  requestHeaders: [
    'Authorization',
    'Content-Type',
    'Tus-Resumable',
    'Upload-Checksum',
    'Upload-Complete',
    'Upload-Concat',
    'Upload-Defer-Length',
    'Upload-Draft-Interop-Version',
    'Upload-Length',
    'Upload-Metadata',
    'Upload-Offset',
    'X-Request-Id',
  ],
  exposedHeaders: [
    'Location',
    'Tus-Checksum-Algorithm',
    'Tus-Extension',
    'Tus-Max-Size',
    'Tus-Resumable',
    'Tus-Version',
    'Upload-Expires',
    'Upload-Length',
    'Upload-Metadata',
    'Upload-Offset',
  ],
  source: 'https://tus.io/protocols/resumable-upload',
  date: '2026-11-28',
})
