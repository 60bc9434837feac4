import { type AddressInfo, createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stage } from '../diagnose/stage.ts'
import { corsmith, file } from './run.ts'

/** What a terminal, a workflow runner, an XML parser and a Markdown renderer obey. */
const EVIL =
  '\u001b[31mRED\u001b]0;title\u0007\u009b31m\u0085|<script>alert(1)</script>[x](javascript:1)![y](//z)`c`%0A::error::x]]>&amp;"\''

const UNSEEN = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/u

let origin = ''
let close = async () => {}

beforeAll(async () => {
  // A raw socket: the servers of Node do not let such values out.
  const server = createServer((socket) => {
    socket.on('error', () => {})
    const head = `HTTP/1.1 200 OK\r\nServer: ${EVIL}\r\nAccess-Control-Allow-Origin: ${EVIL}\r\nVary: ${EVIL}\r\nAccess-Control-Allow-Methods: ${EVIL}\r\nSet-Cookie: ${EVIL}=1\r\nAccess-Control-Max-Age: ${EVIL}\r\nContent-Length: 0\r\n\r\n`
    socket.once('data', () => socket.end(Buffer.from(head, 'latin1')))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  close = () => new Promise((resolve) => server.close(() => resolve()))
})
afterAll(() => close())

const check = (...argv: string[]) =>
  corsmith(['check', `${origin}/x`, '--origin', 'https://app.example.com', '-X', 'PUT', '--send', ...argv])

describe('what a hostile server says', () => {
  it.each([
    ['-v'],
    ['--json'],
    ['--format', 'github'],
    ['--format', 'sarif'],
    ['--format', 'junit'],
    ['--format', 'markdown'],
  ])('is shown, never obeyed: %s', async (...argv) => {
    const { code, out, err } = await check(...argv)
    expect([code, err]).toEqual([1, ''])
    expect(out).toContain('script')
    expect(UNSEEN.exec(out)).toBeNull()
  })

  it('is one annotation per line, and ends none early', async () => {
    const { out } = await check('--format', 'github')
    for (const line of out.trim().split('\n')) expect(line).toMatch(/^::(error|warning|notice) title=[^:]*::/)
    expect(out).not.toContain('%0A::')
  })

  it('opens no element, link, image, code or cell in Markdown', async () => {
    const { out } = await check('--format', 'markdown')
    const text = out.replaceAll(/\\[\\`*_[\]|~]/g, '')
    expect(text).not.toMatch(/<|javascript:1\)!?\[|!\[y\]|\[x\]/)
    expect(text).not.toContain('`c`')
  })

  it('is XML all the same', async () => {
    const { out } = await check('--format', 'junit')
    expect(unbalanced(out)).toEqual([])
  })

  it('is found again in JSON as it was sent', async () => {
    const { out } = await check('--json')
    const { preflight } = JSON.parse(out)
    expect(preflight.exchange.response.headers).toContainEqual(['Access-Control-Allow-Origin', EVIL])
  })
})

describe('what a hostile file says', () => {
  it('stays a name', async () => {
    const ok = await stage(() => ({}))
    const name = 'a\n::error::x\u202e\ud800</testcase>'
    const path = file('e.json', JSON.stringify([{ name, url: ok.origin, origin: 'https://a.com', expect: 'refused' }]))
    for (const argv of [[], ['--format', 'github'], ['--format', 'junit'], ['--format', 'markdown'], ['--json']]) {
      const { out } = await corsmith(['check', '--expect', path, ...argv])
      expect(UNSEEN.exec(out)).toBeNull()
      expect(out).not.toMatch(/^::error::x/m)
    }
    await ok.close()
  })

  it('stays a file of an annotation', async () => {
    const path = file('a,title=x::y.json', '{"origins":["https://a.com/"]}')
    const { out } = await corsmith(['lint', path, '--format', 'github'])
    expect(out).toContain('a%2Ctitle=x%3A%3Ay.json,title=')
  })
})

/** Names the elements that are not closed where they should be, and the bare characters that no XML may hold. */
function unbalanced(xml: string): readonly string[] {
  const open: string[] = []
  const faults: string[] = []
  const body = xml.replace(/^<\?xml [^>]*\?>/, '')
  const rest = body.replace(/<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g, (_, end: string, name: string) => {
    if (end === '') open.push(name)
    else if (open.pop() !== name) faults.push(name)
    return ''
  })
  if (/[<]|&(?!(amp|lt|gt|quot);)|\]\]>/.test(rest)) faults.push(rest)
  return [...faults, ...open]
}

describe('what a hostile policy says', () => {
  const KEY = 'x\n::error file=src/auth.ts,line=1::pwned\r\n##[error]x\u202e\u001b[31m##vso[task.complete]'
  const policy = (value: object) => file('policy.json', JSON.stringify(value))
  const path = policy({ origins: ['https://a.example.com'], [KEY]: KEY, maxAge: KEY, credentials: KEY, methods: [KEY] })
  const sound = policy({ origins: ['https://a.example.com'] })

  it.each([
    ['lint', path],
    ['lint', path, '--json'],
    ['lint', path, '--format', 'github'],
    ['diff', sound, path],
    ['diff', path, sound, '--json'],
    ['diff', path, sound, '--format', 'github'],
    ['explain', path, '--origin', 'https://a.example.com'],
    ['explain', path, '--origin', 'https://a.example.com', '--json'],
    ['proxy', 'http://127.0.0.1:9', '--policy', path],
    ['proxy', 'http://127.0.0.1:9', '--origins', KEY],
    ['check', KEY],
    ['check', 'https://a.example.com', '--origin', KEY],
    ['check', 'https://a.example.com', KEY],
    ['check', '--expect', policy({ checks: [{ [KEY]: 1 }] })],
    ['check', '--expect', policy({ [KEY]: 1, checks: [{}] })],
    ['check', '--har', KEY],
    ['init', KEY],
    [KEY],
  ])('is shown, never obeyed: %s %s %s', async (...argv) => {
    const { code, out, err } = await corsmith(argv)
    expect(code).not.toBe(0)
    const lines = `${out}${err}`.split('\n')
    expect(UNSEEN.exec(`${out}${err}`)).toBeNull()
    const isOurs = (line: string) => argv.includes('github') && /^::(error|warning) file=[^:]*,title=[^:]*::/.test(line)
    expect(lines.filter((line) => line.trimStart().startsWith('::') && !isOurs(line))).toEqual([])
    expect(lines.filter((line) => /##(vso)?\[/.test(line))).toEqual([])
  })

  it('is short enough to read, and says how much was cut', async () => {
    const long = policy({ origins: ['https://a.example.com'], ['k'.repeat(50_000)]: 'v'.repeat(50_000) })
    for (const argv of [
      ['lint', long],
      ['explain', long, '--origin', 'https://a.example.com'],
      ['diff', sound, long],
    ]) {
      const { out, err } = await corsmith(argv)
      expect(`${out}${err}`.length).toBeLessThan(2_000)
      expect(`${out}${err}`).toMatch(/… \(\d+ more characters\)/)
    }
  })

  it('is no more than that in what a server says', async () => {
    const server = await stage(() => ({
      headers: [
        ['Access-Control-Allow-Origin', `https://${'a'.repeat(9_000)}`],
        ['Server', 'x'.repeat(3_000)],
      ],
    }))
    const url = `${server.origin}/${'b/'.repeat(4_000)}`
    const { out } = await corsmith([
      'check',
      url,
      '--origin',
      'https://app.example.com',
      '-H',
      `X-${'C'.repeat(3_000)}: 1`,
    ])
    const github = await corsmith(['check', url, '--origin', 'https://app.example.com', '--format', 'github'])
    await server.close()
    const lines = out.split('\n').filter((line) => !line.startsWith('Repeat'))
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(1_000)
    expect(out).toMatch(/more characters\)/)
    expect(Math.max(...github.out.split('\n').map((line) => line.length))).toBeLessThan(1_500)
  })
})
