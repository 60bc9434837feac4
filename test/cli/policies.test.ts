import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Io } from '../../src/cli/io.ts'
import { checkFully } from '../../src/cli/lint.ts'
import { VERSION } from '../../src/cli/version.ts'
import { createWireClient } from '../../src/cli/wire-client.ts'
import { CHOOSABLE, diagnose } from '../../src/diagnose.ts'
import { checkPolicy } from '../../src/index.ts'
import { ORIGIN, stage } from '../diagnose/stage.ts'
import { corsmith, file } from './run.ts'

const policy = (value: object) => file('policy.json', JSON.stringify(value))

describe('corsmith explain', () => {
  it('exits 0 for what the policy shares, and names the entry', async () => {
    const { code, out } = await corsmith([
      'explain',
      policy({ origins: ['https://*.example.com'] }),
      '--origin',
      ORIGIN,
    ])
    expect([code, out.includes('allowed by "https://*.example.com"')]).toEqual([0, true])
  })

  it('exits 1 for what it does not, and prints the policy that would', async () => {
    const path = policy({ origins: [ORIGIN], credentials: true })
    const { code, out } = await corsmith([
      'explain',
      path,
      '--origin',
      ORIGIN,
      '-X',
      'PUT',
      '-H',
      'Content-Type: application/json',
      '--json',
    ])
    const report = JSON.parse(out)
    expect(code).toBe(1)
    expect(report.verdicts.chromium).toBe('MethodDisallowedByPreflightResponse')
    expect(report.next).toMatchObject([{ code: 'header-not-allowed' }])
    expect(report.edit).toEqual({
      origins: [ORIGIN],
      credentials: true,
      methods: ['PUT'],
      requestHeaders: ['Content-Type'],
    })
  })

  it('takes a module, and the Cors that it exports', async () => {
    const path = file('policy.mjs', `export default { origins: ['${ORIGIN}'] }`)
    expect((await corsmith(['explain', path, '--origin', ORIGIN])).code).toBe(0)
  })
})

describe('corsmith lint', () => {
  it('knows every public suffix there is', async () => {
    const { code, out } = await corsmith(['lint', policy({ origins: ['https://*.kobe.jp'] })])
    expect([code, out.includes('origin-public-suffix')]).toEqual([1, true])
  })

  it.each([
    [['https://*.example.com'], true],
    [['http://localhost:*', ORIGIN], false],
    ['*', false],
    [undefined, false],
  ])('says of %j that the list of suffixes is short only where a pattern needs it', async (origins, isSaid) => {
    const said: string[] = []
    const io = { warn: (text: string) => void said.push(text) } as Partial<Io> as Io
    const issues = await checkFully({ origins }, io, () => Promise.reject(new Error('not installed')))
    expect(said.join().includes('install tldts')).toBe(isSaid)
    expect(issues).toEqual(checkPolicy({ origins }))
  })

  it.each([
    [{ origins: [ORIGIN] }, [], 0],
    [{ origins: [`${ORIGIN}/`] }, [], 1],
    [{ origins: [ORIGIN, ORIGIN] }, [], 0],
    [{ origins: [ORIGIN, ORIGIN] }, ['--fail-on', 'warning'], 2],
  ])('lints %j with %j: exit %i', async (value, options, exit) => {
    expect((await corsmith(['lint', policy(value), ...options])).code).toBe(exit)
  })

  it('says where, what and how, as text, as JSON and as annotations', async () => {
    const path = policy({ origins: [`${ORIGIN}/`] })
    expect((await corsmith(['lint', path])).out).toContain(
      `origins[0]: an origin has no trailing slash: write "${ORIGIN}"`,
    )
    expect(JSON.parse((await corsmith(['lint', path, '--json'])).out)).toMatchObject({
      schema: 1,
      issues: [{ path: ['origins', 0], suggestion: ORIGIN }],
    })
    expect((await corsmith(['lint', path, '--format', 'github'])).out).toMatch(/^::error file=/)
  })
})

