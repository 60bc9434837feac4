import { createSimulator } from '../../../src/browser/simulator.ts'
import { getField, type WireRequest, type WireResponse } from '../../../src/browser/wire.ts'
import type { ExplainedRequest } from '../../../src/diagnose.ts'
import { type CorsPolicy, checkPolicy, createCors } from '../../../src/index.ts'

const MODELS = ['spec', 'chromium', 'firefox', 'webkit'] as const
const LISTS = ['origins', 'methods', 'requestHeaders', 'exposedHeaders'] as const

/** Answers as an application behind `wrap` does: no model of the diagnosis has a hand in it. */
function serve(policy: CorsPolicy, request: ExplainedRequest): (wire: WireRequest) => Promise<WireResponse> {
  const { status = 200, headers = [] } = request.response ?? {}
  const extra = (request.reads ?? []).filter(
    (name) => !headers.some(([key]) => key.toLowerCase() === name.toLowerCase()),
  )
  const handle = createCors(policy).wrap(
    () =>
      new Response(null, {
        status,
        headers: [
          ...headers.map(([a, b]): [string, string] => [a, b]),
          ...extra.map((name): [string, string] => [name, 'x']),
        ],
      }),
  )
  return async (wire) => {
    const head = { method: wire.method, headers: { get: (name: string) => getField(wire.headers, name) } }
    const response = handle(head as unknown as Request)
    return { status: response.status, headers: [...response.headers] }
  }
}

/** Tells whether every browser shares the response with the page, and every header that it reads. */
export async function isShared(policy: CorsPolicy, request: ExplainedRequest): Promise<boolean> {
  if (checkPolicy(policy).some(({ severity }) => severity === 'error')) return false
  for (const browser of MODELS) {
    const { url, origin, method, headers, credentials, body, initiator, uploadListener } = request
    const verdict = await createSimulator({ browser, send: serve(policy, request) })
      .page(origin)
      .fetch(url, {
        ...(method === undefined ? {} : { method }),
        ...(headers === undefined ? {} : { headers: headers as [string, string][] | Record<string, string> }),
        ...(credentials === undefined ? {} : { credentials }),
        ...(body === undefined ? {} : { body }),
        ...(initiator === undefined ? {} : { initiator }),
        ...(uploadListener === undefined ? {} : { uploadListener }),
      })
    if (!verdict.shared) return false
    const names = verdict.headers.map(([name]) => name.toLowerCase())
    if (
      (request.reads ?? []).some((name) => name.toLowerCase() !== 'set-cookie' && !names.includes(name.toLowerCase()))
    )
      return false
  }
  return true
}

const listOf = (value: unknown): readonly string[] => (value === '*' ? ['*'] : Array.isArray(value) ? value : [])

/** Says in which way a change breaks the law; null where it keeps it. */
export async function breach(
  current: CorsPolicy,
  edit: CorsPolicy,
  request: ExplainedRequest,
  asks: readonly string[],
): Promise<string | null> {
  if (!(await isShared(edit, request))) return 'the request is not shared in every browser'
  for (const option of LISTS) {
    const names = listOf(edit[option]).map((name) => (option === 'methods' ? name : name.toLowerCase()))
    if (new Set(names).size < names.length) return `${option} holds a duplicate`
    const lost = listOf(current[option]).filter(
      (name) => !names.includes(option === 'methods' ? name : name.toLowerCase()),
    )
    if (lost.length > 0 && asks.length === 0) return `${option} lost ${lost.join(', ')} without a word`
    const added = listOf(edit[option]).filter((name) => !listOf(current[option]).includes(name))
    for (const entry of added) {
      const less = listOf(edit[option]).filter((name) => name !== entry)
      if (await isShared({ ...edit, [option]: less } as CorsPolicy, request))
        return `${option}: ${entry} is superfluous`
    }
  }
  for (const flag of ['credentials', 'dangerouslyAllowInsecureOrigins', 'dangerouslyAllowPublicSuffixes'] as const) {
    if (edit[flag] === true && current[flag] !== true && (await isShared({ ...edit, [flag]: false }, request)))
      return `${flag} is superfluous`
  }
  const rest = ['maxAge', 'preflightStatus', 'refused', 'timingAllowOrigin'] as const
  const changed = rest.find((key) => edit[key] !== current[key])
  return changed === undefined ? null : `${changed} was changed`
}
