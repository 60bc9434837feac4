import { spawnSync } from 'node:child_process'
import { closeSync, ftruncateSync, openSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { corsmith, file } from './run.ts'

const ORIGIN = ['--origin', 'https://app.example.com']

/** A file of 200 MB that takes no room. */
function sparse(): string {
  const path = file('big.har', '')
  const handle = openSync(path, 'r+')
  ftruncateSync(handle, 200 * 1024 * 1024)
  closeSync(handle)
  return path
}

describe('what the user wrote, and cannot be used', () => {
  it.each([
    [[], ''],
    [['chekc'], 'is not a command'],
    [['check'], 'no URL'],
    [['check', 'https://api.example.com/'], 'no origin of a page'],
    [['check', 'foo', ...ORIGIN], 'is not a URL'],
    [['check', 'ftp://x/', ...ORIGIN], 'is not http or https'],
    [['check', 'https://u:p@api.example.com/', ...ORIGIN], 'user or password'],
    [['check', 'https://a.com', '--origin', 'nonsense'], 'is not an origin'],
    [['check', 'https://a.com', ...ORIGIN, '-X', 'TRACE'], 'forbidden'],
    [['check', 'https://a.com', ...ORIGIN, '-X', 'P T'], 'is not a method'],
    [['check', 'https://a.com', ...ORIGIN, '-H', 'nonsense'], 'a header needs a colon'],
    [['check', 'https://a.com', ...ORIGIN, '-H', 'X Y: 1'], 'is not a header name'],
    [['check', 'https://a.com', ...ORIGIN, '--credentials', 'yes'], 'write omit, same-origin or include'],
    [['check', 'https://a.com', ...ORIGIN, '--for', 'cobol'], 'write one of'],
    [['check', 'https://a.com', ...ORIGIN, '--timeout', 'soon'], 'whole number'],
    [['check', 'https://a.com', ...ORIGIN, '--format', 'pdf'], 'write github'],
    [['check', 'https://a.com', ...ORIGIN, '--fail-on', 'mood'], 'write blocked'],
    [['check', 'https://a.com', ...ORIGIN, '--bogus'], "Unknown option '--bogus'"],
    [['check', 'https://a.com', 'https://b.com', ...ORIGIN], 'one URL at a time'],
    [['check', 'https://a.com', '--curl', 'curl x', ...ORIGIN], 'one source at a time'],
    [['check', '--curl', 'git clone https://a.com'], 'is not a curl command'],
    [['check', '--curl', 'curl -H'], 'names no URL'],
    [['check', '--fetch', 'request.get("x")'], 'is not a fetch'],
    [['check', '--fetch', 'fetch(url, options)'], 'the options of the call are computed (options)'],
    [['check', '--har', '/no/such/file.har'], 'no such file'],
    [['check', '--har', '/'], 'a folder'],
    [['check', '--har', file('x.har', Buffer.from([0, 255, 7, 254, 10]))], 'not JSON'],
    [['check', '--har', file('x.har', '{"log":{}}')], 'log.entries is missing'],
    [['check', '--har', file('x.har', '{"log":{"entries":[null,1,{"request":{"url":7}}]}}')], 'holds no CORS request'],
    [['check', '--har', sparse()], '200 MB'],
    [['check', '--expect', '/no/such/file.json'], 'no such file'],
    [['check', '--expect', '/', '--curl', 'curl x'], '--curl cannot be used with --expect'],
    [['check', '--message', '\u0000\u0001\u0002'], 'not a known console line'],
    [['lint', '/no/such/policy.json'], 'no such file'],
    [['lint', 'policy.txt'], 'no such file'],
    [['lint'], 'no policy'],
    [['explain', file('p.json', '{"origins":["https://a.com/"]}'), ...ORIGIN], 'no trailing slash'],
    [['explain'], 'no policy'],
    [['diff', file('p.json', '{}')], 'two policies'],
    [['init', 'cobol'], 'write one of'],
    [['proxy'], 'no upstream'],
    [['proxy', 'nonsense', '--origins', 'https://a.com'], ''],
    [['proxy', 'http://127.0.0.1:5000'], 'no policy'],
    [['proxy', 'http://127.0.0.1:5000', '--origins', 'https://a.com', '--port', '65536'], 'from 0 to 65535'],
    [['check', 'https://a.com', ...ORIGIN, '--timeout', '0'], 'from 1 to 3600'],
    [['check', 'https://a.com', ...ORIGIN, '--timeout', '999999999'], 'from 1 to 3600'],
    [['check', 'https://a.com', ...ORIGIN, '--max-requests', '0'], 'from 1 to'],
    [['check', 'https://a.com:65536', ...ORIGIN], 'is not a URL'],
    [['check', 'https://a.com', ...ORIGIN, '--entry', '1'], 'add --har'],
    [['lint', file('a.json', '{}'), 'b.json'], 'one argument too many'],
    [['init', 'nginx', 'apache'], 'one argument too many'],
    [['lint', '/no/such/policy.mjs'], 'there is no such file'],
    [['lint', '/'], 'this is a folder'],
    [['lint', file('p.json', Buffer.from([0, 255, 7, 254, 10]))], 'not JSON'],
    [['lint', file('p.mjs', 'throw new Error("no\\nsecond line")')], 'cannot be imported: no'],
    [['lint', file('p.mjs', 'throw null')], 'cannot be imported: null'],
    [['lint', file('p.mjs', 'export const = 1')], 'cannot be imported'],
    [['lint', file('p.mjs', 'export const x = 1')], 'exports no policy'],
    [
      ['lint', file('p.mjs', 'export default new Proxy({}, { get() { throw new Error("no") } })')],
      'cannot be read: no',
    ],
    [['proxy', 'http://127.0.0.1:5000', '--origins', 'https://a.com/'], 'trailing slash'],
  ])('ends in a line and exit 64: corsmith %j', async (argv, message) => {
    const { code, err } = await corsmith(argv)
    expect(code).toBe(64)
    expect(err).toContain(message)
    if (!argv.includes('explain') && !argv.includes('proxy'))
      expect(err.split('\n')).toHaveLength(argv.length === 0 ? 1 : 2)
    expect(err).not.toMatch(/\n\s+at |defect of corsmith/)
  })
})

describe('a server that cannot be tested', () => {
  it.each([
    ['headers of 10 MB', `HTTP/1.1 200 OK\r\nX-Big: ${'a'.repeat(10 * 1024 * 1024)}\r\n\r\n`, 'headers-too-large'],
    ['garbage', '\u0000\u0001\u0002garbage\n\n', 'not-http'],
    ['nothing', '', 'connection-closed'],
  ])('ends in a line and exit 3: %s', async (_, bytes, code) => {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.end(bytes))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const { code: exit, out, err } = await corsmith(['check', `http://127.0.0.1:${port}/`, ...ORIGIN])
    server.close()
    expect([exit, err]).toEqual([3, ''])
    expect(out.trim().split('\n')).toHaveLength(1)
    expect(out).toContain(code)
  })
})

