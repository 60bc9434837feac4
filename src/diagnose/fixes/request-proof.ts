import type { Verdict } from '../../browser/simulator.ts'
import type { WireRequest, WireResponse } from '../../browser/wire.ts'
import type { Evidence } from '../evidence.ts'
import type { Finding } from '../finding.ts'
import { type Call, readCall } from '../page-request.ts'
import type { RequestProof } from '../plan.ts'
import { isPreflight, isSafeMethod, type Observation, type Recorder, requestKey } from '../recorder.ts'
import { askBrowser, BROWSER_NAMES } from '../verdicts.ts'
import { hides, readable } from './least-change.ts'
import { recorded } from './proof.ts'

/**
 * Adds to the first fix that changes the page's request what this request comes to.
 *
 * @param findings The findings, the first to repair at the top.
 * @param evidence The recorded exchange.
 * @param recorder Sends what was not asked before: preflights, and GET and HEAD to the same host.
 * @param mayAsk Whether anything may be sent.
 */
export async function withRequestProof(
  findings: readonly Finding[],
  evidence: Evidence,
  recorder: Recorder,
  mayAsk: boolean,
): Promise<readonly Finding[]> {
  const first = findings.find(({ severity, fix }) => fix !== null && severity !== 'info')
  const fix = first?.fix
  if (fix?.request == null || fix.request.url === '') return findings
  const requestProof = await proveRequest(readCall(fix.request), evidence, mayAsk ? recorder : null)
  return findings.map((each) => (each === first ? { ...each, fix: { ...fix, requestProof } } : each))
}

/**
 * Judges a changed request in every browser, against what the server answered and answers.
 *
 * For example, a preflight is redirected to https, and the fix is to call https directly. The
 * preflight to the new address is sent, and its answer decides. The PUT behind it is not sent, so
 * the answer to GET stands in for it, and the proof says so.
 */
async function proveRequest(call: Call, evidence: Evidence, recorder: Recorder | null): Promise<RequestProof> {
  const unproven: string[] = []
  const known = recorded(evidence, unproven)
  const answer = async (request: WireRequest): Promise<WireResponse | null> => {
    const exact = recordedExactly(evidence, request)
    if (exact !== null) return exact.response
    const sent = recorder === null ? null : await ask(request, evidence.call, recorder)
    if (sent?.request.method === request.method) return sent.response
    if (sent !== null) {
      unproven.push(
        `the answer to ${request.method} ${request.url} was not seen: the answer to ${sent.request.method} stands in for it`,
      )
      return sent.response
    }
    const before = unproven.length
    const near = known(request)
    // A recorded answer to the same URL may have been for other headers.
    if (unproven.length === before) unproven.push(`the answer to ${request.method} ${request.url} was not seen`)
    return isPreflight(request) || isOfHost(request.url, evidence.call) ? near : null
  }
  const verdicts: Verdict[] = []
  for (const browser of BROWSER_NAMES) verdicts.push(await askBrowser(browser, call, answer))
  const blocked = verdicts.find((verdict) => !verdict.shared)
  const isHidden = readable(call).some((name) => verdicts.some((verdict) => hides(verdict, name)))
  const isUnseen = blocked !== undefined && !blocked.shared && blocked.failure.code === 'network-error'
  return {
    passes: isUnseen ? null : blocked === undefined && !isHidden,
    remains:
      isUnseen || blocked === undefined || blocked.shared
        ? null
        : { code: blocked.failure.code, value: blocked.failure.value, url: blocked.failure.url },
    unproven: [...new Set(unproven)],
  }
}

function recordedExactly({ observations }: Evidence, request: WireRequest): Observation | null {
  const key = requestKey(request)
  return observations.find((each) => each.response !== null && requestKey(each.request) === key) ?? null
}

/**
 * Sends a request, or GET in place of one with side effects. The headers of a request may be secrets
 * of the first host, and a preflight only names them. So another host, which a redirect may have
 * chosen, gets preflights alone.
 *
 * @returns The answered request; null if nothing was sent, or no answer came.
 */
async function ask(request: WireRequest, call: Call, recorder: Recorder): Promise<Observation | null> {
  if (!isPreflight(request) && !isOfHost(request.url, call)) return null
  const isSafe = isSafeMethod(request.method)
  const headers = request.headers.filter(([name]) => isSafe || !/^content-/i.test(name))
  const sent = isSafe ? request : { ...request, method: 'GET', headers, body: null }
  const observation = await recorder.observe(sent, 'changed-request')
  return observation.response === null ? null : observation
}

function isOfHost(url: string, { url: own }: Call): boolean {
  return new URL(url).hostname === own.hostname
}
