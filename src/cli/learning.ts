import { sightingOf } from '../learn/observation.ts'
import type { Tally } from '../learn/tally.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { perRequest } from '../server/per-request.ts'
import { type AnyCors, isSync } from '../server/ready.ts'
import { splitList } from '../spec/tokens.ts'
import { UsageError } from './io.ts'

/** Lets pages of this machine do everything, so that their requests can be seen. */
export const LEARNING: CorsPolicy = {
  origins: ['http://localhost:*', 'http://127.0.0.1:*'],
  credentials: true,
  methods: '*',
  requestHeaders: ['*', 'Authorization'],
}

/**
 * Notes what each request needs, and answers as before.
 *
 * @throws {UsageError} for routes
 */
export function learning(cors: AnyCors, tally: Tally): AnyCors {
  if (!isSync(cors)) throw new UsageError('--learn goes with one policy, and not with routes')
  return perRequest((request: Request) => {
    const asked = request.headers.get('Access-Control-Request-Method')
    const isPreflight = request.method === 'OPTIONS' && asked !== null
    // A page of the proxy's own origin needs no permission.
    if (request.headers.get('Sec-Fetch-Site') === 'same-origin') return cors
    tally.add(
      sightingOf({
        origin: request.headers.get('Origin') ?? '',
        method: isPreflight ? asked : request.method,
        names: splitList(request.headers.get('Access-Control-Request-Headers') ?? ''),
        credentials: request.headers.has('Cookie'),
        place: `${isPreflight ? asked : request.method} ${new URL(request.url).pathname}`,
      }),
    )
    return cors
  })
}
