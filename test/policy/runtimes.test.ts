// A policy that constructs on one runtime constructs on all: Node, Bun and Deno find the same defects in
// the same spellings. What to write instead comes from the URL parser of each, and they disagree about some names.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundled } from '../support/bytes.ts'
import { origin, policy } from './arbitraries.ts'

const BIN = join(import.meta.dirname, '..', '..', 'node_modules', '.bin')
const RUNTIMES = [
  ['Node', process.execPath, []],
  ['Bun', join(BIN, 'bun'), []],
  ['Deno', join(BIN, 'deno'), ['run', '--no-lock', '--no-config', '--allow-read']],
] as const

/** Where runtimes have disagreed, or may: Punycode, addresses, hosts beyond the DNS, schemes of apps. */
const HOSTS = [
  ...[
    'xn--',
    'xn--a',
    'xn--f',
    'xn--p1ai',
    'xn--mnchen-3ya.de',
    'xn--a-ecp.ru',
    'xn--zzzz.example',
    'xn--ls8h.la',
    'xn--0.example',
  ],
  ...[
    'xn--xn--a--gua.pt',
    'xn--1.1',
    'a.xn--',
    'xn--53h.example',
    'xn---',
    'xn--nxasmq6b',
    'xn--fa-hia.de',
    'xn--strae-oqa.de',
  ],
  ...[
    '127.0.0.1',
    '127.1',
    '0x7f.1',
    '0',
    '256.1.1.1',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '0x',
    'a.0x',
    'a.1',
    '4294967296',
    '192.168.1.20',
  ],
  ...[
    '[::1]',
    '[::0001]',
    '[::ffff:1.2.3.4]',
    '[::ffff:102:304]',
    '[1:2:3:4:5:6:7:8]',
    '[1::8]',
    '[1:0:0:2::3]',
    '[fe80::1%25a]',
    '[v1.x]',
    '[]',
    '[::1',
    '::1',
  ],
  ...[
    '-a.test',
    'a-.test',
    '-',
    '_',
    'a_b.test',
    'a..b',
    '.a',
    'a.',
    'a.b.',
    'a'.repeat(63),
    'a'.repeat(64),
    `${'a.'.repeat(126)}a`,
    `${'a.'.repeat(127)}a`,
  ],
  ...[
    'münchen.de',
    'MÜNCHEN.de',
    'ß.de',
    'faß.de',
    '☃.net',
    'a\u200db.com',
    '\u0130.com',
    'ﬀ.com',
    '１.com',
    'a。b',
    'é.com',
    '%41.com',
    'a%2eb',
    'a b',
    'a\tb',
  ],
  ...[
    '.',
    '..',
    '*',
    'a*',
    '*.a',
    '*.a.com',
    '*.localhost',
    'localhost',
    'x.localhost',
    'undefined',
    'null',
    '{a}',
    'a~b',
    'a!b',
    'a,b',
    'a;b',
    'a@b',
    'A',
    'A.com',
  ],
]
const SCHEMES = ['https', 'http', 'app', 'moz-extension', 'HTTPS', 'file', 'wss', '1a', 'a'.repeat(65)]
const ENDS = ['', ':8080', ':443', ':*', '/', ':0']

const spellings = [
  ...HOSTS.flatMap((host) => ['https', 'app'].map((scheme) => `${scheme}://${host}`)),
  ...SCHEMES.flatMap((scheme) => ENDS.map((end) => `${scheme}://localhost${end}`)),
  ...HOSTS.flatMap((host) => [host, `http://${host}:*`, `https://*.${host}/`]),
  ...readProbes(),
  ...fc.sample(origin, { numRuns: 300, seed: 20_261_128 }),
]
const policies = fc
  .sample(policy, { numRuns: 200, seed: 20_261_128 })
  .filter(({ origins }) => typeof origins !== 'function')
  .map(({ nonsense: _, ...rest }) =>
    JSON.parse(JSON.stringify(rest, (__, each) => (typeof each === 'bigint' ? 1 : each))),
  )

function readProbes(): string[] {
  const file = join(import.meta.dirname, '..', 'vectors', 'origin-probes.json')
  return JSON.parse(readFileSync(file, 'utf8')).probes.map(({ value }: { value: string }) => value)
}

/** Judges each text as an entry, and as the Origin that a predicate is put; and each policy whole. */
const PROGRAM = `
import { checkPolicy, createCors } from './src/index.ts'
export function judge({ spellings, policies }) {
  console.warn = () => {}
  const any = createCors({ origins: () => true })
  const short = (issues) => issues.map(({ code, severity, path }) => [code, severity, path])
  return [
    ...spellings.map((text) => [
      text,
      short(checkPolicy({ origins: [text], credentials: true })),
      any.decide({ method: 'GET', headers: { get: (name) => (name === 'origin' ? text : null) } }).refusal,
    ]),
    ...policies.map((policy) => [policy, short(checkPolicy(policy))]),
  ]
}`

describe('a policy', () => {
  let folder = ''
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'corsmith-runtimes-'))
    writeFileSync(join(folder, 'judge.mjs'), await bundled(PROGRAM))
    writeFileSync(join(folder, 'input.json'), JSON.stringify({ spellings, policies }))
    writeFileSync(
      join(folder, 'run.mjs'),
      `import { readFileSync } from 'node:fs'\nimport { judge } from './judge.mjs'\nconst input = JSON.parse(readFileSync(new URL('./input.json', import.meta.url), 'utf8'))\nconsole.log(JSON.stringify(judge(input)))\n`,
    )
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is judged alike by Node, Bun and Deno', { timeout: 120_000 }, () => {
    const [first, ...others] = RUNTIMES.map(([name, program, options]) => {
      const { stdout, stderr, status } = spawnSync(program, [...options, join(folder, 'run.mjs')], {
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      })
      expect(status, `${name}: ${stderr.slice(0, 2_000)}`).toBe(0)
      return JSON.parse(stdout) as readonly unknown[]
    })
    expect(first?.length).toBeGreaterThan(800)
    const refusals = first?.filter((row) => JSON.stringify(row).includes('"error"')).length ?? 0
    expect(refusals).toBeGreaterThan(200)
    for (const other of others) {
      const differing = (first ?? []).flatMap((row, i) =>
        JSON.stringify(row) === JSON.stringify(other[i]) ? [] : [{ node: row, other: other[i] }],
      )
      expect(differing).toEqual([])
    }
  })
})
