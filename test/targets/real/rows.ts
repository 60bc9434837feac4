/** What a target has to do on the wire, one row at a time, for one policy. */
import type { CorsPolicy } from '../../../src/index.ts'
import { type RawAnswer, send } from '../../support/raw-http.ts'

/** The policy of the rows. */
export const ROW_POLICY: CorsPolicy = {
  origins: ['https://app.example.com', 'https://*.example.net'],
  credentials: true,
  methods: ['PUT', 'DELETE'],
  requestHeaders: ['Content-Type', 'Authorization'],
  exposedHeaders: ['ETag'],
  maxAge: 600,
}

const PAGE = 'https://app.example.com'
const STRANGER = 'https://stranger.example.org'

type Ask = (path: string, headers?: Readonly<Record<string, string>>, method?: string) => Promise<RawAnswer>

/** A row: its name, and what is wrong; an empty list if nothing is. */
export interface Row {
  readonly name: string
  /** Rows that need a server in front of an API, not an application. */
  readonly needs?: 'server'
  readonly wrong: (ask: Ask) => Promise<readonly string[]>
}

const ALLOWED = 'Access-Control-Allow-Origin'

/** Whether an answer lets a page read it, credentials included: each header once. */
function granted(answer: RawAnswer, origin = PAGE): readonly string[] {
  return [
    ...(answer.all(ALLOWED).join('|') === origin ? [] : [`${ALLOWED}: ${answer.all(ALLOWED).join(' | ')}`]),
    ...(answer.all('Access-Control-Allow-Credentials').join('|') === 'true' ? [] : ['no credentials']),
  ]
}

/** What an answer says to a stranger beside nothing. */
function told(answer: RawAnswer): readonly string[] {
  return answer.lines
    .filter(([name]) => /^(access-control-|timing-allow-origin)/i.test(name))
    .map((line) => line.join(': '))
}

function varies(answer: RawAnswer): readonly string[] {
  return /(^|[,\s])(origin|\*)([,\s]|$)/i.test(answer.all('Vary').join()) ? [] : [`Vary: ${answer.all('Vary').join()}`]
}

function preflight(ask: Ask, origin: string, method = 'PUT', headers = 'content-type'): Promise<RawAnswer> {
  const asked = { Origin: origin, 'Access-Control-Request-Method': method, 'Access-Control-Request-Headers': headers }
  return ask('/x', asked, 'OPTIONS')
}

const isOk = ({ status }: RawAnswer) => (status === 200 || status === 204 ? [] : [`status ${status}`])
const listed = (answer: RawAnswer, name: string) =>
  answer
    .all(name)
    .join()
    .toLowerCase()
    .split(',')
    .map((each) => each.trim())

/** A page that may read reads an answer of each kind. */
const reads = (name: string, path: string, ...statuses: readonly number[]): Row => ({
  name,
  wrong: async (ask) => {
    const answer = await ask(path, { Origin: PAGE })
    return [...granted(answer), ...(statuses.includes(answer.status) ? [] : [`status ${answer.status}`])]
  },
})

/** A stranger learns nothing from an answer of each kind. */
const hides = (name: string, path: string): Row => ({
  name,
  wrong: async (ask) => told(await ask(path, { Origin: STRANGER })),
})

const refuses = (name: string, origin: string): Row => ({
  name,
  wrong: async (ask) => {
    const said = (await ask('/x', { Origin: origin })).all(ALLOWED)
    return said.length === 1 && (said[0] === origin || said[0] === '*') ? [`${ALLOWED}: ${said[0]}`] : []
  },
})

