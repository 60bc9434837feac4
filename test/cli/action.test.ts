// The action of the repository and the snippet for GitLab, run as their runners run them.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { ORIGIN, stage } from '../diagnose/stage.ts'

// Each case starts several processes.
vi.setConfig({ testTimeout: 60_000 })

const ROOT = join(import.meta.dirname, '../..')
const NARROW = { origins: [ORIGIN] }
const WIDE = { origins: [ORIGIN], methods: ['PUT'] }
const EXPECT = (base: string) => ({ base, checks: [{ origin: ORIGIN, expect: 'shared' }] })

/** A clone with a change to the policy, of a repository whose main branch has another one. */
function repository(before: object | null, after: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'corsmith-action-'))
  const [origin, clone] = [join(folder, 'origin'), join(folder, 'clone')]
  const git = (...args: readonly string[]) => {
    const { status, stderr } = spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@a', ...args], {
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(stderr)
  }
  git('init', '-q', '-b', 'main', origin)
  if (before !== null) writeFileSync(join(origin, 'cors.policy.json'), JSON.stringify(before))
  writeFileSync(join(origin, 'README'), '')
  git('-C', origin, 'add', '.')
  git('-C', origin, 'commit', '-qm', 'start')
  git('clone', '-q', '--depth=1', `file://${origin}`, clone)
  writeFileSync(join(clone, 'cors.policy.json'), JSON.stringify(after))
  return clone
}

interface Asked {
  readonly call: string
  readonly body: string
}

/** The part of GitHub's API that keeps comments. */
async function github(comments: readonly object[], status = 200) {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    asked.push({ call: `${request.method} ${request.url}`, body: body === '' ? '' : JSON.parse(body).body })
    response.writeHead(status).end(JSON.stringify(comments))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close: () => server.close() }
}

function execute(file: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
  return new Promise<{ code: number | null; out: string }>((resolve) => {
    const child = spawn(file, args, { cwd, env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env } })
    let out = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (out += text))
    child.on('close', (code) => resolve({ code, out }))
  })
}

