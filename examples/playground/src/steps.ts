/** An exchange as the steps of a story: who speaks, what is said, and where it ends. */
import { type Explanation, type Observation, preflightReasons } from 'corsmith/diagnose'
import type { Line } from './scenario.ts'

/** One header line of a step. */
export interface Field {
  readonly name: string
  /** The value; null for a header that is missing. */
  readonly value: string | null
  /** Whether the protocol reads it; the rest is shown quietly. */
  readonly matters: boolean
  readonly isAtFault: boolean
}

/** Who takes part. */
export type Actor = 'page' | 'browser' | 'server'

/** One step. */
export interface Step {
  /** Who acts: the page's script, the browser, or the server. */
  readonly who: Actor
  /** Whom a message is for; null where nothing is sent. */
  readonly to: Actor | null
  readonly title: string
  readonly text: string | null
  /** The first line of a message, or source code. */
  readonly head: string | null
  readonly fields: readonly Field[]
  readonly state: 'plain' | 'good' | 'bad'
}

/** Tells the story of an exchange. */
export function toSteps(explanation: Explanation): readonly Step[] {
  const { failure, observations } = explanation
  const isSent = observations.some(({ purpose }) => purpose === 'preflight' || purpose === 'request')
  if (isBlocked(explanation) && (failure === null || !isSent))
    return [call(explanation), verdictOf(explanation), unsent(explanation)]
  const steps = [call(explanation), decideOnPreflight(explanation)]
  const preflight = observations.find(({ purpose }) => purpose === 'preflight')
  if (preflight !== undefined) {
    const isBad = failure?.during === 'preflight'
    steps.push(sent(preflight, 'asks for permission'), received(preflight, explanation, isBad))
    if (isBad) return [...steps, verdictOf(explanation), unsent(explanation)]
    steps.push(step('browser', 'The permission covers the request', { state: 'good' }))
  }
  const hops = observations.filter(({ purpose }) => purpose === 'request')
  for (const hop of hops) {
    const isLast = hop === hops.at(-1)
    steps.push(sent(hop, 'sends the request'), received(hop, explanation, isLast && failure !== null))
  }
  return [...steps, verdictOf(explanation), isBlocked(explanation) ? rejected() : readable(explanation)]
}

function isBlocked({ shared, conclusion }: Explanation): boolean {
  return !shared || conclusion === 'blocked' || conclusion === 'error'
}

function call({ call: { url, method, headers, credentials, mode } }: Explanation): Step {
  const init = [
    ...(method === 'GET' ? [] : [`method: ${quote(method)}`]),
    ...(headers.length === 0 ? [] : [`headers: ${headersSource(headers)}`]),
    ...(credentials === 'same-origin' ? [] : [`credentials: ${quote(credentials)}`]),
    ...(mode === 'cors' ? [] : [`mode: ${quote(mode)}`]),
  ]
  const options = init.length === 0 ? '' : `, {\n${init.map((line) => `  ${line},`).join('\n')}\n}`
  return step('page', 'The page calls fetch()', { to: 'browser', head: `fetch(${quote(url.href)}${options})` })
}

function headersSource(headers: readonly Line[]): string {
  const pairs = headers.map(([name, value]) => `${quote(name)}: ${quote(value)}`)
  return pairs.length === 1 ? `{ ${pairs[0]} }` : `{\n${pairs.map((pair) => `    ${pair},`).join('\n')}\n  }`
}

function decideOnPreflight(explanation: Explanation): Step {
  const { call: made } = explanation
  if (made.url.origin === made.origin)
    return step('browser', 'No CORS here', { text: 'The page and the server have the same origin.' })
  const reasons = preflightReasons(explanation)
  if (reasons.length > 0)
    return step('browser', 'A preflight goes first', { text: `Permission is needed: ${reasons.join('; ')}.` })
  if (made.mode === 'no-cors')
    return step('browser', 'No preflight', { text: 'The mode "no-cors" asks nobody, and reads nothing.' })
  return step('browser', 'No preflight', {
    text: 'Nothing in this request needs permission to be sent, only to be read.',
  })
}

function sent({ request }: Observation, does: string): Step {
  const { pathname, search, host } = new URL(request.url)
  return step('browser', `The browser ${does}`, {
    to: 'server',
    head: `${request.method} ${pathname}${search} HTTP/1.1`,
    fields: [['Host', host] as const, ...request.headers].map((line) => field(line, null)),
  })
}

