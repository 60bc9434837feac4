// Targets that do not run here, held to what their makers publish: how they match, and what their schemas take.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CorsPolicy, createCors } from '../../src/index.ts'
import { compileText, type TargetName } from '../../src/targets.ts'
import { candidate, constructing } from '../support/policies.ts'
import { holds } from '../support/property.ts'

/** What stands between the two lines of a shell. */
function fileOf(text: string): unknown {
  return JSON.parse(/<<'JSON'\n([\s\S]*?)\nJSON\n/.exec(text)?.[1] ?? 'null')
}

type Origins = (text: string) => readonly string[]

/** What a list of YAML in one line, or one value to a line, holds. */
const yamlList =
  (key: string): Origins =>
  (text) =>
    [
      ...(new RegExp(`${key}:((?:\\s*- "[^"]*")+|\\s*\\[[^\\n]*)`).exec(text)?.[1] ?? '').matchAll(
        /"((?:\\.|[^"\\])*)"/g,
      ),
    ].map(([quoted]) => JSON.parse(quoted) as string)

const glob = (entry: string, star: string) =>
  new RegExp(`^${entry.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', star)}$`)

/** How each reads its list of origins, and matches one. */
const MATCHERS: readonly (readonly [
  target: TargetName,
  read: Origins,
  matches: (entry: string, origin: string) => boolean,
])[] = [
  // Any characters, dots included.
  [
    's3',
    (text) => (fileOf(text) as { CORSRules: [{ AllowedOrigins: string[] }] }).CORSRules[0].AllowedOrigins,
    (entry, origin) => glob(entry, '.*').test(origin),
  ],
  [
    'r2',
    (text) => (fileOf(text) as { rules: [{ allowed: { origins: string[] } }] }).rules[0].allowed.origins,
    (entry, origin) => glob(entry, '.*').test(origin),
  ],
  [
    'gcs',
    (text) => (fileOf(text) as [{ origin: string[] }])[0].origin,
    (entry, origin) => entry === '*' || entry === origin,
  ],
  [
    'lambda-url',
    (text) => (fileOf(text) as { AllowOrigins: string[] }).AllowOrigins,
    (entry, origin) => glob(entry, '.*').test(origin),
  ],
  [
    'apigateway',
    (text) => (fileOf(text) as { AllowOrigins: string[] }).AllowOrigins,
    (entry, origin) => glob(entry, '.*').test(origin),
  ],
  // "*" is greedy to the left, dots included.
  ['gateway-api', yamlList('allowOrigins'), (entry, origin) => glob(entry, '.*').test(origin)],
  // Go matches a regular expression anywhere in a text.
  [
    'traefik',
    (text) => [
      ...yamlList('accessControlAllowOriginList')(text),
      ...yamlList('accessControlAllowOriginListRegex')(text),
    ],
    (entry, origin) => entry === '*' || entry === origin || (entry.startsWith('^') && new RegExp(entry).test(origin)),
  ],
  // Kong takes what holds another character for an expression, and anchors it at both ends.
  [
    'kong',
    yamlList('origins'),
    (entry, origin) =>
      entry === '*' ||
      (/[^A-Za-z0-9.:/-]/.test(entry)
        ? new RegExp(`^(?:${entry.replace(/^\^/, '').replace(/\$$/, '')})$`).test(origin)
        : entry === origin),
  ],
]

/**
 * Whether an origin can be a page's. The URL parser takes it as it is, and each label of its host is a name: letters, digits, `-` and
 * `_`, not dashes alone. The `*` of S3 and others also matches other characters, such as `{`. The engine refuses such a host. Only the owner of
 * the pattern's domain can give out such a name.
 */
function isOfAPage(origin: string): boolean {
  const url = URL.parse(origin)
  return url?.origin === origin && url.hostname.split('.').every((label) => /^[\w-]*[a-z0-9][\w-]*$/.test(label))
}

describe.each(MATCHERS)('what is printed for %s, by how it matches', (target, read, matches) => {
  it('lets no page in that the policy refuses', () => {
    holds(
      fc.property(
        constructing.chain((policy) =>
          fc.tuple(
            fc.constant(policy),
            Array.isArray(policy.origins)
              ? fc.array(candidate(policy.origins as readonly string[]), { maxLength: 30 })
              : fc.constant(['https://x.example']),
          ),
        ),
        ([policy, origins]) => {
          const text = compileText(policy, target)
          if (text.includes('No entry is left')) return
          const entries = read(text)
          expect(entries.length).toBeGreaterThan(0)
          const cors = createCors(policy)
          for (const origin of origins.filter(isOfAPage)) {
            const { shared } = cors.decide({
              method: 'GET',
              headers: { get: (name) => (name === 'origin' ? origin : null) },
            })
            if (!shared && entries.some((entry) => matches(entry, origin)))
              throw new Error(`${target} lets ${origin} in:\n${text}`)
          }
        },
      ),
    )
  })
})

describe('"*" for request headers', () => {
  it.each([
    's3',
    'r2',
    'gateway-api',
    'lambda-url',
    'apigateway',
    'kong',
    'spring',
    'rails',
    'aspnet',
    'laravel',
    'fastapi',
    'iis',
  ] as const)('is not written for %s where it would let Authorization through', (target) => {
    const own = { origins: ['https://app.example.com'] }
    const [without, beside] = [['*'], ['*', 'Authorization']].map((requestHeaders) => {
      const text = compileText({ ...own, requestHeaders } as CorsPolicy, target)
      return text.replaceAll(/^(?:#|\/\/|<!--) .*$/gm, '')
    })
    expect(without).not.toMatch(/[Hh]eaders\W{1,8}\*|AnyHeader|:any|allowAllRequestedHeaders/)
    expect(beside).not.toBe(without)
  })
})

describe('the schema of HTTPRoute', () => {
  it('takes what is printed for the Gateway API', () => {
    const many = Array.from({ length: 70 }, (_, i) => `https://a${i}.example.com`)
    const names = Array.from({ length: 70 }, (_, i) => `X-Own-${i}`)
    const text = compileText(
      { origins: many, requestHeaders: names, methods: ['PUT', 'PURGE'], maxAge: 0 },
      'gateway-api',
    )
    expect(yamlList('allowOrigins')(text).length).toBe(64)
    expect(yamlList('allowHeaders')(text).length).toBe(64)
    expect(yamlList('allowMethods')(text)).toEqual(['GET', 'HEAD', 'POST', 'PUT'])
    expect(text).toMatch(/maxAge: 1$/m)
  })
})

describe('an annotation of ingress-nginx', () => {
  it('is written even where it is empty: what is missing gets wide defaults', () => {
    const text = compileText({ origins: ['https://app.example.com'] }, 'ingress-nginx')
    expect(text).toContain('cors-allow-headers: "Accept"')
    expect(text).toContain('cors-allow-credentials: "false"')
    expect(text).toContain('cors-max-age: "5"')
    expect(text).toMatch(/retired in March 2026/)
  })
})
