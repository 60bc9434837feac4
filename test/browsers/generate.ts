/**
 * Scenarios from a seed: mostly answers that nearly allow what the page does, because the interesting differences lie there.
 */
import { generateKind } from './generate-kinds.ts'
import { createRandom, type Random } from './random.ts'
import type { Hop, Recipe, Scenario, Site, Step } from './scenario.ts'
import { CACHEABLE, HEADERS, type Header, LISTS, METHODS, ORIGINS, REFERRERS, STATUSES } from './values.ts'

/** Makes scenarios; the same seed makes the same ones. */
export function generate(count: number, seed: number): Scenario[] {
  return Array.from({ length: count }, (_, index) => {
    const [number, id] = [seed * 1_000_003 + index, `g${seed}-${index}`]
    // The kinds have numbers of their own, so that what a seed made before they came stays as it was.
    return generateKind(createRandom(number ^ 0x5eed_0000), id) ?? scenario(createRandom(number), id)
  })
}

function scenario(random: Random, id: string): Scenario {
  const step = makeStep(random)
  // A frame of another site asks for storage access with Origin where it includes credentials: no matter of CORS.
  const sandboxed = random.chance(0.03) && step.mode !== 'no-cors'
  const hopCount = random.chance(0.25) ? 1 + Math.floor(random.next() * 3) : 0
  const hops: Hop[] = []
  for (let index = 0; index <= hopCount; index++) {
    const site: Site = index === 0 ? random.pick(['A', 'B', 'B', 'B', 'B', 'B']) : random.pick(['A', 'B', 'C', 'C'])
    const pre = answer(random, step, sandboxed, true)
    const act = answer(random, step, sandboxed, false)
    hops.push({ site, pre, act: index < hopCount ? redirecting(random, act, index + 1) : act })
  }
  return { id, ...(sandboxed ? { sandboxed } : {}), hops, steps: sandboxed ? [step] : [step, ...further(random, step)] }
}

/** Now and then the page asks again: the preflight cache shows. */
function further(random: Random, step: Step): Step[] {
  if (!random.chance(0.12)) return []
  const again = random.chance(0.5) ? step : makeStep(random)
  return random.chance(0.5) ? [again] : [again, step]
}

function makeStep(random: Random): Step {
  const mode = random.chance(0.9) ? undefined : random.pick(['no-cors', 'same-origin', 'cors'] as const)
  const method = random.chance(0.5) ? 'GET' : random.pick(METHODS)
  const headers: Header[] = []
  const wanted = random.pick([0, 0, 0, 1, 1, 2, 3])
  for (let i = 0; i < wanted; i++) {
    const header = random.pick(HEADERS)
    // Firefox sends one `Authorization`, whatever the page sets.
    if (header[0] !== 'Authorization' || !headers.includes(header)) headers.push(header)
  }
  const isRead = method.toUpperCase() === 'GET' || method.toUpperCase() === 'HEAD'
  const redirect = random.chance(0.92) ? undefined : random.pick(['error', 'manual', 'follow'] as const)
  return {
    method,
    headers,
    ...(!isRead && random.chance(0.5) ? { body: 'x' } : {}),
    ...(random.chance(0.6) ? { credentials: random.pick(['include', 'include', 'omit', 'same-origin'] as const) } : {}),
    ...(mode === undefined ? {} : { mode }),
    ...(redirect === undefined ? {} : { redirect }),
    ...(mode === undefined && redirect === undefined && random.chance(0.08)
      ? { initiator: 'xhr' as const, uploadListener: random.chance(0.5) }
      : {}),
    ...(random.chance(0.04) ? { cache: random.pick(['no-store', 'reload', 'no-cache'] as const) } : {}),
    ...(random.chance(0.05) ? { referrerPolicy: random.pick(REFERRERS) } : {}),
  }
}