function received({ response, trouble }: Observation, explanation: Explanation, isBad: boolean): Step {
  if (response === null) return step('server', 'Nothing comes back', { text: trouble?.detail ?? null, state: 'bad' })
  const culprit = isBad ? culpritOf(explanation) : null
  const fields = response.headers.map((line) => field(line, culprit))
  const isAbsent = culprit !== null && !fields.some(({ isAtFault }) => isAtFault)
  const missing: Field[] = isAbsent ? [{ name: culprit, value: null, matters: true, isAtFault: true }] : []
  return step('server', 'The server answers', {
    to: 'browser',
    head: `HTTP/1.1 ${response.status}`,
    fields: [...fields, ...missing],
    state: isBad ? 'bad' : 'plain',
  })
}

/** The header at fault, as the first finding names it. */
function culpritOf({ findings, failure }: Explanation): string | null {
  return findings.find(({ explains }) => explains !== null && explains === failure?.code)?.header ?? null
}

function verdictOf(explanation: Explanation): Step {
  const { failure, findings, call: made } = explanation
  const first = findings.find(({ severity }) => severity === 'error')
  if (failure !== null)
    return step('browser', `Blocked at ${failure.step}`, { text: first ? sentence(first.message) : null, state: 'bad' })
  if (isBlocked(explanation))
    return step('browser', 'Blocked', { text: first ? sentence(first.message) : null, state: 'bad' })
  if (made.url.origin === made.origin) return step('browser', 'Nothing to check', { state: 'good' })
  if (made.mode === 'no-cors') return step('browser', 'The response is made opaque', {})
  return step('browser', 'The CORS check passes', { state: 'good' })
}

function unsent({ call: { method } }: Explanation): Step {
  return step('page', 'The page gets a TypeError', {
    text: `The ${method} is never sent. The reason stands in the console, and nowhere else.`,
    state: 'bad',
  })
}

function rejected(): Step {
  return step('page', 'The page gets a TypeError', {
    text: 'The server has answered, but the page sees nothing of it, not even the status. The reason stands in the console, and nowhere else.',
    state: 'bad',
  })
}

/** What the page's script can get at. */
function readable({ verdicts, call: { reads } }: Explanation): Step {
  const verdict = verdicts.chromium
  if (!verdict.shared) return rejected()
  if (verdict.type === 'opaque')
    return step('page', 'The page reads nothing', {
      text: 'An opaque response has status 0, no headers and no body.',
      state: 'bad',
    })
  const names = distinct(verdict.headers)
  const hidden = distinct(verdict.response.headers).filter((name) => !has(names, name))
  const fields = reads.map((name): Field => {
    const line = verdict.headers.find(([key]) => key.toLowerCase() === name.toLowerCase())
    return { name, value: line?.[1] ?? null, matters: true, isAtFault: line === undefined }
  })
  const isMissing = fields.some(({ isAtFault }) => isAtFault)
  return step('page', `The page reads status ${verdict.response.status} and the body`, {
    text: [
      `Headers that it can read: ${names.length === 0 ? 'none' : names.join(', ')}.`,
      ...(hidden.length === 0 ? [] : [`Hidden from it: ${hidden.join(', ')}.`]),
    ].join(' '),
    fields,
    state: isMissing ? 'bad' : 'good',
  })
}

const MATTERS = /^(origin|vary|access-control-.*|timing-allow-origin)$/i

function field([name, value]: Line, culprit: string | null): Field {
  const isAtFault = culprit !== null && name.toLowerCase() === culprit.toLowerCase()
  return { name, value, matters: MATTERS.test(name), isAtFault }
}

function step(who: Step['who'], title: string, rest: Partial<Step>): Step {
  return { who, to: null, title, text: null, head: null, fields: [], state: 'plain', ...rest }
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

/** The names of lines, each once, as they are first written. */
export function distinct(lines: readonly Line[]): readonly string[] {
  return lines.map(([name]) => name).filter((name, index, all) => !has(all.slice(0, index), name))
}

function has(names: readonly string[], name: string): boolean {
  return names.some((one) => one.toLowerCase() === name.toLowerCase())
}

/** A finding's message as a sentence of its own. */
export function sentence(message: string): string {
  const first = message.charAt(0).toUpperCase() + message.slice(1)
  return /[.!?…]$/.test(first) ? first : `${first}.`
}
