// Files as strangers write them. Nothing of them runs, nothing of them is lost, and each ends in one clear line.
import { existsSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { PeerName } from '../../src/migrate/peer.ts'
import { findOptions } from '../../src/migrate/source/calls.ts'
import { mask } from '../../src/migrate/source/mask.ts'
import { corsmith, file } from '../cli/run.ts'

const IMPORT = "import cors from 'cors'\n"
const OPTIONS = "{ origin: 'https://a.com' }"

async function write(peer: PeerName, name: string, text: string | Buffer) {
  const path = file(name, text)
  const ran = await corsmith(['migrate', '--from', peer, path, '--write', '--accept'])
  return { ...ran, path, after: readFileSync(path) }
}

describe('corsmith migrate on code of strangers', () => {
  it('runs nothing', async () => {
    const trace = join(mkdtempSync(join(tmpdir(), 'corsmith-trace-')), 'ran')
    const effect = `require('node:fs').writeFileSync(${JSON.stringify(trace)}, '')\n`
    const { code, out } = await write(
      'express',
      'o.cjs',
      `${effect}process.exit(99)\nmodule.exports = { origin: 'https://a.com' }`,
    )
    expect([code, out, existsSync(trace)]).toEqual([1, expect.stringContaining("origins: ['https://a.com']"), false])
    const getter = await write('express', 'o.cjs', `${effect}module.exports = { get origin() { ${effect} } }`)
    expect([getter.code, existsSync(trace)]).toEqual([64, false])
  })

  it.each([
    ['a getter', `{ get origin() { return 'https://a.com' } }`, 'get is not written out'],
    ['a method', '{ origin(o, cb) { cb(null, true) } }', 'origin is not written out'],
    ['a computed name', "{ ['origin']: '*' }", 'not written out'],
    ['a spread of what is not there', `{ ...extra }`, 'extra is not written out'],
    ['a call', '{ origin: list() }', 'list is not written out'],
    ['a number in another notation', '{ maxAge: 0x10 }', 'maxAge is not written out'],
    ['options of another file', 'options', 'options is not written out in this file'],
  ])('lists %s, and leaves the file alone', async (_, options, why) => {
    const text = `${IMPORT}import { options } from './options.js'\napp.use(cors(${options}))\n`
    const { code, out, after } = await write('express', 'a.js', text)
    expect(out).toContain(why)
    expect([code, after.toString()]).toEqual([1, text])
  })

  it.each([
    ['a prototype', `{ __proto__: { origin: '*' }, constructor: 1, origin: 'https://a.com' }`],
    ['a name that is given twice', "{ origin: '*', origin: 'https://a.com' }"],
    ['brackets', `(${OPTIONS})`],
    ['a type', `${OPTIONS} as const satisfies cors.CorsOptions`],
    ['a comma', `${OPTIONS},`],
  ])('reads options with %s', (_, options) => {
    const [place] = findOptions(`${IMPORT}app.use(cors(${options}))`, 'javascript', 'express')
    expect([Object.hasOwn(place?.options ?? {}, 'origin'), place?.options?.origin]).toEqual([true, 'https://a.com'])
    expect(Object.getPrototypeOf(place?.options)).toBe(Object.prototype)
  })

  it.each([
    ["import { default as allow } from 'cors'", 'allow', "import { cors as allow } from 'corsmith/node'"],
    ["import * as allow from 'cors'", 'allow', "import { cors as allow } from 'corsmith/node'"],
    ["import cors = require('cors')", 'cors', "import { cors } from 'corsmith/node'"],
    ["const { default: allow } = require('cors');", 'allow', "const { cors: allow } = require('corsmith/node');"],
    ["import cors from 'cors' with { type: 'js' }", 'cors', "import { cors } from 'corsmith/node'"],
    ["var cors = require('cors').default", 'cors', "var { cors } = require('corsmith/node')"],
    ['import cors, { type CorsRequest as R } from "cors"', 'cors', 'import { cors } from "corsmith/node"'],
  ])('follows %s', async (line, name, expected) => {
    const { after } = await write('express', 'a.ts', `${line}\napp.use(${name}<Request>(${OPTIONS}))\n`)
    expect(after.toString()).toMatch(/^(.+)\napp\.use\(\w+\(\{\n/)
    expect(after.toString().split('\n')[0]).toBe(expected)
  })

  it('takes texts, templates, expressions and comments for what they are', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a text that is read.
    const hidden = ["`cors({}) ${'`'} ${`}`} cors({})`", '/cors({})/', '"cors({})"', '/* cors({}) */ 1', '/[/"\'`]/']
    const text = `${IMPORT}const a = [${hidden.join(', ')}] // cors({})\nuse(cors(${OPTIONS}))`
    expect(findOptions(text, 'javascript', 'express')).toMatchObject([
      { line: 3, options: { origin: 'https://a.com' } },
    ])
    expect(mask(text, 'javascript')).toHaveLength(text.length)
  })

  it.each([
    ['Windows', '\r\n', ''],
    ['old Macs', '\r', ''],
    ['Windows, with a byte order mark', '\r\n', '\uFEFF'],
  ])('keeps the line endings of %s', async (_, eol, mark) => {
    const { after } = await write(
      'express',
      'a.js',
      `${mark}${IMPORT}app.use(cors(${OPTIONS}))\n`.replaceAll('\n', eol),
    )
    const text = after.toString()
    expect([text.startsWith(mark), text.replaceAll(eol, '').match(/[\r\n]/)]).toEqual([true, null])
    expect(text.split(eol).length).toBeGreaterThan(5)
  })

  it('leaves a file alone that is not UTF-8', async () => {
    const bytes = Buffer.from(`// caf\xe9\n${IMPORT}app.use(cors(${OPTIONS}))\n`, 'latin1')
    const { code, out, after } = await write('express', 'a.js', bytes)
    expect([code, out, after.equals(bytes)]).toEqual([1, expect.stringContaining('this file is not UTF-8'), true])
  })

  const many = (text: string, count: number) => text.repeat(count)
  it.each([
    [
      'lists without end',
      'express',
      'a.js',
      `${IMPORT}app.use(cors({ origin: ${many('[', 100_000)}`,
      'nested too deeply',
    ],
    ['brackets without end', 'flask', 'a.py', `CORS(app, origins=${many('(', 100_000)}`, 'nested too deeply'],
    ['arrays without end', 'spring', 'A.java', `@CrossOrigin(origins = ${many('{', 100_000)}`, 'not a value'],
    ['white space', 'express', 'a.js', `import${many(' ', 500_000)}x\n${IMPORT}cors(x)`, 'x is not written out'],
    ['slashes', 'express', 'a.js', `${IMPORT}${many('= /[', 20_000)}`, 'no options of cors found'],
    ['templates', 'express', 'a.js', `${IMPORT}${many('`$' + '{', 100_000)}`, 'no options of cors found'],
    ['declarations', 'express', 'a.js', `${IMPORT}${many('const a:', 50_000)}\ncors(a)`, 'a is not written out'],
    ['calls', 'express', 'a.js', IMPORT + many(`cors(${OPTIONS})\n`, 5000), '5000 places'],
    ['settings', 'django', 's.py', many("CORS_ALLOWED_ORIGINS = ['https://a.com']\n", 5000), '5000 places'],
    ['annotations', 'spring', 'A.java', many('@CrossOrigin("https://a.com") class A {}\n', 5000), '5000 places'],
    ['header lines', 'next', 'a.js', many("r.set('Access-Control-Allow-Origin', '*')\n", 5000), '500 are read at most'],
  ] as const)(
    'ends in one line on a file full of %s',
    async (_, peer, name, text, why) => {
      const { code, out, err, after } = await write(peer, name, text)
      const lines = (out + err).split('\n').filter((line) => line.includes(why))
      expect([code > 0, lines.length > 0, after.toString() === text]).toEqual([true, true, true])
    },
    20_000,
  )

  it.each([
    ['express', 'a.js', /is 200 MB: a source file has 8 MB at most/],
    ['express', 'a.json', /is 200 MB: the limit is 100 MB/],
    ['spring', 'application.yml', /is 200 MB: a source file has 8 MB at most/],
  ] as const)('does not read 200 MB: %s %s', async (peer, name, message) => {
    const path = file(name, '')
    truncateSync(path, 200 * 1024 * 1024)
    const { code, err } = await corsmith(['migrate', '--from', peer, path])
    expect([code, err.trim().split('\n').length]).toEqual([64, 1])
    expect(err).toMatch(message)
  })

  it('names a file that cannot be written', async () => {
    const { err } = await corsmith(['migrate', '--from', 'express', tmpdir(), '--write'])
    expect(err).toContain('options are a .json file, or a source file')
    const folder = mkdtempSync(join(tmpdir(), 'corsmith-taken-'))
    writeFileSync(join(folder, 'a.py'), 'CORS(app, origins="https://a.com")\n')
    writeFileSync(join(folder, 'policy.json'), '{')
    const { code, err: broken } = await corsmith(['migrate', '--from', 'flask', join(folder, 'a.py'), '--write'])
    expect([code, broken]).toEqual([64, expect.stringContaining('is not JSON')])
  })
})
