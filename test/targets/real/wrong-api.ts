import { type Said, type Stage, stage } from '../../diagnose/stage.ts'

/** What an API says that speaks CORS itself, and wrongly: two origins, everything allowed, credentials for everybody. */
export const WRONG: readonly (readonly [string, string])[] = [
  ['Access-Control-Allow-Origin', '*'],
  ['Access-Control-Allow-Origin', 'https://other.example.com'],
  ['Access-Control-Allow-Credentials', 'true'],
  ['Access-Control-Allow-Methods', '*, PURGE, DELETE'],
  ['Access-Control-Allow-Headers', '*, X-Secret, Authorization'],
  ['Access-Control-Expose-Headers', '*, X-Secret'],
  ['Access-Control-Max-Age', '86400'],
  ['Timing-Allow-Origin', '*'],
  ['Vary', 'Accept-Encoding'],
]

/** An API as people have it: it doubles headers, breaks, and asks every preflight for a login. */
export function wrongApi(): Promise<Stage> {
  return stage(({ path, method }): Said => {
    const common: Said['headers'] = [...WRONG, ['Content-Type', 'text/plain'], ['ETag', '"1"'], ['X-Secret', '1']]
    if (method === 'OPTIONS') return { status: 401, headers: [...common, ['WWW-Authenticate', 'Bearer']] }
    if (path.startsWith('/error')) return { status: 500, headers: common, body: 'no' }
    if (path.startsWith('/moved')) return { status: 302, headers: [...common, ['Location', '/x']] }
    if (path.startsWith('/missing')) return { status: 404, headers: common, body: 'no' }
    return { status: 200, headers: common, body: method === 'HEAD' ? '' : 'ok' }
  })
}
