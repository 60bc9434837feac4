// Random policies and origins, and what they mean, written without a look at the matcher.
import fc from 'fast-check'
import { type CorsPolicy, checkPolicy } from '../../src/index.ts'

const LABEL = /^(?=.*[a-z0-9])[a-z0-9_-]{1,63}$/
const OPAQUE = /^(?:[a-z0-9._~!$&'()+="`{}-]|%[0-9A-Fa-f]{2}){1,253}$/

/** What an entry of `origins` means, in regular expressions: slow, and easy to see through. */
export function means(entry: string, origin: string): boolean {
  if (!entry.includes('*')) return entry === origin
  if (/^https?:.*\*.*:\*$/.test(entry)) {
    const [, bare = '', port] = /^(.*?)(?::([0-9]+))?$/s.exec(origin) ?? []
    const isOwn = port === (entry.startsWith('https:') ? '443' : '80')
    const isPort = port === undefined || (/^[1-9][0-9]{0,4}$/.test(port) && Number(port) <= 65_535 && !isOwn)
    return isPort && means(entry.slice(0, -2), bare)
  }
  const [before = '', behind = ''] = entry.split('*')
  if (behind === '' && before.endsWith('://'))
    return origin.startsWith(before) && OPAQUE.test(origin.slice(before.length))
  if (behind === '' && before.endsWith(':')) {
    const bare = before.slice(0, -1)
    if (origin === bare) return true
    if (!origin.startsWith(before)) return false
    const port = origin.slice(before.length)
    const isOwn = port === (entry.startsWith('https:') ? '443' : '80')
    return /^[1-9][0-9]{0,4}$/.test(port) && Number(port) <= 65_535 && !isOwn
  }
  if (!origin.startsWith(before) || !origin.endsWith(behind)) return false
  if (origin.length <= before.length + behind.length) return false
  const filling = origin.slice(before.length, origin.length - behind.length)
  const host = /^[a-z]+:\/\/([^:]*)(:[0-9]+)?$/.exec(origin)?.[1]
  if (host === undefined || host.length > 253 || !host.split('.').every((label) => LABEL.test(label))) return false
  const isWhole = before.endsWith('://') && behind.startsWith('.')
  return isWhole || !filling.includes('.')
}

/** What a whole list means. */
export function allows(origins: readonly string[], origin: string): boolean {
  return origins.some((entry) => means(entry, origin))
}

// Few characters and short names, so that concatenations and near misses are common.
const letter = fc.constantFrom('a', 'b', 'x', '1')
const label = fc.oneof(
  fc.array(letter, { minLength: 1, maxLength: 3 }).map((letters) => letters.join('')),
  fc.constantFrom('a-b', 'app', 'evil', 'xn--a', 'com'),
)
const domain = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 3 }), fc.constantFrom('com', 'example', 'ab'))
  .map(([labels, top]) => [...labels, top].join('.'))
const port = fc.constantFrom('', '', ':8080', ':1', ':65535')
const scheme = fc.constantFrom('https://', 'https://', 'http://')

/** A label that looks like Punycode and is none is a defect of a policy, not a name. */
export const exactOrigin: fc.Arbitrary<string> = fc
  .tuple(scheme, domain, port)
  .map((parts) => parts.join(''))
  .filter((origin) => !origin.includes('xn--'))

const wholePattern = fc.tuple(scheme, domain, port).map(([start, host, end]) => `${start}*.${host}${end}`)
const partPattern = fc
  .tuple(scheme, fc.constantFrom('', 'a', 'app-', 'x1'), fc.constantFrom('', 'b', '-x'), domain, port)
  .filter(([, head, tail]) => head !== '' || tail !== '')
  .map(([start, head, tail, host, end]) => `${start}${head}*${tail}.${host}${end}`)
