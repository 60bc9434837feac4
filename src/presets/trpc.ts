import { type Preset, preset } from './preset.ts'

/**
 * tRPC over HTTP. Subscriptions with the browser's own `EventSource` need no permission.
 *
 * @see https://trpc.io/docs/client/links
 */
export const trpc: Preset = /* @__PURE__ */ preset({
  name: 'trpc',
  requestHeaders: ['Authorization', 'Content-Type', 'trpc-accept'],
  source: 'https://trpc.io/docs/client/links',
  date: '2026-11-28',
})
