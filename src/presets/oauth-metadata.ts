import { type Preset, preset } from './preset.ts'

/**
 * The metadata of an OAuth authorization server or a protected resource, below `/.well-known/`.
 * MCP clients ask for it with the version of their protocol.
 *
 * Every client may read metadata, so the policy of these paths says `origins: '*'`, without
 * `credentials`. No preset sets either.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8414
 */
export const oauthMetadata: Preset = /* @__PURE__ */ preset({
  name: 'oauthMetadata',
  requestHeaders: ['MCP-Protocol-Version'],
  source: 'https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization',
  date: '2026-11-28',
  note: "Metadata is public: the policy of these paths says origins: '*'.",
})
