// --patch on HTTPRoutes of the Gateway API, which are read back, and on YAML of any shape.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as yaml from 'yaml'
import { patchHttpRoute } from '../../src/cli/patch/gateway-api.ts'
import { unifiedDiff } from '../../src/cli/patch/unified-diff.ts'
import { at, openYaml, type Path } from '../../src/cli/patch/yaml-file.ts'
import { snippet } from '../../src/diagnose.ts'
import { importConfig } from '../../src/targets.ts'
import { ORIGIN, stage } from '../diagnose/stage.ts'
import { holds } from '../support/property.ts'
import { corsmith, file } from './run.ts'

const HTTP_ROUTE = `# The routes of the API.
apiVersion: v1
kind: Service
metadata: { name: api }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: api # the API
spec:
  hostnames: ["api.example.com"]
  rules:
    # the internal part
    - matches: [{ path: { type: PathPrefix, value: /internal } }]
      backendRefs: [{ name: internal, port: 80 }]
    # the public part
    - matches:
        - path: { type: PathPrefix, value: /api }   # all of it
FILTERS      backendRefs:
        - { name: api, port: 8080 }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: pages }
spec:
  rules: [{ backendRefs: [{ name: pages, port: 80 }] }]
`
const route = (filters = ''): string => HTTP_ROUTE.replace('FILTERS', filters)
const WANTED = { origins: [ORIGIN], methods: ['PUT'], requestHeaders: ['X-Own'] }
const URL_OF = new URL('https://api.example.com/api/x')

function patchedRoute(text: string, url: URL = URL_OF): string {
  const opened = openYaml(yaml, text)
  patchHttpRoute(opened, (yaml.parse(snippet('gateway-api', WANTED) ?? '') as unknown[])[0], url)
  return opened.text()
}

const OLD_FILTER = `        - type: CORS
          cors:
            allowOrigins: ["https://shop.example.com"] # the shop
`
const BY_HAND = `        # by hand
        - type: ResponseHeaderModifier
          responseHeaderModifier:
            set:
              - name: Access-Control-Allow-Origin
                value: "*"
`

describe('patchHttpRoute()', () => {
  const before: readonly (readonly [name: string, filters: string])[] = [
    ['without filters', ''],
    ['with an empty list', '      filters: []\n'],
    ['with a filter of another origin', `      filters:\n${OLD_FILTER}`],
    ['with headers that are set by hand', `      filters:\n${BY_HAND}`],
    [
      'with headers by hand beside others',
      `      filters:\n${BY_HAND}              - name: X-Own\n                value: "1" # ours\n`,
    ],
    ['with both', `      filters:\n${BY_HAND}${OLD_FILTER}`],
    ['in braces', '      filters: [{ type: RequestHeaderModifier, requestHeaderModifier: { remove: [X-Secret] } }]\n'],
  ]
  it.each(before)('gives the rule that answers the policy, %s', (_name, filters) => {
    const text = route(filters)
    const after = patchedRoute(text)
    const [, { spec }] = yaml.parseAllDocuments(after).map((document) => document.toJS()) as [
      unknown,
      { spec: { rules: unknown[] } },
    ]
    expect(importConfig(yaml.stringify(spec.rules[1]), 'gateway-api').policy).toMatchObject(WANTED)
    expect(yaml.stringify(spec.rules[0])).not.toContain('CORS')
    expect(after).not.toMatch(/Access-Control/i)
    const kept = text.match(/# (?!the shop).*/g)
    expect(after.match(/# .*/g)).toEqual(expect.arrayContaining(kept ?? []))
    expect(patchedRoute(after)).toBe(after)
  })

  it('changes nothing but its own lines, and keeps the ends of lines', () => {
    const text = route(`      filters:\n${OLD_FILTER}`)
    const gone = unifiedDiff('f', text, patchedRoute(text))
      .split('\n')
      .filter((line) => /^-(?!--)/.test(line))
    expect(gone).toEqual(['-            allowOrigins: ["https://shop.example.com"] # the shop'])
    const crlf = text.replaceAll('\n', '\r\n')
    expect(patchedRoute(crlf)).toBe(patchedRoute(text).replaceAll('\n', '\r\n'))
  })

  it('chooses the route by host, then the rule by path', () => {
    const [, api, pages] = yaml
      .parseAllDocuments(patchedRoute(route(), new URL('https://www.example.com/')))
      .map(String)
    expect([api?.includes('CORS'), pages?.includes('CORS')]).toEqual([false, true])
    expect(() => patchedRoute(route(), new URL('https://api.example.com/other'))).toThrow(
      'no rule answers api.example.com/other',
    )
  })

  const refused: readonly (readonly [why: string, text: string])[] = [
    ['holds no HTTPRoute', 'kind: Service\n'],
    ['the configuration cannot be read', 'a: [1\nb: }'],
    ['matches by method', route().replace('value: /api }', 'value: /api }\n          method: PUT')],
    [
      'matches by headers',
      route().replace('value: /api }', 'value: /api }\n          headers: [{ name: X, value: y }]'),
    ],
    ['RegularExpression', route().replace('type: PathPrefix, value: /api', 'type: RegularExpression, value: /api')],
    ['2 rules may answer', route().replace('/internal', '/api')],
    [
      'a backendRef sets CORS headers',
      route().replace(
        '{ name: api, port: 8080 }',
        '{ name: api, filters: [{ type: ResponseHeaderModifier, responseHeaderModifier: { set: [{ name: Access-Control-Allow-Origin, value: x }] } }] }',
      ),
    ],
    [
      'the place is an alias: *rules',
      'kind: HTTPRoute\napiVersion: gateway.networking.k8s.io/v1\nx: &rules [{ backendRefs: [] }]\nspec: { rules: *rules }\n',
    ],
    [
      'repeated elsewhere: &rule',
      'kind: HTTPRoute\napiVersion: gateway.networking.k8s.io/v1\nspec:\n  rules:\n    - &rule\n      backendRefs: []\nother: *rule\n',
    ],
    [
      'merged with another one',
      'kind: HTTPRoute\napiVersion: gateway.networking.k8s.io/v1\nspec:\n  rules:\n    - <<: { a: 1 }\n      backendRefs: []\n',
    ],
  ]
  it.each(refused)('refuses what it is not sure of: %s', (why, text) => {
    expect(() => patchedRoute(text)).toThrow(why)
  })
})

const word = fc.constantFrom('a', 'b', 'key', 'on', 'null', '- x', 'k: v', '# no', '*', '', '1e3', 'a\nb', ' c ')
const value = fc.letrec<{ readonly any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    word,
    fc.integer(),
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c d', 'on', '1'), tie('any'), { minKeys: 1, maxKeys: 3 }),
  ),
})).any
const style = fc.record({
  indent: fc.constantFrom(2, 4),
  indentSeq: fc.boolean(),
  collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const),
})

