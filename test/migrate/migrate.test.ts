import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findOptions } from '../../src/migrate/source/calls.ts'
import { migrate } from '../../src/migrate.ts'
import { corsmith, file } from '../cli/run.ts'

const refusals = (changes: ReturnType<typeof migrate>['changes']) =>
  changes.filter(({ direction }) => direction === 'refused').map(({ what }) => what)
const wider = (changes: ReturnType<typeof migrate>['changes']) =>
  changes.filter(({ direction }) => direction === 'wider').map(({ what }) => what)

describe('migrate()', () => {
  it('keeps what pages may do, where a policy can say it', () => {
    const { policy, changes, notes } = migrate('express', { origin: ['https://a.com'], credentials: true, maxAge: 60 })
    expect(policy).toEqual({
      origins: ['https://a.com'],
      credentials: true,
      methods: ['PUT', 'PATCH', 'DELETE'],
      requestHeaders: ['*', 'Authorization'],
      maxAge: 60,
    })
    expect([refusals(changes), wider(changes), notes]).toEqual([[], [], []])
  })

  it('never allows every origin with credentials, and says who loses what', () => {
    const { policy, changes } = migrate('express', { origin: true, credentials: true })
    expect(policy).toMatchObject({ origins: '*' })
    expect(policy).not.toHaveProperty('credentials')
    expect(refusals(changes)).toContain('pages of any other origin read answers')
    expect(changes[0]).toMatchObject({ before: 'with credentials', after: 'yes' })
    expect(changes[0]?.keep).toContain('list the origins')
  })

  it('refuses what an expression without an end lets in, and names the origin', () => {
    const { policy, changes } = migrate('express', { origin: /^https:\/\/app\.example\.com/, credentials: true })
    expect(policy).toMatchObject({ origins: ['https://app.example.com'] })
    const lost = changes.find(({ what }) => what.includes('https://app.example.com.stranger.example'))
    expect(lost).toMatchObject({ direction: 'refused' })
    expect(lost?.why).toContain('also matches this origin')
  })

  it('says what gets wider where a pattern means more than an expression', () => {
    const { policy, changes } = migrate('express', { origin: /^https:\/\/[a-z]+\.example\.com$/ })
    expect(policy).toMatchObject({ origins: ['https://*.example.com'] })
    expect(wider(changes)).not.toEqual([])
    expect(changes.find(({ direction }) => direction === 'wider')?.keep).toContain('origins: (origin) => boolean')
  })

  it('explains an entry that a policy cannot hold', () => {
    const { policy, notes } = migrate('django', { CORS_ALLOWED_ORIGINS: ['null', 'https://a.com'] })
    expect(policy).toMatchObject({ origins: ['https://a.com'] })
    expect(notes.map(({ why }) => why).join()).toMatch(/^"null": /)
    expect(migrate('hono', { origin: 'https://a.com/' })).toMatchObject({ policy: null })
  })

  it('counts a stop of the handler that is lost as wider', () => {
    const origin = (given: unknown, callback: (error: Error | null, allowed?: boolean) => void) =>
      given === 'https://a.com' ? callback(null, true) : callback(new Error('no'))
    expect(wider(migrate('express', { origin }).changes)).toEqual(['request of a refused origin'])
  })

  it('counts paths that a policy covers beyond the options as wider', () => {
    const flask = migrate('flask', { origins: 'https://a.com', resources: '/api/.*' })
    expect(wider(flask.changes)).toEqual(['paths that do not match /api/.*'])
    expect(() => migrate('flask', { resources: { '/a': {}, '/b': {} } })).toThrow(/2 sets, one per path/)
  })

  it('refuses what is no library and no options', () => {
    expect(() => migrate('perl' as never, {})).toThrow(/"perl" is no library: express, nest/)
    expect(() => migrate('express', [] as never)).toThrow(/the options are an object/)
    expect(() => migrate('flask', { send_wildcard: true, supports_credentials: true })).toThrow(/Flask-CORS refuses/)
    expect(() => migrate('flask', { origins: 'https://(a' })).toThrow(/is no regular expression/)
  })
})

