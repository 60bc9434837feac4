// What `import`, `diff` and `lint` read of application code.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { libraryNamed } from '../../src/cli/code/libraries.ts'
import { readCode } from '../../src/cli/code/read.ts'
import { createCors } from '../../src/index.ts'
import type { PeerOptions } from '../../src/migrate/meaning.ts'
import type { Peer } from '../../src/migrate/peer.ts'
import { diffPolicies } from '../../src/policy.ts'
import { compileText } from '../../src/targets.ts'
import { optionSets } from '../migrate/generate.ts'
import { constructing } from '../support/policies.ts'
import { holds } from '../support/property.ts'
import { corsmith, file } from './run.ts'

interface Case {
  readonly library: string
  readonly name: string
  readonly file: string
  readonly text: string
  /** Some options of the policy; null for none. */
  readonly policy: object | null
  /** The lines that are left out. */
  readonly left: readonly number[]
}

const A = 'https://a.com'
const CASES: readonly Case[] = [
  {
    library: 'django',
    name: 'settings that are written out',
    file: 'settings.py',
    text: `CORS_ALLOWED_ORIGINS = [\n    "${A}",\n    "http://localhost:3000",\n]\nCORS_ALLOW_METHODS = ("GET", "PUT")\nCSRF_TRUSTED_ORIGINS = CORS_ALLOWED_ORIGINS\n`,
    policy: { origins: [A, 'http://localhost:3000'], methods: ['PUT'] },
    left: [],
  },
  {
    library: 'django',
    name: 'lists that are calculated',
    file: 'settings.py',
    text: `CORS_ALLOWED_ORIGINS = ["${A}"]\nCORS_ALLOW_METHODS = [*default_methods, "PURGE"]\nCORS_ALLOW_HEADERS = ["x-a"] + env.list("H")\nCORS_ALLOW_CREDENTIALS = True if DEBUG else False\n`,
    policy: { origins: [A], methods: undefined, requestHeaders: undefined, credentials: undefined },
    left: [2, 3, 4],
  },
  {
    library: 'django',
    name: 'another module',
    file: 'settings.py',
    text: `METHODS = ["PUT"]; CORS_ALLOW_CREDENTIALS = True\nCORS_ALLOW_ALL_ORIGINS = True\nfrom .local import *\nCORS_ALLOWED_ORIGINS = ["${A}"]\nCORS_ALLOW_METHODS = METHODS\n`,
    policy: { origins: [A], methods: undefined, requestHeaders: undefined },
    left: [1, 3],
  },
  {
    library: 'django',
    name: 'settings that change',
    file: 'settings.py',
    text: `CORS_ALLOW_ALL_ORIGINS = True\nif PROD:\n    CORS_ALLOW_ALL_ORIGINS = False\nCORS_ALLOWED_ORIGINS = ["${A}"]\nCORS_ALLOWED_ORIGINS += more\nCORS_ALLOW_METHODS = ["PUT"]\nCORS_ALLOW_METHODS.remove("PUT")\nCORS_URLS_REGEX = r"^/api/.*$"\n`,
    policy: { origins: [A], methods: undefined },
    left: [3, 5, 7, 8],
  },
  { library: 'django', name: 'no settings', file: 'settings.py', text: 'DEBUG = True\n', policy: null, left: [] },
  {
    library: 'flask',
    name: 'a call that is written out',
    file: 'app.py',
    text: `app = Flask(__name__)\nCORS(app, origins=["${A}"], methods=["PUT"], supports_credentials=True)\n`,
    policy: { origins: [A], methods: ['PUT'], credentials: true },
    left: [],
  },
  {
    library: 'flask',
    name: 'a call whose rest stands in the configuration',
    file: 'app.py',
    text: `app = Flask(__name__)\napp.config.from_object(Config)\nCORS(app, origins=["${A}"])\n`,
    policy: { origins: [A], methods: undefined, requestHeaders: undefined },
    left: [2],
  },
  {
    library: 'flask',
    name: 'an application of another file',
    file: 'app.py',
    text: 'CORS(app)\n',
    policy: null,
    left: [1],
  },
  {
    library: 'flask',
    name: 'one path',
    file: 'app.py',
    text: `app = Flask(__name__)\nCORS(app, resources={r"/api/*": {"origins": "${A}"}})\n`,
    policy: { origins: [A] },
    left: [2],
  },
  {
    library: 'flask',
    name: 'names',
    file: 'app.py',
    text: `app = Flask(__name__)\nCORS(app,\n  origins=ALLOWED)\n`,
    policy: null,
    left: [3],
  },
  { library: 'flask', name: 'no call', file: 'app.py', text: 'app = Flask(__name__)\n', policy: null, left: [] },
  ...(
    [
      ['express', `import cors from 'cors'`, (options: string) => `app.use(cors(${options}))`, 'origin', 'methods'],
      [
        'hono',
        `import { cors } from 'hono/cors'`,
        (options: string) => `app.use(cors(${options}))`,
        'origin',
        'allowMethods',
      ],
      [
        'koa',
        `import cors from '@koa/cors'`,
        (options: string) => `app.use(cors(${options}))`,
        'origin',
        'allowMethods',
      ],
      [
        'fastify',
        `import cors from '@fastify/cors'`,
        (options: string) => `app.register(cors, ${options})`,
        'origin',
        'methods',
      ],
      ['nestjs', `import { App } from './app'`, (options: string) => `app.enableCors(${options})`, 'origin', 'methods'],
    ] as const
  ).flatMap(([library, head, call, origin, methods]): Case[] => [
    {
      library,
      name: 'options that are written out',
      file: 'app.ts',
      text: `${head}\nconst options: CorsOptions = { ${origin}: '${A}', ${methods}: ['PUT'] }\n${call('options')}\n`,
      policy: { origins: [A], methods: ['PUT'] },
      left: [],
    },
    {
      library,
      name: 'options of the environment',
      file: 'app.js',
      text: `${head}\n${call(`{ ${origin}: process.env.ORIGIN }`)}\n`,
      policy: null,
      left: [2],
    },
    {
      library,
      name: 'a text that goes on, and an object that changes',
      file: 'app.js',
      text: `${head}\nconst host = '${A}' + suffix\n${call(`{ ${origin}: host }`)}\nconst o = { ${origin}: '*' }\nObject.assign(o, other)\n${call('o')}\n`,
      policy: null,
      left: [3, 6],
    },
    {
      library,
      name: 'a condition',
      file: 'app.js',
      text: `${head}\nif (isDev) {\n  ${call('{}')}\n}\nisDev && ${call('{}')}\nif (isDev)\n  ${call('{}')}\n`,
      policy: null,
      left: [3, 5, 7],
    },
    {
      library,
      name: 'a text that no origin equals',
      file: 'app.js',
      text: `${head}\n${call(`{\n  ${origin}: 'https://*.a.com' }`)}\n`,
      policy: null,
      left: [3],
    },
    { library, name: 'no call', file: 'app.js', text: `app.get('/', cors)\n`, policy: null, left: [] },
  ]),
  {
    library: 'express',
    name: 'two calls, of which one allows less',
    file: 'app.js',
    text: `const cors = require('cors')\napp.get('/a', cors())\napp.get('/b', cors({ origin: ['${A}'] }))\n`,
    policy: { origins: [A] },
    left: [2],
  },
  {
    library: 'express',
    name: 'two calls that allow different things',
    file: 'app.js',
    text: `const cors = require('cors')\napp.get('/a', cors({ origin: ['https://b.com'] }))\napp.get('/b', cors({ origin: ['${A}'] }))\n`,
    policy: null,
    left: [2],
  },
  {
    library: 'spring',
    name: 'a registry and an annotation',
    file: 'Cors.java',
    text: `class Cors {\n void add(CorsRegistry registry) {\n  registry.addMapping("/**").allowedOrigins("${A}").allowedMethods("PUT", "GET");\n }\n}\n`,
    policy: { origins: [A], methods: ['PUT'], refused: 'forbid' },
    left: [],
  },
  {
    library: 'spring',
    name: 'names, conditions and a class of its own',
    file: 'Cors.java',
    text: `class Cors {\n @CrossOrigin(ORIGINS)\n void a() {}\n void b() {\n  var c = new CorsConfiguration();\n  if (dev) c.addAllowedOrigin("*");\n }\n void d() {\n  var c = new CorsConfiguration() { };\n  c.addAllowedOrigin("*");\n }\n}\n`,
    policy: null,
    left: [2, 5, 9],
  },
  {
    library: 'spring',
    name: 'a mapping under a condition, and one that is kept',
    file: 'Cors.java',
    text: `class C {\n void a(CorsRegistry registry) {\n  if (dev) {\n   registry.addMapping("/**");\n  }\n  CorsRegistration all = registry.addMapping("/**");\n  all.allowedOrigins("${A}");\n }\n}\n`,
    policy: null,
    left: [4, 6],
  },
  {
    library: 'flask',
    name: 'calls behind a condition',
    file: 'app.py',
    text: `def make():\n    app = Flask(__name__)\n    if prod:\n        return app\n    CORS(app)\n\ndef other(app):\n    if dev:\n        CORS(app)\n`,
    policy: null,
    left: [5, 9],
  },
  {
    library: 'nestjs',
    name: 'a call behind an early return',
    file: 'main.ts',
    text: `async function start() {\n  const app = await create()\n  if (!isDev) {\n    return app\n  }\n  app.enableCors()\n}\n`,
    policy: null,
    left: [6],
  },
  {
    library: 'spring',
    name: 'settings of Spring Boot',
    file: 'application.properties',
    text: `management.endpoints.web.cors.allowed-origins=${A}\n`,
    policy: { origins: [A] },
    left: [1],
  },
  { library: 'spring', name: 'no options', file: 'Cors.java', text: 'class Cors {}\n', policy: null, left: [] },
]

