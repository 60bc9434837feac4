// The first law: policies that differ on the wire have a difference, and every widening is called one.
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { type Cors, type CorsPolicy, checkPolicy, createCors } from '../../src/index.ts'
import { DIFFS, POLICY_KEYS } from '../../src/policy/options.ts'
import { diffPolicies, hash, type PolicyDiff, serialize } from '../../src/policy.ts'
import { holds } from '../support/property.ts'
import { everyOption } from './arbitraries.ts'

vi.setConfig({ testTimeout: 60_000 })

const isOwn = (origin: string) => origin === 'https://a.com'
const predicates: readonly ((origin: string) => boolean)[] = [
  isOwn,
  (origin) => origin === 'https://a.com' || origin === 'https://x.a.com',
  (origin) => {
    if (origin !== 'https://b.com') throw new Error('not known')
    return true
  },
  () => false,
]
const entry = fc
  .constantFrom(
    'https://a.com https://b.com https://x.a.com https://app-1.a.com http://localhost:3000 http://localhost https://a.com:8443 https://*.a.com https://*.b.a.com https://app-*.a.com https://*-1.a.com http://localhost:* https://*.a.com:8443 https://*.github.io'.split(
      ' ',
    ),
  )
  .chain((all) => fc.constantFrom(...all))
const list = (names: string) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.array(fc.constantFrom(...names.split(' ')), { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constant('*' as const) },
  )

