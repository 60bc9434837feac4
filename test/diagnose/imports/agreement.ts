/** What a browser did is written down in every form, read back, and judged. */
import fc from 'fast-check'
import { expect } from 'vitest'
import type { HeaderLine, WireRequest, WireResponse } from '../../../src/browser/wire.ts'
import { readCall } from '../../../src/diagnose/page-request.ts'
import { isPreflight } from '../../../src/diagnose/recorder.ts'
import { askBrowsers } from '../../../src/diagnose/verdicts.ts'
import {
  diagnose,
  diagnoseEntry,
  type HarEntry,
  type PageRequest,
  type PartialPageRequest,
  parseCurl,
  parseFetch,
  parseHar,
} from '../../../src/diagnose.ts'
import { holds } from '../../support/property.ts'
import { archive, type Exchanged, TOOLS } from './archives.ts'
import { CALLS, COMMANDS } from './serialize.ts'

const PAGE = 'https://app.example.com'
const URL_ = "https://api.example.com/it's?a=1&b=%20#top"

interface Answers {
  readonly preflight: WireResponse
  readonly actual: WireResponse
}

const answer = (statuses: readonly number[]) =>
  fc
    .record({
      status: fc.constantFrom(...statuses),
      origins: fc.constantFrom(['*'], ['*'], ['*'], [PAGE], [PAGE], [], [PAGE, PAGE], ['https://b.example'], ['null']),
      credentials: fc.boolean(),
      methods: fc.constantFrom('PUT, DELETE, PATCH', 'PUT', 'PUT, DELETE, PATCH', null, '*', 'patch', 'a b'),
      headers: fc.constantFrom(
        null,
        '*',
        'content-type',
        'content-type, authorization',
        'X-A,Content-Type,Authorization',
      ),
    })
    .map(
      ({ status, origins, credentials, methods, headers }): WireResponse => ({
        status,
        headers: [
          ...origins.map((origin): HeaderLine => ['Access-Control-Allow-Origin', origin]),
          ...(credentials ? ([['Access-Control-Allow-Credentials', 'true']] as const) : []),
          ...(methods === null ? [] : ([['Access-Control-Allow-Methods', methods]] as const)),
          ...(headers === null ? [] : ([['Access-Control-Allow-Headers', headers]] as const)),
        ],
      }),
    )

