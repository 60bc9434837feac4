import fc from 'fast-check'
import { DESCRIPTIONS, POLICY_KEYS } from '../../src/policy/options.ts'
import type { CorsPolicy } from '../../src/policy/types.ts'

type Arbitraries = { readonly [option in keyof CorsPolicy]?: fc.Arbitrary<unknown> }

/** Values of every option: those that are given, and for each other option what its JSON Schema permits. */
export function everyOption(given: Arbitraries): { [option in keyof CorsPolicy]-?: fc.Arbitrary<unknown> } {
  const entries = POLICY_KEYS.map((option) => [option, given[option] ?? permittedBy(option)] as const)
  return Object.fromEntries(entries) as { [option in keyof CorsPolicy]-?: fc.Arbitrary<unknown> }
}

function permittedBy(option: keyof CorsPolicy): fc.Arbitrary<unknown> {
  const { type, enum: values, minimum, maximum } = DESCRIPTIONS[option].schema
  if (Array.isArray(values)) return fc.constantFrom<unknown>(...values)
  if (type === 'boolean') return fc.boolean()
  if (type === 'integer') return fc.integer({ min: Number(minimum), max: Number(maximum) })
  throw new Error(`nothing makes values of ${option} for a property test: add it to the call of everyOption()`)
}

/** Names that make collisions, covers and suffixes likely. */
const label = fc.constantFrom(
  'a',
  'b',
  'app',
  'app-1',
  'x--y',
  'my_app',
  'a'.repeat(63),
  'a'.repeat(64),
  '-a',
  'a-',
  'A',
  'ä',
  'xn--p1ai',
  'xn--f',
  'undefined',
)
const domain = fc.constantFrom(
  'a.com',
  'b.com',
  'example.com',
  'example.co.uk',
  'github.io',
  'vercel.app',
  'me.vercel.app',
  'com',
  'co.uk',
  'localhost',
  'test',
)
const host = fc.oneof(
  { weight: 4, arbitrary: domain },
  { weight: 4, arbitrary: fc.tuple(label, domain).map((parts) => parts.join('.')) },
  { weight: 3, arbitrary: domain.map((name) => `*.${name}`) },
  { weight: 2, arbitrary: fc.tuple(label, domain).map(([name, rest]) => `${name}*.${rest}`) },
  { weight: 1, arbitrary: fc.tuple(label, domain).map(([name, rest]) => `*-${name}.${rest}`) },
  { weight: 1, arbitrary: fc.tuple(label, domain).map(([name, rest]) => `${name}.*.${rest}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '127.0.0.1',
      '127.1',
      '[::1]',
      '[0:0::1]',
      '[2001:db8::1]',
      '10.0.0.1',
      '256.1.1.1',
      '0x7f.1',
      '',
      '*',
      '*.*.a.com',
    ),
  },
)
const scheme = fc.constantFrom(
  'https',
  'https',
  'https',
  'http',
  'http',
  'capacitor',
  'HTTPS',
  'wss',
  'htps',
  'file',
  'chrome-extension',
  '1x',
)
const port = fc.constantFrom('', '', '', '', ':8080', ':443', ':80', ':0', ':065', ':65536', ':*', ':', ':x')
const tail = fc.constantFrom('', '', '', '', '', '/', '/app', '?q', '#f', '/?#', ' ', '.')

/** A serialized origin, a pattern, or something close to one. */
export const origin: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(scheme, host, port, tail).map(([s, h, p, t]) => `${s}://${h}${p}${t}`) },
  { weight: 1, arbitrary: fc.tuple(host, port, tail).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.tuple(host, port).map(([h, p]) => `https:/${h}${p}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      '*',
      'null',
      'undefined',
      'https://a.com,https://b.com',
      'https://a.com, ',
      'https://u:p@a.com',
      '//a.com',
      '.a.com',
      'https://a.com https://*.com',
      'https://https://a.com',
    ),
  },
  { weight: 1, arbitrary: fc.string() },
)

/** Origins that are sound whatever stands beside them. */
export const soundOrigin: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '', 'a.', 'b.', 'c.b.', 'app-1.', '*.', 'app-*.', 'app-1*.', '*-1.'),
    fc.constantFrom('a.com', 'b.a.com', 'example.co.uk', 'me.vercel.app'),
    fc.constantFrom('', '', '', ':8443'),
  )
  .map(([sub, name, number]) => `https://${sub}${name}${number}`)

const regexp = fc.constantFrom(
  /^https:\/\/.*\.example\.com$/,
  /example\.com/,
  /^https?:\/\/localhost(:\d+)?$/,
  /.*/,
  /^https:\/\/(a|b)\.com$/g,
)

const element = fc.oneof(
  { weight: 20, arbitrary: origin },
  { weight: 10, arbitrary: soundOrigin },
  { weight: 1, arbitrary: regexp },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      undefined,
      null,
      42,
      true,
      {},
      [],
      Symbol('x'),
      10n,
      new URL('https://a.com/x'),
      new Date(Number.NaN),
    ),
  },
)

const methodText = fc.constantFrom(
  'PUT',
  'PATCH',
  'DELETE',
  'GET',
  'POST',
  'HEAD',
  'put',
  'patch',
  'Delete',
  'TRACE',
  'connect',
  'x-custom',
  'GET POST',
  'PUT,',
  ' PUT',
  '',
  '*',
  'ü',
)
const headerText = fc.constantFrom(
  'Content-Type',
  'content-type',
  'Authorization',
  'X-A',
  'X-*',
  'X-Stainless-*',
  'x-stainless-os',
  'Cookie',
  'Sec-Fetch-Site',
  'Sec-*',
  'Set-Cookie',
  'ETag',
  'Cache-Control',
  'Origin',
  'Access-Control-Allow-Origin',
  'Access-Control-Request-Method',
  'X-A, X-B',
  'X-A:',
  ' X-A',
  '',
  '*',
  '*-a',
  'a*b',
  'ü',
  'Auth*',
)
const name = (text: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 20, arbitrary: text },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(undefined, null, 1, /^x-/, {}) },
  )
const names = (text: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.array(name(text), { maxLength: 5 }) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>('*', 'PUT, DELETE', 'X-A', '', true, null, undefined, 5, {}) },
  )

