import { type AnyCors, type Cors, type CorsPolicy, choose, createResolver, type Documented } from '../src/adapter.ts'
import { createCors } from '../src/index.ts'
import { fetchRequest, type NodeRequest } from './node-request.ts'

/** A source of policies that never throws: under `node:http` an error would end the process. */
export interface SafeSource<Q extends NodeRequest> {
  policyFor(req: Q): AnyCors
  /** Waits for a policy that is chosen per request. Never rejects. */
  choose(ready: AnyCors, req: Q): Promise<Cors>
  /** Prints an error, once per cause, and gives what refuses every origin. */
  close(error: unknown): Cors
}

const MOST_CAUSES = 64

/**
 * Makes a source safe. What a function cannot give, or gives wrong, is refused and printed.
 *
 * @throws {CorsPolicyError} when a policy that is given as it is has a defect.
 */
export function createSafeSource<Q extends NodeRequest>(
  source: Documented | AnyCors | ((req: Q) => CorsPolicy | AnyCors),
): SafeSource<Q> {
  const resolve = createResolver<Q>(typeof source === 'function' ? (req) => atOnce(source(req)) : source)
  const closed = createCors({ origins: () => false })
  const causes = new Set<string>()

  /** A request can be repeated at will: one line per cause says as much as one per request, and fills no disk. */
  function close(error: unknown): Cors {
    try {
      const cause = textOf(error)
      // biome-ignore lint/suspicious/noConsole: a policy that cannot be had must not be missed in silence.
      if (!causes.has(cause) && causes.size < MOST_CAUSES) console.error(error)
      causes.add(cause)
    } catch {
      // What cannot be printed must not open what is closed.
    }
    return closed
  }

  return {
    close,
    policyFor(req) {
      try {
        return whole(resolve(req))
      } catch (error) {
        return close(error)
      }
    },
    async choose(ready, req) {
      try {
        return whole(await choose(ready, fetchRequest(req), req))
      } catch (error) {
        return close(error)
      }
    },
  }
}

/** What was thrown may be anything: an object without a prototype has no text. */
function textOf(error: unknown): string {
  try {
    return String(error)
  } catch {
    return ''
  }
}

/** A promise that nobody waits for ends the process too, when it rejects. */
function atOnce<T>(given: T): T {
  if (typeof (given as { then?: unknown } | null)?.then !== 'function') return given
  Promise.resolve(given).catch(() => {})
  throw new TypeError('cors: a function gives a policy at once: write "perRequest(async …)" where it must wait')
}

/** What only looks like a policy would fail later, when headers are sent. */
function whole<T extends AnyCors>(cors: T): T {
  const { policy, entries, headers, guard } = cors as Partial<Cors>
  if (policy && !(entries && headers && guard)) throw new TypeError('cors: a function gave a part of a policy')
  return cors
}
