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
