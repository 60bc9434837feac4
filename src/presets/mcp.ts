import { type Preset, preset } from './preset.ts'

/**
 * A server of the Model Context Protocol, revision 2026-07-28, over streamable HTTP. For clients of
 * earlier revisions, add `mcpLegacy`.
 *
 * The protocol demands that a server answers 403 to a request from a refused origin. So the policy
 * says `refused: 'forbid'`, which no preset sets.
 *
 * @see https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http
 */
export const mcp: Preset = /* @__PURE__ */ preset({
  name: 'mcp',
  requestHeaders: ['Authorization', 'Content-Type', 'Mcp-Method', 'Mcp-Name', 'Mcp-Param-*', 'MCP-Protocol-Version'],
  exposedHeaders: ['WWW-Authenticate'],
  source: 'https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http',
  date: '2026-11-28',
  note: "The protocol demands refused: 'forbid' of the policy.",
})
