import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CorsPolicy, checkPolicy } from '../../src/index.ts'
import { diffPolicies } from '../../src/policy.ts'
import { compile, compileText, importConfig, lintConfig, type TargetName, targets } from '../../src/targets.ts'
import { constructing } from '../support/policies.ts'
import { holds } from '../support/property.ts'

const READ = targets.filter(({ reads }) => reads).map(({ name }) => name)

describe('importConfig()', () => {
  it.each(READ)('reads back from %s what compile() writes', (target) => {
    holds(
      fc.property(constructing, (policy) => {
        const { files, losses } = compile(policy, target)
        if (files.length === 0) return
        const { policy: read, notUnderstood } = importConfig(compileText(policy, target), target)
        if (read === null) throw new Error(`nothing is read of\n${compileText(policy, target)}`)
        const { allowed, stopped, other } = diffPolicies(policy, read)
        // No text says whether requests of strangers reach the API.
        expect(allowed.filter(({ option }) => option !== 'refused')).toEqual([])
        // What is not in the text is no difference of the two.
        const unsaid = [
          'preflightStatus',
          'refused',
          'dangerouslyAllowInsecureOrigins',
          'dangerouslyAllowPublicSuffixes',
        ]
        if (losses.length === 0) {
          expect(stopped.filter(({ value }) => !['GET', 'HEAD', 'POST'].includes(String(value)))).toEqual([])
          const free = ['GET', 'HEAD', 'POST']
          expect(
            other.filter(({ option, value }) => !unsaid.includes(option) && !free.includes(String(value))),
          ).toEqual([])
          expect(notUnderstood).toEqual([])
        }
      }),
      { numRuns: 300 },
    )
  })

  it('throws for a target that it does not read', () => {
    expect(() => importConfig('', 'koa')).toThrow('is not read: write one of nginx')
    expect(() => importConfig('', 'toString' as TargetName)).toThrow('is not read')
  })

  it.each(READ)('takes any text for %s, and never gives a policy with a defect', (target) => {
    holds(
      fc.property(fc.constantFrom(...targets), fc.nat(), fc.string(), constructing, ({ name }, at, noise, policy) => {
        const text = compileText(policy, name)
        const i = at % (text.length + 1)
        const { policy: read } = importConfig(text.slice(0, i) + noise + text.slice(i + noise.length), target)
        if (read !== null) expect(checkPolicy(read).filter(({ severity }) => severity === 'error')).toEqual([])
      }),
    )
  })
})

/** A configuration, and what is read of it. */
interface Case {
  readonly target: TargetName
  readonly name: string
  readonly text: string
  readonly policy: CorsPolicy | null
  readonly left?: readonly number[]
  readonly issues?: readonly string[]
}

const CASES: readonly Case[] = [
  {
    target: 'nginx',
    name: 'constant headers of a tutorial',
    text: `server {
  location /api/ {
    if ($request_method = 'OPTIONS') {
      add_header 'Access-Control-Allow-Origin' 'https://app.example.com';
      add_header 'Access-Control-Allow-Methods' 'GET, POST, PUT, OPTIONS';
      add_header 'Access-Control-Allow-Headers' 'Content-Type,Authorization';
      add_header 'Access-Control-Max-Age' 1728000;
      return 204;
    }
    add_header 'Access-Control-Allow-Origin' 'https://app.example.com' always;
    proxy_pass http://api;
  }
}`,
    policy: {
      origins: ['https://app.example.com'],
      methods: ['PUT', 'OPTIONS'],
      requestHeaders: ['Content-Type', 'Authorization'],
      maxAge: 86_400,
    },
    issues: ['errors-without-headers', 'header-doubled', 'vary-missing'],
  },
  {
    target: 'nginx',
    name: 'a map with expressions, one of them open',
    text: `map $http_origin $cors {
  default "";
  "https://app.example.com" $http_origin;
  ~^https://(www|admin)\\.example\\.com$ $http_origin;
  ~^https://.*\\.example\\.net $http_origin;
  ~^https://[0-9]+\\.example\\.org$ $http_origin;
}
server {
  add_header Access-Control-Allow-Origin $cors always;
  add_header Access-Control-Allow-Credentials true always;
  add_header Vary Origin always;
}`,
    policy: {
      origins: [
        'https://app.example.com',
        'https://www.example.com',
        'https://admin.example.com',
        'https://*.example.net',
      ],
      credentials: true,
    },
    left: [6],
    issues: ['regex-unanchored'],
  },
  {
    target: 'nginx',
    name: 'an expression with loose dots in an if',
    text: `location / {
  if ($http_origin ~* (https://app.example.com|https://b.example.com)) {
    add_header Access-Control-Allow-Origin $http_origin always;
  }
  add_header Vary Origin always;
}`,
    policy: { origins: ['https://app.example.com', 'https://b.example.com'] },
    issues: ['regex-loose-dot', 'regex-unanchored'],
  },
  {
    target: 'nginx',
    name: 'a variable that an if sets',
    text: `if ($http_origin ~ "^https://app\\.example\\.com$") { set $cors $http_origin; }
add_header Access-Control-Allow-Origin $cors always;
add_header Vary Origin always;`,
    policy: { origins: ['https://app.example.com'] },
  },
  {
    target: 'nginx',
    name: 'every origin with credentials',
    text: `add_header Access-Control-Allow-Origin $http_origin always;
add_header Access-Control-Allow-Credentials true always;
add_header Vary Origin;`,
    policy: null,
    left: [1],
    issues: ['any-origin-with-credentials'],
  },
  {
    target: 'nginx',
    name: 'two locations with policies of their own',
    text: `location /a { add_header Access-Control-Allow-Origin https://a.example.com always; add_header Vary Origin; }
location /b { add_header Access-Control-Allow-Origin * always; }`,
    policy: { origins: ['https://a.example.com'] },
    left: [2],
  },
  { target: 'nginx', name: 'no word of CORS', text: 'server { listen 80; }', policy: null },
  {
    target: 's3',
    name: 'the list of the console',
    text: `[{"AllowedOrigins":["https://app.example.com","https://*.example.com"],"AllowedMethods":["GET","PUT"],"AllowedHeaders":["*"],"ExposeHeaders":["ETag"],"MaxAgeSeconds":3000}]`,
    policy: {
      origins: ['https://app.example.com', 'https://*.example.com'],
      credentials: true,
      methods: ['PUT'],
      requestHeaders: ['*', 'Authorization'],
      exposedHeaders: ['ETag'],
      maxAge: 3000,
    },
  },
  {
    target: 'gcs',
    name: 'a public bucket',
    text: `[{"origin":["*"],"method":["GET","HEAD"],"responseHeader":["Content-Type"],"maxAgeSeconds":3600}]`,
    policy: { origins: '*', requestHeaders: ['Content-Type'], exposedHeaders: ['Content-Type'], maxAge: 3600 },
  },
  { target: 's3', name: 'a text that is no JSON', text: 'AllowedOrigins: *', policy: null, left: [1] },
]

describe.each(CASES)('$target: $name', ({ target, text, policy, left = [], issues = [] }) => {
  it('is read, and never wider', () => {
    const read = importConfig(text, target)
    expect(read.policy).toEqual(policy)
    expect(read.notUnderstood.map(({ line }) => line)).toEqual(left)
  })

  it('is linted', () => {
    const found = lintConfig(text, target).issues
    expect(found.map(({ code }) => code).toSorted()).toEqual(issues)
    for (const { line, message, text: said } of found)
      expect([line > 0, message !== '', said !== '']).toEqual([true, true, true])
  })
})
