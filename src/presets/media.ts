import { type Preset, preset } from './preset.ts'

/**
 * Parts of files that a player or a viewer reads by `Range`. A range with a start needs no permission
 * in browsers that follow the standard; a range from the end, such as `bytes=-500`, does.
 *
 * @see https://fetch.spec.whatwg.org/#simple-range-header-value
 */
export const media: Preset = /* @__PURE__ */ preset({
  name: 'media',
  requestHeaders: ['If-Range', 'Range'],
  exposedHeaders: ['Accept-Ranges', 'Content-Disposition', 'Content-Encoding', 'Content-Range', 'ETag'],
  source: 'https://fetch.spec.whatwg.org/#simple-range-header-value',
  date: '2026-11-28',
})
