import { type Preset, preset } from './preset.ts'

/**
 * Sentry: an API that takes the trace of a page, and a relay or a tunnel that takes its events.
 *
 * @see https://docs.sentry.io/platforms/javascript/tracing/distributed-tracing/dealing-with-cors-issues/
 */
export const sentry: Preset = /* @__PURE__ */ preset({
  name: 'sentry',
  requestHeaders: ['baggage', 'sentry-trace', 'traceparent'],
  exposedHeaders: ['Retry-After', 'X-Sentry-Rate-Limits'],
  source: 'https://docs.sentry.io/platforms/javascript/tracing/distributed-tracing/dealing-with-cors-issues/',
  date: '2026-11-28',
})
