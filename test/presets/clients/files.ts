// Parts of files, event streams, and an API that speaks JSON.
import { EventSource } from 'eventsource'
import ky from 'ky'
import { FetchSource } from 'pmtiles'
import { jsonApi, media, sse } from '../../../src/presets.ts'
import { API, type ClientRun } from './run-of.ts'

const bytes = new Uint8Array(1_000)

const OF_A_DOWNLOAD = [
  ['Accept-Ranges', 'bytes'],
  ['Content-Disposition', 'attachment; filename="film.mp4"'],
  ['Content-Encoding', 'identity'],
  ['Content-Range', 'bytes 500-999/1000'],
  ['ETag', '"e"'],
] as const

export const runs: readonly ClientRun[] = [
  {
    preset: media,
    client: 'pmtiles',
    does: 'reads a part of an archive of map tiles',
    server: () => () =>
      new Response(bytes.slice(0, 100), {
        status: 206,
        headers: { ETag: '"e"', 'Content-Range': 'bytes 0-99/1000', 'Accept-Ranges': 'bytes' },
      }),
    use: async () => {
      const { data, etag } = await new FetchSource(`${API}/map.pmtiles`).getBytes(0, 100)
      return [data.byteLength, etag]
    },
  },
  {
    preset: media,
    client: 'ky',
    does: 'goes on with a download from its end, if the file is the same, and reads its name and its coding',
    server: () => () => new Response(bytes.slice(500), { status: 206, headers: Object.fromEntries(OF_A_DOWNLOAD) }),
    use: async ({ fetch }) => {
      const { headers } = await ky.get(`${API}/film.mp4`, {
        fetch,
        retry: 0,
        headers: { Range: 'bytes=-500', 'If-Range': '"e"' },
      })
      return OF_A_DOWNLOAD.map(([name]) => headers.get(name))
    },
  },
  {
    preset: sse,
    client: 'eventsource',
    does: 'goes on after the last event that it saw',
    server: () => (request) => {
      const id = request.headers.get('Last-Event-ID')
      const event = id === null ? 'retry: 1\nid: 7\ndata: seven\n\n' : `data: after ${id}\n\n`
      return new Response(event, { headers: { 'Content-Type': 'text/event-stream' } })
    },
    use: ({ fetch }) =>
      new Promise((resolve) => {
        const source = new EventSource(`${API}/events`, { fetch: fetch as never })
        const seen: string[] = []
        const done = () => {
          source.close()
          resolve(seen)
        }
        source.onmessage = ({ data }) => (seen.push(String(data)) === 2 ? done() : undefined)
        source.onerror = ({ message }) => (message === undefined ? undefined : done())
      }),
  },
  {
    preset: jsonApi,
    client: 'ky',
    does: 'adds an item once, and reads where it is, its version, its limits and its end',
    server: () => () =>
      Response.json(
        { id: 1 },
        {
          status: 201,
          headers: {
            ETag: '"1"',
            Location: '/items/1',
            Link: '</items?page=2>; rel="next"',
            RateLimit: '"default";r=9;t=60',
            'RateLimit-Policy': '"default";q=10;w=60',
            'X-RateLimit-Remaining': '9',
            'X-Request-Id': 'r',
            Deprecation: '@1788134400',
            Sunset: 'Wed, 11 Nov 2026 23:59:59 GMT',
          },
        },
      ),
    use: async ({ fetch }) => {
      const headers = { Authorization: 'Bearer t', 'Idempotency-Key': 'k', 'X-Request-Id': 'r' }
      const { headers: got } = await ky.post(`${API}/items`, { fetch, retry: 0, headers, json: { a: 1 } })
      const names = [
        'ETag',
        'Location',
        'Link',
        'RateLimit',
        'RateLimit-Policy',
        'X-RateLimit-Remaining',
        'X-Request-Id',
        'Deprecation',
        'Sunset',
      ]
      return names.map((name) => got.get(name))
    },
  },
  {
    preset: jsonApi,
    client: 'ky',
    does: 'replaces, changes, deletes and reads an item on conditions',
    server: () => () => Response.json({ id: 1 }),
    use: async ({ fetch }) => {
      const client = ky.create({ fetch, retry: 0 })
      const since = 'Sat, 28 Nov 2026 00:00:00 GMT'
      await client.put(`${API}/items/1`, { headers: { 'If-Match': '"1"' }, json: {} })
      await client.patch(`${API}/items/1`, { headers: { 'If-Unmodified-Since': since }, json: {} })
      await client.delete(`${API}/items/1`)
      await client.get(`${API}/items/1`, { headers: { 'If-None-Match': '"1"' } })
      return client.get(`${API}/items/1`, { headers: { 'If-Modified-Since': since } }).json()
    },
  },
  {
    preset: jsonApi,
    client: 'ky',
    does: 'tries again after Retry-After',
    server: () => {
      let calls = 0
      const full = () => new Response(null, { status: 413, headers: { 'Retry-After': '0.01' } })
      return () => (calls++ === 0 ? full() : Response.json({ id: 1 }))
    },
    use: async ({ fetch }) => ky.get(`${API}/items`, { fetch, retry: 1 }).json(),
  },
  {
    preset: jsonApi,
    client: 'ky',
    does: 'is told how to log in',
    server: () => () =>
      new Response(null, { status: 401, headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' } }),
    use: async ({ fetch }) => {
      const { headers } = await ky.get(`${API}/items`, { fetch, retry: 0, throwHttpErrors: false })
      return headers.get('WWW-Authenticate')
    },
  },
]