function answer(random: Random, step: Step, sandboxed: boolean, isPreflight: boolean): Recipe {
  const headers: Header[] = []
  const right = sandboxed ? 'null' : '{A}'
  // Mostly right, so that what comes after the first check is reached too.
  if (!random.chance(0.06)) {
    const usual = random.pick([right, right, right, right, '*', '*', 'null'])
    headers.push([random.pick(NAMES_ACAO), random.chance(0.85) ? usual : random.pick(ORIGINS)])
    if (random.chance(0.04)) headers.push(['access-control-allow-origin', random.pick([right, '*', '', 'null', '{B}'])])
  }
  if (random.chance(0.75)) {
    headers.push(['Access-Control-Allow-Credentials', random.chance(0.88) ? 'true' : random.pick(CREDENTIALS)])
    if (random.chance(0.03)) headers.push(['Access-Control-Allow-Credentials', random.pick(['true', '', 'false'])])
  }
  if (isPreflight) headers.push(...permissions(random, step))
  else headers.push(...exposure(random))
  const status = random.chance(0.85) ? (isPreflight ? random.pick([200, 204, 204]) : 200) : random.pick(STATUSES)
  if (random.chance(0.03) && status >= 300) headers.push(['Location', '{path0}'])
  // Answers of these statuses are kept by HTTP caches unless told otherwise.
  if (!isPreflight && CACHEABLE.includes(status)) headers.push(['Cache-Control', 'no-store'])
  return { status, headers }
}

const NAMES_ACAO = ['Access-Control-Allow-Origin', 'access-control-allow-origin', 'ACCESS-CONTROL-ALLOW-ORIGIN']
const CREDENTIALS = ['True', 'TRUE', 'false', '', '1', '*', 'true\x0c', 'true, true', '"true"', 'true,', ',true']

function permissions(random: Random, step: Step): Header[] {
  const headers: Header[] = []
  const method = step.method ?? 'GET'
  if (random.chance(0.8)) {
    const usual = random.pick([method, `GET, ${method}`, `${method},X`, '*', ` ,${method},`, method.toUpperCase()])
    headers.push([
      'Access-Control-Allow-Methods',
      random.chance(0.88) ? usual : random.pick([...LISTS, method.toLowerCase()]),
    ])
    if (random.chance(0.05))
      headers.push(['Access-Control-Allow-Methods', random.pick([method, 'PUT', '', 'bad token'])])
  }
  if (random.chance(0.8)) {
    const names = (step.headers ?? []).map(([name]) => name)
    const joined = names.join(random.pick([',', ', ', ' ,', ',,', '\t,\t']))
    const usual = random.pick([
      joined,
      joined.toUpperCase(),
      joined.toLowerCase(),
      '*',
      '*, authorization',
      `${joined},content-type`,
      names.slice(1).join(','),
    ])
    headers.push(['Access-Control-Allow-Headers', random.chance(0.88) ? usual : random.pick(LISTS)])
    if (random.chance(0.1))
      headers.push([
        'Access-Control-Allow-Headers',
        random.pick(['x-foo', 'content-type, x-bar', '', 'bad token', '*']),
      ])
  }
  if (random.chance(0.2)) headers.push(['Access-Control-Max-Age', random.pick(['0', '600', 'foo', '-1', ''])])
  return headers
}

function exposure(random: Random): Header[] {
  const headers: Header[] = []
  if (!random.chance(0.3)) return headers
  headers.push(['X-Foo', '1'], ['X-Bar', '2'], ['ETag', '"x"'], ['Cache-Control', 'no-store'], ['Set-Cookie', 'a=b'])
  headers.push([
    'Access-Control-Expose-Headers',
    random.pick([
      ...LISTS,
      'x-foo',
      'X-FOO, ETag',
      ',x-foo,',
      'set-cookie, x-bar',
      'x-foo, *',
      'access-control-allow-origin',
    ]),
  ])
  if (random.chance(0.3)) headers.push(['Access-Control-Expose-Headers', random.pick(['x-bar', 'bad token', '', '*'])])
  return headers
}

function redirecting(random: Random, recipe: Recipe, next: number): Recipe {
  const location = random.chance(0.94)
    ? `{${next}}`
    : random.pick([
        `http://u:p@{b}/page`,
        `http://u@{a}/page`,
        'data:text/plain,x',
        'ftp://x.test/',
        '',
        'http://',
        `{${next}}#x`,
        `//{b}{path${next}}`,
        '?a',
      ])
  return {
    status: random.pick([301, 302, 303, 307, 308, 302, 307]),
    // Without it, an HTTP cache would answer some of the further requests.
    headers: [...(recipe.headers ?? []), ['Cache-Control', 'no-store'], ['Location', location]],
  }
}
