import { type Preset, preset } from './preset.ts'

/**
 * A server of the Model Context Protocol, revisions up to 2025-11-25: sessions, and streams that
 * are resumed.
 *
 * The protocol demands that a server validates `Origin`. So the policy says `refused: 'forbid'`,
 * which no preset sets.
 *
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports
 */
export const mcpLegacy: Preset = /* @__PURE__ */ preset({
  name: 'mcpLegacy',
  methods: ['DELETE'],
  requestHeaders: ['Authorization', 'Content-Type', 'Last-Event-ID', 'MCP-Protocol-Version', 'Mcp-Session-Id'],
  exposedHeaders: ['Mcp-Session-Id', 'WWW-Authenticate'],
  source: 'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports',
  date: '2026-11-28',
  note: "The protocol demands refused: 'forbid' of the policy.",
})