/** What people write in the place of a value of few kinds. */
const mistaken = fc.constantFrom<unknown>(
  'true',
  'False',
  0,
  1,
  null,
  undefined,
  'include',
  201,
  '200',
  'Forbid',
  'deny',
)
/** An option that has no arbitrary of its own: mostly what its schema permits. */
const orMistaken = (permitted: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 6, arbitrary: permitted }, { weight: 1, arbitrary: mistaken })

const predicate = fc.constantFrom<unknown>(
  () => true,
  () => false,
  async () => true,
  () => Promise.reject(new Error('no')),
  (value: string) => value === 'https://a.com',
  (value: string) => value.endsWith('a.com'),
  (value: string) => value.startsWith('https://a.com'),
  () => {
    throw new Error('no')
  },
)

const origins = fc.oneof(
  { weight: 14, arbitrary: fc.array(element, { maxLength: 6 }) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>('*', ['*'], ['*', '*']) },
  { weight: 1, arbitrary: predicate },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      undefined,
      null,
      '',
      true,
      false,
      'https://a.com',
      'https://a.com, https://b.com/',
      /a\.com/,
      new Set(['https://a.com']),
      7,
    ),
  },
)

/** Policies of every kind: sound, mistaken, and no policies at all in some of their options. */
export const policy: fc.Arbitrary<Record<string, unknown>> = fc.record(
  {
    ...mistakable(
      everyOption({
        maxAge: fc.oneof(
          fc.integer({ min: -10, max: 90_000 }),
          fc.constantFrom<unknown>(0, -0, 600, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '600', '1h', null, undefined),
        ),
        origins,
        methods: names(methodText),
        requestHeaders: names(headerText),
        exposedHeaders: names(headerText),
      }),
    ),
    origins,
    origin: fc.constantFrom<unknown>('*', ['https://a.com']),
    allowHeaders: fc.constant(['X-A']),
    maxage: fc.constant(60),
    nonsense: fc.anything(),
  },
  { requiredKeys: ['origins'] },
)

function mistakable(options: Readonly<Record<string, fc.Arbitrary<unknown>>>): Record<string, fc.Arbitrary<unknown>> {
  return Object.fromEntries(Object.entries(options).map(([option, permitted]) => [option, orMistaken(permitted)]))
}

const soundMethod = fc.constantFrom('PUT', 'PATCH', 'DELETE', 'GET', 'HEAD', 'patch', 'x-custom')
const soundRequestHeader = fc.constantFrom(
  'Content-Type',
  'Authorization',
  'X-A',
  'x-a',
  'X-*',
  'X-A-*',
  'Auth*',
  'Accept',
)
const soundResponseHeader = fc.constantFrom(
  'ETag',
  'X-A',
  'x-a',
  'X-*',
  'X-A-*',
  'Content-Type',
  'Access-Control-Allow-Origin',
  'Acc*',
)
const list = (text: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 3, arbitrary: fc.array(text, { maxLength: 4 }) }, { weight: 1, arbitrary: fc.constant<'*'>('*') })

/** Policies that construct. */
export const soundPolicy: fc.Arbitrary<Record<string, unknown>> = fc
  .record(
    everyOption({
      origins: fc.oneof(
        { weight: 6, arbitrary: fc.array(soundOrigin, { minLength: 1, maxLength: 4 }) },
        { weight: 1, arbitrary: fc.constant<unknown>('*') },
      ),
      methods: list(soundMethod),
      requestHeaders: list(soundRequestHeader),
      exposedHeaders: list(soundResponseHeader),
    }),
    { requiredKeys: ['origins'] },
  )
  .map((value): Record<string, unknown> => {
    const isOpen = value.origins === '*'
    const sound: Record<string, unknown> = { ...value }
    if (isOpen) sound.refused = 'pass'
    if (isOpen) sound.credentials = false
    if (sound.credentials === true && value.exposedHeaders === '*') sound.exposedHeaders = ['ETag']
    return sound
  })

/** Origins to ask policies about. */
export const askedOrigin: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('', 'a.', 'b.', 'c.b.', 'app-1.', 'app-2.', 'app-12.', 'x-1.', 'app-1-1.', 'evil'),
      fc.constantFrom(
        'a.com',
        'b.a.com',
        'b.com',
        'example.com',
        'example.co.uk',
        'me.vercel.app',
        'x.vercel.app',
        'x.com',
        'x.github.io',
      ),
      fc.constantFrom('', '', ':8443', ':8080'),
    )
    .chain(([sub, host_, number]) =>
      fc.constantFrom('https', 'http', 'capacitor').map((s) => `${s}://${sub}${host_}${number}`),
    ),
  fc.constantFrom('https://stranger.test', 'http://localhost:3000', 'http://127.0.0.1', 'null'),
)
