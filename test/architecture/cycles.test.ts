import { describe, expect, it } from 'vitest'
import { circlesOf } from './cycles.ts'
import { type Source, sourcesOf } from './source.ts'

const sources = sourcesOf('src', 'adapters')
const planted = (path: string, ...imports: string[]): Source => ({ path, text: imports.join('\n') })

describe('the imports inside a room', () => {
  it('go in no circle, types included', () => {
    expect(sources.length).toBeGreaterThan(30)
    expect(circlesOf(sources)).toEqual([])
  })
})

describe('circlesOf()', () => {
  it('finds a circle of values, of types, of both, and of one file', () => {
    const a = planted('src/spec/a.ts', "import { b } from './b.ts'")
    const b = planted('src/spec/b.ts', "import type { C } from './c.ts'")
    const c = planted('src/spec/c.ts', "export type { A } from './a.ts'")
    const d = planted('src/spec/d.ts', "import './d.ts'")
    expect(circlesOf([a, b, c, d])).toEqual([['src/spec/a.ts', 'src/spec/b.ts', 'src/spec/c.ts'], ['src/spec/d.ts']])
    expect(
      circlesOf([planted('src/spec/a.ts', "type B = import('./b.ts').B"), planted('src/spec/b.ts', "import './a.ts'")]),
    ).toHaveLength(1)
  })

  it('tells two circles apart, and finds none in a line or a fork', () => {
    const pair = (one: string, other: string) => [
      planted(`src/spec/${one}.ts`, `import { x } from './${other}.ts'`),
      planted(`src/spec/${other}.ts`, `import { x } from './${one}.ts'`, "import { y } from './end.ts'"),
    ]
    const end = planted('src/spec/end.ts', "import { z } from '../policy/elsewhere.ts'")
    expect(circlesOf([...pair('a', 'b'), ...pair('c', 'd'), end])).toEqual([
      ['src/spec/a.ts', 'src/spec/b.ts'],
      ['src/spec/c.ts', 'src/spec/d.ts'],
    ])
    expect(
      circlesOf([end, planted('src/spec/a.ts', "import './end.ts'"), planted('src/spec/b.ts', "import './end.ts'")]),
    ).toEqual([])
  })
})
