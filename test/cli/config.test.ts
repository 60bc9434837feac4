import { describe, expect, it } from 'vitest'
import { compileText } from '../../src/targets.ts'
import { corsmith, file } from './run.ts'

const POLICY = { origins: ['https://app.example.com', 'https://*.example.net'], credentials: true, methods: ['PUT'] }
const policy = (value: object = POLICY) => file('policy.json', JSON.stringify(value))
const config = (value: object = POLICY) => file('nginx.conf', compileText(value as typeof POLICY, 'nginx'))
const LOOSE = `map $http_origin $cors {
  default "";
  ~^https://.*\\.example\\.com $http_origin;
  ~^https://[0-9]+\\.example\\.org$ $http_origin;
}
add_header Access-Control-Allow-Origin $cors always;
add_header Vary Origin;`

describe('corsmith import', () => {
  it('prints the policy of a configuration', async () => {
    const { code, out, err } = await corsmith(['import', 'nginx', config()])
    expect([code, JSON.parse(out), err]).toEqual([0, POLICY, ''])
    expect(JSON.parse((await corsmith(['import', config()])).out)).toEqual(POLICY)
  })

  it('exits with 2 where something is left out, and says the line', async () => {
    const { code, out, err } = await corsmith(['import', 'nginx', file('nginx.conf', LOOSE)])
    expect([code, JSON.parse(out)]).toEqual([2, { origins: ['https://*.example.com'] }])
    expect(err).toMatch(/nginx\.conf:4: left out: ~\^https.*\n {2}no list of origins covers this expression/)
  })

  it('exits with 1 for a configuration without a policy', async () => {
    const { code, err } = await corsmith(['import', 'nginx', file('nginx.conf', 'server { listen 80; }')])
    expect([code, err]).toEqual([1, expect.stringContaining('no policy can be read from this file')])
  })

  it.each([
    [['import'], 'no file: corsmith import nginx nginx.conf'],
    [['import', policy()], 'name its target'],
    [['import', 'gin', policy()], 'gin is not read: write one of nginx'],
    [['import', 'ngnix', policy()], 'did you mean nginx?'],
  ])('refuses %j in one line', async (argv, sentence) => {
    const { code, err } = await corsmith(argv)
    expect([code, err]).toEqual([64, expect.stringContaining(sentence)])
  })
})

describe('corsmith diff with a configuration', () => {
  it('finds no difference between a policy and its text', async () => {
    const { code, out, err } = await corsmith(['diff', config(), policy()])
    expect([code, out.trim()]).toEqual([0, 'both policies mean the same'])
    expect(err).toMatch(/was written from .*policy\.json\n$/)
  })

  it('finds what a policy would allow beyond a configuration, and that it drifted', async () => {
    const wider = { ...POLICY, origins: [...POLICY.origins, 'https://b.example.org'] }
    const { code, out, err } = await corsmith(['diff', config(), policy(wider)])
    expect([code, out]).toEqual([1, expect.stringContaining('https://b.example.org')])
    expect(err).toContain('was written from another policy')
  })
})

describe('corsmith lint with a configuration', () => {
  it('says what it lets in, by line', async () => {
    const path = file('nginx.conf', LOOSE)
    const { code, out } = await corsmith(['lint', path])
    expect(code).toBe(1)
    expect(out).toMatch(/✗ .*nginx\.conf:3: the expression has no "\$".* {2}regex-unanchored/)
    expect(out).toMatch(/! .*nginx\.conf:4: .* {2}not-understood/)
    const data = JSON.parse((await corsmith(['lint', path, '--json'])).out)
    expect(data).toMatchObject({ schema: 1, target: 'nginx', issues: [{ line: 3 }, { line: 4 }] })
    expect((await corsmith(['lint', path, '--format', 'github'])).out).toContain('::error')
  })

  it('has no complaint about what compile writes', async () => {
    const { code, out } = await corsmith(['lint', config(), '--fail-on', 'warning'])
    expect([code, out]).toEqual([0, expect.stringContaining('no defect')])
  })
})
