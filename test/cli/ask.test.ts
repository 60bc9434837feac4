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

  it('asks what caused a preflight, where the line does not say', async () => {
    const api = await stage(({ isPreflight }) => ({ status: isPreflight ? 401 : 200 }))
    const line = `Access to fetch at '${api.origin}/users' from origin 'https://app.example.com' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: It does not have HTTP ok status.`
    const { out, questions } = await answered([], line, 'y', 'patch', 'authorization, content-type')
    await api.close()
    expect(questions).toHaveLength(4)
    expect(out).toContain('Add -X and -H as the page sends them')
    expect(out).toContain('PATCH')
    expect(out).toContain('headers authorization, content-type: application/json')
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

describe('corsmith check -, with a text on standard input', () => {
  const piped = (text: string, ...more: readonly string[]) =>
    corsmith(['check', '-', ...more], { readInput: async () => text })

  it.each([
    ['a copied request', (url: string) => `curl '${url}' \\\n  -X 'PUT' \\\n  -H 'Origin: https://app.example.com'\n`],
    [
      'the same from the command prompt',
      (url: string) => `curl ^"${url}^" ^\n -X ^"PUT^" ^\n -H ^"Origin: https://app.example.com^"`,
    ],
    [
      'a command with its prompt and its answer',
      (url: string) =>
        `$ curl -i -X PUT ${url} -H 'Origin: https://app.example.com'\nHTTP/1.1 401 Unauthorized\nServer: x\n\n{"error":"no"}`,
    ],
    [
      'a copied fetch()',
      (url: string) => `fetch("${url}", { "referrer": "https://app.example.com/", "method": "PUT" });`,
    ],
    [
      'the headers panel of Chrome',
      (url: string) =>
        `Request URL\n${url}\nRequest Method\nOPTIONS\nStatus Code\n401 Unauthorized\nReferrer Policy\nstrict-origin-when-cross-origin\naccess-control-request-method\nPUT\norigin\nhttps://app.example.com`,
    ],
    [
      'the same in one line for each header',
      (url: string) =>
        `Request URL: ${url}\nRequest Method: PUT\nStatus Code: 403 Forbidden\nAuthorization: Bearer x\nOrigin: https://app.example.com`,
    ],
    [
      'curl -v',
      (url: string) =>
        `* Connected to 127.0.0.1\n> OPTIONS /users HTTP/1.1\n> Host: ${new URL(url).host}\n> Origin: https://app.example.com\n> Access-Control-Request-Method: PUT\n>\n< HTTP/1.1 401 Unauthorized\n<`,
    ],
    [
      'a command with the prompt of a shell',
      (url: string) => `me@host:~/app$ curl -I -X PUT ${url} -H 'Origin: https://app.example.com'`,
    ],
    [
      'PowerShell',
      (url: string) =>
        `Invoke-WebRequest -Uri "${url}" \`\n-Method "PUT" \`\n-Headers @{ "Origin"="https://app.example.com" }`,
    ],
  ])('examines %s', async (_, paste) => {
    const api = await stage(() => ({ headers: [['Access-Control-Allow-Origin', '*']] }))
    const { code, out, err } = await piped(paste(`${api.origin}/users`))
    await api.close()
    expect(err).toBe('')
    expect(out).toContain(`PUT ${api.origin}/users   from https://app.example.com`)
    expect(code).toBe(1)
  })

  it('examines a call from source code, with the page from the command line', async () => {
    const api = await stage(() => ({ headers: [['Access-Control-Allow-Origin', '*']] }))
    const call = `const { data } = await axios.patch('${api.origin}/users', { name }, { withCredentials: true })`
    const { out } = await piped(call, '--origin', 'https://app.example.com')
    await api.close()
    expect(out).toContain(`PATCH ${api.origin}/users   from https://app.example.com   credentials: include`)
  })

  it('reads nothing where - is the value of an option', async () => {
    const { err } = await corsmith(['check', '-d', '-'], { readInput: async () => 'x' })
    expect(err).toContain('no URL')
  })

  it('explains a line', async () => {
    const { code, out } = await piped(lineFor('https://api.example.com/users'))
    expect([code, out.includes('allow-origin-missing')]).toEqual([0, true])
  })

  it('says that a preflight in a panel does not name its method', async () => {
    const { code, err } = await piped(
      'Request URL:\nhttps://api.example.com/x\nRequest Method:\nOPTIONS\norigin:\nhttps://a.com',
    )
    expect([code, err.includes('does not contain the method')]).toEqual([64, true])
  })

  it('names --har for an archive', async () => {
    const { code, err } = await piped('{ "log": { "entries": [] } }')
    expect([code, err.includes('--har')]).toEqual([64, true])
  })

  it('says what to do with an answer alone, and with nothing', async () => {
    const answer = await piped('HTTP/2 200\naccess-control-allow-origin: *\n')
    expect([answer.code, answer.err.includes('the answer of a server, without the request')]).toEqual([64, true])
    const nothing = await piped(' \n')
    expect([nothing.code, nothing.err.includes('nothing was pasted')]).toEqual([64, true])
  })
})

describe('the real command', () => {
  it('reads standard input for check -', () => {
    const { status, stdout } = spawnSync(process.execPath, [CLI, 'check', '-'], {
      encoding: 'utf8',
      input: lineFor('https://api.example.com/'),
      timeout: 20_000,
    })
    expect([status, stdout.includes('allow-origin-missing')]).toEqual([0, true])
  })

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
