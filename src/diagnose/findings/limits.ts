import { bodyHas, field } from '../evidence.ts'
import { refusesOrigins } from '../proven.ts'
import type { Row } from '../row.ts'
import { statusAt, UNMARKED } from './errors.ts'
import { culprit, hit } from './signature.ts'

/** Limits and outages: the status is the cause, and the CORS error only hides it. */
export const LIMITS: readonly Row[] = [
  {
    ...UNMARKED,
    code: 'body-too-large',
    weight: 80,
    when: (e, s) => hit(statusAt(e, s) === 413 || bodyHas(culprit(e, s), /FUNCTION_PAYLOAD_TOO_LARGE/)),
    says: 'the body is too large (413), and the server that refuses it adds no CORS headers: this is a limit, not a CORS problem',
    remedy: {
      where: 'server',
      advice: 'Raise the limit, or upload in parts; and add the headers to error responses.',
      by: { nginx: 'Raise client_max_body_size, and write always after add_header.' },
    },
  },
  {
    ...UNMARKED,
    code: 'gateway-error',
    isInstead: true,
    weight: 78,
    explains: ['allow-origin-missing', 'preflight-status'],
    when: (e, s) =>
      hit([502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530].includes(statusAt(e, s)) && !refusesOrigins(e)),
    says: 'a gateway answers {status} because the application behind it does not answer: this is an outage, not a CORS problem',
    remedy: {
      where: 'server',
      target: 'gateway',
      advice: "Look at the application behind the gateway; then add the headers to the gateway's own errors.",
    },
  },
  {
    ...UNMARKED,
    code: 'rate-limited',
    weight: 80,
    explains: ['allow-origin-missing', 'preflight-status'],
    when: (e, s) => hit(statusAt(e, s) === 429, { after: field(culprit(e, s), 'Retry-After') ?? 'not said' }),
    says: 'too many requests (429, Retry-After: {after}), and the limiter adds no CORS headers: this is a limit, not a CORS problem',
    remedy: {
      where: 'server',
      advice: 'Put the CORS middleware in front of the limiter, and do not count OPTIONS.',
      policy: true,
    },
  },
  {
    ...UNMARKED,
    code: 'method-not-routed',
    weight: 66,
    when: (e, s) => hit([405, 501].includes(statusAt(e, s)), { allow: field(culprit(e, s), 'Allow') ?? 'not said' }),
    says: 'this path does not support {method} ({status}, Allow: {allow}), and the refusal carries no CORS headers',
    remedy: {
      where: 'client',
      target: 'client',
      advice: 'Use a method that the path supports. On the server, let errors carry the headers.',
    },
  },
]
