// What `corsmith migrate --write` makes of files. `npm run test:migrate` runs more of them, with libraries that are installed for it.
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { PeerName } from '../../src/migrate/peer.ts'
import { corsmith } from '../cli/run.ts'
import { NEXT } from './written/next.ts'
import { DJANGO, FLASK } from './written/python.ts'
import { runWritten, writtenOf } from './written/run.ts'
import { SCRIPTS } from './written/scripts.ts'
import { SPRING } from './written/spring.ts'

/** Writes files into a folder, and runs the command on the first one. */
async function written(
  peer: PeerName,
  files: Readonly<Record<string, string>>,
  words: readonly string[] = ['--accept'],
) {
  const folder = mkdtempSync(join(tmpdir(), 'corsmith-write-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const [first = ''] = Object.keys(files)
  const ran = await corsmith(['migrate', '--from', peer, join(folder, first), '--write', ...words])
  return { ...ran, read: (name = first) => readFileSync(join(folder, name), 'utf8') }
}

describe('corsmith migrate --write', () => {
  it.each(['h3', 'express', 'hono'] as const)(
    'changes what the report says, for files of %s that run',
    async (peer) => {
      const outcomes = await runWritten(peer)
      expect(outcomes?.length).toBeGreaterThan(0)
      for (const { name, wrong } of outcomes ?? []) expect([name, wrong]).toEqual([name, []])
    },
  )

  const OTHERS = [
    ...(['itty', 'remix', 'whatwg'] as const).flatMap((peer) =>
      (SCRIPTS[peer] ?? []).map(({ name, text, ending = 'mjs' }) => [peer, name, `server.${ending}`, text] as const),
    ),
    ...FLASK.map(({ name, text }) => ['flask', name, 'app.py', text] as const),
    ...DJANGO.map(({ name, text }) => ['django', name, 'settings.py', text] as const),
    ...SPRING.map(({ name, file, text }) => ['spring', name, file, text] as const),
    ...NEXT.map(({ name, text }) => ['next', name, 'next.config.mjs', text] as const),
  ]

  it.each(OTHERS)('writes %s: %s, once', async (peer, _name, file, text) => {
    const { after, policy, problems } = await writtenOf(peer, file, text)
    expect(problems).toEqual([])
    if (['flask', 'django', 'spring'].includes(peer)) expect(JSON.parse(policy ?? '')).toBeTypeOf('object')
    else expect(after).not.toBe(text)
  })

  it('writes in the way of the file: quotes, indentation, semicolons, comments, line endings, byte order mark', async () => {
    const text = `\uFEFFimport cors from "cors";\r\n\r\napp.use(\r\n\tcors({\r\n\t\t// the shop\r\n\t\torigin: ["https://a.com"],\r\n\t\tmethods: ["GET"],\r\n\t\tallowedHeaders: ["X-A"]\r\n\t})\r\n);\r\n`
    expect((await written('express', { 'a.js': text })).read()).toBe(
      `\uFEFFimport { cors } from "corsmith/node";\r\n\r\napp.use(\r\n\tcors({\r\n\t\t// the shop\r\n\t\torigins: ["https://a.com"],\r\n\t\trequestHeaders: ["X-A"]\r\n\t})\r\n);\r\n`,
    )
  })

  it('takes types of the library off, and keeps what the file still uses', async () => {
    const text = `import cors, { type CorsOptions, type CorsRequest } from 'cors'\nimport type { CorsOptions as Other } from 'cors'\nconst o: CorsOptions = { origin: 'https://a.com' }\napp.use(cors(o as CorsOptions))\nexport type Asked = CorsRequest\n`
    const { read } = await written('express', { 'a.ts': text })
    expect(read()).toMatch(
      /^import \{ type CorsRequest \} from 'cors'\nimport \{ cors \} from 'corsmith\/node'\nconst o = \{/,
    )
    expect(read()).toContain('app.use(cors(o))')
  })

  it('keeps the types of words in a constant of TypeScript, and takes the type of the options off', async () => {
    const text = `import { type CorsOptions, H3, handleCors } from 'h3'\nconst o: CorsOptions = { origin: '*' }\nnew H3().use((event) => { const r = handleCors(event, o); if (r) return r })\n`
    const typed = await written('h3', { 'a.ts': text })
    expect(typed.read()).toMatch(
      /^import \{ H3 \} from 'h3'\nimport \{ cors \} from 'corsmith\/h3'\nconst o = \{[^}]*\} as const\n/,
    )
    const plain = await written('h3', { 'a.js': text.replace(': CorsOptions', '').replace('type CorsOptions, ', '') })
    expect(plain.read()).not.toContain('as const')
  })

  it.each([
    [
      'express',
      `import cors from 'cors'\napp.use(cors({ origin: process.env.A }))`,
      ':2: process.env.A is not written out here',
    ],
    [
      'express',
      `import cors from 'cors'\napp.use(cors({ origin: 'https://a.com' }))\nexport { cors }`,
      ':3: cors is used here in another way',
    ],
    [
      'express',
      `import cors from 'cors'\nimport { o } from './o.js'\napp.use(cors(o))`,
      ':3: o is not written out in this file',
    ],
    [
      'express',
      `import cors from 'cors'\nexport const o = { origin: 'https://a.com' }\napp.use(cors(o))`,
      ':3: o is exported',
    ],
    [
      'h3',
      `import { handleCors } from 'h3'\napp.get('/', (event) => { if (handleCors(event, {})) return; return 1 })`,
      ':2: handleCors stands in a handler',
    ],
    [
      'h3',
      `import { handleCors } from 'h3'\napp.use((event) => { if (handleCors(event, {})) return })`,
      ':2: what handleCors answers is not returned here',
    ],
    [
      'h3',
      `import { handleCors } from 'h3'\napp.use((event) => { log(event); const r = handleCors(event, {}); if (r) return r })`,
      'does more than to answer CORS',
    ],
    [
      'h3',
      `import { handleCors } from 'h3'\napp.use('/api', (event) => { const r = handleCors(event, {}); if (r) return r })`,
      'this middleware has a path',
    ],
    [
      'h3',
      `import { createApp, handleCors } from 'h3'\nconst app = createApp()\napp.use((event) => { const r = handleCors(event, {}); if (r) return r })`,
      ':1: this is h3 1',
    ],
    [
      'itty',
      `import { cors } from 'itty-router'\nconst { preflight, corsify } = cors()\nexport default { fetch: (r) => router.fetch(r).then(corsify) }`,
      ':3: corsify gets no request here',
    ],
    ['itty', `import { cors } from 'itty-router'\nconst c = cors()`, 'is not taken apart'],
    [
      'remix',
      `import { cors } from 'remix-utils/cors'\nexport async function loader({ request }) {\n  await cors(request, response)\n  return response\n}`,
      ':3: what cors returns is not used here',
    ],
    [
      'whatwg',
      `import { createYoga } from 'graphql-yoga'\ncreateYoga({ plugins: list, cors: { origin: '*' } })`,
      'the list of plugins is not written out',
    ],
    [
      'next',
      `export const GET = () => new Response('', { headers: { 'Access-Control-Allow-Origin': '*' } })`,
      'these lines are set by hand',
    ],
    [
      'next',
      `export default { basePath: '/x', headers: () => [{ source: '/a', headers: [{ key: 'Access-Control-Allow-Origin', value: '*' }] }] }`,
      'with basePath or i18n',
    ],
    [
      'next',
      `export default { headers: () => [{ source: '/a/:id(\\\\d+)', headers: [{ key: 'Access-Control-Allow-Origin', value: '*' }] }, { source: '/b', headers: [{ key: 'Access-Control-Allow-Origin', value: '*' }] }] }`,
      'cannot be the path of a route',
    ],
  ] as const)('leaves a file of %s alone, and says why: %s', async (peer, text, why) => {
    const { code, out, read } = await written(peer, { 'a.js': text })
    expect(out).toContain(why)
    expect(out.match(/^not written: .*$/gm)?.length).toBeGreaterThan(0)
    expect([code > 0, read()]).toEqual([true, text])
  })

  it('never replaces proxy.ts or another policy, and writes middleware.ts for Next.js 15', async () => {
    const config = `export default { headers: () => [{ source: '/a', headers: [{ key: 'Access-Control-Allow-Origin', value: '*' }] }] }`
    const taken = await written('next', { 'next.config.ts': config, 'src/proxy.ts': '1' })
    expect(taken.out).toContain('src/proxy.ts exists')
    const older = await written('next', {
      'next.config.ts': config,
      'package.json': '{ "dependencies": { "next": "^15.1.0" } }',
      'src/app/x': '',
    })
    expect(older.read('src/middleware.ts')).toContain('export const middleware = cors(')
    const other = await written('django', {
      's.py': 'CORS_ALLOWED_ORIGINS = ["https://a.com"]\n',
      'policy.json': '{ "origins": "*" }',
    })
    expect(other.out).toContain('this file holds another policy')
    expect(other.read('policy.json')).toBe('{ "origins": "*" }')
  })

  it('writes only with --accept what pages would notice', async () => {
    const text = 'CORS_ALLOW_ALL_ORIGINS = True\nCORS_ALLOW_CREDENTIALS = True\n'
    const kept = await written('django', { 's.py': text }, [])
    expect([kept.read(), kept.out]).toEqual([text, expect.stringContaining('--accept writes it')])
    expect((await written('django', { 's.py': text })).read()).toBe(
      'CORS_ALLOW_ALL_ORIGINS = True\nCORS_ALLOW_CREDENTIALS = False\n',
    )
  })

  it('writes a route for each path', async () => {
    const text = `CORS(app, resources={r"/api/*": {"origins": "https://a.com"}, "/open/.*": {"origins": "*"}})\n`
    const { routes, else: other } = JSON.parse((await written('flask', { 'a.py': text })).read('policy.json'))
    expect(routes).toMatchObject([{ path: '/open/*', policy: { origins: '*' } }, { path: '/api/*' }])
    expect(other).toBeNull()
  })
})
