// Supabase and better-auth.
import { createClient } from '@supabase/supabase-js'
import { createAuthClient } from 'better-auth/client'
import { betterAuth, supabase } from '../../../src/presets.ts'
import { API, type ClientRun } from './run-of.ts'

const supabaseServer: ClientRun['server'] = () => (request) => {
  const { pathname } = new URL(request.url)
  if (pathname.startsWith('/functions/'))
    return Response.json(
      { said: 'hi' },
      { headers: { 'X-Relay-Error': pathname.endsWith('broken') ? 'true' : 'false' } },
    )
  if (pathname.startsWith('/auth/'))
    return Response.json({
      access_token: 'a',
      refresh_token: 'r',
      expires_in: 3600,
      token_type: 'bearer',
      user: { id: 'u' },
    })
  if (pathname.startsWith('/storage/')) return Response.json({ Key: 'b/k', Id: 'i', path: 'k' })
  return Response.json([{ id: 1 }], { headers: { 'Content-Range': '0-0/7' } })
}
const open = (fetch: typeof globalThis.fetch) =>
  createClient(API, 'anon', { global: { fetch }, auth: { persistSession: false, autoRefreshToken: false } })

function must<T>({ data, error }: { readonly data: T; readonly error: unknown }): T {
  if (error !== null && error !== undefined) throw error
  return data
}

/** The client of better-auth, as its documentation sets it up for the bearer plugin, the JWT plugin and captchas. */
const auth = (fetch: typeof globalThis.fetch, log: unknown[]) =>
  createAuthClient({
    baseURL: API,
    fetchOptions: {
      customFetchImpl: fetch,
      auth: { type: 'Bearer', token: () => 'token' },
      headers: { 'x-captcha-response': 'solved' },
      onSuccess: ({ response }) =>
        void log.push(response.headers.get('set-auth-token'), response.headers.get('set-auth-jwt')),
      onError: ({ response }) => void log.push(response.status, response.headers.get('X-Retry-After')),
    },
  })

export const runs: readonly ClientRun[] = [
  {
    preset: supabase,
    client: '@supabase/supabase-js',
    does: 'reads with a count, writes, changes and deletes rows of a schema',
    server: supabaseServer,
    use: async ({ fetch }) => {
      const items = () => open(fetch).schema('shop').from('items')
      const { data, count, error } = await items().select('*', { count: 'exact' })
      if (error !== null) throw error
      const added = must(await items().insert({ a: 1 }).select())
      must(await items().update({ a: 2 }).eq('id', 1).select())
      must(await items().delete().eq('id', 1).select())
      return [data, count, added]
    },
  },
  {
    preset: supabase,
    client: '@supabase/supabase-js',
    does: 'reads again when the database is not ready',
    server: () => {
      let calls = 0
      return () => (calls++ === 0 ? new Response('{}', { status: 503 }) : Response.json([{ id: 1 }]))
    },
    use: async ({ fetch }) => must(await open(fetch).from('items').select()),
  },
  {
    preset: supabase,
    client: '@supabase/supabase-js',
    does: 'logs in, and changes the user',
    server: supabaseServer,
    use: async ({ fetch }) => {
      const client = open(fetch)
      const { user } = must(await client.auth.signInWithPassword({ email: 'a@example.com', password: 'p' }))
      must(await client.auth.updateUser({ data: { a: 1 } }))
      return user.id
    },
  },
  {
    preset: supabase,
    client: '@supabase/supabase-js',
    does: 'uploads and replaces a file, and removes it',
    server: supabaseServer,
    use: async ({ fetch }) => {
      const bucket = open(fetch).storage.from('b')
      const bytes = new TextEncoder().encode('hello')
      const { path } = must(await bucket.upload('k', bytes, { metadata: { by: 'me' }, upsert: true }))
      must(await bucket.update('k', bytes))
      must(await bucket.remove(['k']))
      return path
    },
  },
  {
    preset: supabase,
    client: '@supabase/supabase-js',
    does: 'calls a function of a region, and learns that the relay of another failed',
    server: supabaseServer,
    use: async ({ fetch }) => {
      const { functions } = open(fetch)
      const said = must(await functions.invoke('hello', { body: { a: 1 }, region: 'us-west-1' as never }))
      const { error } = await functions.invoke('broken', { body: { a: 1 } })
      return [said, error?.name ?? null]
    },
  },
  {
    preset: betterAuth,
    client: 'better-auth',
    does: 'logs in with a captcha, and keeps the tokens of the answer',
    credentials: true,
    server: () => () =>
      Response.json(
        { token: 't', user: { id: 'u' } },
        { headers: { 'set-auth-token': 'bearer', 'set-auth-jwt': 'jwt' } },
      ),
    use: async ({ fetch }) => {
      const log: unknown[] = []
      const { error } = await auth(fetch, log).signIn.email({ email: 'a@example.com', password: 'password' })
      if (error !== null) throw error
      return log
    },
  },
  {
    preset: betterAuth,
    client: 'better-auth',
    does: 'learns when to try again',
    credentials: true,
    server: () => () =>
      Response.json({ message: 'Too many requests' }, { status: 429, headers: { 'X-Retry-After': '30' } }),
    use: async ({ fetch }) => {
      const log: unknown[] = []
      await auth(fetch, log).getSession()
      return log
    },
  },
]