describe('findOptions()', () => {
  const read = (text: string) => findOptions(text, 'javascript', 'express')

  it('takes comments, texts and other calls for what they are', () => {
    const text =
      "import cors from 'cors'\n// cors({ origin: 'https://a.com' })\nconst a = \"cors({})\"\napp.use(my.cors({}), xcors({}))\napp.use(cors({ 'origin': `https://b.com`, /* no */ maxAge: 60 * 60 }))"
    expect(read(text)).toMatchObject([{ line: 5, options: { origin: 'https://b.com', maxAge: 3600 } }])
  })

  it('reads names of the import, expressions and lists of the file', () => {
    const text = "import * as allow from 'cors'\nconst list = ['https://a.com', /b/i]\napp.use(allow({ origin: list }))"
    expect(read(text)).toMatchObject([{ options: { origin: ['https://a.com', /b/i] } }])
  })

  it.each([
    ['app.use(cors({ origin: process.env.ORIGIN }))', /process\.env\.ORIGIN is not written out/],
    ["const a = ['https://a.com']\na.push('https://b.com')\napp.use(cors({ origin: a }))", /is changed later/],
    ['app.use(cors({ ...others }))', /not written out/],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a text that is read.
    ['app.use(cors({ origin: `https://${host}` }))', /not a value that is written out/],
    ['app.use(cors({ maxAge: 60 + 1 }))', /a calculation is not read/],
    [
      'app.use(cors({ origin: (origin, callback) => { if (list.includes(origin)) callback(null, true) } }))',
      /not a value/,
    ],
  ])('does not guess: %s', (code, why) => {
    expect(read(`import cors from 'cors'\n${code}`)).toMatchObject([{ options: null, why: expect.stringMatching(why) }])
  })

  it.each([
    [
      "(origin, cb) => {\n if (!origin) return cb(null, true)\n if (list.includes(origin)) return cb(null, true)\n console.warn(origin)\n cb(new Error('no'))\n}",
      null,
    ],
    [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a text that is read.
      '(origin, cb) => {\n if (!origin) return cb(null, true)\n if (list.includes(origin)) return cb(null, true)\n cb(new Error(`no ${origin}`))\n}',
      [true, true],
    ],
    [
      '(origin: string | undefined, callback: (error: Error | null, allow?: boolean) => void) => {\n if (!origin || list.includes(origin)) {\n callback(null, true);\n return;\n }\n callback(null, false);\n}',
      [true, false],
    ],
    [
      'function (origin, callback) { if (list.indexOf(origin) !== -1) { callback(null, true) } else { callback(null, true) } }',
      null,
    ],
  ])('reads the usual function for origin, and no other: %s', (code, known) => {
    const text = `import cors from 'cors'\nconst list = ['https://a.com']\napp.use(cors({ origin: ${code} }))`
    const [place] = read(text)
    if (known === null) return expect(place?.options).toBeNull()
    const origin = place?.options?.origin as (
      given: string | undefined,
      callback: (error: unknown, allowed?: unknown) => void,
    ) => void
    const asked = (given: string | undefined) => {
      const got: unknown[] = []
      origin(given, (error, allowed) => got.push(error instanceof Error, allowed))
      return got
    }
    expect(asked('https://a.com')).toEqual([false, true])
    expect(asked(undefined)).toEqual(known[0] ? [false, true] : [true, undefined])
    expect(asked('https://b.com')).toEqual(known[1] ? [true, undefined] : [false, false])
  })

  it('reads a plugin that is required where it is registered', () => {
    const text =
      "fastify.register(require('@fastify/cors'), { origin: true })\nfastify.register(require('@fastify/cors'))"
    expect(findOptions(text, 'javascript', 'fastify')).toMatchObject([{ options: { origin: true } }, { options: {} }])
  })

  it('finds nothing in a file that imports another thing of the same name', () => {
    expect(read("import { cors } from './mine.js'\napp.use(cors({}))")).toEqual([])
  })
})

