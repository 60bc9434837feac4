import { type Preset, preset } from './preset.ts'

/**
 * An API that the `openai` package calls from a page, such as a gateway in front of models. The
 * package sets `User-Agent`, which Firefox and Safari send and ask permission for.
 *
 * @see https://github.com/openai/openai-node
 */
export const openai: Preset = /* @__PURE__ */ preset({
  name: 'openai',
  methods: ['DELETE'],
  requestHeaders: [
    'Authorization',
    'Content-Type',
    'Idempotency-Key',
    'OpenAI-Beta',
    'OpenAI-Organization',
    'OpenAI-Project',
    'User-Agent',
    'X-Client-Request-Id',
    'X-Stainless-*',
  ],
  exposedHeaders: ['OpenAI-*', 'Retry-After', 'Retry-After-Ms', 'X-RateLimit-*', 'X-Request-Id', 'X-Should-Retry'],
  source: 'https://github.com/openai/openai-node',
  date: '2026-11-28',
})