/** Runs the action in a pull request. */
async function action(cwd: string, inputs: Record<string, string>, api = 'http://127.0.0.1:1') {
  const folder = mkdtempSync(join(tmpdir(), 'corsmith-runner-'))
  const [output, summary, event] = ['output', 'summary', 'event.json'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  writeFileSync(output, '')
  writeFileSync(summary, '')
  writeFileSync(event, '{ "pull_request": { "number": 7 } }')
  const ran = await execute(process.execPath, [join(ROOT, 'scripts/action.ts')], cwd, {
    GITHUB_BASE_REF: 'main',
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_EVENT_PATH: event,
    GITHUB_API_URL: api,
    GITHUB_REPOSITORY: 'a/b',
    RUNNER_TEMP: folder,
    ...inputs,
  })
  return { ...ran, output: readFileSync(output, 'utf8'), summary: readFileSync(summary, 'utf8') }
}

const POLICY = { CORSMITH_POLICY: 'cors.policy.json' }

describe('the action', () => {
  it('fails for a policy that allows more, and comments once', async () => {
    const api = await github([])
    const inputs = { ...POLICY, CORSMITH_COMMENT: 'true', CORSMITH_TOKEN: 't' }
    const { code, out, output, summary } = await action(repository(NARROW, WIDE), inputs, api.url)
    api.close()
    expect([code, output]).toEqual([1, 'wider=true\n'])
    expect(out).toContain('::error file=cors.policy.json,title=CORS policy widened::pages may send PUT')
    expect(summary).toContain('allows more than before')
    expect(api.asked.map(({ call }) => call)).toEqual([
      'GET /repos/a/b/issues/7/comments?per_page=100',
      'POST /repos/a/b/issues/7/comments',
    ])
    expect(api.asked[1]?.body).toContain('pages may send PUT')
  })

  it('renews its comment when the policy is narrow again, and writes no first one', async () => {
    const inputs = { ...POLICY, CORSMITH_COMMENT: 'true' }
    const first = await github([
      { id: 1, body: 'of a person' },
      { id: 5, body: '<!-- corsmith: policy -->\nold' },
    ])
    const renewed = await action(repository(WIDE, NARROW), inputs, first.url)
    first.close()
    expect([renewed.code, renewed.output]).toEqual([0, 'wider=false\n'])
    expect(first.asked[1]?.call).toBe('PATCH /repos/a/b/issues/comments/5')
    const second = await github([])
    await action(repository(WIDE, NARROW), inputs, second.url)
    second.close()
    expect(second.asked).toHaveLength(1)
  })

  it('does not fail for a token that may not comment, nor with allow-wider', async () => {
    const api = await github([], 403)
    const inputs = { ...POLICY, CORSMITH_COMMENT: 'true', CORSMITH_ALLOW_WIDER: 'true' }
    const { code, out } = await action(repository(NARROW, WIDE), inputs, api.url)
    api.close()
    expect([code, out.includes('::warning::')]).toEqual([0, true])
  })

  it('compares nothing where there is no earlier policy, and outside of a pull request', async () => {
    const added = await action(repository(null, WIDE), POLICY)
    expect([added.code, added.output, added.out.includes('a new policy')]).toEqual([0, '', true])
    const pushed = await action(repository(NARROW, WIDE), { ...POLICY, GITHUB_BASE_REF: '' })
    expect([pushed.code, pushed.output]).toEqual([0, ''])
  })

  it('lints the policy, and checks a server against expectations', async () => {
    const defect = await action(repository(NARROW, { origins: [`${ORIGIN}/`] }), POLICY)
    expect([defect.code, defect.out.includes('::error file=cors.policy.json')]).toEqual([64, true])
    for (const [headers, exit] of [
      [[['Access-Control-Allow-Origin', '*']], 0],
      [[], 1],
    ] as const) {
      const server = await stage(() => ({ headers }))
      const clone = repository(NARROW, NARROW)
      writeFileSync(join(clone, 'cors.expect.json'), JSON.stringify(EXPECT('https://staging.invalid')))
      const { code } = await action(clone, { CORSMITH_EXPECT: 'cors.expect.json', CORSMITH_URL: server.origin })
      await server.close()
      expect(code).toBe(exit)
    }
  })

  it('says when it has nothing to do', async () => {
    expect(await action(ROOT, {})).toMatchObject({ code: 64 })
  })

  it('gives the script each of its inputs, and no text of them', () => {
    const text = readFileSync(join(ROOT, 'action.yml'), 'utf8')
    const inputs = [...(/^inputs:\n(.*?)^outputs:/ms.exec(text)?.[1] ?? '').matchAll(/^ {2}([a-z-]+):$/gm)].map(
      ([, name = '']) => name,
    )
    const given = [...text.matchAll(/CORSMITH_([A-Z_]+): \$\{\{ inputs\.([a-z-]+) \}\}/g)]
    expect(given.map(([, , name]) => name)).toEqual(inputs)
    expect(given.map(([, variable = '']) => variable.toLowerCase().replaceAll('_', '-'))).toEqual(inputs)
    expect(/run: .*\$\{\{/.test(text)).toBe(false)
    const documented = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8')
    expect(inputs.filter((name) => !documented.includes(`| \`${name}\``))).toEqual([])
  })
})

describe('the snippet for GitLab', () => {
  const page = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8')
  const lines = [...(/^ {2}script:\n(.*?)^ {2}artifacts:/ms.exec(page)?.[1] ?? '').matchAll(/^ {4}- (.*)$/gm)].map(
    ([, line = '']) => line,
  )

  it.each([
    [NARROW, WIDE, 1],
    [WIDE, NARROW, 0],
  ])('runs its lines: %j, then %j', async (before, after, exit) => {
    const server = await stage(() => ({ headers: [['Access-Control-Allow-Origin', '*']] }))
    const clone = repository(before, after)
    writeFileSync(join(clone, 'cors.expect.json'), JSON.stringify(EXPECT(server.origin)))
    const shim = `npx() { shift; "${process.execPath}" "${join(ROOT, 'src/cli.ts')}" "$@"; }`
    const { code } = await execute('bash', ['-ec', [shim, ...lines].join('\n')], clone, {
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
    })
    await server.close()
    expect([lines.length, code]).toEqual([5, exit])
    if (exit === 0) expect(readFileSync(join(clone, 'cors.xml'), 'utf8')).toContain('failures="0"')
  })
})