/** Every place of a value below its first document. */
function placesOf(inner: unknown, path: Path = [0]): readonly Path[] {
  if (typeof inner !== 'object' || inner === null) return []
  return Object.keys(inner).flatMap((key) => {
    const own = [...path, Array.isArray(inner) ? Number(key) : key]
    return [own, ...placesOf(Reflect.get(inner, key), own)]
  })
}

describe('openYaml()', () => {
  it('sets, inserts and removes in text of any style, as the values say', () => {
    const kinds = fc.constantFrom('set' as const, 'insert' as const, 'remove' as const)
    holds(
      fc.property(value, value, style, kinds, fc.nat(), fc.boolean(), (before, put, shape, kind, choice, isLast) => {
        const places = placesOf(before).filter((path) => {
          const holder = at([before], path.slice(0, -1))
          if (kind === 'insert') return Array.isArray(holder)
          return kind === 'set' || Object.keys(holder as object).length > 1
        })
        fc.pre(places.length > 0)
        const chosen = places[choice % places.length] ?? []
        const path = kind === 'insert' && isLast ? [...chosen.slice(0, -1), 1e6] : chosen
        const text = `# head\n${yaml.stringify(before, shape)}# end\n`
        const opened = openYaml(yaml, text)
        if (kind === 'remove') opened.remove(path)
        else opened[kind](path, put)
        const after = opened.text()
        expect(yaml.parse(after)).toEqual(opened.values[0])
        expect(after.match(/^# (?:head|end)$/gm)).toEqual(['# head', '# end'])
      }),
    )
  })

  it('refuses aliases that lead nowhere, and too many', () => {
    expect(() => openYaml(yaml, 'a: *b\n')).toThrow('cannot be read')
    const bomb = `a: &a [${'x,'.repeat(20)}]\nb: &b [${'*a,'.repeat(20)}]\nc: &c [${'*b,'.repeat(20)}]\nd: [${'*c,'.repeat(20)}]\n`
    expect(() => openYaml(yaml, bomb)).toThrow('cannot be read')
  })
})

describe('corsmith check --patch on HTTPRoutes', () => {
  it('prints the difference, and the text to paste where it is not sure', async () => {
    const server = await stage(() => ({ headers: [['Server', 'envoy']] }))
    const text = route().replace('["api.example.com"]', '["127.0.0.1"]')
    const argv = ['check', `${server.origin}/api/x`, '-o', ORIGIN, '--patch', '--config']
    const fine = await corsmith([...argv, file('route.yaml', text)])
    const odd = await corsmith([
      ...argv,
      file('route.yaml', text.replace('value: /api }', 'value: /api }\n          method: GET')),
    ])
    await server.close()
    expect(fine.out).toContain('+        - type: CORS')
    expect(fine.err).toContain('Then: kubectl apply --dry-run=server -f')
    expect([odd.err, odd.out]).toEqual([
      expect.stringContaining('No patch: the rule matches by method, so no preflight comes to it'),
      expect.stringContaining('- type: CORS\n'),
    ])
  })

  it('names the package that is missing', () => {
    const hooks = `import { registerHooks } from 'node:module'
      registerHooks({ resolve(name, context, next) { if (name === 'yaml') throw new Error(name); return next(name, context) } })`
    const code = `import { loadYaml } from ${JSON.stringify(join(import.meta.dirname, '../../src/cli/patch/yaml-file.ts'))}
      await loadYaml().catch((error) => console.log(error.name, error.message))`
    const args = ['--import', `data:text/javascript,${encodeURIComponent(hooks)}`, '--input-type=module', '-e', code]
    const said = execFileSync(process.execPath, args, { encoding: 'utf8' })
    expect(said).toBe('NoPatch a patch of YAML needs the package yaml (npm install yaml)\n')
  })
})
