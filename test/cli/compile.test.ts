import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compile, targets } from '../../src/targets.ts'
import { corsmith, file } from './run.ts'

const POLICY = { origins: ['https://app.example.com'], credentials: true, exposedHeaders: ['X-Rate-*'] }
const policy = (value: object = POLICY) => file('policy.json', JSON.stringify(value))
const folder = () => mkdtempSync(join(tmpdir(), 'corsmith-'))

describe('corsmith compile', () => {
  it('prints the text, and on standard error what the target cannot say', async () => {
    const { code, out, err } = await corsmith(['compile', 'nginx', policy()])
    expect(code).toBe(0)
    expect(out).toBe(compile(POLICY, 'nginx').files[0]?.text)
    expect(err).toMatch(/^not said: .*X-Rate-\*.*\n {2}noticed by .*\n {2}instead: .*\n$/)
  })

  it('prints a whole configuration with --upstream and --listen', async () => {
    const place = ['--upstream', 'http://127.0.0.1:3000', '--listen', '127.0.0.1:8080']
    const { code, out } = await corsmith(['compile', 'caddy', policy(), ...place])
    expect([code, out.includes('reverse_proxy http://127.0.0.1:3000')]).toEqual([0, true])
    const half = await corsmith(['compile', 'caddy', policy(), '--listen', '127.0.0.1:8080'])
    expect([half.code, half.err]).toEqual([64, expect.stringContaining('listen needs upstream')])
  })

  it('writes a file, or all files into a folder', async () => {
    const path = join(folder(), 'cors.conf')
    expect((await corsmith(['compile', 'nginx', policy(), '-o', path])).out).toBe('')
    expect(readFileSync(path, 'utf8')).toContain('add_header Access-Control-Allow-Origin')
    const into = folder()
    const { err } = await corsmith(['compile', 's3', policy(), '-o', into])
    expect(err).toContain(`wrote ${join(into, 'cors.json')}`)
    expect([existsSync(join(into, 'cors.json')), existsSync(join(into, 'cors.sh'))]).toEqual([true, true])
    const nowhere = join(folder(), 'missing', 'cors.conf')
    expect((await corsmith(['compile', 'nginx', policy(), '-o', nowhere])).code).toBe(64)
  })

  it('exits with 2 for a loss, if told to, and with 1 where nothing can be written', async () => {
    expect((await corsmith(['compile', 'nginx', policy(), '--fail-on', 'loss'])).code).toBe(2)
    expect((await corsmith(['compile', 'fetch', policy(), '--fail-on', 'loss'])).code).toBe(0)
    const none = await corsmith(['compile', 'r2', policy({ origins: ['https://*.example.com'] })])
    expect([none.code, none.out.includes('nothing to paste')]).toEqual([1, true])
  })

  it('gives data with --json', async () => {
    const { out } = await corsmith(['compile', 's3', policy(), '--json'])
    expect(JSON.parse(out)).toMatchObject({
      schema: 1,
      target: 's3',
      files: [{ path: 'cors.json' }, { path: 'cors.sh' }],
      losses: [{ code: 'exposed-pattern', value: 'X-Rate-*' }],
    })
  })

  it('lists the targets, and which of them are proven', async () => {
    const { code, out } = await corsmith(['compile'])
    expect(code).toBe(0)
    for (const { name, title } of targets)
      expect(out).toMatch(new RegExp(`^  ${name} +${title.replace(/[/.@]/g, '\\$&')}`, 'm'))
    expect(out).toContain('the Kubernetes Gateway API (by its published schema)')
  })

  it.each([
    [['compile', 'ngnix', 'policy.json'], 'did you mean nginx?'],
    [['compile', 'nginx'], 'no policy: corsmith compile nginx policy.json'],
    [['compile', 'nginx', 'a.json', 'b.json'], 'is one argument too many'],
    [['compile', 'nginx', policy({ origins: '*', credentials: true })], 'this policy has 1 defect'],
    [['compile', 'nginx', policy(), '--fail-on', 'anything'], 'write loss'],
  ])('refuses %j in one line', async (argv, sentence) => {
    const { code, err } = await corsmith(argv)
    expect([code, err]).toEqual([64, expect.stringContaining(sentence)])
  })
})
