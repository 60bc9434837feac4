import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CorsPolicy, checkPolicy } from '../../src/index.ts'
import { compile, compileText, importConfig, lintConfig, type TargetName, targets } from '../../src/targets.ts'
import { constructing } from '../support/policies.ts'
import { holds } from '../support/property.ts'
import { driftOf } from './read-back.ts'

const READ = targets.filter(({ reads }) => reads).map(({ name }) => name)

describe('importConfig()', () => {
  it.each(READ)('reads back from %s what compile() writes', (target) => {
    holds(
      fc.property(constructing, (policy) => {
        const { files, losses } = compile(policy, target)
        if (files.length === 0) return
        expect(driftOf(policy, losses, compileText(policy, target), target)).toEqual([])
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
    policy: { origins: '*', requestHeaders: ['Content-Type'], maxAge: 3600 },
  },
  {
    target: 'apache',
    name: 'SetEnvIf of a tutorial',
    text: `<VirtualHost *:80>
  SetEnvIf Origin "^https?://(www\\.)?example\\.com$" ORIGIN=$0
  Header set Access-Control-Allow-Origin "%{ORIGIN}e" env=ORIGIN
  Header set Access-Control-Allow-Methods "GET, PUT"
  Header merge Vary Origin
  ProxyPass / http://127.0.0.1:3000/
</VirtualHost>`,
    policy: {
      origins: ['http://example.com', 'http://www.example.com', 'https://example.com', 'https://www.example.com'],
      methods: ['PUT'],
    },
    issues: ['errors-without-headers', 'header-doubled'],
  },
  {
    target: 'apache',
    name: 'every origin with credentials',
    text: `SetEnvIf Origin "(.*)" ORIGIN=$1
Header always set Access-Control-Allow-Origin "%{ORIGIN}e" env=ORIGIN
Header always set Access-Control-Allow-Credentials "true"
Header always merge Vary Origin`,
    policy: null,
    left: [1],
    issues: ['any-origin-with-credentials'],
  },
  {
    target: 'caddy',
    name: 'a snippet that is imported with an origin',
    text: `(cors) {
  @cors header Origin {args[0]}
  handle @cors {
    header Access-Control-Allow-Origin "{args[0]}"
    header Access-Control-Allow-Methods "GET, POST, DELETE"
  }
}
example.com {
  import cors https://app.example.com
  reverse_proxy localhost:3000
}`,
    policy: { origins: ['https://app.example.com'], methods: ['DELETE'] },
    issues: ['header-doubled', 'vary-missing'],
  },
  {
    target: 'caddy',
    name: 'an expression that is open',
    text: `@cors header_regexp Origin ^https://.*\\.example\\.com
header @cors {
  Access-Control-Allow-Origin {header.Origin}
  +Vary Origin
}`,
    policy: { origins: ['https://*.example.com'] },
    issues: ['regex-unanchored'],
  },
  {
    target: 'gateway-api',
    name: 'an HTTPRoute',
    text: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
spec:
  rules:
  - matches:
    - path: { type: PathPrefix, value: /api }
    filters:
    - type: CORS
      cors:
        allowOrigins:
        - "https://app.example.com"
        - https://*.example.net # previews
        allowCredentials: true
        allowMethods: [GET, PUT]
        maxAge: 600`,
    policy: {
      origins: ['https://app.example.com', 'https://*.example.net'],
      credentials: true,
      methods: ['PUT'],
      maxAge: 600,
    },
  },
  {
    target: 'ingress-nginx',
    name: 'annotations with their wide defaults',
    text: `metadata:
  annotations:
    nginx.ingress.kubernetes.io/enable-cors: "true"
    nginx.ingress.kubernetes.io/cors-allow-credentials: "false"
    nginx.ingress.kubernetes.io/cors-allow-origin: "https://app.example.com, https://*.example.net"
    nginx.ingress.kubernetes.io/cors-allow-methods: "GET"
    nginx.ingress.kubernetes.io/cors-allow-headers: "X-Own"`,
    policy: { origins: ['https://app.example.com'], requestHeaders: ['X-Own'], maxAge: 86_400 },
    left: [5],
    issues: ['vary-missing'],
  },
  {
    target: 'ingress-nginx',
    name: 'one annotation, which allows every origin with credentials',
    text: `nginx.ingress.kubernetes.io/enable-cors: "true"`,
    policy: null,
    left: [1],
    issues: ['any-origin-with-credentials', 'vary-missing'],
  },
  {
    target: 'envoy',
    name: 'matches of several kinds',
    text: `cors:
  allow_origin_string_match:
  - exact: https://app.example.com
  - prefix: https://app
  - safe_regex: { google_re2: {}, regex: 'https://.*\\.example\\.net' }
  allow_credentials: true`,
    policy: { origins: ['https://app.example.com', 'https://*.example.net'], credentials: true },
    left: [4],
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