describe('the command as a process', () => {
  const cli = join(import.meta.dirname, '../../src/cli.ts')
  const node = (...argv: string[]) =>
    spawnSync(process.execPath, [cli, ...argv], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })

  it('prints its version and its usage', () => {
    expect(node('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    const help = node('--help')
    expect([help.status, help.stdout.includes('exit codes: 0 shared')]).toEqual([0, true])
  })

  it('does not wait for what a module of the user keeps running', () => {
    const path = file('p.mjs', 'setInterval(() => {}, 1000); export default { origins: ["https://a.com"] }')
    const { status, stdout } = node('lint', path)
    expect([status, stdout]).toEqual([0, `✓ ${path}: no defect\n`])
  })

  it('gives up on a module that never finishes loading', { timeout: 20_000 }, () => {
    const { status, stderr } = node('lint', file('p.mjs', 'await new Promise(() => {})'))
    expect([status, stderr.trim().split('\n').length]).toEqual([64, 1])
    expect(stderr).toContain('not loaded after 10 s')
  })

  it('keeps its exit code when the reader of its output has enough', () => {
    const argv = [process.execPath, cli, 'init', '|', 'true'].join(' ')
    const { status, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${argv}`], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })

  it('exits with the code, and writes complaints to standard error', () => {
    const { status, stdout, stderr } = node('check', 'foo', '--origin', 'https://a.com')
    expect([status, stdout, stderr]).toEqual([64, '', 'corsmith: "foo" is not a URL: write https://host/path\n'])
  })
})
