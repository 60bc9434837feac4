import { describe, expect, it } from 'vitest'
import { circlesOf } from './cycles.ts'
import { type Source, sourcesOf } from './source.ts'

const sources = sourcesOf('src', 'adapters')
const planted = (path: string, ...imports: string[]): Source => ({ path, text: imports.join('\n') })

/**
 * The circles that are left, by room. A circle may lose files, and never win one. Take a row out when its circle is gone. One circle
 * stays: the standard's "main fetch", "HTTP fetch" and "HTTP-redirect fetch" call one another.
 */
const LEFT: Readonly<Record<string, readonly string[]>> = {
  browser: [
    'src/browser/body.ts',
    'src/browser/divergences-cache.ts',
    'src/browser/divergences-fields.ts',
    'src/browser/divergences-lifetimes.ts',
    'src/browser/divergences-locations.ts',
    'src/browser/divergences-redirects.ts',
    'src/browser/divergences-requests.ts',
    'src/browser/divergences-sites.ts',
    'src/browser/divergences.ts',
    'src/browser/engines.ts',
    'src/browser/fetch-metadata.ts',
    'src/browser/fetch-params.ts',
    'src/browser/http-fetch.ts',
    'src/browser/location.ts',
    'src/browser/main-fetch.ts',
    'src/browser/network.ts',
    'src/browser/preflight-cache.ts',
    'src/browser/preflight-check.ts',
    'src/browser/preflight-fetch.ts',
    'src/browser/preflight-status.ts',
    'src/browser/redirect.ts',
    'src/browser/request-headers.ts',
    'src/browser/request.ts',
    'src/browser/resource-policy.ts',
  ],
  cli: ['src/cli/check.ts', 'src/cli/expect.ts'],
  diagnose: [
    'src/diagnose/diagnose.ts',
    'src/diagnose/find.ts',
    'src/diagnose/fixes/clouds.ts',
    'src/diagnose/fixes/snippets.ts',
    'src/diagnose/report/replay.ts',
    'src/diagnose/report/shown.ts',
  ],
  proxy: ['src/proxy/body.ts', 'src/proxy/options.ts'],
}

const isLeft = (circle: readonly string[]) =>
  Object.values(LEFT).some((known) => circle.every((path) => known.includes(path)))

describe('the imports inside a room', () => {
  it('go in no circle, types included, but for those that are listed', () => {
    expect(sources.length).toBeGreaterThan(30)
    expect(circlesOf(sources).filter((circle) => !isLeft(circle))).toEqual([])
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
