/** The simulator's side of a scenario. */
import {
  type BrowserModel,
  type CorsFailure,
  createCookieJar,
  createSimulator,
  type PageInit,
  type Shared,
  type WireRequest,
  type WireResponse,
} from '../../src/browser.ts'
import {
  fetchSite,
  fill,
  hopUrl,
  type Observation,
  type Ports,
  pageOrigin,
  requestLine,
  type Scenario,
  type Site,
  type StepResult,
} from './scenario.ts'

/** Runs a scenario in the simulator of an engine. */
export async function simulate(scenario: Scenario, engine: BrowserModel, ports: Ports): Promise<Observation> {
  const requests: string[] = []
  const sites: string[] = []
  const reasons: string[] = []
  const steps: StepResult[] = []
  const messages: CorsFailure['consoleMessage'][] = []
  let clock = 0
  const now = (): number => clock
  const simulator = createSimulator({
    browser: engine,
    now,
    cookies: createCookieJar({ browser: engine, now }),
    send: (request) =>
      answer(scenario, request, ports, (line, site) => {
        requests.push(line)
        sites.push(site)
      }),
  })
  const page = simulator.page(scenario.sandboxed ? 'null' : pageOrigin(scenario, ports))
  for (const { hop = 0, query = '', streamBody, delay = 0, ...step } of scenario.steps) {
    clock += delay
    const init: Record<string, unknown> = { ...step }
    if (streamBody) init.body = new Blob([step.body ?? '']).stream()
    try {
      const verdict = await page.fetch(`${hopUrl(scenario, hop, ports)}${query}`, init as PageInit)
      if (!verdict.shared) {
        steps.push({ ok: false, status: 0, type: 'error', names: [] })
        const { failure } = verdict
        messages.push(failure.consoleMessage)
        reasons.push((engine === 'firefox' ? failure.firefox : failure.chromium) ?? '')
        continue
      }
      const isHidden = verdict.type === 'opaque' || verdict.type === 'opaqueredirect'
      const isFetch = (step.initiator ?? 'fetch') === 'fetch'
      const isData = verdict.url.startsWith('data:')
      const names = [...new Set(verdict.headers.map(([name]) => name.toLowerCase()))].sort()
      steps.push({
        ok: true,
        status: isHidden ? 0 : verdict.response.status,
        type: isFetch ? verdict.type : 'cors',
        names: isFetch ? names : [],
        ...(isData && isFetch ? { content: await contentOf(verdict) } : {}),
      })
    } catch {
      steps.push({ ok: false, status: 0, type: 'error', names: [] })
      reasons.push('TypeError')
    }
  }
  const byElement = scenario.steps.some(({ initiator = 'fetch' }) => initiator !== 'fetch' && initiator !== 'xhr')
  return { steps, requests, sites, reasons, byElement, messages }
}

/** What a page reads of a `data:` URL. */
async function contentOf({ headers, response }: Shared): Promise<string> {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  return `${type} ${new Uint8Array(await new Response(response.body).arrayBuffer())}`
}

function answer(
  scenario: Scenario,
  request: WireRequest,
  ports: Ports,
  log: (line: string, site: string) => void,
): WireResponse | null {
  const url = new URL(request.url)
  const site = (Object.keys(ports) as Site[]).find((name) => String(ports[name]) === url.port)
  if (url.pathname === '/page')
    return {
      status: 200,
      headers: [
        ['Content-Type', 'text/html'],
        ['Content-Length', '9'],
      ],
    }
  const [, id = '', hop] = /^\/s\/([^/]+)\/(\d+)$/.exec(url.pathname) ?? []
  const found = decodeURIComponent(id) === scenario.id ? scenario.hops[Number(hop)] : undefined
  if (site === undefined || found?.url !== undefined) return null
  if (found === undefined) return { status: 404, headers: [['Content-Length', '0']] }
  const path = `${url.pathname}${url.search}`
  log(requestLine(site, request.method, path, request.headers), fetchSite(request.headers))
  const isPreflight =
    request.method === 'OPTIONS' && request.headers.some(([name]) => name === 'Access-Control-Request-Method')
  const recipe = (isPreflight ? found.pre : found.act) ?? {}
  if (recipe.destroy === true) return null
  const status = recipe.status ?? 200
  const headers = (recipe.headers ?? []).map(([name, value]) => [name, fill(value, scenario, ports)] as const)
  const length = status === 204 || status === 304 ? [] : [['Content-Length', '4'] as const]
  return { status, headers: [...headers, ...length] }
}
