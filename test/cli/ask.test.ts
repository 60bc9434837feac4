// A command line that says nothing asks, in a terminal and nowhere else.
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { stage } from '../diagnose/stage.ts'
import { corsmith } from './run.ts'

const CLI = join(import.meta.dirname, '../../src/cli.ts')
const lineFor = (url: string) =>
  `Access to fetch at '${url}' from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`

/** Runs a command line in front of a user who gives these answers. */
async function answered(argv: readonly string[], ...answers: readonly (string | null)[]) {
  const questions: string[] = []
  const ran = await corsmith(argv, {
    ask: async (question) => {
      questions.push(question)
      return answers[questions.length - 1] ?? null
    },
  })
  return { ...ran, questions }
}

describe('corsmith without a request, in a terminal', () => {
  it('explains the line that is pasted, and asks the server', async () => {
    const api = await stage(() => ({}))
    const { code, out, questions } = await answered([], lineFor(`${api.origin}/users`), '')
    await api.close()
    expect(questions).toEqual(['> ', 'Ask the server now? [Y/n] '])
    expect(out).toContain('allow-origin-missing')
    expect(out).toContain('blocked')
    expect(code).toBe(1)
  })

  it('sends nothing where the user says no', async () => {
    const { code, out } = await answered([], lineFor('http://127.0.0.1:1/users'), 'n')
    expect([code, out.includes('Find the cause:')]).toEqual([0, true])
  })

  it('asks for the page of a URL, again where the answer is none', async () => {
    const api = await stage(() => ({ headers: [['Access-Control-Allow-Origin', '*']] }))
    const { code, out, questions } = await answered(
      ['check'],
      ` ${api.origin}/users `,
      'nonsense',
      'https://app.example.com/page',
    )
    await api.close()
    expect(questions).toHaveLength(3)
    expect([code, out.includes('is not an origin')]).toEqual([0, true])
  })

  it('reads a copied request', async () => {
    const api = await stage(() => ({ headers: [['Access-Control-Allow-Origin', '*']] }))
    const curl = `curl '${api.origin}/users' \\\n  -H 'Origin: https://app.example.com'`
    const { code, questions } = await answered([], curl)
    await api.close()
    expect([code, questions]).toEqual([0, ['> ']])
  })

  it.each([[null], ['']])('ends where nothing is pasted: %j', async (answer) => {
    const { code, err } = await answered([], answer)
    expect([code, err.includes('nothing was pasted')]).toEqual([64, true])
  })

  it('asks nothing where there is anything else on the command line', async () => {
    for (const argv of [['check', '--json'], ['--json'], ['check', '--origin', 'https://a.com'], ['lint']]) {
      const { code, questions } = await answered(argv, 'https://a.com')
      expect([argv, code, questions]).toEqual([argv, 64, []])
    }
  })
})

describe('the real command', () => {
  it('does not ask where its input or its output is no terminal', () => {
    const { status, stdout } = spawnSync(process.execPath, [CLI], {
      encoding: 'utf8',
      input: lineFor('http://127.0.0.1:1/'),
      timeout: 20_000,
    })
    expect([status, stdout.includes('corsmith check')]).toEqual([64, true])
  })

  it('takes a paste of several lines as one answer, in a pseudo-terminal', async () => {
    const child = spawn('script', ['-qec', `${process.execPath} ${CLI}`, '/dev/null'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    let seen = ''
    child.stdout.on('data', (text: Buffer) => (seen += text))
    const until = async (text: string) => {
      for (let i = 0; i < 400 && !seen.includes(text); i++) await delay(25)
      expect(seen).toContain(text)
    }
    await until('> ')
    child.stdin.write(`${lineFor('http://127.0.0.1:1/users').replace(' has been', '\rhas been')}\r`)
    await until('Ask the server now?')
    child.stdin.write('n\r')
    const code = await Promise.race([new Promise((resolve) => child.on('close', resolve)), delay(10_000, 'late')])
    child.kill()
    expect(seen).toContain('allow-origin-missing')
    expect(code).toBe(0)
  }, 30_000)
})
