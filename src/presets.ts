/**
 * What protocols and client libraries need of a policy, as data with its sources.
 *
 * @module
 */
export { anthropic } from './presets/anthropic.ts'
export { betterAuth } from './presets/better-auth.ts'
export { connect } from './presets/connect.ts'
export { graphql } from './presets/graphql.ts'
export { grpcWeb } from './presets/grpc-web.ts'
export { jsonApi } from './presets/json-api.ts'
export { mcp } from './presets/mcp.ts'
export { mcpLegacy } from './presets/mcp-legacy.ts'
export { media } from './presets/media.ts'
export { oauthMetadata } from './presets/oauth-metadata.ts'
export { openai } from './presets/openai.ts'
export { opentelemetry } from './presets/opentelemetry.ts'
export type { Preset } from './presets/preset.ts'
export { s3Upload } from './presets/s3-upload.ts'
export { sentry } from './presets/sentry.ts'
export { sse } from './presets/sse.ts'
export { supabase } from './presets/supabase.ts'
export { trpc } from './presets/trpc.ts'
export { tus } from './presets/tus.ts'
export { withPresets } from './presets/with-presets.ts'
