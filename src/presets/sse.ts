import { type Preset, preset } from './preset.ts'

/**
 * Server-sent events that a library reads with `fetch`. The `EventSource` of the browser itself
 * needs no permission for `Last-Event-ID`.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export const sse: Preset = /* @__PURE__ */ preset({
  name: 'sse',
  requestHeaders: ['Last-Event-ID'],
  source: 'https://html.spec.whatwg.org/multipage/server-sent-events.html#the-last-event-id-header',
  date: '2026-11-28',
})
