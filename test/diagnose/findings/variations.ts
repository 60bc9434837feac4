// What is named when one thing differs: in what a staged server answers, or in what the page asks. A sign that does not matter to a cause
// shows here, and so does one that matters too much.
import { getField } from '../../../src/browser/wire.ts'
import { type Diagnosis, diagnose, type Transport } from '../../../src/diagnose.ts'
import { type Asked, type Handler, ORIGIN, type Request, type Said } from '../stage.ts'

/** Asks a handler without a socket. */
function transportOf(handler: Handler): Transport {
  return async ({ method, url, headers }) => {
    const { pathname, search } = new URL(url)
    const said = handler({
      method,
      path: `${pathname}${search}`,
      origin: getField(headers, 'Origin') ?? undefined,
      isPreflight: method === 'OPTIONS' && getField(headers, 'Access-Control-Request-Method') !== null,
      headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    })
    if (said.destroy) return { kind: 'reset', detail: 'socket hang up' }
    if (said.hang) return { kind: 'timeout', detail: 'no answer within 2000 ms' }
    const { status = 200, reason = '', body = '' } = said
    return { status, statusText: reason, headers: said.headers ?? [], sample: body }
  }
}

/** Examines a handler without a socket. */
export function ask(handler: Handler, { transport, ...request }: Request = {}): Promise<Diagnosis> {
  const { url = 'https://api.example.com/items', ...options } = request
  return diagnose(url, { origin: ORIGIN, transport: transport ?? transportOf(handler), now: () => 0, ...options })
}

type Variation = readonly [label: string, handler: Handler, request: Request]

/** A handler whose answers are changed. */
function changed(handler: Handler, change: (said: Said, asked: Asked) => Said): Handler {
  return (asked) => change(handler(asked), asked)
}

/** Changes the lines of one header. */
function withLines(handler: Handler, name: string, change: (value: string) => string | null): Handler {
  return changed(handler, (said) => {
    const lines = (said.headers ?? []).flatMap(([each, value]): [string, string][] => {
      const other = each.toLowerCase() === name ? change(value) : value
      return other === null ? [] : [[each, other]]
    })
    return { ...said, headers: lines }
  })
}

function ofAnswers(handler: Handler, request: Request, { observations }: Diagnosis): Variation[] {
  const responses = observations.flatMap(({ response }) => response ?? [])
  const names = new Set(responses.flatMap(({ headers }) => headers.map(([name]) => name.toLowerCase())))
  const ofHeaders = [...names].flatMap((name): Variation[] => [
    [`without ${name}`, withLines(handler, name, () => null), request],
    [`${name} begins with x`, withLines(handler, name, (value) => `x${value}`), request],
    [`${name} ends with x`, withLines(handler, name, (value) => `${value}x`), request],
  ])
  const ofStatus = [204, 404, 500].flatMap((status): Variation[] =>
    [true, false].map((isPreflight) => [
      `${isPreflight ? 'preflights' : 'answers'} say ${status}`,
      changed(handler, (said, asked) => (asked.isPreflight === isPreflight ? { ...said, status } : said)),
      request,
    ]),
  )
  const hasBody = responses.some(({ sample = '' }) => sample !== '')
  const ofBody: Variation[] = [
    ['no body', changed(handler, ({ body: _, ...said }) => said), request],
    ['the body begins with x', changed(handler, (said) => ({ ...said, body: `x${said.body ?? ''}` })), request],
  ]
  return [...ofHeaders, ...ofStatus, ...(hasBody ? ofBody : [])]
}

function ofRequests(handler: Handler, request: Request): Variation[] {
  const { credentials = 'omit', method = 'GET', headers = {}, url = 'https://api.example.com/items' } = request
  const { body: _, ...bodiless } = request
  const same = URL.parse(url)?.origin ?? ''
  const others: Record<string, Request> = {
    ...(request.mode === 'no-cors' || method !== 'GET' ? {} : { 'as a DELETE': { method: 'DELETE' } }),
    [credentials === 'omit' ? 'with credentials' : 'without credentials']: {
      credentials: credentials === 'omit' ? 'include' : 'omit',
    },
    'from the same origin': { origin: same },
    ...(Object.keys(headers).length > 0 ? { 'without its headers': { headers: {} } } : {}),
    ...(request.send ? {} : { 'sent for certain': { send: true } }),
  }
  const asGet: Variation[] = method === 'GET' ? [] : [['as a GET', handler, { ...bodiless, method: 'GET' }]]
  const all = Object.entries(others).map(([label, other]): Variation => [label, handler, { ...request, ...other }])
  return [...all, ...asGet]
}

/** Lists what is named in each variation of a staged case that changes it. */
export async function variationsOf(code: string, handler: Handler, request: Request = {}): Promise<string> {
  const codesOf = ({ findings }: Diagnosis) => findings.map((finding) => finding.code)
  const textOf = ({ findings }: Diagnosis) => findings.find((finding) => finding.code === code)?.message
  const hit = await ask(handler, request)
  const lines: string[] = []
  for (const [label, other, asked] of [...ofAnswers(handler, request, hit), ...ofRequests(handler, request)]) {
    const diagnosis = await ask(other, asked)
    const [before, after] = [codesOf(hit), codesOf(diagnosis)]
    const text = textOf(diagnosis)
    const differences = [
      ...before.filter((one) => !after.includes(one)).map((one) => `-${one}`),
      ...after.filter((one) => !before.includes(one)).map((one) => `+${one}`),
      ...(text === undefined || text === textOf(hit) ? [] : [`"${text}"`]),
    ]
    if (differences.length > 0) lines.push(`${label}: ${differences.join(' ')}`)
  }
  return lines.join('\n')
}

/** Returns what is said about a cause; null where it is not named. */
export async function saidOf(code: string, handler: Handler, request: Request = {}): Promise<string | null> {
  const { findings } = await ask(handler, request)
  return findings.find((finding) => finding.code === code)?.message ?? null
}