export const ROWS: readonly Row[] = [
  reads('a page reads a 200', '/x', 200),
  reads('a page reads a 404', '/missing', 404),
  reads('a page reads a 500', '/error', 500),
  reads('a page reads the refusal of a login', '/closed', 401, 403),
  reads('a page reads a 302', '/moved', 302),
  {
    name: 'a page reads the error of an API that is down',
    needs: 'server',
    wrong: async (ask) => granted(await ask('/gone', { Origin: PAGE })),
  },
  {
    name: 'a page reads a stream to its end',
    wrong: async (ask) => {
      const answer = await ask('/stream', { Origin: PAGE })
      return [...granted(answer), ...(answer.text.length > 1 ? [] : ['the body is cut off'])]
    },
  },
  {
    name: 'a page reads what a pattern allows',
    wrong: async (ask) => granted(await ask('/x', { Origin: 'https://a.b.example.net' }), 'https://a.b.example.net'),
  },
  {
    name: 'a page reads the exposed headers, and no other',
    wrong: async (ask) => {
      const names = listed(await ask('/x', { Origin: PAGE }), 'Access-Control-Expose-Headers')
      return names.join() === 'etag' ? [] : [names.join()]
    },
  },
  {
    name: 'a preflight of a page is answered before the API',
    wrong: async (ask) => {
      const answer = await preflight(ask, PAGE)
      return [...isOk(answer), ...granted(answer)]
    },
  },
  {
    name: 'a preflight allows what the policy allows',
    wrong: async (ask) => {
      const answer = await preflight(ask, PAGE)
      return [
        ...(listed(answer, 'Access-Control-Allow-Methods').includes('put') ? [] : ['PUT is missing']),
        ...(listed(answer, 'Access-Control-Allow-Headers').includes('content-type') ? [] : ['Content-Type is missing']),
        ...(answer.all('Access-Control-Max-Age').join() === '600' ? [] : ['no Access-Control-Max-Age: 600']),
      ]
    },
  },
  {
    name: 'a preflight allows nothing else',
    wrong: async (ask) => {
      const answers = [await preflight(ask, PAGE, 'PATCH', ''), await preflight(ask, PAGE, 'PUT', 'x-other')]
      return answers.flatMap((answer) => [
        ...(/(^|[\s,])(patch|\*)/i.test(answer.all('Access-Control-Allow-Methods').join()) ? ['PATCH is allowed'] : []),
        ...(/x-other|(^|[\s,])\*/i.test(answer.all('Access-Control-Allow-Headers').join())
          ? ['X-Other is allowed']
          : []),
      ])
    },
  },
  hides('a stranger is told nothing by a 200', '/x'),
  hides('a stranger is told nothing by an error', '/error'),
  {
    name: 'a stranger is told nothing by a preflight',
    wrong: async (ask) => told(await preflight(ask, STRANGER)),
  },
  refuses('null is a stranger', 'null'),
  refuses('a longer host is a stranger', 'https://app.example.com.evil.test'),
  refuses('another scheme is a stranger', 'http://app.example.com'),
  refuses('another port is a stranger', 'https://app.example.com:8443'),
  refuses('the parent of a pattern is a stranger', 'https://example.net'),
  {
    name: 'every answer says Vary: Origin',
    wrong: async (ask) =>
      (await Promise.all([ask('/x', { Origin: PAGE }), ask('/x', { Origin: STRANGER }), ask('/x')])).flatMap(varies),
  },
  {
    name: "an answer keeps the API's own Vary",
    wrong: async (ask) => {
      const vary = (await ask('/x', { Origin: PAGE })).all('Vary').join()
      return /accept-encoding/i.test(vary) ? [] : [`Vary: ${vary}`]
    },
  },
  {
    name: 'a request without Origin is told nothing',
    wrong: async (ask) =>
      (await ask('/x')).lines.filter(([name]) => /^access-control-/i.test(name)).map((line) => line.join(': ')),
  },
  {
    name: 'an OPTIONS that is no preflight reaches the API',
    wrong: async (ask) => {
      const { status } = await ask('/x', { Origin: PAGE }, 'OPTIONS')
      return status === 401 ? [] : [`status ${status}`]
    },
  },
]

/** Asks a target each row, and returns what is wrong per row. */
export async function askRows(origin: string, isServer: boolean): Promise<ReadonlyMap<string, readonly string[]>> {
  const ask: Ask = (path, headers = {}, method = 'GET') => send(`${origin}${path}`, { method, headers })
  const rows = ROWS.filter(({ needs }) => needs === undefined || isServer)
  return new Map(await Promise.all(rows.map(async ({ name, wrong }) => [name, await wrong(ask)] as const)))
}
