/** The real browser, asked. A script learns whether it may read, and never why not; the endpoint says what arrived. */
import type { BrowserName, Explanation } from 'corsmith/diagnose'
import { distinct } from './steps.ts'
import type { Plan, Stage } from './trial.ts'

/** What a browser let a page see, ours or the real one. */
export interface Seen {
  readonly shared: boolean
  /** `response.type`, and the status that the page sees; null where it sees nothing. */
  readonly type: string | null
  readonly status: number | null
  /** Which of the response's headers the page can read, as the server writes them. */
  readonly readable: readonly string[]
  /** The methods of the requests that reached the server, in order. */
  readonly arrived: readonly string[]
}

/** A trial: what was computed for the very request, and what the browser did. */
export interface Trial {
  readonly engine: BrowserName
  readonly explanation: Explanation
  readonly expected: Seen
  readonly real: Seen
  /** What `fetch()` threw; null where it did not. */
  readonly thrown: string | null
  /** What is not equal; empty when all is. */
  readonly differences: readonly string[]
}

/**
 * Makes the browser do the request of a plan; a text says why it was not done.
 *
 * @throws Error when the endpoint does not play along, in one sentence
 */
export async function tryForReal(plan: Plan, stage: Stage): Promise<Trial | string> {
  const { id, receives } = await register(plan, stage)
  const url = `${stage.endpoint}/try/${id}${plan.path}`
  const explanation = await plan.explainAt(url)
  const engine = thisEngine(navigator.userAgent)
  const expected = expectedOf(explanation, engine)
  const { method, headers, credentials, mode } = explanation.call
  if (!receives && expected.arrived.includes(method))
    return `The test endpoint is a server of Node, which cannot receive the method ${method}.`
  // What fetch() itself refuses says nothing about CORS; made here, it is not taken for a verdict.
  const request = new Request(url, {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    credentials,
    mode,
  })
  let seen: Omit<Seen, 'arrived'>
  let thrown: string | null = null
  try {
    const response = await fetch(request)
    await response.text()
    const names = namesOf(explanation)
    const readable = names.filter((name) => response.headers.has(name))
    seen = { shared: true, type: response.type, status: response.status, readable }
  } catch (error) {
    thrown = String(error)
    seen = { shared: false, type: null, status: null, readable: [] }
  }
  const real = { ...seen, arrived: await arrivals(stage, id) }
  return { engine, explanation, expected, real, thrown, differences: compare(expected, real) }
}

/** What the endpoint says of a scenario that it has taken. */
interface Registered {
  readonly id: string
  /** Whether a request with the method could arrive at all. */
  readonly receives: boolean
}

async function register({ registration }: Plan, { endpoint }: Stage): Promise<Registered> {
  const response = await fetch(`${endpoint}/scenarios`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(registration),
  }).catch(() => {
    throw new Error(`The test endpoint ${endpoint} does not answer. Is npm start still running?`)
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`The test endpoint says: ${text.trim()}`)
  return JSON.parse(text)
}

async function arrivals({ endpoint }: Stage, id: string): Promise<readonly string[]> {
  const response = await fetch(`${endpoint}/scenarios/${id}`)
  const { received } = (await response.json()) as { received: readonly { method: string }[] }
  return received.map(({ method }) => method)
}

/** What an engine lets the page see, as computed. */
export function expectedOf(explanation: Explanation, engine: BrowserName): Seen {
  const verdict = explanation.verdicts[engine]
  const arrived = verdict.exchanges.map(({ request }) => request.method)
  if (!verdict.shared) return { shared: false, type: null, status: null, readable: [], arrived }
  const readable = namesOf(explanation).filter((name) => verdict.headers.some(([key]) => key === name))
  const status = verdict.type === 'opaque' ? 0 : verdict.response.status
  return { shared: true, type: verdict.type, status, readable, arrived }
}

/** The headers of the response that were simulated. A real server adds some of its own. */
function namesOf({ observations }: Explanation): readonly string[] {
  const response = observations.findLast(({ purpose }) => purpose === 'request')?.response
  return response ? distinct(response.headers) : []
}

/** Names what is not equal. */
export function compare(expected: Seen, real: Seen): readonly string[] {
  const show = (seen: Seen): string => (seen.shared ? 'shared' : 'blocked')
  if (expected.shared !== real.shared) return [`computed: ${show(expected)}; this browser: ${show(real)}`]
  return (['type', 'status', 'readable', 'arrived'] as const)
    .filter((key) => String(expected[key]) !== String(real[key]))
    .map((key) => `${key}: computed ${String(expected[key]) || 'none'}; this browser ${String(real[key]) || 'none'}`)
}

/** Tells whose engine a browser runs on, from the name it gives itself. */
export function thisEngine(userAgent: string): BrowserName {
  if (/Firefox\//.test(userAgent)) return 'firefox'
  return /Chrom(e|ium)\//.test(userAgent) ? 'chromium' : 'webkit'
}
