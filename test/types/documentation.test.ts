import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compile } from './compile.ts'

const root = join(import.meta.dirname, '../..')
const folder = join(root, 'test', '.documentation')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')

/** A piece of TypeScript that a reader copies. */
interface Block {
  readonly place: string
  readonly code: string
  /** Names that the file of a doc comment exports. */
  readonly exported: readonly string[]
}

async function files(...patterns: string[]): Promise<readonly string[]> {
  const found: string[] = []
  for await (const file of glob(patterns, { cwd: root })) found.push(file)
  return found.sort()
}

/** Its applications need frameworks that are not installed here. `npm run test:frameworks` runs them. */
const RUN_ELSEWHERE = 'docs/frameworks.md'

const pages: readonly Block[] = (
  await files('README.md', 'docs/*.md', 'skills/*/SKILL.md', 'examples/*/README.md')
).flatMap((page) =>
  page === RUN_ELSEWHERE
    ? []
    : [...read(page).matchAll(/^```ts\n(.*?)^```/gms)].map(({ 1: code = '', index }) => ({
        place: `${page}:${line(page, index)}`,
        code,
        exported: [],
      })),
)

const comments: readonly Block[] = (await files('src/**/*.ts', 'adapters/*.ts')).flatMap((file) => {
  const source = read(file)
  const exported = [...source.matchAll(/^export (?:async )?(?:function\*?|const|class|interface|type) (\w+)/gm)].map(
    ([, name = '']) => name,
  )
  return [...source.matchAll(/^[ \t]*\/\*\*(?:(?!\*\/)[\s\S])*?@example(?: |\n)((?:(?!\*\/|\n\s*\* @)[\s\S])*)/gm)].map(
    ({ 1: text = '', index }) => {
      const plain = text.replaceAll(/^[ \t]*\* ?/gm, '')
      return { place: `${file}:${line(file, index)}`, code: /```ts\n([\s\S]*?)```/.exec(plain)?.[1] ?? plain, exported }
    },
  )
})

function line(file: string, index: number): number {
  return read(file).slice(0, index).split('\n').length
}

/** What the text around a piece has told: an application, a policy, a handler. */
const KNOWN = `
declare const app: { fetch(request: Request): Response | Promise<Response>; use(...handlers: unknown[]): void; all(...handlers: unknown[]): void; get(...handlers: unknown[]): void }
declare const handler: (request: Request) => Response
declare const text: string
declare const request: Request
declare const response: Response
declare const origin: string
declare const policy: import('corsmith').CorsPolicy
declare const cors: import('corsmith').Cors
declare const page: import('corsmith/browser').Page
declare const Deno: { serve(...options: unknown[]): unknown }
declare const Bun: { serve(options: unknown): unknown }
`

/** Names of the surfaces, for examples that import nothing: their file does. */
const surfaces = new Map(
  (await files('src/*.ts')).flatMap((file) => {
    const name = file === 'src/index.ts' ? 'corsmith' : `corsmith/${file.slice(4, -3)}`
    const lists = [...read(file).matchAll(/^export (?:type )?\{([^}]*)\}/gms)].map(([, list = '']) => list)
    return lists.flatMap((list) =>
      list.split(',').map(
        (item) =>
          [
            item
              .replace(/^\s*type\s/, '')
              .split(' as ')
              .at(-1)
              ?.trim() ?? '',
            name,
          ] as const,
      ),
    )
  }),
)

function moduleOf({ place, code, exported }: Block): string {
  const declared = new Set(
    [...code.matchAll(/\b(?:import|const|let|function|class|interface|type)\b\s*(?:type\s*)?(\{[^}]*\}|\w+)/g)].flatMap(
      ([, names = '']) => names.match(/\w+/g) ?? [],
    ),
  )
  const used = new Set(code.replaceAll(/'[^'\n]*'|\/\/.*$/gm, '').match(/(?<![.\w])[A-Za-z_]\w*/g))
  const missing = [...used].filter((name) => !declared.has(name))
  const own = missing.filter((name) => exported.includes(name))
  const others = missing.filter((name) => !own.includes(name) && surfaces.has(name))
  const file = place.split(':')[0] ?? ''
  return [
    ...(own.length > 0 ? [`import { ${own.map((name) => name).join(', ')} } from '../../${file}'`] : []),
    ...others.map((name) => `import { ${name} } from '${surfaces.get(name)}'`),
    // Next refuses a path that ends in `.ts`, and Node refuses one without an ending.
    code.replaceAll(/(?<=')\.\/\w+(?=')/g, '$&.ts'),
    'export {}',
  ].join('\n')
}

describe('the TypeScript that readers copy', () => {
  const blocks = [...pages, ...comments]
  const complaints = new Map<string, string[]>()

  beforeAll(() => {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    blocks.forEach((block, i) => {
      writeFileSync(join(folder, `block-${i}.ts`), moduleOf(block))
    })
    writeFileSync(join(folder, 'known.d.ts'), KNOWN)
    writeFileSync(
      join(folder, 'cors.ts'),
      `import { createCors } from 'corsmith'\nexport const policy = { origins: ['https://a.com'] } as const\nexport const cors = createCors(policy)\n`,
    )
    writeFileSync(join(folder, 'stamp.ts'), 'export const stamp = () => {}\n')
    const { compilerOptions } = JSON.parse(read('tsconfig.json').replaceAll(/^\s*\/\/.*$/gm, ''))
    const { exports } = JSON.parse(read('package.json'))
    const paths = Object.fromEntries(
      Object.entries<{ import?: { types: string } }>(exports).flatMap(([name, { import: entry }]) => {
        const source = entry?.types.replace('./dist', '../..').replace(/\.d\.ts$/, '.ts')
        return source === undefined ? [] : [[name.replace('.', 'corsmith'), [source]]]
      }),
    )
    const options = {
      ...compilerOptions,
      rootDir: '../..',
      paths,
      verbatimModuleSyntax: false,
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['*.ts'] }))
    const output = compile('typescript', join(folder, 'tsconfig.json'))
    for (const text of output.split('\n').filter((each) => each.includes('error TS'))) {
      const key = /block-(\d+)\.ts/.exec(text)?.[1] ?? 'elsewhere'
      complaints.set(key, [...(complaints.get(key) ?? []), text])
    }
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is much', () => expect([pages.length > 10, comments.length > 40]).toEqual([true, true]))

  it.each(blocks.map(({ place }, i) => [place, String(i)] as const))('compiles: %s', (place, i) => {
    const said = complaints.get(i) ?? []
    // README.md shows a policy that is refused, and what is said of it.
    const isRefused = place.startsWith('README.md') && blocks[Number(i)]?.code.includes("'https://app.example.com/'")
    if (isRefused) expect(said.map((text) => text.includes('✖'))).toEqual([true, true])
    else expect(said).toEqual([])
  })

  it('is compiled at all', () => expect(complaints.get('elsewhere') ?? []).toEqual([]))
})
