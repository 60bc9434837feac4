/**
 * Tables of web-platform-tests as scenarios: facts of `cors/` and `fetch/api/cors/`, each with the outcome that the tests demand.
 */
import type { Recipe, Scenario, Site, Step } from './scenario.ts'

/** A scenario and what web-platform-tests expect of it. */
export interface Row {
  readonly scenario: Scenario
  /** Whether the page gets the response; for exposure tables, whether it can read the header. */
  readonly passes: boolean
  /** The header that the page must (not) be able to read. */
  readonly reads?: string
}

type Header = readonly [string, string]

const O = '{A}'
const acao = (value: string): Header => ['Access-Control-Allow-Origin', value]
const CREDENTIALS: Header = ['Access-Control-Allow-Credentials', 'true']

function row(id: string, passes: boolean, step: Step, pre: Recipe, act: Recipe): Row {
  return { passes, scenario: { id: `wpt ${id}`, hops: [{ site: 'B', pre, act }], steps: [step] } }
}

const PASSING_ORIGINS = ['*', ' *  ', '\t*', O, ` ${O}`, ` ${O} \t `, `\t${O}`]
const FAILING_ORIGINS = [
  'http://www1.127.0.0.1',
  '//{a}',
  '://{a}',
  'ftp://{a}',
  'http:://{a}',
  'http:/{a}',
  'http:{a}',
  '{a}',
  `${O}?`,
  `${O}/`,
  `${O} /`,
  `${O}#`,
  `${O}%23`,
  `${O}:80`,
  `${O}, *`,
  'HTTP://{a}',
  '-',
  '**',
  ',*',
  '*,',
  '\x0b*',
  '\x0c*',
  '*\x0b',
  '*\x0c',
  "'*'",
  '"*"',
  '* *',
  '* null',
  '*http://*',
  `*${O}`,
  `* ${O}`,
  `*, ${O}`,
  `null ${O}`,
  'http://example.net',
  'null',
  'null *',
  '',
  `${O}/page`,
  `${O}/dir/`,
  '{B}',
  '.{a}',
  '*.{a}',
  'http://.{a}',
  'http://*.{a}',
]
const FAILING_PAIRS = [
  ['', '*'],
  ['*', ''],
  ['*', '*'],
  ['', O],
  ['*', O],
  [O, O],
]

function origins(): Row[] {
  const plain = (id: string, passes: boolean, values: readonly string[]): Row =>
    row(`origin ${id}`, passes, {}, {}, { headers: values.map(acao) })
  return [
    ...PASSING_ORIGINS.map((value, index) => plain(`passes ${index}`, true, [value])),
    ...FAILING_ORIGINS.map((value, index) => plain(`fails ${index}`, false, [value])),
    ...FAILING_PAIRS.map((pair, index) => plain(`two lines ${index}`, false, pair)),
  ]
}

function credentials(): Row[] {
  const values = [
    'true',
    'TRUE',
    'True',
    '"true"',
    "'true'",
    'false',
    '1',
    '0',
    ',true',
    'true,',
    'true\x0b',
    'true\x0c',
  ]
  return values.map((value) =>
    row(
      `credentials ${JSON.stringify(value)}`,
      value === 'true',
      { credentials: 'include' },
      {},
      {
        headers: [acao(O), ['Access-Control-Allow-Credentials', value]],
      },
    ),
  )
}

const CONTENT_TYPES: readonly (readonly [value: string, isPreflighted: boolean])[] = [
  ['text /plain', true],
  ['text\t/\tplain', true],
  ['text/plain;', false],
  ['text/plain;garbage', false],
  ['text/plain;garbage\x01\x02', true],
  ['text/plain,', true],
  [',text/plain', true],
  ['text/plain,text/plain', true],
  ['text/plain,x/x', true],
  ['text/plain\x0b', true],
  ['text/plain\x0c', true],
  ['application/www-form-urlencoded', true],
  ['application/x-www-form-urlencoded;\x7f', true],
  ['multipart/form-data', false],
  ['multipart/form-data;"', true],
]
const OTHER_HEADERS: readonly (readonly [name: string, value: string, isPreflighted: boolean])[] = [
  ['Range', 'bytes=100-200', false],
  ['Range', 'bytes=200-', false],
  ['Range', 'bytes=-200', true],
  ['Range', 'bytes=200-100', true],
  ['Range', 'bytes 0-', true],
  ['Range', 'bytes=0-1,5-6', true],
  ['Accept', '"', true],
  ['Accept', '1'.repeat(129), true],
  ['Accept-Language', '\x01', true],
  ['Accept-Language', '@', true],
  ['Content-Language', '\x01', true],
  ['Content-Language', '@', true],
  ['Authorization', 'basics', true],
  ['Content-Type', 'text/html', true],
  ['Content-Type', `text/plain; long=${'0'.repeat(120)}`, true],
  ['Test', 'hi', true],
]

