/** Against the header writes and the empty answer alone, written by hand without a policy: what no library can go below. */
import { emptyAnswer, fourWrites } from '../hono-apps.ts'
import { get, origins, preflight, STRANGER } from '../inputs.ts'
import { corsOf } from '../policies.ts'
import type { Row } from '../row.ts'

const LAST = 'https://tenant-9.example.com'

export const rows: readonly Row[] = [
  {
    id: 'floor-get',
    title: 'GET allowed, 10 origins',
    cases() {
      const handler = () => Response.json('ok')
      const wrapped = corsOf(origins(10)).wrap(handler as (request: Request) => Response)
      const request = get(LAST)
      return {
        bare: handler,
        'by hand': () => fourWrites(handler(), request),
        wrap: () => wrapped(request),
      }
    },
  },
  {
    id: 'floor-preflight',
    title: 'preflight, 10 origins',
    cases() {
      const cors = corsOf(origins(10))
      const allowed = preflight(LAST)
      const refused = preflight(STRANGER)
      return {
        'three reads, empty 204': () => emptyAnswer(allowed),
        allowed: () => cors.preflight(allowed),
        refused: () => cors.preflight(refused),
      }
    },
  },
]
