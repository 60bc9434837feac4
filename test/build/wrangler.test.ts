// wrangler, offline: both ways to a compiled policy, from the folder of an example to what workerd answers.
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCors } from '../../src/index.ts'
import { DEFECTS } from '../../src/policy/catalogue.ts'
import { serveWorkerd } from '../bench/servers/workerd.ts'
import { APP, STRANGER } from '../support/exchanges.ts'

const ROOT = join(import.meta.dirname, '../..')
const SENTENCES = Object.values(DEFECTS).flatMap((table) => Object.values<string>(table))
const POLICY = { origins: [APP], methods: ['PUT'] } as const

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'corsmith-wrangler-'))
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
  for (const name of ['esbuild', 'hono'])
    symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name))
  symlinkSync(ROOT, join(folder, 'node_modules/corsmith'))
  writeFileSync(join(folder, 'node_modules/.bin/corsmith'), `#!/bin/sh\nexec node '${ROOT}/dist/src/cli.js' "$@"\n`, {
    mode: 0o755,
  })
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Lets wrangler build a project as for a deployment, and gives the file that it would upload. */
async function deployed(name: string): Promise<string> {
  const cwd = join(folder, name)
  const wrangler = join(ROOT, 'node_modules/.bin/wrangler')
  const PATH = `${join(folder, 'node_modules/.bin')}:${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`
  const env = {
    ...process.env,
    PATH,
    CI: 'true',
    NO_COLOR: '1',
    WRANGLER_SEND_METRICS: 'false',
    XDG_CONFIG_HOME: folder,
  }
  await promisify(execFile)(wrangler, ['deploy', '--dry-run', '--minify', '--outdir', 'out'], { cwd, env })
  return readFileSync(join(cwd, 'out/worker.js'), 'utf8')
}

/** Asks the worker in workerd what a policy of this process would say too. */
async function expectSameAnswers(code: string): Promise<void> {
  await using server = await serveWorkerd(code, {})
  const wrapped = createCors(POLICY).wrap(() => new Response())
  for (const origin of [APP, STRANGER]) {
    for (const method of ['GET', 'OPTIONS']) {
      const headers = { Origin: origin, 'Access-Control-Request-Method': 'PUT' }
      const answer = await fetch(`http://127.0.0.1:${server.port}/a`, { method, headers })
      const expected = wrapped(new Request('https://api.example.net/a', { method, headers }))
      const shown = (response: Response) =>
        ['Access-Control-Allow-Origin', 'Access-Control-Allow-Methods', 'Vary'].map((name) =>
          response.headers.get(name),
        )
      expect([answer.status, ...shown(answer)]).toEqual([expected.status, ...shown(expected)])
    }
  }
}

describe('wrangler deploy', () => {
  it('runs esbuild with the plugin, as examples/bundled does', { timeout: 60_000 }, async () => {
    cpSync(join(ROOT, 'examples/bundled'), join(folder, 'bundled'), { recursive: true })
    const code = await deployed('bundled')
    expect(SENTENCES.filter((sentence) => code.includes(sentence))).toEqual([])
    // The application itself, and what two bundlers in a row add, are about 200 bytes.
    expect(brotliCompressSync(code).length).toBeLessThanOrEqual(2_100 + 220)
    await expectSameAnswers(code)
  })

  it('runs corsmith compile js, as docs/compiled.md shows', { timeout: 60_000 }, async () => {
    const toml = /```toml\n# wrangler\.toml\n([\s\S]*?)```/.exec(
      readFileSync(join(ROOT, 'docs/compiled.md'), 'utf8'),
    )?.[1]
    mkdirSync(join(folder, 'compiled/src'), { recursive: true })
    writeFileSync(join(folder, 'compiled/wrangler.toml'), `name = "a"\ncompatibility_date = "2026-09-01"\n${toml}`)
    writeFileSync(join(folder, 'compiled/package.json'), '{ "type": "module" }')
    writeFileSync(join(folder, 'compiled/policy.json'), JSON.stringify(POLICY))
    writeFileSync(
      join(folder, 'compiled/src/worker.ts'),
      "import { wrap } from './cors.js'\nexport default { fetch: wrap(() => new Response('hello')) }\n",
    )
    const code = await deployed('compiled')
    expect(SENTENCES.filter((sentence) => code.includes(sentence))).toEqual([])
    // wrangler keeps the names of functions (`keep_names`), which is 0.25 KB.
    expect(brotliCompressSync(code).length).toBeLessThanOrEqual(1_638 + 300)
    await expectSameAnswers(code)
  })

  it('stops for a policy with a defect, at its line', { timeout: 60_000 }, async () => {
    cpSync(join(ROOT, 'examples/bundled'), join(folder, 'wrong'), { recursive: true })
    const source = join(folder, 'wrong/src/worker.ts')
    writeFileSync(source, readFileSync(source, 'utf8').replace(`'${APP}'`, `'${APP}/'`))
    const failed = await deployed('wrong').then(
      () => 'deployed',
      (error: { stderr: string; stdout: string }) => `${error.stdout}${error.stderr}`,
    )
    expect(failed).toContain(`src/worker.ts:5:15 origins[0]: "${APP}/"`)
    expect(failed).toContain('an origin has no trailing slash')
  })
})
