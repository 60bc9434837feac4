import { type Preset, preset } from './preset.ts'

/**
 * An API that `@anthropic-ai/sdk` calls from a page, such as a gateway in front of models. The
 * package sets `User-Agent`, which Firefox and Safari send and ask permission for.
 *
 * @see https://github.com/anthropics/anthropic-sdk-typescript
 */
export const anthropic: Preset = /* @__PURE__ */ preset({
  name: 'anthropic',
  methods: ['DELETE'],
  requestHeaders: [
    'Anthropic-Beta',
    'Anthropic-Dangerous-Direct-Browser-Access',
    'Anthropic-Version',
    'Anthropic-Workspace-Id',
    'Authorization',
    'Content-Type',
    'Idempotency-Key',
    'User-Agent',
    'X-Api-Key',
    'X-Stainless-*',
  ],
  exposedHeaders: ['Anthropic-*', 'Request-Id', 'Retry-After', 'Retry-After-Ms', 'X-Should-Retry'],
  source: 'https://github.com/anthropics/anthropic-sdk-typescript',
  date: '2026-11-28',
})