const request = fc
  .record({
    method: fc.constantFrom('GET', 'GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'patch'),
    type: fc.constantFrom(null, null, 'application/json', 'text/plain'),
    authorization: fc.boolean(),
    custom: fc.constantFrom(null, null, '1', 'say "hi" & go ^ 100% $HOME `x`'),
    accept: fc.constantFrom('*/*', '*/*', '*/*', 'application/json;v="1"'),
    credentials: fc.constantFrom('omit', 'same-origin', 'include', 'include'),
  })
  .map(
    ({ method, type, authorization, custom, accept, credentials }): PageRequest => ({
      url: URL_,
      origin: PAGE,
      method,
      headers: [
        ['Accept', accept],
        ...(type === null ? [] : ([['Content-Type', type]] as const)),
        ...(authorization ? ([['Authorization', 'Bearer x']] as const) : []),
        ...(custom === null ? [] : ([['X-A', custom]] as const)),
        ...(credentials === 'include' ? ([['Cookie', 'sid=1']] as const) : []),
      ],
      credentials: credentials as 'omit',
      ...(method === 'GET' ? {} : { body: '{"it":"is \'ours\'!"}' }),
    }),
  )

const exchange = fc.record({
  request,
  answers: fc.record({ preflight: answer([204, 200, 204, 403]), actual: answer([200, 404, 500]) }),
})

const sender =
  ({ preflight, actual }: Answers) =>
  (sent: WireRequest) =>
    isPreflight(sent) ? preflight : actual

/** What the simulator concludes, and whether Chromium itself kept the answer. */
async function truth(page: PageRequest, answers: Answers) {
  const verdicts = await askBrowsers(readCall(page), sender(answers))
  const isBlocked = Object.values(verdicts).some(({ shared }) => !shared)
  return { isBlocked, isKept: !verdicts.chromium.shared, exchanges: verdicts.chromium.exchanges }
}

/** What a browser sends: what the page set, and what it adds. */
function onTheWire({ url, method = 'GET', headers = [] }: PageRequest): WireRequest {
  const added: readonly HeaderLine[] = [
    ['Origin', PAGE],
    ['Referer', `${PAGE}/`],
    ['User-Agent', 'Mozilla/5.0'],
    ['Sec-Fetch-Mode', 'cors'],
  ]
  return { method, url: url.replace(/#.*/, ''), headers: [...(headers as readonly HeaderLine[]), ...added], body: null }
}

function recorded(page: PageRequest, answers: Answers, { exchanges, isKept }: Awaited<ReturnType<typeof truth>>) {
  const preflights = exchanges.filter(({ kind }) => kind === 'preflight')
  const own = exchanges.find(({ kind }) => kind === 'request')
  return [
    { request: onTheWire(page), response: own === undefined ? null : answers.actual, isKept },
    ...preflights.map((each): Exchanged => ({ request: each.request, response: each.response, isKept })),
  ]
}

async function judge(read: PartialPageRequest, answers: Answers): Promise<string> {
  const transport = async (sent: WireRequest) => sender(answers)(sent)
  const { conclusion } = await diagnose(read.url, { origin: PAGE, ...read, transport, probes: false, send: true })
  return conclusion
}

const RUNS = { numRuns: 40 }

/** A planted fault needs to be found, not to be made small. */
const PLANTED = { numRuns: 500, endOnFailure: true }

export type Reader<T> = (text: string) => T

export async function commandsAgree(
  read: Reader<PartialPageRequest> = parseCurl,
  runs = read === parseCurl ? RUNS : PLANTED,
): Promise<void> {
  await holds(
    fc.asyncProperty(exchange, async ({ request: page, answers }) => {
      const { isBlocked } = await truth(page, answers)
      const { headers, ...wire } = onTheWire(page)
      for (const [name, write] of Object.entries(COMMANDS)) {
        // curl adds the type of a form to data without a type, as browsers add that of a text: neither needs permission.
        const text = write({ ...wire, headers, body: page.body ?? null })
        expect([name, await judge(read(text), answers)]).toEqual([name, isBlocked ? 'blocked' : 'allowed'])
      }
    }),
    runs,
  )
}

export async function preflightsAgree(
  read: Reader<PartialPageRequest> = parseCurl,
  runs = read === parseCurl ? RUNS : PLANTED,
): Promise<void> {
  await holds(
    fc.asyncProperty(exchange, async ({ request: page, answers }) => {
      const { isBlocked, exchanges } = await truth(page, answers)
      const preflight = exchanges.find(({ kind }) => kind === 'preflight')?.request
      // A preflight does not tell whether credentials follow.
      if (preflight === undefined || page.credentials === 'include') return
      for (const [name, write] of Object.entries(COMMANDS)) {
        const text = write({ ...preflight, body: null })
        expect([name, await judge(read(text), answers)]).toEqual([name, isBlocked ? 'blocked' : 'allowed'])
      }
    }),
    runs,
  )
}

export async function callsAgree(
  read: Reader<PartialPageRequest> = parseFetch,
  runs = read === parseFetch ? RUNS : PLANTED,
): Promise<void> {
  await holds(
    fc.asyncProperty(exchange, async ({ request: page, answers }) => {
      const { isBlocked } = await truth(page, answers)
      const headers = (page.headers as readonly HeaderLine[]).filter(([name]) => name !== 'Cookie')
      const call = { url: page.url, method: page.method ?? 'GET', headers, body: page.body ?? null }
      for (const [name, write] of Object.entries(CALLS)) {
        const text = write({ ...call, credentials: page.credentials ?? 'omit', referrer: `${PAGE}/page` })
        expect([name, text, await judge(read(text), answers)]).toEqual([name, text, isBlocked ? 'blocked' : 'allowed'])
      }
    }),
    runs,
  )
}

/** What a tool leaves out may leave the reason open, and never makes a failure shared. */
export async function archivesAgree(
  read: Reader<readonly HarEntry[]> = parseHar,
  runs = read === parseHar ? RUNS : PLANTED,
): Promise<void> {
  await holds(
    fc.asyncProperty(exchange, async ({ request: page, answers }) => {
      const known = await truth(page, answers)
      for (const tool of TOOLS) {
        const [entry] = read(archive(tool, recorded(page, answers, known)))
        if (entry === undefined) throw new Error(`${tool}: no entry`)
        const { diagnosis } = await diagnoseEntry(entry, { origin: PAGE, ...entry.request })
        const tells = !/sanitized|without|safari/.test(tool)
        const wanted = known.isBlocked ? (tells ? ['blocked'] : ['blocked', 'error']) : ['allowed']
        const isSanitized = tool === 'chrome-sanitized' && page.credentials === 'include' && !known.isKept
        if (!isSanitized) expect(wanted, tool).toContain(diagnosis.conclusion)
      }
    }),
    runs,
  )
}
