import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** Building blocks, which adapters call and applications do not. */
const BLOCKS: readonly string[] = ['src/adapter.ts', 'src/runtime-adapter.ts']

/** Building blocks that compiled modules call. */
const OF_COMPILED = /^src\/runtime\.ts (?:exactly|matching|asking|freezePolicy|echo\w+|exposeNames|guard)$/

const manifest: { exports: Record<string, unknown> } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const surfaces = [
  ...readdirSync(join(root, 'src')).map((file) => `src/${file}`),
  ...readdirSync(join(root, 'adapters')).map((file) => `adapters/${file}`),
]
  .filter((file) => file.endsWith('.ts') && !BLOCKS.includes(file))
  .filter((file) =>
    Object.hasOwn(manifest.exports, file === 'src/index.ts' ? '.' : `./${file.split('/')[1]?.slice(0, -3)}`),
  )

/** The doc comment above a function that a file exports; null for what is no function of it. */
function commentOf(file: string, name: string): string | null {
  const source = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const start = source.search(new RegExp(`^export (?:async )?function\\*? ?${name}\\b`, 'm'))
  if (start < 0) return null
  const before = source.slice(0, start).replace(/(?:\/\/ .*\n|\s)*$/, '')
  return before.endsWith('*/') ? before.slice(before.lastIndexOf('/**')) : ''
}

const functions = surfaces.flatMap((surface) => {
  const path = join(root, surface)
  const source = readFileSync(path, 'utf8')
  const lists = [...source.matchAll(/^export \{([^}]*)\} from '([^']+)'/gm)].flatMap(([, list = '', from = '']) =>
    list.split(',').map((item) => [join(dirname(path), from), item.trim().split(' as ')[0] ?? ''] as const),
  )
  const own = [...source.matchAll(/^export (?:async )?function\*? (\w+)/gm)].map(
    ([, name = '']) => [path, name] as const,
  )
  return [...lists, ...own].flatMap(([file, name]) => {
    const comment = /^(type .*)?$/.test(name) ? null : commentOf(file, name)
    return comment === null || OF_COMPILED.test(`${surface} ${name}`) ? [] : [[`${surface} ${name}`, comment] as const]
  })
})

describe('a function of a surface', () => {
  it('is one of many', () => expect(functions.length).toBeGreaterThan(30))

  it.each(functions)('has an example: %s', (_, comment) => expect(comment).toContain('@example'))
})