/** A preflight that fails tells a preflighted request from one that is not. */
function safelist(): Row[] {
  const headers = [...CONTENT_TYPES.map(([value, asks]) => ['Content-Type', value, asks] as const), ...OTHER_HEADERS]
  return headers.map(([name, value, asks]) =>
    row(
      `safelist ${name} ${JSON.stringify(value).slice(0, 40)}`,
      !asks,
      { method: 'POST', headers: [[name, value]] },
      { status: 500 },
      {
        headers: [acao(O)],
      },
    ),
  )
}

const EXPOSURES: readonly (readonly [lines: readonly string[], isExposed: boolean])[] = [
  [['BB-8'], true],
  [['bb-8,,@#$#%%&^&^*()()11!'], false],
  [['bb-8, no no'], false],
  [['@#$#%%&^&^*()()11!,bb-8'], false],
  [['bb-8', 'no'], true],
  [['bb-8', 'no no'], false],
  [['no', 'bb-8'], true],
  [['', 'bb-8'], true],
  [[',bb-8'], true],
  [['bb-8\x0c'], false],
  [['bb-8\x0b'], false],
  [['bb-8\x0b,bb-8'], false],
  [["'bb-8'"], false],
  [["'bb-8',bb-8"], true],
  [['"bb-8",bb-8'], false],
]

function exposures(): Row[] {
  return EXPOSURES.map(([lines, isExposed], index) => ({
    ...row(
      `expose ${index}`,
      isExposed,
      {},
      {},
      {
        headers: [acao(O), ['BB-8', 'hey'], ...lines.map((line): Header => ['Access-Control-Expose-Headers', line])],
      },
    ),
    reads: 'bb-8',
  }))
}

const STARS: readonly (readonly [boolean, string, string, string | null, string, boolean])[] = [
  [false, 'GET', 'get', 'X-Test', 'x-test', true],
  [false, 'SUPER', '*', 'X-Test', 'x-test', true],
  [false, 'OK', '*', 'X-Test', '*', true],
  [true, 'OK', '*', 'X-Test', '*', false],
  [true, 'PUT', '*', null, '', false],
  [true, 'PUT', 'PUT', null, '*', true],
  [true, 'GET', 'get', 'X-Test', '*', false],
  [true, 'GET', '*', 'X-Test', '*', false],
  [true, '*', '*', '*', '*', true],
  [true, 'PUT', 'put', null, '*', false],
]

function stars(): Row[] {
  return STARS.map(([included, method, methods, name, names, passes], index) => {
    const step: Step = {
      method,
      headers: name === null ? [] : [[name, '1']],
      credentials: included ? 'include' : 'omit',
    }
    const shared = [acao(O), CREDENTIALS]
    const lists: Header[] = [
      ['Access-Control-Allow-Methods', methods],
      ['Access-Control-Allow-Headers', names],
    ]
    return row(`star ${index}`, passes, step, { status: 204, headers: [...shared, ...lists] }, { headers: shared })
  })
}

/** `L` is the page's own site, `R` and `R2` are others. The `Origin` that arrives decides which answers pass. */
function redirects(): Row[] {
  const sites: Readonly<Record<string, Site>> = { L: 'A', R: 'B', R2: 'C' }
  const rows: Row[] = []
  for (const [from, to] of [
    ['L', 'R'],
    ['R', 'L'],
    ['R', 'R'],
    ['R', 'R2'],
  ] as const) {
    for (const first of ['*', O, 'null', 'none', '{B}']) {
      for (const last of ['*', O, 'null', 'none', '{B}', '{C}']) {
        const isTainted = from === 'R' && to !== 'R'
        const arrives = isTainted ? 'null' : O
        const passes = (from === 'L' || first === '*' || first === O) && (last === '*' || last === arrives)
        const hops = [
          {
            site: sites[from] as Site,
            act: { status: 302, headers: [...line(first), ['Location', '{1}']] as Header[] },
          },
          { site: sites[to] as Site, act: { headers: line(last) } },
        ]
        rows.push({ passes, scenario: { id: `wpt redirect ${from}(${first}) ${to}(${last})`, hops, steps: [{}] } })
      }
    }
  }
  return rows
}

function line(value: string): Header[] {
  return value === 'none' ? [] : [acao(value)]
}

function statuses(): Row[] {
  const all = [...Array(7).keys()]
    .map((n) => 200 + n)
    .concat(299, 300, 301, 302, 303, 304, 305, 307, 308, 400, 401, 403, 404)
  return [...all, 405, 410, 417, 500, 501, 503, 505, 680, 790].map((status) =>
    row(
      `preflight ${status}`,
      status <= 299,
      { method: 'PUT' },
      { status, headers: [acao(O), ['Access-Control-Allow-Methods', 'PUT']] },
      {
        headers: [acao(O)],
      },
    ),
  )
}

/** All tables. */
export const TABLES: readonly Row[] = [
  ...origins(),
  ...credentials(),
  ...safelist(),
  ...exposures(),
  ...stars(),
  ...redirects(),
  ...statuses(),
]
