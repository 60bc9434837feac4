/** The engine answers, the judge concludes, and the meaning of the policy says what should have come of it. */
import { type BrowserModel, createSimulator, rulesOf, type WireRequest, type WireResponse } from '../../src/browser.ts'
import { type Cors, type CorsPolicy, createCors, type RequestHead } from '../../src/index.ts'
import { createCompiledCors } from '../support/compiled.ts'
import type { PageRequest } from './grid.ts'
import { isMeantToBeReadable, isMeantToBeShared } from './meaning.ts'
import type { Mutant } from './mutants.ts'

/** The judges that are asked. */
export const ENGINES: readonly BrowserModel[] = ['spec', 'chromium', 'firefox', 'webkit']

const TARGET = 'https://api.example.net/items'
const SENT = { 'X-Total': '1', 'X-Rate': '2', ETag: '"x"', 'Content-Type': 'text/plain' }

/** A server whose CORS is the engine's: it answers with the status that is asked for. */
export type Server = (request: RequestHead, status: number) => Response

/** The two builds of a policy: checked at start, and compiled before. */
export const BUILDS: readonly ((policy: CorsPolicy) => Cors)[] = [
  (policy) => createCors(policy as never),
  createCompiledCors,
]

/** Makes the server of a policy. */
export function serverOf(policy: CorsPolicy, build: (policy: CorsPolicy) => Cors = createCors as never): Server {
  const cors = build(policy)
  return cors.wrap((_request: RequestHead, status: number) => new Response(null, { status, headers: SENT }))
}

/** Says in what the outcome of a request is not what the policy means; null when it is. */
export async function disagreement(
  server: Server,
  policy: CorsPolicy,
  request: PageRequest,
  engine: BrowserModel,
  mutant?: Mutant,
): Promise<string | null> {
  const judge = createSimulator({
    browser: engine,
    send: (wire) => {
      const answer = answerOf(server, wire, request.status)
      return mutant === undefined ? answer : mutant.mutate(answer, wire)
    },
  })
  const { origin, method, headers, credentials } = request
  const init = { method, headers: headers.map(([name, value]): [string, string] => [name, value]), credentials }
  const verdict = await judge.page(origin).fetch(TARGET, init)
  const meant = isMeantToBeShared(policy, request, rulesOf(engine).wildcardCoversAuthorization)
  if (verdict.shared !== meant) {
    const found = verdict.shared ? 'shared' : `refused (${verdict.failure.code} ${verdict.failure.value})`
    return `${engine}: meant to be ${meant ? 'shared' : 'refused'}, but ${found}`
  }
  if (!verdict.shared || request.status === 304) return null
  for (const name of Object.keys(SENT)) {
    const lower = name.toLowerCase()
    const isReadable = verdict.headers.some(([key]) => key.toLowerCase() === lower)
    if (isReadable !== isMeantToBeReadable(policy, lower))
      return `${engine}: ${name} is ${isReadable ? '' : 'not '}readable`
  }
  return null
}

/**
 * Says what is wrong with `Vary`: a shared cache that goes by it must never give one page the answer for another.
 *
 * @see https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches
 */
export function varyDefect(server: Server, origins: readonly string[], mutant?: Mutant): string | null {
  const answers = [null, ...origins].map((origin) => {
    const headers: [string, string][] = origin === null ? [] : [['Origin', origin]]
    const wire: WireRequest = { method: 'GET', url: TARGET, headers, body: null }
    const answer = answerOf(server, wire, 200)
    return mutant === undefined ? answer : mutant.mutate(answer, wire)
  })
  const shown = answers.map(({ headers }) =>
    JSON.stringify(headers.filter(([name]) => name.startsWith('access-control-'))),
  )
  if (new Set(shown).size === 1) return null
  const isVaried = (answer: WireResponse): boolean =>
    answer.headers.some(([name, value]) => name === 'vary' && /(^|,)\s*origin\s*(,|$)/i.test(value))
  return answers.every(isVaried) ? null : 'an answer depends on Origin and does not say so in Vary'
}

function answerOf(server: Server, wire: WireRequest, status: number): WireResponse {
  const head = {
    method: wire.method,
    headers: { get: (name: string) => wire.headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null },
  }
  const response = server(head, status)
  return { status: response.status, headers: [...response.headers] }
}