describe('corsmith import of application code', () => {
  it.each(CASES)('reads of $library: $name', async ({ library, file: name, text, policy, left }) => {
    const { code, out } = await corsmith(['import', library, file(name, text), '--json'])
    const read = JSON.parse(out)
    expect(read.notUnderstood.map(({ line }: { line: number }) => line)).toEqual(left)
    if (policy === null) expect(read.policy).toBeNull()
    else
      for (const [option, value] of Object.entries(policy))
        expect([option, read.policy[option]]).toEqual([option, value])
    expect(code).toBe(policy === null ? 1 : left.length > 0 ? 2 : 0)
  })

  it('recognizes the library, and reads a module that names corsmith as a policy', async () => {
    const settings = file('settings.py', `CORS_ALLOWED_ORIGINS = ["${A}"]`)
    expect(JSON.parse((await corsmith(['import', settings])).out)).toMatchObject({ origins: [A] })
    const module = file('policy.mjs', `// corsmith\nimport cors from 'cors'\ncors()\n`)
    expect((await corsmith(['import', module])).err).toContain('name its target')
  })
})

describe('corsmith diff and lint with application code', () => {
  const settings = `CORS_ALLOWED_ORIGIN_REGEXES = [\n    r"^https://app\\.example\\.com",\n]\nCORS_ALLOW_CREDENTIALS = x\n`

  it('compares settings with a policy', async () => {
    const app = file(
      'app.js',
      `const cors = require('cors')\napp.use(cors({ origin: '${A}', methods: 'PUT', allowedHeaders: 'X-A' }))`,
    )
    const policy = { origins: [A], methods: ['PUT'], requestHeaders: ['X-A'] }
    const { code, out } = await corsmith(['diff', app, file('policy.json', JSON.stringify(policy))])
    expect([code, out.trim()]).toEqual([0, 'both policies mean the same'])
    const wider = file('policy.json', JSON.stringify({ ...policy, origins: [A, 'https://b.com'] }))
    expect((await corsmith(['diff', app, wider])).code).toBe(1)
  })

  it('says what settings let in, by line', async () => {
    const { code, out } = await corsmith(['lint', file('settings.py', settings)])
    expect(code).toBe(1)
    expect(out).toMatch(/✗ .*settings\.py:2: the expression has no "\$".* {2}regex-unanchored/)
    expect(out).toMatch(/! .*settings\.py:4: .* {2}not-understood/)
    const open = `const cors = require('cors')\n\napp.use(cors({ origin: true, credentials: true }))`
    expect((await corsmith(['lint', file('app.js', open)])).out).toMatch(/app\.js:3: .*any-origin-with-credentials/)
  })
})

