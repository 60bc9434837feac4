import { bodyHas, field, hasAllowOrigin } from '../evidence.ts'
import { isSuccess, refusesOrigins } from '../proven.ts'
import type { Row } from '../row.ts'
import { statusAt, UNMARKED } from './errors.ts'
import { failedAnswer, matchIf } from './signature.ts'

/** A gateway or a limiter may answer the preflight too. */
const { during: _, ...EITHER } = UNMARKED

/** Limits and outages: the status is the cause, and the CORS error only hides it. */
export const LIMITS: readonly Row[] = [
  {
    ...UNMARKED,
    code: 'body-too-large',
    weight: 80,
    when: (evidence, obstacle) =>
      matchIf(
        statusAt(evidence, obstacle) === 413 || bodyHas(failedAnswer(evidence, obstacle), /FUNCTION_PAYLOAD_TOO_LARGE/),
      ),
    says: 'the body is too large (413), and the server that refuses it adds no CORS headers: this is a limit, not a CORS problem',
    remedy: {
      where: 'server',
      advice: 'Raise the limit, or upload in parts; and add the headers to error responses.',
      by: { nginx: 'Raise client_max_body_size, and write always after add_header.' },
    },
  },
  {
    ...EITHER,
    code: 'gateway-error',
    isInstead: true,
    weight: 78,
    explains: ['allow-origin-missing', 'preflight-status'],
    when: (evidence, obstacle) =>
      matchIf(
        [502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530].includes(statusAt(evidence, obstacle)) &&
          !refusesOrigins(evidence) &&
          // If a GET arrives, the application answers.
          !isSuccess(evidence.actual),
      ),
    says: 'a gateway answers {status} because the application behind it does not answer: this is an outage, not a CORS problem',
    remedy: {
      where: 'server',
      target: 'gateway',
      advice: "Look at the application behind the gateway; then add the headers to the gateway's own errors.",
    },
  },
  {
    ...EITHER,
    code: 'rate-limited',
    weight: 80,
    explains: ['allow-origin-missing', 'preflight-status'],
    when: (evidence, obstacle) =>
      matchIf(statusAt(evidence, obstacle) === 429, {
        after: field(failedAnswer(evidence, obstacle), 'Retry-After') ?? 'not said',
        lack: hasAllowOrigin(failedAnswer(evidence, obstacle)) ? '' : ', and the limiter adds no CORS headers',
      }),
    says: 'too many requests (429, Retry-After: {after}){lack}: this is a limit, not a CORS problem',
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
    when: (evidence, obstacle) =>
      matchIf([405, 501].includes(statusAt(evidence, obstacle)), {
        allow: field(failedAnswer(evidence, obstacle), 'Allow') ?? 'not said',
      }),
    says: 'this path does not support {method} ({status}, Allow: {allow}), and the refusal carries no CORS headers',
    remedy: {
      where: 'client',
      target: 'client',
      advice: 'Use a method that the path supports. On the server, let errors carry the headers.',
    },
  },
]
