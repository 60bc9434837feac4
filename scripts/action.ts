/**
 * What action.yml runs: lints a policy, compares it with the one of the base branch, and checks a
 * server against expectations. It runs the command of its own checkout, so nothing is installed.
 */
import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const { env } = process
const CLI = join(import.meta.dirname, '../src/cli.ts')

/** By this mark the comment of an earlier run is found. */
const MARK = '<!-- corsmith: policy -->'

interface Ran {
  readonly code: number
  readonly out: string
}

function run(program: string, args: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  process.stderr.write(stderr)
  return { code: status ?? 1, out: stdout }
}

const corsmith = (...args: string[]): Ran => run(process.execPath, [CLI, ...args])

function append(variable: string, text: string): void {
  const path = env[variable]
  if (path) appendFileSync(path, text)
}

const printed = ({ code, out }: Ran): number => {
  process.stdout.write(out)
  return code
}

/** The folder with the files of the base branch; null where there is no base, or git does not have it. */
function baseFolder(): string | null {
  const { GITHUB_BASE_REF: base } = env
  if (!base) return null
  const folder = mkdtempSync(join(env.RUNNER_TEMP ?? tmpdir(), 'corsmith-base-'))
  const ref = `refs/heads/${base}`
  if (run('git', ['fetch', '--depth=1', '--no-tags', 'origin', ref]).code !== 0) return null
  return run('git', ['worktree', 'add', '--detach', folder, 'FETCH_HEAD']).code === 0 ? folder : null
}

/** Compares the policy with the base branch's. Gives null where there is nothing to compare. */
async function compare(policy: string): Promise<number | null> {
  const folder = baseFolder()
  if (folder === null) return null
  try {
    const before = join(folder, policy)
    if (!existsSync(before)) {
      console.log(`::notice file=${policy}::a new policy: the base branch has none to compare it with`)
      return null
    }
    const code = printed(corsmith('diff', before, policy, '--format', 'github'))
    if (code > 1) return code
    const { out } = corsmith('diff', before, policy, '--format', 'markdown')
    append('GITHUB_STEP_SUMMARY', `${out}\n`)
    append('GITHUB_OUTPUT', `wider=${code === 1}\n`)
    if (env.CORSMITH_COMMENT === 'true') await comment(out, code === 1)
    return env.CORSMITH_ALLOW_WIDER === 'true' ? 0 : code
  } finally {
    run('git', ['worktree', 'remove', '--force', folder])
  }
}

interface Comment {
  readonly id: number
  readonly body?: string
}

/**
 * Comments on the pull request, or renews the comment of an earlier run. A policy that is no longer
 * wider gets no first comment. A token that may not write is a warning: the summary has the text.
 */
async function comment(text: string, isWider: boolean): Promise<void> {
  const event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? '', 'utf8'))
  const number: unknown = event.pull_request?.number
  if (typeof number !== 'number') return
  const root = `${env.GITHUB_API_URL}/repos/${env.GITHUB_REPOSITORY}/issues`
  const ask = async (path: string, method = 'GET', body?: object): Promise<unknown> => {
    const headers = { Authorization: `Bearer ${env.CORSMITH_TOKEN}`, Accept: 'application/vnd.github+json' }
    const response = await fetch(`${root}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`)
    return response.json()
  }
  try {
    const comments = (await ask(`/${number}/comments?per_page=100`)) as readonly Comment[]
    const own = comments.find(({ body }) => body?.startsWith(MARK))
    const body = `${MARK}\n${text}`
    if (own !== undefined) await ask(`/comments/${own.id}`, 'PATCH', { body })
    else if (isWider) await ask(`/${number}/comments`, 'POST', { body })
  } catch (error) {
    console.log(`::warning::the pull request has no comment of corsmith: ${String(error)}`)
  }
}

const { CORSMITH_POLICY: policy, CORSMITH_EXPECT: expectations, CORSMITH_URL: url } = env
if (!policy && !expectations) {
  console.log('::error::corsmith has nothing to do: set policy, expect or both')
  process.exit(64)
}
const codes: number[] = []
if (policy) {
  codes.push(printed(corsmith('lint', policy, '--format', 'github', '--fail-on', env.CORSMITH_FAIL_ON || 'error')))
  codes.push((await compare(policy)) ?? 0)
}
if (expectations) {
  codes.push(printed(corsmith('check', ...(url ? [url] : []), '--expect', expectations, '--format', 'github')))
}
process.exitCode = Math.max(...codes)