/** Writes options as code of a library. */
function codeOf(library: string, options: PeerOptions): readonly [name: string, text: string] {
  const entries = Object.entries(options)
  if (library === 'django')
    return ['settings.py', entries.map(([name, value]) => `${name} = ${python(value)}`).join('\n')]
  if (library === 'flask')
    return [
      'app.py',
      `app = Flask('a')\nCORS(app${entries.map(([name, value]) => `, ${name}=${python(value)}`).join('')})`,
    ]
  if (library === 'spring') {
    const setter = ([name, value]: readonly [string, unknown]) =>
      name === 'applyPermitDefaultValues'
        ? value
          ? 'c.applyPermitDefaultValues();'
          : ''
        : `c.set${name.charAt(0).toUpperCase()}${name.slice(1)}(${Array.isArray(value) ? `List.of(${value.map((each) => JSON.stringify(each)).join(', ')})` : name === 'maxAge' ? `${value}L` : String(value)});`
    return [
      'Cors.java',
      `class C {\n void c() {\n  CorsConfiguration c = new CorsConfiguration();\n  ${entries.map(setter).join('\n  ')}\n }\n}`,
    ]
  }
  const literal = `{ ${entries.map(([name, value]) => `${name}: ${javaScript(value)}`).join(', ')} }`
  const module = { express: 'cors', hono: 'hono/cors', koa: '@koa/cors', fastify: '@fastify/cors' }[library]
  const call = library === 'fastify' ? `app.register(cors, ${literal})` : `app.use(cors(${literal}))`
  return ['app.js', `const cors = require('${module}')\n${call}`]
}

