import { createWireClient } from '../../../src/cli/wire-client.ts'
import { isNoAnswer } from '../../../src/diagnose/transport.ts'
import { type Diagnosis, diagnose, type Fix } from '../../../src/diagnose.ts'
import { createProxy } from '../../../src/proxy.ts'
import { serve } from '../../support/serve-fetch.ts'
import { type Ask, readersOf } from '../settles.ts'
import { ORIGIN, type Request, type Stage } from '../stage.ts'

// Certificates of tests are signed by themselves.
const client = createWireClient({ timeoutMs: 3000, insecure: true })

/** Examines what listens there, without pretending anything. */
export function ask(origin: string, path: string, request: Request): Promise<Diagnosis> {
  return diagnose(`${origin}${path}`, { origin: ORIGIN, transport: client, ...request })
}

/** Looks at who may read at a path of a running server. */
export function readersAt(origin: string, path: string, diagnosis: Diagnosis): Promise<Set<string>> {
  const send: Ask = async (request) => {
    const said = await client(request)
    return isNoAnswer(said) ? null : said
  }
  return readersOf(send, `${origin}${path}`, diagnosis)
}

/**
 * Does what a fix says, and examines again: a policy goes in front of the server as it stands, a corrected request is made.
 * Null for fixes that nobody here can apply: another platform's switches, a network, an outage.
 */
export async function applied(fix: Fix, stage: Stage, path: string, request: Request): Promise<Diagnosis | null> {
  if (fix.policy !== null) {
    await using front = await serve(createProxy({ upstream: stage.origin, cors: fix.policy }))
    return await ask(front.origin, path, { ...request, send: true })
  }
  if (fix.request === null || new URL(fix.request.url).hostname !== new URL(stage.origin).hostname) return null
  const { url, ...rest } = fix.request
  return diagnose(url, { ...request, ...rest, send: true, transport: client })
}
