import { appendFileSync } from 'node:fs'
import { expect } from 'vitest'
import { createSimulator } from '../../src/browser/simulator.ts'
import { getField, type WireRequest, type WireResponse } from '../../src/browser/wire.ts'
import { withoutLogin } from '../../src/diagnose/login.ts'
import type { Diagnosis, Finding, Fix } from '../../src/diagnose.ts'
import { type CorsPolicy, createCors } from '../../src/index.ts'
import { examine, type Handler, ORIGIN, type Request, type Said } from './stage.ts'

const STRANGER = 'https://cors-probe.invalid'
const BROWSERS = ['chromium', 'firefox', 'webkit'] as const

/** What became of one server with a mistake: a row of docs/diagnosis.md. */
export interface Settled {
  /** The cause that is staged. */
  readonly cause: string
  /** Whether the mistake blocks the page: then its cause is to be named first. */
  readonly isBlocked: boolean
  readonly isFirst: boolean
  /** What the fix is: a policy that is proven, one that cannot be proven, a change of the page, or words. */
  readonly fix: 'proven' | 'asks' | 'unproven' | 'page' | 'words'
  /** Whether the request passes once the fix is applied; null where nobody here can apply it. */
  readonly passes: boolean | null
  /** Whether the same fix is printed again once it is applied. */
  readonly isRepeated: boolean
  readonly lost: number
  readonly gained: number
  /** Whether a real component was asked. */
  readonly isReal: boolean
}

/** Writes a row down where the page is made of them. */
export function record(row: Settled): void {
  const file = process.env.DIAGNOSIS_RECORD
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(row)}\n`)
}

/** The fix that is printed in full. */
export function printed({ findings }: Pick<Diagnosis, 'findings'>): { finding: Finding; fix: Fix } | null {
  const finding = findings.find(({ severity, fix }) => fix !== null && severity !== 'info')
  return finding?.fix == null ? null : { finding, fix: finding.fix }
}

/** Says what kind of fix was printed. */
export function kindOf(fix: Fix | null): Settled['fix'] {
  if (fix?.policy != null) return fix.proof?.holds ? 'proven' : fix.asks.length > 0 ? 'asks' : 'unproven'
  return fix?.request != null ? 'page' : 'words'
}

/** The staged server with a policy in front: the engine answers for CORS, the handler for everything else. */
export function repaired(handler: Handler, policy: CorsPolicy): Handler {
  const cors = createCors(policy)
  return (asked) => {
    const head = {
      method: asked.method,
      headers: { get: (name: string) => [asked.headers[name] ?? []].flat().join(', ') || null },
    }
    const preflight = cors.preflight(head)
    if (preflight !== null) return { status: preflight.status, headers: [...preflight.headers] }
    const said = handler(asked)
    if (said.destroy || said.hang) return said
    const status = said.status ?? 200
    const lines = (said.headers ?? []).map(([name, value]): [string, string] => [name, value])
    const { headers } = cors.apply(head, new Response(null, { status, headers: lines }))
    return { ...said, status, headers: [...headers] }
  }
}

/**
 * Holds a printed fix to its promise on the staged server: with its policy the request passes or the next cause is another, the same fix is
 * not printed again, who read before reads still unless that was asked, and no stranger gains.
 */
export async function settles(cause: string, handler: Handler, request: Request, diagnosis: Diagnosis): Promise<void> {
  const first = printed(diagnosis)
  const expected = diagnosis.findings.find(({ code }) => code === cause)
  const row = {
    cause,
    isBlocked: diagnosis.conclusion === 'blocked' && expected?.severity === 'error' && expected.explains !== null,
    isFirst: diagnosis.findings[0]?.code === cause,
    fix: kindOf(first?.fix ?? null),
    isReal: false,
  }
  if (first?.fix.request != null) await provesRequest(cause, handler, request, first.fix)
  if (first?.fix.policy == null) {
    const passes = first?.fix.requestProof?.passes ?? null
    return record({ ...row, passes, isRepeated: false, lost: 0, gained: 0 })
  }
  const { fix, finding } = first
  const { policy, proof, asks } = fix
  if (policy === null) return
  // Its advice is the policy, and a 401 in the place of the login.
  const own: Handler = finding.code === 'redirect-login' ? withoutLogins(handler) : handler
  const after = await examine(repaired(own, policy), { ...request, ...fix.request, send: true })
  const again = printed(after)
  const isSame = again !== null && again.finding.code === finding.code && sameFix(again.fix, fix)
  expect(isSame, `${cause}: the same fix again: ${fix.advice}`).toBe(false)
  const passes = after.conclusion === 'allowed'
  if (proof?.passes === true) expect([cause, after.conclusion]).toEqual([cause, 'allowed'])
  else expect([cause, after.findings[0]?.code]).not.toEqual([cause, finding.code])
  const { href } = diagnosis.call.url
  const before = await readersOf((wire) => answer(handler, wire), href, diagnosis)
  const readers = await readersOf((wire) => answer(repaired(handler, policy), wire), href, diagnosis)
  const { lost } = difference(before, readers)
  // A page gains nothing that the server gives it past a cache, or permits in a preflight.
  const known = [
    ...before,
    ...(await readersOf((wire) => answer(handler, past(wire)), href, diagnosis)),
    ...(await readersOf((wire) => preflightOf(handler, wire), href, diagnosis)),
  ]
  const { gained } = difference(new Set(known), readers)
  if (asks.length === 0) expect([cause, lost]).toEqual([cause, []])
  expect([cause, gained]).toEqual([cause, []])
  record({ ...row, passes, isRepeated: isSame, lost: asks.length === 0 ? lost.length : 0, gained: gained.length })
}

/** The same request, with a parameter that no cache knows. */
function past(wire: WireRequest): WireRequest {
  const url = new URL(wire.url)
  url.searchParams.set('corsmith', '1')
  return { ...wire, url: url.href }
}

/** What the server says to the preflight of a request, as if it were the answer. */
function preflightOf(handler: Handler, wire: WireRequest): WireResponse | null {
  const headers = [...wire.headers, ['Access-Control-Request-Method', wire.method] as const]
  return answer(handler, { ...wire, method: 'OPTIONS', headers })
}

function withoutLogins(handler: Handler): Handler {
  return (asked) => {
    const said = handler(asked)
    const { status, headers } = withoutLogin(
      { status: said.status ?? 200, headers: said.headers ?? [] },
      `https://api.example.com${asked.path}`,
    )
    return { ...said, status, headers }
  }
}

