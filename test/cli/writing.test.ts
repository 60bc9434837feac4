// What `init`, `proxy` and `diff` write.
import { readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkPolicy } from '../../src/index.ts'
import { stage } from '../diagnose/stage.ts'
import { corsmith, file } from './run.ts'

const POLICY = { origins: ['https://app.example.com'], methods: ['PUT'], maxAge: 60 }

describe('corsmith init', () => {
  it('writes the policy of a file, with its max-age and nothing of a template', async () => {
    const { out } = await corsmith(['init', 'nginx', '--policy', file('policy.json', JSON.stringify(POLICY))])
    expect(out).toMatch(/Access-Control-Max-Age.*|"60"/)
    expect(out).toContain('60')
    expect(out).not.toMatch(/DELETE|Authorization|600|7200/)
  })

  it('writes no max-age for a policy without one', async () => {
    const { out } = await corsmith(['init', 'hono', '--origins', 'https://app.example.com,http://localhost:3000'])
    expect(out).toContain("origins: ['https://app.example.com', 'http://localhost:3000']")
    expect(out).not.toContain('maxAge')
  })

  it('begins with a policy that has no warning', async () => {
    const { out } = await corsmith(['init', 'fetch'])
    const [, text = ''] = /createCors\((\{.*?\})\)/s.exec(out) ?? []
    expect(checkPolicy(new Function(`return ${text}`)())).toEqual([])
  })

  it('writes a new file with --write, and says so', async () => {
    const path = join(dirname(file('x', '')), 'cors.ts')
    const printed = await corsmith(['init', 'hono', '--origins', 'https://app.example.com'])
    const { code, out } = await corsmith(['init', 'hono', '--origins', 'https://app.example.com', '--write', path])
    expect([code, out]).toEqual([0, `${path}: written; its first lines say where the text goes, and what has to go\n`])
    expect(readFileSync(path, 'utf8')).toBe(printed.out)
  })

  it('replaces no file, also not through a link, and makes no folder', async () => {
    const path = file('cors.ts', 'mine')
    const link = join(dirname(path), 'link.ts')
    symlinkSync(join(dirname(path), 'nowhere.ts'), link)
    for (const [name, reason] of [
      [path, 'this file exists'],
      [link, 'this file exists'],
      [join(dirname(path), 'folder', 'cors.ts'), 'no such file or folder'],
    ] as const) {
      const { code, out, err } = await corsmith(['init', 'hono', '--origins', 'https://app.example.com', '-w', name])
      expect([code, out, err.includes(reason)]).toEqual([64, '', true])
    }
    expect(readFileSync(path, 'utf8')).toBe('mine')
  })

  it('writes no file for a policy with a defect', async () => {
    const path = join(dirname(file('x', '')), 'cors.ts')
    const { code } = await corsmith(['init', 'hono', '--origins', 'https://app.example.com/', '--write', path])
    expect(code).toBe(64)
    expect(() => readFileSync(path)).toThrow('ENOENT')
  })
})

describe('corsmith proxy', () => {
  /** Starts the proxy, and gives what it prints and how it answers the preflight of a page. */
  async function started(argv: readonly string[], origin: string) {
    const api = await stage(() => ({}))
    const lines: string[] = []
    let answer = new Headers()
    await corsmith(['proxy', api.origin, '--port', '0', ...argv], {
      print: (text) => void lines.push(text),
      untilStopped: async () => {
        const headers = { Origin: origin, 'Access-Control-Request-Method': 'PUT' }
        answer = (await fetch(lines.at(-1)?.split(' ')[0] ?? '', { method: 'OPTIONS', headers })).headers
      },
    })
    await api.close()
    return { lines, answer }
  }

  it('takes JSON writes and cookies of the listed origins, and prints its policy', async () => {
    const { lines, answer } = await started(['--origins', 'http://localhost:5173'], 'http://localhost:5173')
    expect(lines.slice(0, -1).map((line) => line.trim())).toEqual(
      expect.arrayContaining([
        'origins: ["http://localhost:5173"]',
        'credentials: true',
        'methods: ["PUT", "PATCH", "DELETE"]',
        'requestHeaders: ["Content-Type", "Authorization"]',
      ]),
    )
    expect(answer.get('Access-Control-Allow-Credentials')).toBe('true')
    expect(answer.get('Access-Control-Allow-Methods')).toContain('PATCH')
    expect(answer.get('Access-Control-Allow-Headers')).toContain('content-type')
  })

  it.each([
    [['--origins', '*']],
    [['--origins', 'http://192.168.1.5:5173']],
    [['--origins', 'http://localhost:5173', '--no-credentials']],
  ])('allows no cookies with %j', async (argv) => {
    const origin = argv[1] === '*' ? 'http://localhost:5173' : (argv[1] ?? '')
    const { answer } = await started(argv, origin)
    expect(answer.get('Access-Control-Allow-Origin')).toBe(argv[1])
    expect(answer.get('Access-Control-Allow-Credentials')).toBeNull()
  })

  it('takes what the command line says instead of a default, and a file as it is', async () => {
    const listed = await started(
      ['--origins', 'http://localhost:1', '--methods', 'PUT', '--request-headers', 'X-A'],
      'http://localhost:1',
    )
    expect(listed.answer.get('Access-Control-Allow-Methods')).toBe('PUT')
    expect(listed.answer.get('Access-Control-Allow-Headers')).toBe('x-a')
    const path = file('policy.json', '{ "origins": ["http://localhost:1"] }')
    const { answer } = await started(['--policy', path], 'http://localhost:1')
    expect([...answer.keys()].filter((name) => name.startsWith('access-control'))).toEqual([
      'access-control-allow-origin',
    ])
  })

  it('takes one policy', async () => {
    const path = file('policy.json', '{ "origins": ["http://localhost:1"] }')
    const { code, err } = await corsmith([
      'proxy',
      'http://127.0.0.1:1',
      '--policy',
      path,
      '--origins',
      'http://localhost:1',
    ])
    expect([code, err.includes('one policy at a time')]).toEqual([64, true])
  })
})

describe('corsmith diff --format markdown', () => {
  const policy = (value: object) => file('policy.json', JSON.stringify({ ...POLICY, ...value }))
  const text = async (after: object) =>
    (await corsmith(['diff', policy({}), policy(after), '--format', 'markdown'])).out

  it.each([
    [{ methods: ['PUT', 'DELETE'] }, 'allows more than before', 'Allowed now, and not before'],
    [{ methods: [] }, 'allows no more than before', 'No longer allowed'],
    [{}, 'mean the same', '### CORS policy'],
  ])('says first whether %j widens, then what', async (after, verdict, section) => {
    const [first = '', ...rest] = (await text(after)).split('\n')
    expect(first).toContain(verdict)
    expect([first, ...rest].join('\n')).toContain(section)
  })

  it('keeps names from becoming markup', async () => {
    const out = await text({ methods: ['PUT', '`a`', '``b', '#1'] })
    for (const [, code = ''] of out.matchAll(/^- (.*)$/gm)) expect(code).toMatch(/^(`+)[^`](?:(?!\1(?!`)).)*\1$/)
    expect(out.split('\n').filter((line) => line.startsWith('- ')).length).toBe(3)
  })
})