describe('corsmith diff', () => {
  it.each([
    ['wider', { origins: [ORIGIN] }, { origins: [ORIGIN, 'https://b.example.com'] }, 1],
    ['narrower', { origins: [ORIGIN, 'https://b.example.com'] }, { origins: [ORIGIN] }, 0],
    ['the same', { origins: [ORIGIN] }, { origins: [ORIGIN], credentials: false }, 0],
  ])('finds the second policy %s', async (_, before, after, exit) => {
    const { code } = await corsmith(['diff', policy(before), policy(after)])
    expect(code).toBe(exit)
  })

  it('says what becomes allowed', async () => {
    const { out } = await corsmith([
      'diff',
      policy({ origins: [ORIGIN] }),
      policy({ origins: [ORIGIN], credentials: true }),
    ])
    expect(out).toMatch(/\+ pages may send cookies/)
    expect(out).toContain('the second policy is wider')
  })
})

describe('a policy file that says one thing twice', () => {
  const twice = () => file('policy.json', `{"origins":["${ORIGIN}"],\n"credentials":false,\n"origins":"*"}`)
  const sound = () => file('policy.json', `{"$schema":"x.json","origins":["${ORIGIN}"]}`)

  it('is a defect to lint, in every format', async () => {
    const path = twice()
    expect(await corsmith(['lint', path])).toMatchObject({
      code: 1,
      out: expect.stringContaining('origins: this key occurs twice, and only the last value would count'),
    })
    expect(JSON.parse((await corsmith(['lint', path, '--json'])).out).issues).toMatchObject([
      { code: 'key-twice', severity: 'error', path: ['origins'] },
    ])
    expect((await corsmith(['lint', path, '--format', 'github'])).out).toMatch(/^::error .*key-twice/)
  })

  it.each([
    ['diff', [sound, twice]],
    ['diff', [twice, sound]],
    ['explain', [twice]],
  ] as const)('is refused by %s', async (command, files) => {
    const { code, err } = await corsmith([command, ...files.map((make) => make())])
    expect([code, err]).toEqual([64, expect.stringContaining('origins: this key occurs twice')])
  })

  it('is refused by proxy', async () => {
    const { code, err } = await corsmith(['proxy', 'http://127.0.0.1:9', '--policy', twice(), '--port', '0'])
    expect([code, err]).toEqual([64, expect.stringContaining('this key occurs twice')])
  })

  it('is none with $schema in it', async () => {
    expect(await corsmith(['lint', sound()])).toMatchObject({ code: 0, out: expect.stringContaining('no defect') })
    expect((await corsmith(['diff', sound(), sound()])).code).toBe(0)
  })
})

