import { describe, expect, it } from 'vitest'
import { bareImports, importArrows, importsOf, roomOf, stalePeers, targetOf, typesOfPolicy } from './rules.ts'
import { type Source, sourcesOf } from './source.ts'

const sources = sourcesOf('src', 'adapters')
const planted = (path: string, text: string): Source => ({ path, text })

/** Every file that a file imports, and what those import. */
function reachOf(path: string, seen = new Set<string>()): Set<string> {
  const source = sources.find((one) => one.path === path)
  if (source === undefined || seen.has(path)) return seen
  seen.add(path)
  for (const specifier of importsOf(source)) if (specifier.startsWith('.')) reachOf(targetOf(path, specifier), seen)
  return seen
}

describe('the import arrows', () => {
  it('are the only imports of src and adapters', () => {
    expect(sources.length).toBeGreaterThan(30)
    expect(sources.flatMap(importArrows)).toEqual([])
  })

  it('lead from src to no package, and from an adapter to its framework as types alone', () => {
    expect(sources.flatMap(bareImports)).toEqual([])
    expect(stalePeers(sources)).toEqual([])
  })

  it('lead from the presets to the policy as types alone', () => {
    expect(sources.flatMap(typesOfPolicy)).toEqual([])
    const value = "import { checkPolicy } from '../policy/check.ts'"
    expect(typesOfPolicy(planted('src/presets/planted.ts', value))).toHaveLength(1)
    expect(typesOfPolicy(planted('src/presets/planted.ts', value.replace('import', 'import type')))).toEqual([])
  })

  it('let no path lead from the server to the browser or back', () => {
    const rooms = (path: string) => new Set([...reachOf(path)].map(roomOf))
    const isOfServer = ({ path }: Source) => ['policy', 'server', 'proxy', 'adapters'].includes(roomOf(path))
    const ofServer = sources
      .filter(isOfServer)
      .filter(({ path }) => rooms(path).has('browser') || rooms(path).has('diagnose'))
    const ofBrowser = sources
      .filter(({ path }) => roomOf(path) === 'browser' || path === 'src/browser.ts')
      .filter(({ path }) => ['policy', 'server', 'proxy'].some((room) => rooms(path).has(room)))
    expect([...ofServer, ...ofBrowser].map(({ path }) => path)).toEqual([])
  })

  it('name files that are there', () => {
    const paths = new Set(sources.map(({ path }) => path))
    const missing = sources.flatMap((source) =>
      importsOf(source)
        .filter((specifier) => specifier.startsWith('.') && !specifier.endsWith('.json'))
        .map((specifier) => targetOf(source.path, specifier))
        .filter((target) => !paths.has(target)),
    )
    expect(missing).toEqual([])
  })
})

describe('the import rules', () => {
  it('find an import against an arrow, in each of its forms', () => {
    expect(importArrows(planted('src/spec/x.ts', "import { a } from '../policy/y.ts'"))).toHaveLength(1)
    expect(importArrows(planted('src/policy/x.ts', "export type { A } from '../server/y.ts'"))).toHaveLength(1)
    expect(importArrows(planted('src/server/x.ts', "type A = import('../browser/y.ts').A"))).toHaveLength(1)
    expect(importArrows(planted('src/server/x.ts', "import '../index.ts'"))).toHaveLength(1)
    expect(importArrows(planted('src/browser/x.ts', "import type { A } from '../policy/y.ts'"))).toHaveLength(1)
    expect(importArrows(planted('src/browser.ts', "export { a } from './server/y.ts'"))).toHaveLength(1)
    expect(importArrows(planted('src/index.ts', "export { a } from './proxy/y.ts'"))).toHaveLength(1)
    expect(importArrows(planted('adapters/x.ts', "import { a } from '../src/server/y.ts'"))).toHaveLength(1)
    expect(importArrows(planted('src/attic/x.ts', ''))).toHaveLength(1)
  })

  it('find a package, and a framework that is more than types', () => {
    expect(bareImports(planted('src/server/x.ts', "import x from 'left-pad'"))).toHaveLength(1)
    expect(bareImports(planted('src/policy/x.ts', "import type { A } from 'hono'"))).toHaveLength(1)
    expect(bareImports(planted('src/proxy/x.ts', "import net from 'node:net'"))).toHaveLength(1)
    expect(bareImports(planted('adapters/x.ts', "import { Hono } from 'hono'"))).toHaveLength(1)
  })

  it('pass what the arrows allow', () => {
    expect(importArrows(planted('src/server/x.ts', "import { a } from '../spec/y.ts'\nimport './z.ts'"))).toEqual([])
    expect(importArrows(planted('adapters/x.ts', "import { a } from '../src/index.ts'"))).toEqual([])
    expect(importArrows(planted('src/diagnose/x.ts', "import { a } from '../browser/y.ts'"))).toEqual([])
    expect(bareImports(planted('adapters/x.ts', "import type { Hono } from 'hono'"))).toEqual([])
    expect(importArrows(planted('src/spec/x.ts', "// import { a } from '../policy/y.ts'"))).toEqual([])
  })
})
