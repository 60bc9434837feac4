import { type Preset, preset } from './preset.ts'

/**
 * An API that `@supabase/supabase-js` calls: the database, authentication, storage and functions.
 *
 * @see https://supabase.com/docs/guides/functions/cors
 */
export const supabase: Preset = /* @__PURE__ */ preset({
  name: 'supabase',
  methods: ['DELETE', 'PATCH', 'PUT'],
  requestHeaders: [
    'Accept-Profile',
    'apikey',
    'Authorization',
    'Cache-Control',
    'Content-Profile',
    'Content-Type',
    'Prefer',
    'X-Client-Info',
    'X-Metadata',
    'X-Region',
    'X-Retry-Count',
    'X-Supabase-Api-Version',
    'X-Upsert',
  ],
  exposedHeaders: ['Content-Range', 'X-Relay-Error'],
  source: 'https://supabase.com/docs/guides/functions/cors',
  date: '2026-11-28',
})