describe('corsmith init', () => {
  it.each(CHOOSABLE)('prints what to paste for %s', async (target) => {
    const { code, out } = await corsmith(['init', target])
    expect(code).toBe(0)
    expect(out.replaceAll('\\', '')).toContain('https://app.example.com')
  })

  it('prints a policy about which lint has nothing to say', async () => {
    const { out } = await corsmith(['init', 'fetch'])
    const [, text = ''] = /createCors\((\{.*?\n\})\)/s.exec(out) ?? []
    const path = file('policy.mjs', `export const policy = ${text}`)
    const linted = await corsmith(['lint', path, '--fail-on', 'warning'])
    expect([linted.code, linted.out]).toEqual([0, `✓ ${path}: no defect\n`])
  })

  it.each(CHOOSABLE)('writes the policy that it is given for %s', async (target) => {
    const path = file('policy.json', JSON.stringify({ origins: ['https://given.example.com'], credentials: true }))
    const { code, out } = await corsmith(['init', target, '--policy', path])
    expect([code, out.replaceAll('\\', '')]).toEqual([0, expect.stringContaining('https://given.example.com')])
    expect(out).not.toContain('app.example.com')
  })

  it('takes a policy from the command line, in the words of proxy', async () => {
    const words = ['--origins', 'https://a.example.com,https://b.example.com', '--methods', 'PATCH', '--credentials']
    const { out } = await corsmith(['init', 'fetch', ...words])
    expect(out).toContain("origins: ['https://a.example.com', 'https://b.example.com']")
    expect(out).toContain("methods: ['PATCH']")
    expect(out).toContain('credentials: true')
    expect((await corsmith(['init', 'nginx', '--origins', '*'])).out).toContain('Access-Control-Allow-Origin "*"')
  })

  it('writes no policy that has a defect, and takes one at a time', async () => {
    const broken = file('policy.json', '{"origins":["https://app.example.com/"]}')
    expect(await corsmith(['init', 'nginx', '--policy', broken])).toMatchObject({
      code: 64,
      out: '',
      err: expect.stringContaining('an origin has no trailing slash'),
    })
    expect((await corsmith(['init', 'nginx', '--origins', 'x'])).code).toBe(64)
    expect((await corsmith(['init', 'nginx', '--methods', 'PUT'])).err).toContain('a policy needs origins')
    const sound = file('policy.json', '{"origins":["https://app.example.com"]}')
    const both = await corsmith(['init', 'nginx', '--policy', sound, '--origins', 'https://b.example.com'])
    expect([both.code, both.err]).toEqual([64, expect.stringContaining('one policy at a time')])
  })

  it('names in the text what a target cannot say', async () => {
    const path = file(
      'policy.json',
      '{"origins":["https://app.example.com","https://app-*.example.com"],"credentials":true}',
    )
    const { code, out } = await corsmith(['init', 's3', '--policy', path])
    expect([code, out]).toEqual([0, expect.stringContaining('# Not said: https://app-*.example.com is left out')])
  })

  it('lists the targets', async () => {
    const { code, out } = await corsmith(['init'])
    expect(code).toBe(0)
    for (const target of CHOOSABLE) expect(out).toMatch(new RegExp(`^  ${target} +\\S`, 'm'))
  })
})

describe('corsmith proxy', () => {
  it('puts a policy in front of an API, on loopback', async () => {
    const api = await stage(({ path, method }) => ({
      status: 200,
      headers: [['Access-Control-Allow-Origin', '*']],
      body: `${method} ${path}`,
    }))
    let printed = ''
    let verdicts: string[] = []
    const { code } = await corsmith(['proxy', api.origin, '--origins', ORIGIN, '--methods', 'PUT', '--port', '0'], {
      print: (text) => {
        if (text.includes(' → ')) printed = text
      },
      untilStopped: async () => {
        const url = printed.split(' ')[0] ?? ''
        const transport = createWireClient({ timeoutMs: 2000, insecure: false })
        const own = await diagnose(`${url}/x`, { origin: ORIGIN, method: 'PUT', body: 'hello', send: true, transport })
        const stranger = await diagnose(`${url}/x`, { origin: 'https://stranger.example', transport })
        verdicts = [own.conclusion, stranger.conclusion, await (await fetch(`${url}/x`)).text()]
      },
    })
    await api.close()
    expect(code).toBe(0)
    expect(printed).toMatch(/^http:\/\/127\.0\.0\.1:\d+ → /)
    expect(verdicts).toEqual(['allowed', 'blocked', 'GET /x'])
  })

  it('prints where it listens, without what a terminal obeys and without a password', async () => {
    const upstream = 'http://127.0.0.1:9/?token=opensesame&x=\u001b[31m'
    const { out, err } = await corsmith(['proxy', upstream, '--origins', ORIGIN, '--port', '0'])
    expect(['opensesame', '\u001b'].filter((text) => `${out}${err}`.includes(text))).toEqual([])
  })

  it('says when the port is taken', async () => {
    const taken = await stage(() => ({}))
    const { code, err } = await corsmith([
      'proxy',
      'http://127.0.0.1:5000',
      '--origins',
      ORIGIN,
      '--port',
      new URL(taken.origin).port,
    ])
    await taken.close()
    expect([code, err.includes('the port is in use')]).toEqual([64, true])
  })
})

describe('the version', () => {
  it('is that of the package', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    expect(VERSION).toBe(manifest.version)
    expect(manifest.bin.corsmith).toBe('./dist/src/cli.js')
  })
})
