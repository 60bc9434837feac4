import { type Preset, preset } from './preset.ts'

/**
 * GraphQL over HTTP, with the headers that Apollo Server and GraphQL Yoga require of requests
 * without a JSON body.
 *
 * @see https://www.apollographql.com/docs/apollo-server/security/cors
 */
export const graphql: Preset = /* @__PURE__ */ preset({
  name: 'graphql',
  requestHeaders: [
    'Apollo-Require-Preflight',
    'apollographql-client-name',
    'apollographql-client-version',
    'Authorization',
    'Content-Type',
    'X-GraphQL-Yoga-CSRF',
  ],
  source: 'https://www.apollographql.com/docs/apollo-server/security/cors',
  date: '2026-11-28',
})
