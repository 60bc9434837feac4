import type { CorsFailure } from '../browser/failure.ts'
import type { Send } from '../browser/fetching.ts'
import { createJudge, type Verdict } from '../browser/judge.ts'
import type { PageInit } from '../browser/request.ts'
import type { Call } from './page-request.ts'

/** The engines whose conclusions are drawn. */
export type EngineName = 'chromium' | 'firefox' | 'webkit'

/** The engines, in the order in which they are reported. */
export const ENGINE_NAMES: readonly EngineName[] = ['chromium', 'firefox', 'webkit']

/** Everything that each engine concludes. */
export type Verdicts = Readonly<Record<EngineName, Verdict>>

/** Asks every engine, one after the other. They share what was sent. */
export async function askEngines(call: Call, send: Send): Promise<Verdicts> {
  return {
    chromium: await askEngine('chromium', call, send),
    firefox: await askEngine('firefox', call, send),
    webkit: await askEngine('webkit', call, send),
  }
}

/** Asks one engine, with an empty preflight cache. */
export function askEngine(engine: EngineName, call: Call, send: Send): Promise<Verdict> {
  return createJudge({ engine, send }).page(call.origin).fetch(call.url, pageInit(call))
}

function pageInit(call: Call): PageInit {
  return {
    method: call.method,
    headers: call.headers.map(([name, value]): [string, string] => [name, value]),
    credentials: call.credentials,
    mode: call.mode,
    initiator: call.initiator,
    uploadListener: call.uploadListener,
    ...(call.body === null || call.method === 'GET' || call.method === 'HEAD' ? {} : { body: call.body }),
  }
}

/**
 * Finds the first failure, Chromium's before the others'; null when every engine shares. A request that was not sent on purpose is no
 * failure.
 */
export function firstFailure(
  verdicts: Verdicts,
  isWithheld: boolean,
): { engine: EngineName; failure: CorsFailure } | null {
  for (const engine of ENGINE_NAMES) {
    const verdict = verdicts[engine]
    if (!verdict.shared && !(isWithheld && verdict.failure.code === 'network-error'))
      return { engine, failure: verdict.failure }
  }
  return null
}