const anyPort = fc.constantFrom(
  'http://localhost:*',
  'https://localhost:*',
  'http://127.0.0.1:*',
  'http://[::1]:*',
  'http://*.localhost:*',
  'http://a-*.localhost:*',
  'http://*.localhost:3000',
)
const app = fc.constantFrom(
  'capacitor://localhost',
  'tauri://localhost',
  'app://.',
  'app://-',
  'app://*',
  'moz-extension://*',
)

export const entry: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: exactOrigin },
  { weight: 2, arbitrary: wholePattern },
  { weight: 2, arbitrary: partPattern },
  { weight: 1, arbitrary: anyPort },
  { weight: 1, arbitrary: app },
)

export const entries: fc.Arbitrary<string[]> = fc.uniqueArray(entry, { minLength: 1, maxLength: 6 })

const filling = fc.oneof(
  label,
  fc.tuple(label, label).map((labels) => labels.join('.')),
  fc.constantFrom('-', 'a-', '', '.', 'a..b', '_'),
)

/** Origins that a list may or may not allow: members, filled patterns, concatenations, neighbours by one character, and noise. */
export function candidate(list: readonly string[]): fc.Arbitrary<string> {
  const member = fc.constantFrom(...list)
  const filled = fc.tuple(member, filling).map(([text, value]) => text.replace('*', value))
  const joined = fc.tuple(filled, filled).map((parts) => parts.join(''))
  const hosts = fc.tuple(filled, filled).map(([first, second]) => first + second.slice(second.indexOf('://') + 3))
  const character = fc.oneof(
    fc.constantFrom('a', '.', '-', ':', '/', '@', '_', '*', '1', '\n', ' ', '\0', 'A', 'é'),
    fc.string({ maxLength: 1 }),
  )
  const near = fc
    .tuple(filled, fc.nat(), fc.constantFrom('put', 'drop', 'swap'), character)
    .map(([text, at, how, value]) => {
      const i = at % (text.length + 1)
      return text.slice(0, i) + (how === 'drop' ? '' : value) + text.slice(how === 'put' ? i : i + 1)
    })
  return fc.oneof(filled, joined, hosts, near, exactOrigin, fc.constant('null'), fc.string())
}

/** What follows an accepted origin in the attacks of the field's advisories. */
export const SUFFIXES = [
  '.evil.test',
  ':8080',
  '@evil.test',
  '/',
  '\n',
  '\0',
  '.',
  ' ',
  ',',
  '%00',
  '\\',
  '#',
  '?',
  ':',
  ':443',
  '\t',
] as const

const names = fc.subarray(['Content-Type', 'X-A', 'Authorization', 'X-Long-*'])
const methods = fc.subarray(['PUT', 'DELETE', 'patch', 'HEAD'])

const policy: fc.Arbitrary<CorsPolicy> = fc
  .tuple(
    fc.oneof({ weight: 1, arbitrary: fc.constant('*' as const) }, { weight: 6, arbitrary: entries }),
    fc.record(
      {
        credentials: fc.boolean(),
        methods: fc.oneof(fc.constant('*' as const), methods),
        requestHeaders: fc.oneof(fc.constant('*' as const), fc.constant(['*', 'Authorization']), names),
        exposedHeaders: fc.oneof(fc.constant('*' as const), fc.subarray(['ETag', 'X-Rate-*'])),
        maxAge: fc.constantFrom(0, 5, 86_400),
        preflightStatus: fc.constantFrom<200 | 204>(200, 204),
        refused: fc.constantFrom<'pass' | 'forbid'>('pass', 'forbid'),
        timingAllowOrigin: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([origins, rest]) => ({ dangerouslyAllowInsecureOrigins: true, origins, ...rest }) as CorsPolicy)
  .filter(({ origins, credentials, refused, exposedHeaders }) => {
    const isMeaningless = origins === '*' && (credentials === true || refused === 'forbid')
    return !isMeaningless && !(credentials === true && exposedHeaders === '*')
  })

/** Policies that construct, with everything that a policy can say. */
export const constructing = policy.filter((made) => checkPolicy(made).every(({ severity }) => severity !== 'error'))
