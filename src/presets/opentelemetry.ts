import { type Preset, preset } from './preset.ts'

/**
 * OpenTelemetry: an API that takes the trace context of a page, and a collector that takes spans
 * over OTLP/HTTP. To let pages read timings, the policy says `timingAllowOrigin: true`, which no
 * preset sets.
 *
 * @see https://www.w3.org/TR/trace-context/
 */
export const opentelemetry: Preset = /* @__PURE__ */ preset({
  name: 'opentelemetry',
  requestHeaders: ['baggage', 'Content-Type', 'traceparent', 'tracestate'],
  exposedHeaders: ['Retry-After', 'Server-Timing', 'traceresponse'],
  source: 'https://www.w3.org/TR/trace-context/',
  date: '2026-11-28',
})
