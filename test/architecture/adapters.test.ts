// Everything that a new adapter owes. Each place below says which adapters it lacks, so this test names every missing piece.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')

/** Every text below a folder that may import an adapter. */
function textsBelow(...folders: readonly string[]): string {
  return folders
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(?:ts|tsx|mts|js|json)$/.test(name) && !name.includes('node_modules'))
        .map((name) => read(join(folder, name))),
    )
    .join('\n')
}

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly import: { readonly default: string } }>>
}

/** The adapters that package.json exports: `hono` for `./dist/adapters/hono.js`. */
const ADAPTERS: readonly string[] = Object.values((JSON.parse(read('package.json')) as Manifest).exports).flatMap(
  (target) =>
    typeof target === 'string' ? [] : (/adapters\/(?<name>[^/]+)\.js$/.exec(target.import.default)?.groups?.name ?? []),
)

/** Servers that take a whole proxy, not a framework's handler: the edge has its own pages, targets and tests. */
const PROXIES: readonly string[] = ['node-proxy']

/** What a place must hold for an adapter, and what it is called in the report. */
type Place = readonly [name: string, text: string, mark: (adapter: string) => RegExp]

const imports = (adapter: string) => new RegExp(`from ['"]corsmith/${adapter}['"]|'corsmith/${adapter}'`)
const row = (adapter: string) => new RegExp(`^\\| .*\`corsmith/${adapter}\``, 'm')

const PLACES: readonly Place[] = [
  ['an export of package.json', read('package.json'), (adapter) => new RegExp(`"\\./${adapter}": \\{`)],
  [
    'an entry in jsr.json',
    read('jsr.json'),
    (adapter) => new RegExp(`"\\./${adapter}": "\\./adapters/${adapter}\\.ts"`),
  ],
  ['a row in README.md', read('README.md'), row],
  ['a row in docs/adapters.md', read('docs/adapters.md'), row],
  [
    'a size budget in test/budget/size.test.ts',
    read('test/budget/size.test.ts'),
    (adapter) => new RegExp(`\\['${adapter}', `),
  ],
  ['a project in examples/', textsBelow('examples'), imports],
  ['a writer in src/targets/', textsBelow('src/targets'), imports],
  ['an application in test/runtimes/', textsBelow('test/runtimes'), imports],
]

/** What an adapter lacks. */
const missing = (adapter: string, places: readonly Place[] = PLACES) =>
  places.filter(([, text, mark]) => !mark(adapter).test(text)).map(([name]) => name)

const PROXY_PLACES: readonly Place[] = [
  ...PLACES.filter(([name]) => /package\.json|jsr\.json|README|size budget/.test(name)),
  ['a section in docs/edge.md', read('docs/edge.md'), (adapter) => new RegExp(`corsmith/${adapter}`)],
  [
    'a test in test/proxy/ or test/support/',
    textsBelow('test/proxy', 'test/support', 'test/adapters'),
    (adapter) => new RegExp(`adapters/${adapter}\\.ts|corsmith/${adapter}`),
  ],
]

/** The names of the files of a folder. */
const filesOf = (folder: string) =>
  readdirSync(join(ROOT, folder)).flatMap((name) => (name.endsWith('.ts') ? [name.replace('.ts', '')] : []))

const inRuntime = (name: string) => `adapters/runtime/${name}.ts`

describe('an adapter', () => {
  it('has files that package.json exports, and helpers that an exported file imports', () => {
    const files = filesOf('adapters')
    const texts = [...files.map((name) => `adapters/${name}.ts`), ...filesOf('adapters/runtime').map(inRuntime)]
    const adapters = texts.map(read).join('\n')
    const helpers = files.filter((file) => !ADAPTERS.includes(file))
    expect(helpers.filter((helper) => !adapters.includes(`/${helper}.ts'`))).toEqual([])
  })

  it('has a counterpart for compiled policies, which holds what it does', () => {
    expect(filesOf('adapters/runtime').toSorted()).toEqual(ADAPTERS.toSorted())
    const lacks = (name: string) => [
      ...(/from '\.\/(?:runtime\/|node-handle|node-proxy-server)/.test(read(`adapters/${name}.ts`))
        ? []
        : ['an import of it']),
      ...(new RegExp(`"\\./runtime/${name}": \\{`).test(read('package.json')) ? [] : ['an export of package.json']),
      ...(read('jsr.json').includes(`"./runtime/${name}": "./${inRuntime(name)}"`) ? [] : ['an entry in jsr.json']),
      ...(/from '[^']*src\/(?!runtime-)/.test(read(inRuntime(name))) ? ['an import of the runtime alone'] : []),
    ]
    expect(ADAPTERS.flatMap(lacks)).toEqual([])
  })

  it.each(ADAPTERS.filter((name) => !PROXIES.includes(name)))(
    '%s stands in every place where users and tests look for it',
    (adapter) => {
      expect(missing(adapter)).toEqual([])
    },
  )

  it.each(PROXIES)('%s stands in every place of a proxy', (adapter) => {
    expect(missing(adapter, PROXY_PLACES)).toEqual([])
  })

  it('that exists nowhere is missed in every place', () => {
    expect(missing('planted')).toEqual(PLACES.map(([name]) => name))
  })
})