/** Every option with every kind of value. An option that is added to the table is among them. */
const options = everyOption({
  origins: fc.oneof(
    { weight: 6, arbitrary: fc.array(entry, { minLength: 1, maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constant('*' as const) },
    { weight: 1, arbitrary: fc.constantFrom(...predicates) },
  ),
  methods: list('PUT PATCH patch DELETE GET HEAD X* XDELETE'),
  requestHeaders: fc.oneof(
    list('Content-Type Authorization X-A x-a X-* X-A-* X-A-B Auth* Accept Access-Control-X Acc*'),
    fc.constant(['*', 'Authorization']),
  ),
  exposedHeaders: list(
    'ETag X-A X-* X-A-* X-A-B Content-Type Access-Control-Allow-Origin Access-Control-X Acc* Set-C*',
  ),
  maxAge: fc.constantFrom(0, 5, 600, 86_400),
})
type Options = { -readonly [key in keyof CorsPolicy]?: unknown }

const policy = fc.record(options, { requiredKeys: ['origins'] }).map(sound)

/** What no policy may say beside the rest of it is taken back. */
function sound(value: Options): CorsPolicy {
  const sane: Options = { ...value, dangerouslyAllowPublicSuffixes: true }
  if (sane.origins === '*') Object.assign(sane, { credentials: false, refused: 'pass' })
  // A predicate is asked about strangers when it stands beside credentials, and one of these throws.
  if (sane.credentials === true && typeof sane.origins === 'function') sane.origins = isOwn
  if (sane.credentials === true && sane.exposedHeaders === '*') sane.exposedHeaders = ['ETag']
  return sane as CorsPolicy
}

/** Two policies that are alike but for some options. */
const pair = fc
  .tuple(policy, policy, fc.subarray(Object.keys(options) as (keyof typeof options)[], { minLength: 1 }))
  .map(([base, other, keys]): [CorsPolicy, CorsPolicy] => {
    const changed: Options = { ...base }
    for (const key of keys)
      if (other[key] === undefined && key !== 'origins') delete changed[key]
      else changed[key] = other[key] ?? base[key]
    return [base, sound(changed)]
  })

interface Asked {
  readonly origin: string
  readonly method: string
  readonly headers: string
  readonly names: readonly string[]
}

const asked: fc.Arbitrary<Asked> = fc.record({
  origin: fc.constantFrom(
    ...'https://a.com https://b.com https://x.a.com https://x.b.a.com https://app-1.a.com https://y-1.a.com http://localhost http://localhost:3000 https://a.com:8443 https://x.a.com:8443 https://x.github.io https://stranger.test'.split(
      ' ',
    ),
  ),
  method: fc.constantFrom('GET', 'PUT', 'PATCH', 'patch', 'DELETE', 'X*', 'XDELETE', 'other'),
  headers: fc
    .subarray('accept access-control-x authorization authx content-type x-a x-a- x-a-b x-b other'.split(' '))
    .map((names) => names.join(',')),
  names: fc.subarray('access-control-x accept-post content-type etag set-cookie x-a x-a- x-a-b x-b other'.split(' ')),
})

const FIELDS = ['Access-Control-Allow-Methods', 'Access-Control-Allow-Headers', 'Access-Control-Expose-Headers', 'Vary']

/** What is sent, lists without order, and names of headers without case. */
function wire(cors: Cors, { origin, method, headers, names }: Asked): string {
  const ask = (fields: Record<string, string>, verb: string) => ({
    method: verb,
    headers: { get: (name: string) => fields[name] ?? null },
  })
  const preflight = ask(
    {
      origin,
      'access-control-request-method': method,
      ...(headers === '' ? {} : { 'access-control-request-headers': headers }),
    },
    'OPTIONS',
  )
  const actual = ask({ origin, 'sec-fetch-site': 'cross-site' }, 'GET')
  const said = (entries: readonly (readonly [string, string])[]) =>
    entries
      .map(([name, value]) => {
        if (!FIELDS.includes(name)) return `${name}: ${value}`
        const items = name.endsWith('Methods') ? value : value.toLowerCase()
        return `${name}: ${items.split(/, ?/).toSorted().join(',')}`
      })
      .toSorted()
  return JSON.stringify([
    said(cors.entries(preflight)),
    cors.preflight(preflight)?.status,
    said(cors.entries(actual, names)),
    cors.decide(actual).shared || cors.guard(actual) !== null,
    cors.wrap(() => new Response('x'))(actual as unknown as Request).status,
  ])
}

/** What pages may do by one answer: read, with credentials, send the method and the headers, read each name, be timed, reach the handler. */
function grants(cors: Cors, request: Asked): Set<string> {
  const head = (fields: Record<string, string>, method: string) => ({
    method,
    headers: { get: (name: string) => fields[name] ?? null },
  })
  const { origin, method, headers, names } = request
  const actual = head({ origin, 'sec-fetch-site': 'cross-site' }, 'GET')
  const preflight = (header: string) =>
    new Map(
      cors.entries(
        head({ origin, 'access-control-request-method': method, 'access-control-request-headers': header }, 'OPTIONS'),
      ),
    )
  const answer = new Map(cors.entries(actual, names))
  const granted = new Set<string>()
  if (cors.wrap(() => new Response('x'))(actual as unknown as Request).status !== 403) granted.add('refused')
  const allowed = answer.get('Access-Control-Allow-Origin')
  if (allowed === undefined) return granted
  granted.add('origins')
  if (answer.has('Timing-Allow-Origin')) granted.add('timingAllowOrigin')
  for (const withCredentials of answer.has('Access-Control-Allow-Credentials') ? [false, true] : [false]) {
    const kind = withCredentials ? ' with credentials' : ''
    if (withCredentials) granted.add('credentials')
    const isStar = (items: readonly string[]) => !withCredentials && items.includes('*')
    const items = (fields: Map<string, string>, name: string) => (fields.get(name) ?? '').split(/, ?/)
    const methods = items(preflight(''), 'Access-Control-Allow-Methods')
    if (method === 'GET' || methods.includes(method) || isStar(methods)) granted.add(`methods ${method}${kind}`)
    for (const header of headers.split(',').filter((name) => name !== '')) {
      const permitted = items(preflight(header), 'Access-Control-Allow-Headers').map((name) => name.toLowerCase())
      if (permitted.includes(header) || (isStar(permitted) && header !== 'authorization'))
        granted.add(`requestHeaders ${header}${kind}`)
    }
    const exposed = items(answer, 'Access-Control-Expose-Headers').map((name) => name.toLowerCase())
    for (const name of names.filter((one) => one !== 'content-type' && one !== 'set-cookie'))
      if (exposed.includes(name) || isStar(exposed)) granted.add(`exposedHeaders ${name}${kind}`)
  }
  return granted
}

const without = (all: ReadonlySet<string>, some: ReadonlySet<string>) => [...all].filter((one) => !some.has(one))

/** The options by which a grant can have come. */
function causes(grant: string): readonly string[] {
  const [option = ''] = grant.split(' ')
  if (option === 'origins' || option === 'refused') return ['origins', option]
  return grant.endsWith('credentials') ? ['origins', 'credentials', option] : ['origins', option]
}

const changesOf = ({ allowed, stopped, other }: PolicyDiff) => [...allowed, ...stopped, ...other]
const show = (value: unknown) => JSON.stringify(value, (_, each) => (typeof each === 'function' ? String(each) : each))

describe('diffPolicies() of any two policies', () => {
  const cases = fc.tuple(fc.oneof(pair, fc.tuple(policy, policy)), fc.array(asked, { minLength: 1, maxLength: 6 }))

  it('is not empty where they differ on the wire, and calls every widening one and every narrowing one', () => {
    let [differing, widening] = [0, 0]
    holds(
      fc.property(cases, ([[before, after], requests]) => {
        const diff = diffPolicies(before, after)
        const [was, is] = [createCors(before), createCors(after)]
        const say = () => `${show(before)} → ${show(after)}: ${show(diff)}`
        for (const request of requests) {
          if (wire(was, request) !== wire(is, request)) {
            differing += 1
            expect(changesOf(diff).length, `${show(request)} ${say()}`).toBeGreaterThan(0)
          }
          const [old, fresh] = [grants(was, request), grants(is, request)]
          const options = (changes: PolicyDiff['allowed']) => new Set<string>(changes.map(({ option }) => option))
          for (const grant of without(fresh, old)) {
            widening += 1
            expect(
              causes(grant).some((one) => options(diff.allowed).has(one)),
              `${grant} ${show(request)} ${say()}`,
            ).toBe(true)
          }
          for (const grant of without(old, fresh))
            expect(
              causes(grant).some((one) => options(diff.stopped).has(one)),
              `${grant} ${show(request)} ${say()}`,
            ).toBe(true)
        }
      }),
      { numRuns: 4_000 },
    )
    expect(differing).toBeGreaterThan(300)
    expect(widening).toBeGreaterThan(300)
  })

  const visible = POLICY_KEYS.filter((option) => Object.keys(DIFFS[option]).length > 0)

  it.each(visible)('has a row for %s because some request is answered otherwise', (option) => {
    let differing = 0
    holds(
      fc.property(policy, options[option], asked, (base, value, request) => {
        const changed = sound({ ...base, [option]: value })
        if (wire(createCors(base), request) !== wire(createCors(changed), request)) differing += 1
      }),
      { numRuns: 300 },
    )
    expect(differing).toBeGreaterThan(0)
  })

  const invisible = POLICY_KEYS.filter((option) => !visible.includes(option))

  it.each(invisible)('has no row for %s because it only lets more policies construct', (option) => {
    const defects = (value: object) => checkPolicy(value).filter(({ severity }) => severity === 'error').length
    const refused = [{ origins: ['http://app.example.com'], credentials: true }, { origins: ['https://*.github.io'] }]
    expect(refused.filter((value) => defects(value) > 0 && defects({ ...value, [option]: true }) === 0)).toHaveLength(1)
  })

  it('is one way what it is the other way round', () => {
    holds(
      fc.property(pair, ([before, after]) => {
        const there = diffPolicies(before, after)
        const back = diffPolicies(after, before)
        const keys = (changes: PolicyDiff['allowed']) =>
          changes.map(({ option, value, isCertain }) => [option, value, isCertain])
        expect(keys(there.allowed)).toEqual(keys(back.stopped))
        expect(keys(there.stopped)).toEqual(keys(back.allowed))
        expect(there.other.map(({ option }) => option).toSorted()).toEqual(
          back.other.map(({ option }) => option).toSorted(),
        )
      }),
      { numRuns: 1_000 },
    )
  })

  it('is not empty where they have another text or hash, predicates and flags apart', () => {
    holds(
      fc.property(pair, ([before, after]) => {
        const flags = { dangerouslyAllowInsecureOrigins: false, dangerouslyAllowPublicSuffixes: true }
        const [one, other] = [
          { ...before, ...flags },
          { ...after, ...flags },
        ]
        const isEmpty = changesOf(diffPolicies(one, other)).length === 0
        if (typeof one.origins === 'function' || typeof other.origins === 'function') return
        // An entry that another covers is in the text, and makes no difference.
        if (serialize(one) === serialize(other)) expect(isEmpty).toBe(true)
        if (!isEmpty) expect(hash(one)).not.toBe(hash(other))
      }),
      { numRuns: 2_000 },
    )
  })
})