/** Holds what is said about a changed request to what the staged server makes of it. */
async function provesRequest(cause: string, handler: Handler, request: Request, fix: Fix): Promise<void> {
  const { request: changed, requestProof } = fix
  expect([cause, requestProof]).not.toEqual([cause, null])
  if (changed === null || requestProof?.passes == null) return
  const { conclusion } = await examine(handler, { ...request, ...changed, send: true })
  expect([cause, conclusion === 'allowed']).toEqual([cause, requestProof.passes])
}

function sameFix(a: Fix, b: Fix): boolean {
  return a.advice === b.advice && a.snippet === b.snippet && JSON.stringify(a.policy) === JSON.stringify(b.policy)
}

/** What is asked of a server when who may read is looked at. */
export type Ask = (request: WireRequest) => WireResponse | null | Promise<WireResponse | null>

/** Everybody who can read a plain GET, among the pages that a diagnosis tried: `origin credentials`. */
export async function readersOf(ask: Ask, url: string, { observations, call }: Diagnosis): Promise<Set<string>> {
  const origins = new Set([ORIGIN, STRANGER, call.origin])
  for (const { request } of observations) {
    const origin = getField(request.headers, 'Origin')
    if (origin !== null && URL.parse(origin)?.origin === origin) origins.add(origin)
  }
  const readers = new Set<string>()
  for (const origin of origins) {
    for (const credentials of ['omit', 'include'] as const) {
      const verdicts = await Promise.all(
        BROWSERS.map((browser) => createSimulator({ browser, send: ask }).page(origin).fetch(url, { credentials })),
      )
      if (verdicts.every(({ shared }) => shared)) readers.add(`${origin} ${credentials}`)
    }
  }
  return readers
}

/** Tells who lost and which stranger gained. */
export function difference(before: ReadonlySet<string>, after: ReadonlySet<string>) {
  return {
    lost: [...before].filter((who) => !after.has(who)),
    gained: [...after].filter((who) => who.startsWith(STRANGER) && !before.has(who)),
  }
}

/** Asks a handler without a socket. */
export function answer(handler: Handler, { method, url, headers }: WireRequest): WireResponse | null {
  const { pathname, search } = new URL(url)
  const said: Said = handler({
    method,
    path: `${pathname}${search}`,
    origin: getField(headers, 'Origin') ?? undefined,
    isPreflight: method === 'OPTIONS' && getField(headers, 'Access-Control-Request-Method') !== null,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
  })
  return said.destroy || said.hang ? null : { status: said.status ?? 200, headers: said.headers ?? [] }
}