describe('corsmith migrate', () => {
  const SERVER = "const cors = require('cors')\napp.use(cors({ origin: 'https://a.com' }))\n"

  it('prints the policy and the changes, and exits with 0 where pages notice nothing', async () => {
    const { code, out } = await corsmith(['migrate', '--from', 'express', file('server.js', SERVER)])
    expect(code).toBe(0)
    expect(out).toContain("origins: ['https://a.com'],")
    expect(out).toContain('0 refused, 0 wider')
  })

  it('exits with 1 for a refusal, with 2 for a widening, and with 1 for options that it cannot read', async () => {
    const exit = async (options: object) =>
      (await corsmith(['migrate', '--from', 'express', file('o.json', JSON.stringify(options))])).code
    expect(await exit({ origin: true, credentials: true })).toBe(1)
    const regular = file('o.mjs', 'export const options = { origin: /^https:\\/\\/[a-z]+\\.example\\.com$/ }')
    expect((await corsmith(['migrate', '--from', 'express', regular])).code).toBe(2)
    const unread = file('server.js', "const cors = require('cors')\napp.use(cors({ origin: list }))\n")
    const { code, out } = await corsmith(['migrate', '--from', 'express', unread])
    expect([code, out]).toEqual([1, expect.stringContaining('server.js:2\n! not read: list is not written out')])
  })

  it('writes a file whose options were all read, and nothing else', async () => {
    const path = file('server.js', SERVER)
    expect((await corsmith(['migrate', '--from', 'express', path, '--write'])).out).toContain('written: ')
    expect(readFileSync(path, 'utf8')).toMatch(
      /^const \{ cors \} = require\('corsmith\/node'\)\napp\.use\(cors\(\{\n {2}origins: \['https:\/\/a\.com'\],\n/,
    )
    const half = `${SERVER}app.use(cors({ origin: list }))\n`
    const other = file('server.js', half)
    expect((await corsmith(['migrate', '--from', 'express', other, '--write'])).out).toContain('not written: ')
    expect(readFileSync(other, 'utf8')).toBe(half)
  })

  it('writes a change that pages notice only with --accept', async () => {
    const text = "import allow from 'cors'\napp.use(allow({ origin: true, credentials: true }))\n"
    const path = file('app.ts', text)
    await corsmith(['migrate', '--from', 'express', path, '--write'])
    expect(readFileSync(path, 'utf8')).toBe(text)
    await corsmith(['migrate', '--from', 'express', path, '--write', '--accept'])
    expect(readFileSync(path, 'utf8')).toMatch(
      /^import \{ cors as allow \} from 'corsmith\/node'\napp\.use\(allow\(\{\n {2}origins: '\*',/,
    )
  })

  it.each([
    [
      'koa',
      "import cors from '@koa/cors'\napp.use(cors({ origin: 'https://a.com' }))\n",
      /^import \{ cors \} from 'corsmith\/koa'\napp\.use\(cors\(\{\n {2}origins: \['https:\/\/a\.com'\],[\s\S]*\n\}\)\)\n$/,
    ],
    [
      'fastify',
      "import cors from '@fastify/cors'\nawait app.register(cors, {\n  origin: 'https://a.com',\n})\n",
      /^import \{ cors \} from 'corsmith\/fastify'\nawait app\.register\(cors\(\{\n {2}origins: \['https:\/\/a\.com'\],[\s\S]*\n\}\)\)\n$/,
    ],
    [
      'fastify',
      "const plugin = require('@fastify/cors')\napp.register(plugin)\n",
      /^const \{ cors: plugin \} = require\('corsmith\/fastify'\)\napp\.register\(plugin\(\{ origins: '\*', requestHeaders: \['\*', 'Authorization'\] \}\)\)\n$/,
    ],
    [
      'fastify',
      "import cors from '@fastify/cors'\nconst opts = { origin: ['https://a.com'] }\napp.register(cors, opts)\n",
      /\nconst opts = \{\n {2}origins[\s\S]*\n\}\napp\.register\(cors\(opts\)\)\n$/,
    ],
    [
      'nest',
      "import { A } from 'a'\napp.enableCors()\n",
      /^import \{ cors \} from 'corsmith\/node'\nimport \{ A \} from 'a'\napp\.use\(cors\(\{\n {2}origins: '\*',[\s\S]*\n\}\)\)\n$/,
    ],
  ])('writes calls of %s: %s', async (peer, text, expected) => {
    const path = file('server.ts', text)
    await corsmith(['migrate', '--from', peer, path, '--write', '--accept'])
    expect(readFileSync(path, 'utf8')).toMatch(expected)
  })

  it('writes no constant that is used elsewhere too', async () => {
    const text =
      "import cors from 'cors'\nconst o = { origin: ['https://a.com'] }\napp.use(cors(o))\nnew Server(http, { cors: o })\n"
    const path = file('server.js', text)
    expect((await corsmith(['migrate', '--from', 'express', path, '--write'])).out).toContain('not written: ')
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  it.each([
    [['migrate'], /no library: --from express/],
    [['migrate', '--from', 'perl', 'x.json'], /--from "perl": write one of express/],
    [['migrate', '--from', 'express'], /no options: corsmith migrate --from express server.js/],
    [['migrate', '--from', 'express', 'missing.js'], /there is no such file/],
    [['migrate', '--from', 'express', file('a.txt', '')], /options are a \.json file, or a source file/],
    [['migrate', '--from', 'express', file('a.js', 'let a')], /no options of cors found/],
    [['migrate', '--from', 'express', file('a.json', '[]')], /options are an object/],
  ])('ends %s in one line', async (argv, message) => {
    const { code, err } = await corsmith(argv)
    expect(code).toBe(64)
    expect(err).toMatch(message)
    expect(err.trim().split('\n')).toHaveLength(1)
  })
})

describe('corsmith explain --routes', () => {
  const path = file(
    'routes.json',
    JSON.stringify({
      routes: [{ path: '/open/*', policy: { origins: '*' } }],
      else: { origins: ['https://a.com'], credentials: true, methods: ['PUT'] },
    }),
  )

  it('lists the routes, and says which of them answers', async () => {
    const listing = await corsmith(['explain', path, '--routes'])
    expect([listing.code, listing.out]).toEqual([
      0,
      '  /open/*  every method    every origin\n  else     every method    https://a.com, with credentials; PUT\n',
    ])
    const found = await corsmith(['explain', path, 'https://api.example.com/open/x', '--routes'])
    expect([found.code, found.out]).toEqual([
      0,
      expect.stringMatching(/^→ \/open[\s\S]*GET https:\/\/api\.example\.com\/open\/x: \/open\/\* answers/),
    ])
    const both = await corsmith(['explain', path, 'https://api.example.com/%6fpen/x', '--routes'])
    expect([both.code, both.out]).toEqual([1, expect.stringContaining('servers read this path as else or /open/*')])
    const data = JSON.parse((await corsmith(['explain', path, '--routes', '--json'])).out)
    expect(data.table).toHaveLength(2)
  })

  it('explains a request by the policy of its route', async () => {
    const url = 'https://api.example.com/open/x'
    expect((await corsmith(['explain', path, url, '--origin', 'https://b.com'])).code).toBe(0)
    expect((await corsmith(['explain', path, 'https://api.example.com/x', '--origin', 'https://b.com'])).code).toBe(1)
    expect(
      (await corsmith(['explain', path, 'https://api.example.com/%6fpen/x', '--origin', 'https://b.com'])).err,
    ).toContain('every origin is refused')
  })

  it('says what is wrong with a file', async () => {
    const one = file('policy.json', '{ "origins": "*" }')
    expect((await corsmith(['explain', one, '--routes'])).err).toContain('holds one policy, and no routes')
    const bad = file('policy.json', '{ "routes": [{ "path": "x", "policy": { "origins": "*" } }] }')
    expect((await corsmith(['explain', bad, '--routes'])).err).toContain('begins with a slash')
  })
})