function python(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return typeof value === 'string' ? `r'${value}'` : String(value)
}

function javaScript(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(javaScript).join(', ')}]`
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}

/** Origins that the texts of the options may allow by mistake. */
const ASKED = [
  ...['https://app.example.com', 'https://admin.example.com', 'http://localhost:3000', 'http://127.0.0.1:5173'],
  ...['https://example.com', 'http://app.example.com', 'https://app.example.com:8443', 'capacitor://localhost', 'null'],
  ...[
    'https://any.example.com',
    'https://a.b.example.com',
    'https://app.example.com.evil.example',
    'http://localhost:1',
  ],
  ...[
    'https://evilexample.com',
    'https://example.com.evil.example',
    'https://a.b.example.co.uk',
    'https://evil.example',
  ],
  ...[
    'https://app-1.vercel.app',
    'https://app-x.y.vercel.app',
    'https://app.example.com:443',
    'https://appxexample.com',
  ],
]

const LIBRARIES = ['express', 'hono', 'koa', 'fastify', 'flask', 'django', 'spring'] as const

function peerOf(library: string): Peer {
  const peer = libraryNamed(library)
  if (peer === undefined) throw new Error(`${library} is no library`)
  return peer
}

const named = (headers: readonly (readonly [string, string])[]) =>
  new Map(headers.map(([name, value]) => [name.toLowerCase(), value]))

describe('a policy that is read of code', () => {
  it.each(LIBRARIES)('allows no origin and no credentials that %s refuses', async (library) => {
    const peer = peerOf(library)
    let allowed = 0
    let seed = 0
    await holds(
      fc.asyncProperty(fc.nat(), async (given) => {
        for (const options of optionSets(peer.name, 20, given + seed++)) {
          if (Object.values(options).some((value) => typeof value === 'function')) continue
          const { policy } = await readCode(file(...codeOf(library, options)), peer)
          if (policy === null) continue
          const cors = createCors(policy)
          const answer = peer.answerer(options)
          for (const origin of ASKED) {
            const ours = named(cors.entries({ method: 'GET', headers: new Headers({ origin }) }))
            if (!ours.has('access-control-allow-origin')) continue
            allowed++
            const theirs = named(answer({ method: 'GET', origin, asked: null, names: null }).headers)
            expect([origin, '*'], JSON.stringify(codeOf(library, options))).toContain(
              theirs.get('access-control-allow-origin'),
            )
            if (ours.has('access-control-allow-credentials'))
              expect(theirs.get('access-control-allow-credentials')).toBe('true')
          }
        }
      }),
      { numRuns: 10 },
    )
    expect(allowed).toBeGreaterThan(100)
  })

  it.each(['django', 'flask'])('reads from %s no more than the policy that compile() wrote', async (library) => {
    let read = 0
    await holds(
      fc.asyncProperty(constructing, async (policy) => {
        const text = compileText(policy, library === 'flask' ? 'flask' : 'django')
        const whole = library === 'flask' ? `app = Flask('a')\n${text}` : text
        const { policy: found } = await readCode(file('app.py', whole), peerOf(library))
        if (found === null) return
        read++
        // Neither library stops a refused request, which compile() lists as a loss.
        expect(diffPolicies(policy, found).allowed.filter(({ option }) => option !== 'refused')).toEqual([])
      }),
      { numRuns: 100 },
    )
    expect(read).toBeGreaterThan(20)
  })

  it.each(['express-cors', 'fastify-cors'] as const)('is none where %s decides by a function', async (library) => {
    const { policy, notUnderstood } = await readCode(
      file('app.js', compileText({ origins: [A] }, library)),
      peerOf(library),
    )
    expect([policy, notUnderstood.length > 0]).toEqual([null, true])
  })
})
