import * as surface from '../src/presets.ts'

/** For which policy each preset is meant. */
const FOR: Readonly<Record<string, string>> = {
  anthropic: 'a gateway that `@anthropic-ai/sdk` calls from a page',
  betterAuth: 'a server of better-auth; with cookies, `credentials: true`',
  connect: 'a service that speaks Connect',
  graphql: 'a GraphQL endpoint',
  grpcWeb: 'a service that speaks gRPC-Web',
  jsonApi: 'an API that speaks JSON over HTTP',
  mcp: "an MCP server of revision 2026-07-28; `refused: 'forbid'`",
  mcpLegacy: "an MCP server of revisions up to 2025-11-25; `refused: 'forbid'`",
  media: 'files that players and viewers read by `Range`',
  oauthMetadata: "`/.well-known/` of OAuth; `origins: '*'`",
  openai: 'a gateway that the `openai` package calls from a page',
  opentelemetry: 'an API that takes trace context, or a collector of OTLP',
  s3Upload: 'a store that speaks the protocol of S3',
  sentry: 'an API in a trace of Sentry, or a tunnel for its events',
  sse: 'event streams that a library reads with `fetch`',
  supabase: 'an API that `@supabase/supabase-js` calls',
  trpc: 'a tRPC server',
  tus: 'a server of resumable uploads',
}

const code = (names: readonly string[] = []) => names.map((name) => `\`${name}\``).join(' ')

/** The table of docs/presets.md: a row for each preset, in the order of the alphabet. */
export function presetsTable(): string {
  const rows = Object.values(surface).flatMap((preset) => {
    if (typeof preset === 'function') return []
    const { name, methods, requestHeaders, exposedHeaders, source, date } = preset
    const cells = [
      `\`${name}\``,
      FOR[name] ?? '',
      code(methods),
      code(requestHeaders),
      code(exposedHeaders),
      `[source](${source}), ${date}`,
    ]
    return [`| ${cells.join(' | ')} |`]
  })
  const head =
    '| preset | for the policy of | methods | request headers | exposed headers | source, date |\n|---|---|---|---|---|---|'
  return [head, ...rows].join('\n')
}
